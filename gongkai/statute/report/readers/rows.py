"""Rows of a grid as the statutory tables see them: distinct cells, labels on the left, figures on the right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ..blocks import Grid, GridCell, TextBlock
from ..figures import parse_figure
from ..model import CellKind
from .headings import is_heading
from .labels import LONGEST, Meaning, core, like_row2, like_rows3, meant_by


@dataclass(slots=True)
class Slot:
    """One printed cell of a row: its first column, how many columns wide, and whether it hangs down from a row
    above."""

    col: int
    width: int
    cell: GridCell
    above: bool = False

    @property
    def text(self) -> str:
        """What is printed."""
        return self.cell.text


@dataclass(slots=True)
class TableRow:
    """A row with its place. `grid` counts the grids of the file; `own` are the cells that begin in this row,
    `words` those of them with something that is no figure, `numbers` how many hold a figure or a stroke; `kind`
    is one of caption, t2head, t2, t3head, t3, t4head, t4, ledger, figures, blank, other."""

    grid: int
    slots: list[Slot]
    where: str
    own: list[Slot]
    words: list[Slot]
    numbers: int
    facts: list[tuple[Slot, frozenset[Meaning]]]
    kind: str = ""

    def has(self, table: str, role: str) -> int:
        """How many own cells mean something of this table and role."""
        return sum(1 for _, found in self.facts if any(m.table == table and m.role == role for m in found))


_FIGURES = (CellKind.NUMBER, CellKind.DASH, CellKind.AMBIGUOUS)


@lru_cache(maxsize=16384)
def _figure_text(text: str) -> bool:
    return bool(text) and len(text) < 40 and parse_figure(text).kind in _FIGURES


def is_figure(cell: GridCell) -> bool:
    """True when the cell holds a figure, digits that may be two, a stroke, or a figure already known."""
    if cell.cell is not None:
        return cell.cell.kind is not CellKind.BLANK
    return _figure_text(cell.text)


def is_word(cell: GridCell) -> bool:
    """True when the cell holds words."""
    return bool(cell.text) and cell.cell is None and not _figure_text(cell.text) and not cell.text.isspace()


def slots_of(row: list[GridCell]) -> list[Slot]:
    """The printed cells of a grid row, spans undone."""
    slots: list[Slot] = []
    for col, cell in enumerate(row):
        last = slots[-1] if slots else None
        if cell.merged and last is not None and last.col + last.width == col and _same(last.cell, cell):
            last.width += 1
        else:
            slots.append(Slot(col, 1, cell, above=cell.merged))
    return slots


def _same(a: GridCell, b: GridCell) -> bool:
    return a.where == b.where if a.where and b.where else a.text == b.text


def table_row(row: list[GridCell], grid: int) -> TableRow:
    """A grid row with what its words mean."""
    where = next((c.where for c in row if not c.merged), row[0].where if row else "")
    slots = slots_of(row)
    own = [s for s in slots if not s.above]
    words = [s for s in own if is_word(s.cell)]
    numbers = sum(1 for s in own if is_figure(s.cell))
    facts = [(s, meant_by(s.text)) for s in words if len(s.text) < 200]
    made = TableRow(grid, slots, where, own, words, numbers, facts)
    made.kind = _kind(made)
    return made


def _kind(row: TableRow) -> str:
    if not row.words:
        return "figures" if row.numbers else "blank"
    if row.has("ledger", "head") >= 5:
        return "ledger"
    if row.numbers:
        return _data_kind(row)
    if row.has("t2", "caption"):
        return "caption"
    heads4 = row.has("t4", "head") + row.has("t4", "group")
    heads3 = row.has("t3", "head")
    if heads4 >= 2 and heads4 > heads3:
        return "t4head"
    if heads3 >= 2 or (heads3 and not row.has("t3", "row")):
        return "t3head"
    if row.has("t2", "head"):
        return "t2head"
    if heads4 and all(f for _, f in row.facts) and not row.has("t3", "row"):
        return "t4head"
    return _data_kind(row)


def _data_kind(row: TableRow) -> str:
    room = len(row.slots) > 1
    if room and (row.has("t4", "group") or _result_row(row)):
        return "t4"
    if row.has("t2", "row") and room:
        return "t2"
    if any(like_rows3(s.text) for s in row.words if len(s.text) < 120):
        return "t3"
    if room and any(like_row2(s.text) for s in row.words if len(s.text) < 40):
        return "t2"
    return "other"


def _result_row(row: TableRow) -> bool:
    return any(m.table == "t4" and m.key != "total" for _, found in row.facts for m in found)


def label_and_figures(row: TableRow, known: set[int]) -> tuple[list[str], list[Slot]]:
    """The labels of a row (own cells, left to right) and its figure cells. The label zone ends with the last own
    cell whose text is a printed label (`known`: columns), else with the leading words."""
    end = 0
    for place, slot in enumerate(row.slots):
        if slot.col in known and is_word(slot.cell):
            end = place + 1
    if end == 0:
        while end < len(row.slots) and (is_word(row.slots[end].cell) or row.slots[end].above):
            end += 1
    labels = [s.text for s in row.slots[:end] if not s.above and is_word(s.cell)]
    return labels, row.slots[end:]


def unfold(grid: Grid, number: int) -> list[TextBlock | TableRow]:
    """The grid's rows in order; rows that only hold prose or headings (a report laid out in one table) become
    text, a line a block."""
    out: list[TextBlock | TableRow] = []
    for cells in grid.rows:
        row = table_row(cells, number)
        out.extend(_unfold_row(row))
    return out


def _unfold_row(row: TableRow) -> list[TextBlock | TableRow]:
    words = row.words
    if not words or row.numbers:
        return [row]
    if len(words) == 1 and is_heading(words[0].text):
        return [TextBlock(words[0].text.strip(), words[0].cell.where)]
    long = [
        s
        for s in words
        if (len(s.text) > LONGEST or len(core(s.text)) >= 24) and not is_statutory_label(s.text)
    ]
    if not long or (len(long) < len(words) and any(f for _, f in row.facts)):
        single = len(words) == 1 and len(row.own) <= 2 and not is_statutory_label(words[0].text)
        return [TextBlock(words[0].text.strip(), words[0].cell.where)] if single else [row]
    return [
        TextBlock(line.strip(), slot.cell.where)
        for slot in words
        for line in slot.text.splitlines()
        if line.strip()
    ]


def is_statutory_label(text: str) -> bool:
    """True when a text is a caption, a head or a row label of the form, exactly or by likeness."""
    return bool(meant_by(text)) or (len(text) < 120 and bool(like_rows3(text) or like_row2(text)))
