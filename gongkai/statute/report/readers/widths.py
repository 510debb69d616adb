"""Rows with a cell too few or too many: their figures stand under the wrong heads, so nobody may place them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..model import CellKind, Number
from .columns import Head, as_cell
from .rows import Slot

_SURE = 0.6
"""Share of the rows that must end at one place before a row that ends elsewhere is out of line."""

Row = tuple[int, list[Slot], Head]
"""The number of a row's grid, its figures, and the head over them."""


def misfits(rows: Sequence[Row]) -> list[bool]:
    """For each row of a table whether it is wider or narrower than its neighbours in the same grid.

    Wider: its figures go on behind the last head and behind the place where most rows end. Narrower: in a table
    whose other rows add up and have no blank place it alone lacks figures at its end, and its last figure is a
    total by its size.
    A reader of files fills short rows up with blank places, so that a cell left blank at the end looks the same
    as one left out.
    """
    out = [False] * len(rows)
    grids: dict[int, list[int]] = {}
    for n, (grid, figures, _) in enumerate(rows):
        if any(map(_filled, figures)) and max(s.width for s in figures) < 3:
            grids.setdefault(grid, []).append(n)
    for mine in grids.values():
        ends = {n: _end(rows[n][1]) for n in mine}
        usual, count = Counter(ends.values()).most_common(1)[0]
        if len(mine) < 4 or count < _SURE * len(mine):
            continue
        gaps = Counter(n for n in mine for s in rows[n][1] if s.col < usual and not _filled(s))
        for n in mine:
            head = rows[n][2]
            last = max((col for col, _ in head), default=-1) + 1
            out[n] = ends[n] > max(usual, last) or (
                set(gaps) == {n}
                and _short(rows[n][1], ends[n], usual)
                and _sound([rows[m][1] for m in mine if m != n])
            )
    return out


def _filled(slot: Slot) -> bool:
    return bool(slot.text.strip()) or slot.cell.cell is not None


def _end(figures: Sequence[Slot]) -> int:
    return max(s.col + s.width for s in figures if _filled(s))


def _short(figures: Sequence[Slot], end: int, usual: int) -> bool:
    """True when the blanks are all at the end and the last figure is at least the sum of those before it."""
    if end >= usual or any(not _filled(s) for s in figures if s.col < end):
        return False
    return looks_total([as_cell(s).counted for s in figures if s.col < end])


def _sound(rows: Sequence[Sequence[Slot]]) -> bool:
    """True when nine rows in ten end with the sum of their figures."""
    sums = [[as_cell(s).counted for s in row if _filled(s)] for row in rows]
    return sum(sum(v[:-1]) == v[-1] for v in sums) >= 0.9 * len(sums)


def looks_total(values: Sequence[Number]) -> bool:
    """True when the last figure is above 0 and no smaller than the sum of the others."""
    return len(values) > 1 and values[-1] > 0 and values[-1] >= sum(values[:-1])


def fourteen(figures: Sequence[Slot]) -> bool:
    """True for fourteen figures of table four and a blank place behind them, when the three groups only add up
    with one figure missing further left."""
    if len(figures) != 15 or _filled(figures[-1]) or not all(map(_filled, figures[:-1])):
        return False
    cells = [as_cell(s) for s in figures[:-1]]
    if any(c.kind is not CellKind.NUMBER for c in cells):
        return False
    v = [c.counted for c in cells]
    if _adds(v[0:5]) and _adds(v[5:10]):
        return looks_total(v[10:14])
    first, second = _adds(v[4:9]) and _adds(v[9:14]), _adds(v[0:5]) and _adds(v[9:14])
    return any(v) and (first or second)


def _adds(five: Sequence[Number]) -> bool:
    return sum(five[:-1]) == five[-1]
