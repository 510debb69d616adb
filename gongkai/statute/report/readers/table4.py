"""Table four: fifteen figures in one row, or the same figures laid out by group or by result."""

from __future__ import annotations

from ..editions import Edition
from ..model import Cell
from .columns import as_cell, unplaced
from .labels import GROUPS4, RESULTS4, core
from .rows import Slot, TableRow
from .widths import fourteen

_Place = tuple[str, str]


def place_table4(rows: list[TableRow], form: Edition) -> tuple[dict[str, Cell], list[str]]:
    """The cells of table four by id, and what a person should know. A table whose places are all blank is read
    as blank; figures that fit no layout are noted and not placed."""
    reader = _Reader(form)
    for row in rows:
        reader.take(row)
    if not reader.cells and reader.blank is not None:
        reader.row_of_figures(reader.blank)
    return reader.cells, reader.notes


class _Reader:
    def __init__(self, form: Edition) -> None:
        self.groups = [g.slug for g in form.groups4]
        self.results = [slug for slug, _ in form.results4]
        self.cells: dict[str, Cell] = {}
        self.notes: list[str] = []
        self.heads: list[TableRow] = []
        self.used = False
        self.blank: TableRow | None = None
        self.group = ""

    def take(self, row: TableRow) -> None:
        """One row of the table in order."""
        what = row.kind
        if what == "t4head":
            if self.used:
                self.heads, self.used = [], False
            self.heads.append(row)
        elif what == "blank":
            if len(row.slots) >= 5:
                self.blank = row
        elif what == "t4":
            self._labelled(row)
        elif row.numbers:
            self.row_of_figures(row)

    def row_of_figures(self, row: TableRow) -> None:
        """A row of 15, 10 or 5 figures under the head rows seen."""
        self.used = True
        figures = [s for s in row.slots if not s.above]
        while figures and _word(figures[0]):
            figures.pop(0)
        places = None if fourteen(figures) else self._places(figures)
        if places is None and not self.cells and 11 <= sum(1 for s in figures if s.text.strip()) <= 19:
            cell, note = unplaced(figures, 15, row.where)
            self.cells = {f"t4.{g}.{r}": cell for g, r in self._order(self.groups)}
            self.notes.append(f"第四部分的表{note}")
            return
        if places is None:
            self.notes.append(f"第四部分有一行数字对不上列（{row.where}），没有读入，请核对原文")
            return
        for (group, result), slot in places:
            self._put(group, result, slot)

    def _places(self, figures: list[Slot]) -> list[tuple[_Place, Slot]] | None:
        named = self._head_places()
        for kept in _trims(figures):
            by_head = [(named.get(s.col), s) for s in kept]
            found = [p for p, _ in by_head if p is not None]
            if len(found) == len(kept) == len(set(found)) and len(kept) % 5 == 0:
                return [(p, s) for p, s in by_head if p is not None]
        for kept in _trims(figures):
            if len(kept) == 15:
                return list(zip(self._order(self.groups), kept, strict=True))
            left = [g for g in self.groups if f"t4.{g}.total" not in self.cells]
            about = self._groups_in_heads() or left
            if kept and len(kept) == 5 * len(about) and not len(kept) > 15:
                return list(zip(self._order(about), kept, strict=True))
            if len(kept) == 5 and self.cells and left:
                return list(zip(self._order(left[:1]), kept, strict=True))
        return None

    def _order(self, groups: list[str]) -> list[_Place]:
        return [(g, r) for g in groups for r in self.results]

    def _groups_in_heads(self) -> list[str]:
        keys = {m.key for row in self.heads for _, f in row.facts for m in f if m.role == "group"}
        return [g for g in self.groups if g in keys]

    def _head_places(self) -> dict[int, _Place]:
        """Column → group and result, where the head rows name both."""
        group: dict[int, str] = {}
        result: dict[int, str] = {}
        for row in self.heads:
            for slot, found in row.facts:
                for meaning in found:
                    columns = range(slot.col, slot.col + slot.width)
                    if meaning.table == "t4" and meaning.role == "group" and meaning.key in self.groups:
                        group |= dict.fromkeys(columns, meaning.key)
                    elif meaning.table == "t4" and meaning.role == "head":
                        result |= {slot.col: meaning.key}
        return {c: (group[c], r) for c, r in result.items() if c in group}

    def _labelled(self, row: TableRow) -> None:
        """A row that begins with a group or a result: five figures, or one."""
        figures = [s for s in row.slots if not _word(s) and not s.above]
        keys = [core(s.text) for s in row.slots if _word(s)]
        self.group = next((GROUPS4[k] for k in reversed(keys) if k in GROUPS4), self.group)
        result = next((RESULTS4[k] for k in reversed(keys) if k in RESULTS4), "")
        filled = [s for s in figures if s.text.strip() or s.cell.cell]
        self.used = True
        if result and self.group and len(filled) <= 1 and figures:
            self._put(self.group, result, filled[0] if filled else figures[0])
            return
        for kept in _trims(figures):
            if len(kept) == 5 and self.group:
                for name, slot in zip(self._result_order(), kept, strict=True):
                    self._put(self.group, name, slot)
                return
            if len(kept) == 15:
                for (group, name), slot in zip(self._order(self.groups), kept, strict=True):
                    self._put(group, name, slot)
                return
        self.notes.append(f"第四部分有一行数字对不上列（{row.where}），没有读入，请核对原文")

    def _result_order(self) -> list[str]:
        for row in self.heads:
            found = [
                m.key
                for _, f in row.facts
                for m in f
                if m.table == "t4" and m.role == "head" and m.key in self.results
            ]
            if sorted(found) == sorted(self.results):
                return found
        return self.results

    def _put(self, group: str, result: str, slot: Slot) -> None:
        cell_id = f"t4.{group}.{result}"
        if cell_id in self.cells:
            note = f"第四部分的数字出现了两次，取先出现的；后一处在{slot.cell.where}"
            if note not in self.notes:
                self.notes.append(note)
            return
        self.cells[cell_id] = as_cell(slot)


def _word(slot: Slot) -> bool:
    return bool(core(slot.text)) and slot.cell.cell is None and slot.text.strip() != "无"


def _trims(figures: list[Slot]) -> list[list[Slot]]:
    """The figures as they are, and without blank places at either end."""
    out = [figures]
    kept = list(figures)
    while kept and kept[0].cell.cell is None and not kept[0].text.strip():
        kept = kept[1:]
        out.append(kept)
    kept = list(figures)
    while kept and kept[-1].cell.cell is None and not kept[-1].text.strip():
        kept = kept[:-1]
        out.append(kept)
    return out
