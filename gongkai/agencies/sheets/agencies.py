"""Check the sheet 机关."""

from __future__ import annotations

from typing import Any

from ..checks import ring_through, tidy, wrong_in_agency
from ..models import Agency
from .layout import AGENCIES, LEVELS, NO, YES
from .plan import Plan
from .problems import Problem
from .reading import Book, Row
from .standing import Standing

ONCE = ("name", "slug", "uscc")


class _Agencies:
    """The check of one workbook's agencies."""

    def __init__(self, book: Book, known: Standing, plan: Plan, problems: list[Problem]) -> None:
        self.rows = book.rows.get(AGENCIES.key, [])
        self.known, self.plan, self.problems = known, plan, problems
        self.first: dict[str, int] = {}

    def say(self, row: Row, field: str, said: str) -> None:
        """Note what is wrong with a field of a row."""
        self.problems.append(Problem(AGENCIES.name, row.number, AGENCIES.column(field).head, said))

    def check(self) -> None:
        """Each row by itself, then all against one another and against what stands."""
        judged: list[tuple[Row, dict[str, Any]]] = []
        for row in self.rows:
            code = row.cells["code"]
            if code in self.first and code:
                self.say(row, "code", f"机构代码“{code}”和第{self.first[code]}行重复，请改一个或者删掉一行。")
                continue
            if code:
                self.first[code] = row.number
            judged.append((row, self._row(row)))
        self._once(judged)
        self._supervision()

    def _row(self, row: Row) -> dict[str, Any]:
        stands = self.known.agencies.get(row.cells["code"])
        values = self._values(row)
        if stands is not None and stands.ended_on:
            self.say(row, "code", f"{stands.name}已经撤销或者并入别的机关，不能再导入，请删掉这一行。")
            return {}
        for field, said in wrong_in_agency({k: v for k, v in values.items() if k != "level"}, stands).items():
            self.say(row, field, said)
        if stands is None:
            self.plan.new_agencies.append(Agency(**values))
            return values
        changed = [name for name, value in values.items() if tidy(getattr(stands, name)) != value]
        if "name" in changed and values["name"]:
            said = f"这个机关现在叫“{stands.name}”。更名请在“系统管理—机关”里办理；这里请填现在的全称。"
            self.say(row, "name", said)
        if "slug" in changed and stands.portal_open:
            self.say(row, "slug", f"公开栏目已经开设，网址代号不能再改，请填“{stands.slug}”。")
        if changed:
            for name in changed:
                setattr(stands, name, values[name])
            self.plan.changed_agencies.append((stands, changed))
        return values

    def _values(self, row: Row) -> dict[str, Any]:
        values: dict[str, Any] = {k: v for k, v in row.cells.items() if k != "supervisor"}
        values["self_name"] = values.get("self_name") or "本机关"
        if "self_name" not in row.cells:
            del values["self_name"]
        for name in ("makes_rules", "portal_open"):
            if name in values:
                if values[name] not in (YES, NO, ""):
                    self.say(row, name, f"请填“{YES}”或者“{NO}”。")
                values[name] = values[name] == YES
        level = LEVELS.get(values["level"])
        if level is None:
            self.say(row, "level", f"请从列表里选一个：{'、'.join(LEVELS)}。")
        values["level"] = level or Agency.Level.DEPARTMENT.value
        return values

    def _once(self, judged: list[tuple[Row, dict[str, Any]]]) -> None:
        for name in ONCE:
            owner: dict[str, str] = {
                value: f"机关“{agency.name}”"
                for code, agency in self.known.agencies.items()
                if code not in self.first and (value := getattr(agency, name))
            }
            for row, values in judged:
                value = values.get(name)
                if not value:
                    continue
                if value in owner:
                    head = AGENCIES.column(name).head
                    self.say(row, name, f"{head}“{value}”和{owner[value]}重复，请改正其中一个。")
                else:
                    owner[value] = f"第{row.number}行"

    def _supervision(self) -> None:
        above: dict[str, str | None] = {
            code: agency.supervisor.code if agency.supervisor else None
            for code, agency in self.known.agencies.items()
        }
        before = dict(above)
        rows = [row for row in self.rows if "supervisor" in row.cells and row.cells["code"]]
        for row in rows:
            above[row.cells["code"]] = row.cells["supervisor"] or None
        for row in rows:
            code, supervisor = row.cells["code"], row.cells["supervisor"]
            stands = self.known.agencies.get(supervisor)
            if not supervisor:
                pass
            elif supervisor not in self.first and stands is None:
                said = f"没有机构代码是“{supervisor}”的机关。请核对，或者在这张表里加上它。"
                self.say(row, "supervisor", said)
            elif stands is not None and stands.ended_on:
                self.say(row, "supervisor", f"“{stands.name}”已经撤销，请另填主管部门。")
            elif ring := ring_through(code, above):
                way = " → ".join([*ring, ring[0]])
                self.say(row, "supervisor", f"主管关系绕成了一圈：{way}。请改正其中一个。")
            if above[code] != before.get(code):
                self.plan.supervisors[code] = above[code]


def check_agencies(book: Book, known: Standing, plan: Plan, problems: list[Problem]) -> None:
    """Note what is wrong in the sheet 机关, and plan what it brings."""
    _Agencies(book, known, plan, problems).check()
