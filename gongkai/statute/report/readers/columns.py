"""Which figure of a row belongs to which column: by the head row where there is one, else by count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..blocks import GridCell
from ..figures import parse_figure
from ..model import Cell, CellKind
from .labels import like_head3
from .rows import Slot, TableRow

Head = list[tuple[int, str]]
"""Columns of a head row: where each begins, and which column it is, left to right."""


def head_columns(rows: Sequence[TableRow], table: str, wanted: Sequence[str]) -> Head:
    """The columns these head rows name. A column named twice keeps its first place; others are left out. A head
    of table three may also be worded otherwise (科研单位, 小计)."""
    found: dict[str, int] = {}
    for row in rows:
        for slot, meanings in row.facts:
            for meaning in meanings:
                if meaning.table == table and meaning.role == "head" and meaning.key in wanted:
                    found.setdefault(meaning.key, slot.col)
    if table == "t3":
        for slot, key in [(s, like_head3(s.text)) for row in rows for s, known in row.facts if not known]:
            if key and key not in found:
                found[key] = slot.col
    return sorted((col, key) for key, col in found.items())


def as_cell(slot: Slot | GridCell, *, amount: bool = False) -> Cell:
    """The figure of a slot; one already known by its reader is taken as it is."""
    grid_cell = slot.cell if isinstance(slot, Slot) else slot
    if grid_cell.cell is not None:
        return grid_cell.cell
    return parse_figure(grid_cell.text, grid_cell.where, amount=amount)


def unplaced(figures: Sequence[Slot], size: int, where: str) -> tuple[Cell, str]:
    """What stands in every cell of a row whose figures cannot be told apart, and what to tell: 第N行有6个数."""
    filled = [s for s in figures if not _blank(s)]
    raw = " ".join(s.text.strip() for s in filled)
    line = re.search(r"第\d+行", where)
    note = f"{line.group() if line else '有一行'}有{len(filled)}个数，应为{size}个，对不上列"
    return Cell(None, raw, where, CellKind.TEXT, note=note), f"{note}（{where}），没有取用，请核对原文"


def spread(figures: Sequence[Slot], wanted: Sequence[str]) -> dict[str, Cell] | None:
    """Column → cell of a row whose columns are all merged into one place: 0, nothing or a stroke holds for each
    of them, another figure for none. None for any other row."""
    wide = [s for s in figures if s.width >= len(wanted) > 1]
    if len(wide) != 1 or not all(_blank(s) for s in figures if s is not wide[0]):
        return None
    cell = as_cell(wide[0])
    if cell.kind is CellKind.NUMBER and cell.value:
        cell = Cell(None, cell.raw, cell.where, CellKind.TEXT, note="整行合并为一格，分不出各列")
    return dict.fromkeys(wanted, cell)


def match_columns(figures: list[Slot], head: Head, wanted: Sequence[str]) -> dict[str, Slot] | None:
    """Column → slot, without the columns that the file leaves out; None when the figures cannot be told apart.

    A complete row is taken in the order of the head (or of the form, without a head). Blank places left over at
    either end are dropped first; a row of another width goes by the places of the head's columns. A head with
    some words unknown leaves a row as wide as the form in the order of the form.
    """
    if 0 < len(head) < len(wanted):
        whole = _trim(figures, len(wanted), head)
        if len(whole) == len(wanted) and _agree(whole, head, wanted):
            return dict(zip(wanted, whole, strict=True))
    order = [key for _, key in head] if len(head) >= max(1, (len(wanted) + 1) // 2) else list(wanted)
    trimmed = _trim(figures, len(order), head)
    if len(trimmed) == len(order):
        return dict(zip(order, trimmed, strict=True))
    placed = _by_place(figures, head) if len(head) >= min(2, len(order)) else None
    if placed is not None:
        return placed
    filled = [s for s in trimmed if s.text.strip() or s.cell.cell is not None]
    if len(filled) == len(order):
        return dict(zip(order, filled, strict=True))
    return None


def _agree(slots: Sequence[Slot], head: Head, wanted: Sequence[str]) -> bool:
    """True when each known head stands over the figure that the form's order gives it."""
    at = dict(zip(wanted, slots, strict=True))
    return all(at[key].col <= col < at[key].col + at[key].width for col, key in head)


def _blank(slot: Slot) -> bool:
    return slot.cell.cell is None and not slot.text.strip()


def _trim(figures: list[Slot], count: int, head: Head) -> list[Slot]:
    kept = list(figures)
    while len(kept) > count and _blank(kept[0]) and (not head or kept[0].col < head[0][0]):
        kept.pop(0)
    while len(kept) > count and _blank(kept[-1]):
        kept.pop()
    while len(kept) > count and _blank(kept[0]) and not _blank(kept[-1]):
        kept.pop(0)
    return kept


def _by_place(figures: list[Slot], head: Head) -> dict[str, Slot] | None:
    found: dict[str, Slot] = {}
    taken: set[int] = set()
    for col, key in head:
        slot = next((s for s in figures if s.col <= col < s.col + s.width), None)
        if slot is None or slot.col in taken:
            return None
        taken.add(slot.col)
        found[key] = slot
    return found
