"""A statutory table that stands twice in a report: which copy is this year's, and what to say when none is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ..editions import row_label
from ..model import Cell, CellKind
from .rows import TableRow

_COMPLETE = 0.7
"""Share of a table's cells from which on rows count as the whole table."""
_AGAIN = 0.8
"""Share of a grid's cells already read before it: the table begins again."""
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:年|\s*$)")
_THIS = re.compile(r"本年|今年")
_LAST = re.compile(r"上年|上一年|去年")
_NAMES = {"t2": "第二部分的表", "t3": "第三部分的表", "t4": "第四部分的表"}

Placing = Callable[[list[TableRow]], tuple[dict[str, Cell], list[str]]]


@dataclass(slots=True)
class Copy:
    """One printing of a table: its rows, its cells, and the lines printed before it."""

    rows: list[TableRow]
    cells: dict[str, Cell] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    caption: str = ""
    home: bool = False

    @property
    def where(self) -> str:
        """Where its first row stands."""
        return self.rows[0].where


def copies_of(rows: Sequence[TableRow], put: Placing, size: int) -> list[Copy]:
    """The complete printings of one table among its rows, at least two of them; else nothing. A table parted
    over several grids is one printing; a short extract behind a complete table makes no second one."""
    grids: dict[int, list[TableRow]] = {}
    for row in rows:
        grids.setdefault(row.grid, []).append(row)
    if len(grids) < 2:
        return []
    groups: list[list[TableRow]] = [[]]
    seen: set[str] = set()
    for mine in grids.values():
        cells = set(put(mine)[0])
        if len(seen) >= _COMPLETE * size and cells and len(cells & seen) >= _AGAIN * len(cells):
            groups.append([])
            seen = set()
        groups[-1] += mine
        seen |= cells
    found = [Copy(group, *put(group)) for group in groups]
    found = [c for c in found if len(c.cells) >= _COMPLETE * size]
    return found if len(found) > 1 else []


def settle_copies(
    table: str, copies: list[Copy], year: int | None, form: str
) -> tuple[dict[str, Cell], list[str]]:
    """One set of cells out of several printings: the one in its own part of the report, among those the one
    whose caption names the report's year; where that does not decide, cells that differ stay open."""
    name = _NAMES[table]
    home = [c for c in copies if c.home] or copies
    away = [f"{name}在文件里另有一张（{c.where}），不在这一部分，没有读入" for c in copies if c not in home]
    named = [c for c in home if names_year(c.caption, year)]
    if len(home) == 1 or len(named) == 1:
        best = named[0] if len(named) == 1 else home[0]
        told = [
            f"{name}有两张，取写明本年度的一张（{best.where}），另一张（{c.where}）没有读入"
            for c in home
            if c is not best
        ]
        return best.cells, [*best.notes, *away, *told]
    cells = dict(home[0].cells)
    open_cells = _leave_open(cells, home[1:])
    places = "、".join(c.where for c in home)
    note = f"{name}出现了两次（{places}），内容相同"
    if open_cells:
        first = row_label(form, open_cells[0])
        note = (
            f"{name}出现了两次（{places}），看不出哪一张是本年度的，有{len(open_cells)}格数字不同"
            f"（如“{first}”），没有取用，请只留本年度的一张"
        )
    return cells, [*home[0].notes, *away, note]


def _leave_open(cells: dict[str, Cell], others: Sequence[Copy]) -> list[str]:
    """Mark the cells that differ between printings as ambiguous; their ids."""
    found = []
    for cell_id in {**cells, **{i: None for c in others for i in c.cells}}:
        all_ = [c for c in (cells.get(cell_id), *(o.cells.get(cell_id) for o in others)) if c is not None]
        if len({(c.counted, c.judgeable) for c in all_}) == 1 and len(all_) == len(others) + 1:
            continue
        values = tuple(dict.fromkeys(c.counted for c in all_ if c.judgeable))
        raw = "；".join(dict.fromkeys(c.raw for c in all_))
        where = "、".join(dict.fromkeys(c.where for c in all_))
        cells[cell_id] = Cell(None, raw, where, CellKind.AMBIGUOUS, values, "同一张表出现了两次，数字不同")
        found.append(cell_id)
    return found


def names_year(caption: str, year: int | None) -> bool:
    """True when a caption speaks of this year alone: 2024年情况, 本年."""
    years = {int(y) for y in _YEAR.findall(caption)}
    if years:
        return year is not None and years == {year}
    return bool(_THIS.search(caption)) and not _LAST.search(caption)


def two_reports(copies: Mapping[str, list[Copy]]) -> list[str]:
    """A note when two tables or more stand again outside of their part: the file holds more than one report."""
    if sum(any(c.home for c in found) and not all(c.home for c in found) for found in copies.values()) > 1:
        return ["文件里的表不止一份，像是有两份年度报告；只读了一份，请每份报告单独存成一个文件"]
    return []
