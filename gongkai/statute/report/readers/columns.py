"""Which figure of a row belongs to which column: by the head row where there is one, else by count."""

from __future__ import annotations

from collections.abc import Sequence

from ..blocks import GridCell
from ..figures import parse_figure
from ..model import Cell, CellKind
from .rows import Slot, TableRow

Head = list[tuple[int, str]]
"""Columns of a head row: where each begins, and which column it is, left to right."""


def head_columns(rows: Sequence[TableRow], table: str, wanted: Sequence[str]) -> Head:
    """The columns these head rows name. A column named twice keeps its first place; others are left out."""
    found: dict[str, int] = {}
    for row in rows:
        for slot, meanings in row.facts:
            for meaning in meanings:
                if meaning.table == table and meaning.role == "head" and meaning.key in wanted:
                    found.setdefault(meaning.key, slot.col)
    return sorted((col, key) for key, col in found.items())


def as_cell(slot: Slot | GridCell, *, amount: bool = False) -> Cell:
    """The figure of a slot; one already known by its reader is taken as it is."""
    grid_cell = slot.cell if isinstance(slot, Slot) else slot
    if grid_cell.cell is not None:
        return grid_cell.cell
    return parse_figure(grid_cell.text, grid_cell.where, amount=amount)


def missing(where: str) -> Cell:
    """The cell of a column the file leaves out."""
    return Cell(None, "", where, CellKind.BLANK, note="文件中没有这一列")


def match_columns(figures: list[Slot], head: Head, wanted: Sequence[str]) -> dict[str, Slot] | None:
    """Column → slot; None when the figures cannot be told apart.

    A complete row is taken in the order of the head (or of the form, without a head). Blank places left over at
    either end are dropped first; a row of another width goes by the places of the head's columns.
    """
    order = [key for _, key in head] if len(head) >= max(1, (len(wanted) + 1) // 2) else list(wanted)
    trimmed = _trim(figures, len(order), head)
    if len(trimmed) == len(order):
        return dict(zip(order, trimmed, strict=True))
    placed = _by_place(figures, head) if len(order) == len(head) and head else None
    if placed is not None:
        return placed
    filled = [s for s in trimmed if s.text.strip() or s.cell.cell is not None]
    if len(filled) == len(order):
        return dict(zip(order, filled, strict=True))
    return None


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
