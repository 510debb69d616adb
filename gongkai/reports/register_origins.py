"""What is behind a figure of table two that was counted from a register, in words."""

from __future__ import annotations

from datetime import date

from gongkai.disclosure.registers.kinds import REGISTERS

from .composition import Composition
from .models import ReportYear


def said_of(made: Composition, work: ReportYear, key: str) -> str:
    """In words what was counted, with the carry of documents in force: last year's plus made less ended."""
    _, kind, *part = key.split(".")
    register, year, n = REGISTERS[kind], work.year, _how_many(made, key)
    name, whose = register.name, made.report.agency
    if not part:
        said = (
            f"按{whose}的{name}台账统计，{register.day}在{year}年1月1日至12月31日之间的共{n}{register.unit}"
        )
        if kind == "fees_10k_yuan":
            return f"{said}，各笔金额（元）相加后换算成万元，没有四舍五入。"
        return f"{said}，公开的、不公开的都算。"
    if part[0] == "made":
        return f"按{whose}的{name}台账和标明是{name}的公开信息统计，制发日期在{year}年的共{n}件。"
    if part[0] == "repealed":
        return f"按{whose}的{name}台账和标明是{name}的公开信息统计，{year}年废止或者失效的共{n}件。"
    return _valid(made, year, kind, n)


def _how_many(made: Composition, key: str) -> int:
    return sum(getattr(record, "count", 1) for record in made.tally.behind(key))


def _waiting(made: Composition, kind: str, day: date) -> int:
    """Documents made by the day that were not in force yet."""
    mine = (one for one in made.registers.documents or () if one.kind == kind)
    return sum(one.stands_on(day) and not one.in_force_at(day) for one in mine)


def _valid(made: Composition, year: int, kind: str, n: int) -> str:
    cells, name = made.report.cells, REGISTERS[kind].name
    issued, ended = (int(cells[f"t2.{kind}.{c}"].counted) for c in ("made", "repealed"))
    valid = n + made.registers.unlisted.get(kind, 0)
    before, now = (_waiting(made, kind, date(y, 12, 31)) for y in (year - 1, year))
    said = f"上年末现行有效{valid - issued + ended - before + now}件，加上{year}年制发{issued}件，减去{year}年废止、失效{ended}件。"
    if before or now:
        said += f"制发以后还没有施行的不算现行有效，施行的那一年才计入：上年末有{before}件这样的，{year}年末有{now}件。"
    if made.registers.unlisted.get(kind):
        said += f"其中逐件登记的有{n}件，{made.registers.unlisted[kind]}件只有件数、没有逐件登记。"
    if kind in made.registers.short:
        said += f"请核对：逐件登记的{name}比填报的年初件数还多，现在按逐件登记的统计。"
    return said
