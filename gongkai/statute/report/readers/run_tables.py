"""Whole tables from rows of text: what is printed stands, what ran together is decided by the sums or left open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..model import AmbiguousRun, Cell, Number
from .run_columns import Row, column_survivors
from .run_rows import (
    RawRow,
    agreed_cells,
    blank_cells,
    counts_of,
    one_each,
    printed_cells,
    without_strays,
)
from .runs import (
    AMOUNT,
    CHANGE,
    COUNT,
    NO_CUTS,
    Budget,
    Readings,
    free_readings,
    gap_readings,
    group_readings,
    row_readings,
)

_STEPS = 30_000
_FLOW = ("new", "carried_in", "result_total", "carried_out")
_SUMS = "按表内合计关系拆出"
_ONE_EACH = "逐位拆出"


@dataclass(slots=True)
class Settled:
    """Cells by cell id, and the runs that stay open."""

    cells: dict[str, Cell] = field(default_factory=dict)
    runs: list[AmbiguousRun] = field(default_factory=list)

    def put(self, row: RawRow, cells: Sequence[Cell], run: AmbiguousRun | None = None) -> None:
        """Enter a row's cells, and its open run if it has one."""
        self.cells.update(zip(row.cells, cells, strict=True))
        if run is not None:
            self.runs.append(run)


@dataclass(slots=True)
class _Open:
    """A row whose figures are not one a piece. `plain` ignores gaps, `spaced` respects them."""

    row: RawRow
    spaced: Readings
    plain: Readings
    firm: bool = True
    bound: bool = True

    @property
    def best(self) -> Readings:
        return self.spaced if self.spaced.found else self.plain


def _separated(rows: Sequence[RawRow]) -> bool:
    """Whether the table's cells stand apart: most of its filled rows have one piece a cell."""
    filled = [row for row in rows if row.pieces]
    return 2 * sum(row.as_printed for row in filled) > len(filled)


def _glued(row: RawRow, blanks: bool, purse: Budget) -> _Open:
    """A row of table three from a text whose cells ran together."""
    run, size = row.run, row.size
    if set(run) <= set("0123456789/-") and not run.isdecimal() and len(run) > size:
        return _Open(row, Readings(), _with_strokes(run, size, purse), firm=False, bound=False)
    if not run.isdecimal() or len(run) < size:
        empty = gap_readings(run, size, purse.share(), sums=True) if run.isdecimal() else Readings()
        return _Open(row, Readings(), empty, firm=False, bound=False)
    if len(run) == size and (not blanks or set(run) == {"0"}):
        one = Readings([tuple(int(d) for d in run)])
        return _Open(row, one, one)
    spaced = row_readings(run, size, purse.share(), row.cuts) if 0 < len(row.cuts) < size else Readings()
    plain = row_readings(run, size, purse.share())
    if blanks:
        gaps = gap_readings(run, size, purse.share(), sums=True)
        both = list(dict.fromkeys([*plain.found, *gaps.found]))
        return _Open(row, Readings(), Readings(both, False), firm=False, bound=False)
    if not plain.found and plain.complete:
        free = _loose(run, size)
        return _Open(row, Readings(), free, bound=False, firm=False)
    return _Open(row, spaced if spaced.complete else Readings(), plain)


def _with_strokes(run: str, size: int, purse: Budget) -> Readings:
    """Readings of a run with strokes among its figures, each stroke a cell that counts 0."""
    places = {place for i, sign in enumerate(run) if sign in "/-" for place in (i, i + 1)} - {0, len(run)}
    return row_readings(run.replace("/", "0").replace("-", "0"), size, purse.share(), frozenset(places))


def _loose(run: str, size: int) -> Readings:
    """Cuts that no sum confirms, for a row whose printed total is wrong: listed, never taken."""
    budget = Budget(steps=4_000, readings=500)
    return free_readings(run, [COUNT] * size, budget)


def _apart(row: RawRow, purse: Budget) -> _Open:
    """A row with too few or too many pieces in a table whose cells stand apart."""
    run, size = row.run, row.size
    if len(row.pieces) > size:
        chosen: list[tuple[Number, ...]] = list(without_strays(row))
        if chosen or not run.isdecimal():
            return _Open(row, Readings(), Readings(chosen), bound=bool(chosen))
    if not run.isdecimal():
        return _Open(row, Readings(), Readings(), firm=False, bound=False)
    cut = row_readings(run, size, purse.share(), row.cuts)
    gaps = gap_readings(run, size, purse.share(), sums=True, cuts=row.cuts)
    if not gaps.found and gaps.complete and cut.found:
        return _Open(row, cut, cut)
    both = list(dict.fromkeys([*cut.found, *gaps.found]))
    return _Open(row, Readings(), Readings(both, cut.complete and gaps.complete), firm=False, bound=False)


def _leaves(rows: Mapping[str, RawRow], leaves: Sequence[str]) -> list[str] | None:
    """The outcome rows that make up （七）总计 here; None when one is missing or （六） is printed twice over."""
    parts = [slug for slug in leaves if slug != "other_all"]
    subs = [slug for slug in parts if slug.startswith("other_")]
    if "other_all" in rows:
        if any(slug in rows for slug in subs):
            return None
        parts = [slug for slug in parts if slug not in subs] + ["other_all"]
    return parts if all(slug in rows for slug in parts) else None


def _by_columns(
    rows: Mapping[str, RawRow], opened: Mapping[str, _Open], leaves: Sequence[str]
) -> dict[str, list[Row]]:
    """Readings left by the column relations; empty when they decide nothing."""
    if all(len(o.best.found) < 2 or not o.bound for o in opened.values()):
        return {}
    known: dict[str, list[Row]] = {}
    for slug, row in rows.items():
        if slug not in opened and (counts := counts_of(row) if row.pieces else (0,) * row.size) is not None:
            known[slug] = [counts]
    parts = _leaves(rows, leaves)
    for strict in (True, False):
        given = dict(known)
        for slug, o in opened.items():
            readings = o.best if strict else o.plain
            if o.bound and readings.complete and readings.found:
                given[slug] = [tuple(int(v) for v in reading) for reading in readings.found]
        flow = all(slug in given for slug in _FLOW)
        results = parts is not None and all(slug in given for slug in (*parts, "result_total"))
        if not flow and not results:
            return {}
        left = column_survivors(given, parts or (), flow=flow, results=results)
        if left is not None:
            return left
    return {}


def settle_three(rows: Mapping[str, RawRow], leaves: Sequence[str]) -> Settled:
    """The cells of table three. `rows` by slug, seven cells each; `leaves` the outcome rows of the edition.

    A run is cut so that the row adds up; of several such cuts the column relations choose, where they can be
    judged and have a solution; a figure is taken only when all that is left agrees (law.md 2.6 rules 1–3).
    """
    out = Settled()
    rows = {slug: one_each(row) or row for slug, row in rows.items()}
    apart = _separated(list(rows.values()))
    blanks = any(not row.placed and len(row.run) < row.size for row in rows.values())
    purse = Budget()
    opened: dict[str, _Open] = {}
    for slug, row in rows.items():
        if row.pieces and not row.as_printed:
            opened[slug] = _apart(row, purse) if apart else _glued(row, blanks, purse)
        elif row.pieces and not apart and not row.placed and not _adds_up(row):
            opened[slug] = _spaced(row, blanks, purse)
    left = _by_columns(rows, opened, leaves)
    for slug, row in rows.items():
        if slug not in opened:
            out.put(row, printed_cells(row) if row.pieces else blank_cells(row))
            continue
        o = opened[slug]
        readings: Sequence[tuple[Number, ...]] = left.get(slug, o.best.found)
        why = _ONE_EACH if len(row.run) == row.size else _SUMS
        cells, run = agreed_cells(row, readings, complete=o.best.complete, why=why, firm=o.firm)
        out.put(row, cells, run)
    return out


def _adds_up(row: RawRow) -> bool:
    counts = counts_of(row)
    return counts is None or sum(counts[:-1]) == counts[-1]


def _spaced(row: RawRow, blanks: bool, purse: Budget) -> _Open:
    """Seven pieces that do not add up, in a text whose other rows ran together: gaps inside figures, or an error
    of the publisher. Both are listed."""
    other = _glued(row, blanks, purse)
    counts = counts_of(row)
    if counts is None:
        return other
    if not other.bound or not other.plain.found:
        one: list[tuple[Number, ...]] = [counts]
        return _Open(row, Readings(one), Readings(one), bound=False)
    both = list(dict.fromkeys([counts, *other.plain.found]))
    return _Open(row, Readings(), Readings(both, other.plain.complete), firm=False, bound=False)


def settle_four(row: RawRow) -> Settled:
    """The fifteen cells of table four: in each of three groups the fifth is the sum of the four before."""
    row = one_each(row) or row
    out, run, size = Settled(), row.run, row.size
    if not row.pieces:
        out.put(row, blank_cells(row))
        return out
    if not row.as_printed and len(row.pieces) > size and row.pieces[size].line > row.pieces[size - 1].line:
        row = RawRow(row.cells, row.pieces[:size], note=row.note)
    if row.as_printed:
        out.put(row, printed_cells(row))
        return out
    readings = Readings(complete=False)
    if run.isdecimal() and len(run) >= size:
        readings = (
            group_readings(run, 3, 4, Budget(_STEPS), row.cuts) if 0 < len(row.cuts) < size else readings
        )
        if not readings.found:
            readings = group_readings(run, 3, 4, Budget(_STEPS))
        if len(run) == size and not readings.found:
            readings = Readings([tuple(int(d) for d in run)])
    why = _ONE_EACH if len(run) == size else _SUMS
    cells, left = agreed_cells(row, readings.found, complete=readings.complete, why=why)
    out.put(row, cells, left)
    return out


def forms_for(cells: Sequence[str], unit: str = "") -> list[re.Pattern[str]]:
    """What each cell of a row of table two may hold: a count, a change with sign, an amount."""
    last = [cell.rpartition(".")[2] for cell in cells]
    if unit or len(cells) == 1:
        return [AMOUNT if name in ("amount", "fees_10k_yuan") else COUNT for name in last]
    return [CHANGE if name == "change" else COUNT for name in last]


def settle_two(row: RawRow, unit: str = "") -> Settled:
    """The cells of a row of table two: no sum binds them, so only the form of figures and the gaps decide."""
    row = one_each(row) or row
    out, run, size = Settled(), row.run, row.size
    amount = bool(unit)
    if not row.as_printed and len(row.pieces) > size and row.pieces[size].line > row.pieces[size - 1].line:
        row = RawRow(row.cells, row.pieces[:size], note=row.note)
    if row.as_printed or not row.pieces:
        out.put(row, printed_cells(row, amount=amount) if row.pieces else blank_cells(row))
        return out
    digits = sum(ch.isdigit() for ch in run)
    if digits < size and "-" not in run and "/" not in run:
        gaps = gap_readings(run, size, Budget(_STEPS), sums=False) if run.isdecimal() else Readings()
        cells, left = agreed_cells(row, gaps.found, complete=True, why="", firm=False)
        out.put(row, cells, left)
        return out
    forms = forms_for(row.cells, unit)
    readings = free_readings(run, forms, Budget(_STEPS), row.cuts) if 0 < len(row.cuts) < size else Readings()
    if not readings.found:
        readings = free_readings(run, forms, Budget(_STEPS), NO_CUTS)
    cells, left = agreed_cells(row, readings.found, complete=readings.complete, why="按数字写法拆出")
    out.put(row, cells, left)
    return out
