"""What may stand in a cell: whole numbers from 0 up; one amount in 万元."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Level
from ..model import CellKind
from .facts import BLANK, UNCLEAR, Facts
from .rule import Rule, rule
from .words import TABLES, cell_words, several, shown

_AMOUNTS = frozenset({"t2.fees_10k_yuan", "t2.procurement.amount"})
_SIGNED = ".change"


@rule("V-01", "各项数量不得为负数", level=Level.ERROR)
def no_negative_counts(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Counts are 0 or more. 本年增/减 of the 2019 form may be negative."""
    for cell, value in facts.odd:
        if value < 0 and not cell.endswith(_SIGNED) and cell not in _AMOUNTS:
            yield say(f"{_words(facts, cell)}填的是{shown(value)}，件数不能是负数。请核对改正。", (cell,))


@rule("V-02", "各项数量应为整数", level=Level.ERROR)
def no_fractions(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Counts are whole numbers."""
    for cell, value in facts.odd:
        if value != int(value) and cell not in _AMOUNTS:
            yield say(f"{_words(facts, cell)}填的是{shown(value)}，件数应为整数。请核对改正。", (cell,))


@rule("V-03", "表格中只填数字", level=Level.ERROR)
def no_words_in_cells(facts: Facts, say: Rule) -> Iterator[Finding]:
    """A count cell holds a figure and nothing else: 3件 is words."""
    for cell in _unclear(facts, CellKind.TEXT):
        if cell not in _AMOUNTS:
            raw = facts.report.cells[cell].raw.strip()[:20]
            yield say(f"{_words(facts, cell)}填的是“{raw}”，这里只能填数字。请改为数字。", (cell,))


@rule("V-04", "行政事业性收费金额（单位：万元）应为0或正数", level=Level.ERROR)
def fee_is_an_amount(facts: Facts, say: Rule) -> Iterator[Finding]:
    """The fee of table two is an amount in 万元, 0 or more; so is the procurement amount of the 2019 form."""
    for cell, value in facts.odd:
        if value < 0 and cell in _AMOUNTS:
            yield say(f"{_words(facts, cell)}填的是{shown(value)}，金额不能是负数。请核对改正。", (cell,))
    for cell in _unclear(facts, CellKind.TEXT):
        if cell in _AMOUNTS:
            raw = facts.report.cells[cell].raw.strip()[:20]
            yield say(f"{_words(facts, cell)}填的是“{raw}”，看不出金额。请只填数字。", (cell,))


@rule("V-05", "没有数量的应填0，不留空白、不画斜线")
def no_blanks(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Blank counts 0 on reading, but the form wants 0 printed. One finding for each table."""
    for table, rows in _blank_rows(facts).items():
        cells = [c for row, ids in rows for c, s in zip(ids, facts.states[row], strict=True) if s == BLANK]
        totals = [
            ids[-1]
            for row, ids in rows
            if table != "t2" and facts.states[row][-1] == BLANK and any(facts.values[row][:-1])
        ]
        words = f"{TABLES[table]}有{len(cells)}格空白或画了斜线，已按0计算。请在没有数量的格里填0。"
        if totals:
            words = (
                f"{TABLES[table]}有{len(cells)}格空白或画了斜线，其中{len(totals)}格是该填数的总计"
                "（同一行各项有数、总计空白），总计无法与各项核对。请补填总计，没有数量的格填0。"
            )
        yield say(words, totals or cells)


@rule("V-06", "每个数字都应能看清", level=Level.NOTE)
def no_ambiguous_digits(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Digits that ran together and that no sum divides are not guessed."""
    cells = [c for run in facts.report.ambiguous for c in run.cells]
    if not cells:
        cells = list(_unclear(facts, CellKind.AMBIGUOUS))
    if cells:
        raw = several((f"“{run.raw[:20]}”" for run in facts.report.ambiguous), 2)
        place = several(run.where for run in facts.report.ambiguous if run.where)
        yield say.note(
            f"有{len(cells)}格的数字连在一起分不开{raw}，没有核对。请打开原表看清后填写。", cells, place
        )


def _unclear(facts: Facts, kind: CellKind) -> Iterator[str]:
    for row, states in () if facts.whole else facts.states.items():
        if UNCLEAR in states:
            yield from (c for c in facts.ids(row) if (x := facts.report.cells.get(c)) and x.kind is kind)


def _blank_rows(facts: Facts) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    out: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for row, states in () if facts.whole else facts.states.items():
        if BLANK in states:
            out.setdefault(row[:2], []).append((row, facts.ids(row)))
    return out


def _words(facts: Facts, cell: str) -> str:
    return cell_words(facts.edition.id, cell)
