"""The sums of tables three and four as relations between cells, each with a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..editions import COLUMNS
from ..model import Number

if TYPE_CHECKING:
    from .facts import Facts

HOLDS, BROKEN, UNCLEAR, NO_CELL, NO_PARTS, NO_TOTAL = range(6)
"""Holds; broken; a cell is not a figure; a cell is not there; all parts blank; the total blank."""
_FIGURE, _BLANK, _UNCLEAR, _MISSING = range(4)


@dataclass(frozen=True, slots=True)
class Relation:
    """Sum of `left` = sum of `right`. `code` is the check that judges it, `of` its column, row or group."""

    code: str
    of: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    left_sum: Number
    right_sum: Number
    verdict: int

    @property
    def cells(self) -> tuple[str, ...]:
        """All cells of both sides."""
        return self.left + self.right

    @property
    def gap(self) -> Number:
        """How far the two sides are apart."""
        return self.left_sum - self.right_sum if self.left_sum > self.right_sum else -self.excess

    @property
    def excess(self) -> Number:
        """Left less right."""
        return self.left_sum - self.right_sum


def find_relations(facts: Facts) -> list[Relation]:
    """All 42 sums with verdicts, or nothing at all when every one plainly holds (the common case)."""
    return [] if _all_hold(facts) else list(_table3(facts)) + list(_table4(facts))


def _all_hold(facts: Facts) -> bool:
    values = facts.values
    if not facts.whole and any(_UNCLEAR in s or _MISSING in s for s in facts.states.values()):
        return False
    total = values["t3.result_total"]
    if list(map(sum, zip(*[values["t3." + leaf] for leaf in facts.layout.leaves], strict=True))) != total:
        return False
    intake = map(sum, zip(values["t3.new"], values["t3.carried_in"], strict=True))
    if list(intake) != list(map(sum, zip(total, values["t3.carried_out"], strict=True))):
        return False
    rows = [row for name, row in values.items() if name[1] != "2"]
    return list(map(sum, rows)) == [2 * row[-1] for row in rows]


def _table3(facts: Facts) -> list[Relation]:
    out = []
    leaves = [f"t3.{leaf}" for leaf in facts.layout.leaves]
    for n, column in enumerate(COLUMNS):
        intake, done = ("t3.new", "t3.carried_in"), ("t3.result_total", "t3.carried_out")
        out.append(_judge(facts, "T3-01", column, [(r, n) for r in intake], [(r, n) for r in done]))
        out.append(_judge(facts, "T3-02", column, [(r, n) for r in leaves], [("t3.result_total", n)]))
    for slug, _ in facts.layout.rows3:
        row = "t3." + slug
        out.append(_judge(facts, "T3-03", slug, [(row, n) for n in range(6)], [(row, 6)]))
    return out


def _table4(facts: Facts) -> list[Relation]:
    rows = [("t4." + slug, slug) for slug, _ in facts.layout.rows4]
    return [_judge(facts, "T4-01", slug, [(row, n) for n in range(4)], [(row, 4)]) for row, slug in rows]


def _judge(
    facts: Facts, code: str, of: str, left: list[tuple[str, int]], right: list[tuple[str, int]]
) -> Relation:
    left_sum: Number = sum(facts.values[row][n] for row, n in left)
    right_sum: Number = sum(facts.values[row][n] for row, n in right)
    verdict = _verdict(facts, code, left, right, left_sum - right_sum)
    return Relation(code, of, _ids(facts, left), _ids(facts, right), left_sum, right_sum, verdict)


def _ids(facts: Facts, places: list[tuple[str, int]]) -> tuple[str, ...]:
    if places[0][0].startswith("t3."):
        return tuple(f"{row}.{COLUMNS[n]}" for row, n in places)
    results = [slug for slug, _ in facts.edition.results4]
    return tuple(f"{row}.{results[n]}" for row, n in places)


def _verdict(
    facts: Facts, code: str, left: list[tuple[str, int]], right: list[tuple[str, int]], excess: Number
) -> int:
    states = [facts.states[row][n] for row, n in left + right]
    if _UNCLEAR in states:
        return UNCLEAR
    if _MISSING in states:
        return HOLDS if excess == 0 else NO_CELL
    if excess == 0:
        return HOLDS
    if code != "T3-01":
        if all(state == _BLANK for state in states[: len(left)]):
            return NO_PARTS
        if states[-1] == _BLANK:
            return NO_TOTAL
    if _BLANK in states and excess + _implied(facts, left) - _implied(facts, right) == 0:
        return NO_TOTAL
    return BROKEN


def _implied(facts: Facts, places: list[tuple[str, int]]) -> Number:
    """What blank totals would say if they were filled in: a row's total by its parts, （七） by its rows."""
    out: Number = 0
    for row, n in places:
        if not row.startswith("t3.") or facts.states[row][n] != _BLANK:
            continue
        if n == 6:
            out += sum(facts.values[row][:6])
        elif row == "t3.result_total":
            out += sum(facts.values["t3." + leaf][n] for leaf in facts.layout.leaves)
    return out
