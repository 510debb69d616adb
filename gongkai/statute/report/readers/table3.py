"""Table three: rows brought into the order of the form by their labels and by sequence, never by exact label and
never by place against a label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..editions import COLUMN_LABELS, COLUMNS, Edition, edition
from ..model import Cell
from .columns import Head, as_cell, head_columns, match_columns, spread, unplaced
from .labels import is_scrap, like_rows3, other_all_index, squeeze, table3_rows
from .rows import Slot, TableRow, is_word, label_and_figures
from .widths import misfits


@dataclass(slots=True)
class Line:
    """One row of the file on its way to a row of the form. `index` is its place among `table3_rows` once found."""

    row: TableRow
    label: str
    figures: list[Slot]
    head: Head
    likely: tuple[tuple[int, float], ...] = ()
    index: int | None = None
    notes: list[str] = field(default_factory=list)
    misfit: bool = False

    @property
    def has_figures(self) -> bool:
        """True when the row carries figures or a full set of blank places."""
        wide = len(self.figures) >= 6 or any(s.width >= len(COLUMNS) for s in self.figures)
        return self.row.numbers > 0 or (wide and bool(self.likely))

    @property
    def heads_only(self) -> bool:
        """True when the label is that of a heading row, such as （三）不予公开."""
        return bool(self.likely) and not table3_rows()[self.likely[0][0]].slug


def place_table3(rows: list[TableRow], form: Edition | None = None) -> tuple[dict[str, Cell], list[str]]:
    """The cells of table three by id, and what a person should know. The rows may come from several grids; a
    row of the file that is no row of the form is noted and not counted. `form` makes no difference: the fuller
    form of 2021 serves both editions."""
    lines = _lines(rows)
    _chain(lines)
    _late(lines)
    _fill_gaps(lines)
    return _cells(lines)


def _lines(rows: list[TableRow]) -> list[Line]:
    lines: list[Line] = []
    heads: list[TableRow] = []
    head: Head = []
    for row in rows:
        what = row.kind
        if what == "t3head":
            if heads and heads[-1].grid != row.grid:
                heads = []
            heads.append(row)
            head = head_columns(heads, "t3", COLUMNS)
            continue
        known = {s.col for s in row.own if is_word(s.cell) and len(s.text) < 120 and like_rows3(s.text)}
        labels, figures = label_and_figures(row, known)
        here = head if heads and heads[-1].grid == row.grid else [] if row.numbers else head
        line = Line(row, labels[-1] if labels else "", figures, here, _likely(labels))
        if line.has_figures or line.likely:
            lines.append(line)
    for line, out in zip(lines, misfits([(li.row.grid, li.figures, li.head) for li in lines]), strict=True):
        line.misfit = out
    return lines


def _likely(labels: list[str]) -> tuple[tuple[int, float], ...]:
    if not labels:
        return ()
    best = like_rows3(labels[-1])
    if len(labels) > 1 and (not best or best[0][1] < 1.0):
        joined = like_rows3("".join(labels))
        pair = like_rows3("".join(labels[-2:]))
        best = max(best, joined, pair, key=lambda c: c[0][1] if c else 0.0)
    return best


def _chain(lines: list[Line]) -> None:
    """Give indexes to the labelled lines that go up the form: the heaviest rising chain."""
    nodes = [
        (n, index, (0.15 if not line.has_figures else score))
        for n, line in enumerate(lines)
        for index, score in line.likely[:4]
    ]
    best: list[tuple[float, int]] = []
    for k, (n, index, weight) in enumerate(nodes):
        top, back = weight, -1
        for j in range(k):
            m, before, _ = nodes[j]
            if m < n and before < index and best[j][0] + weight > top:
                top, back = best[j][0] + weight, j
        best.append((top, back))
    k = max(range(len(nodes)), key=lambda i: best[i][0], default=-1)
    while k >= 0:
        n, index, _ = nodes[k]
        lines[n].index = index
        k = best[k][1]


def _late(lines: list[Line]) -> None:
    """Rows out of their order whose label leaves no doubt take their row if it is still free."""
    taken = {line.index for line in lines if line.index is not None and line.has_figures}
    for line in lines:
        if line.index is None and line.has_figures and len(line.likely) == 1 and line.likely[0][1] == 1.0:
            index = line.likely[0][0]
            if index not in taken and table3_rows()[index].slug:
                line.index = index
                taken.add(index)
                line.notes.append(f"“{squeeze(line.label)}”不在规定的位置（{line.row.where}），按行名读入")


def _fill_gaps(lines: list[Line]) -> None:
    """Rows without a label of their own take the free rows between their labelled neighbours, if the count fits."""
    free = _free_rows(lines)
    before, run = -1, list[Line]()
    for line in lines:
        nameless = _nameless(line)
        if line.index is None:
            if nameless:
                run.append(line)
            continue
        _close(run, before, line.index, free)
        before, run = line.index, [line] if nameless else []
    _close(run, before, len(table3_rows()), free)


def _free_rows(lines: list[Line]) -> set[int]:
    taken = {
        line.index for line in lines if line.index is not None and line.has_figures and not _nameless(line)
    }
    return {r.index for r in table3_rows() if r.slug or r.index == other_all_index()} - taken


def _nameless(line: Line) -> bool:
    heading = line.heads_only and line.index != other_all_index()
    torn = line.index is None and is_scrap(line.label) and not any(score == 1.0 for _, score in line.likely)
    return line.has_figures and line.row.numbers > 0 and (not line.label or heading or torn)


def _close(run: list[Line], before: int, after: int, free: set[int]) -> None:
    """Settle a run of nameless rows between two rows of the form."""
    other = other_all_index()
    between = [i for i in sorted(free) if before < i < after]
    parts = [i for i in between if i != other]
    single = [i for i in between if not other < i <= other + 3]
    choice = next((c for c in (parts, single) if len(c) == len(run)), None)
    for n, line in enumerate(run):
        line.index = choice[n] if choice else None
        if choice:
            free.discard(choice[n])
            line.notes.append(f"一行数字没有行名（{line.row.where}），按次序认作“{_name(choice[n])}”")
        elif not line.heads_only:
            line.notes.append(f"有一行数字读不出行名（{line.row.where}），没有读入，请核对原文")


def _name(index: int) -> str:
    return edition("2021").table3[index].label


def _cells(lines: list[Line]) -> tuple[dict[str, Cell], list[str]]:
    cells: dict[str, Cell] = {}
    notes: list[str] = []
    parts = any(line.index in range(other_all_index() + 1, other_all_index() + 4) for line in lines)
    for line in lines:
        notes.extend(n for n in line.notes if n)
        if not line.has_figures:
            continue
        if line.index is None:
            notes.extend(_extra(line))
            continue
        slug = table3_rows()[line.index].slug
        if line.index == other_all_index():
            slug = "" if parts else "other_all"
        if not slug:
            notes.extend(_extra(line))
            continue
        if line.label and line.likely and line.likely[0][1] < 1.0 and _doubtful(line):
            notes.append(
                f"“{squeeze(line.label)}”按次序和相近程度认作“{_name(line.index)}”（{line.row.where}）"
            )
        notes.extend(_put(line, slug, cells))
    return cells, [*notes, *_absent(cells)]


def _doubtful(line: Line) -> bool:
    return line.index is not None and dict(line.likely).get(line.index, 0.0) < 0.95


def _put(line: Line, slug: str, cells: dict[str, Cell]) -> list[str]:
    ids = {column: f"t3.{slug}.{column}" for column in COLUMNS}
    if merged := spread(line.figures, COLUMNS):
        cells |= {ids[column]: cell for column, cell in merged.items()}
        return []
    placed = None if line.misfit else match_columns(line.figures, line.head, COLUMNS)
    if placed is None:
        size = len(line.head) if len(line.head) > 3 else len(COLUMNS)
        cell, note = unplaced(line.figures, size, line.row.where)
        cells |= {ids[c]: cell for c in COLUMNS}
        return [f"“{_name(line.index or 0)}”{note}"]
    cells |= {ids[column]: as_cell(slot) for column, slot in placed.items()}
    return []


def _absent(cells: dict[str, Cell]) -> list[str]:
    """A note on columns that no row has."""
    gone = [c for c in COLUMNS if not any(i.endswith(f".{c}") for i in cells)]
    if not cells or not gone:
        return []
    names = "、".join(f"“{COLUMN_LABELS[c]}”" for c in gone)
    return [f"第三部分的表没有{names}列，这些格没有读入"]


def _extra(line: Line) -> list[str]:
    if not line.label or line.row.numbers == 0 or (line.notes and any(line.notes)):
        return []
    return [f"第三部分表格另有一行“{squeeze(line.label)}”（{line.row.where}），不是规定的数据行，没有计入"]


def settle_strays(cells: dict[str, Cell], strays: Sequence[Cell]) -> list[str]:
    """Put a figure that stood outside the table into the one blank cell that both its row and its column demand.

    A stray that fits no cell, or more than one, is left alone. Rests on the sums of the form: a row adds up to
    its total, and 一+二 = （七）+四 in every column.
    """
    notes = []
    for stray in strays:
        fits = [i for i, c in cells.items() if c.value is None and c.raw == "" and _demanded(cells, i, stray)]
        if stray.value and len(fits) == 1:
            note = "原文中此格空白，数字落在表外，由勾稽关系确定"
            cells[fits[0]] = Cell(stray.value, stray.raw, stray.where, note=note)
            notes.append(f"表外的数字“{stray.raw}”（{stray.where}）由勾稽关系归入“{fits[0]}”")
    return notes


def _demanded(cells: dict[str, Cell], cell_id: str, stray: Cell) -> bool:
    _, slug, column = cell_id.split(".")
    frame = ("new", "carried_in", "result_total", "carried_out")
    if slug not in frame or any(f"t3.{s}.{column}" not in cells for s in frame):
        return False
    if any(f"t3.{slug}.{c}" not in cells for c in COLUMNS):
        return False
    value = {i: c.counted for i, c in cells.items() if i.startswith("t3.")}
    value[cell_id] = stray.counted
    row = sum(value[f"t3.{slug}.{c}"] for c in COLUMNS if c != "total") == value[f"t3.{slug}.total"]
    left = value[f"t3.new.{column}"] + value[f"t3.carried_in.{column}"]
    return row and left == value[f"t3.result_total.{column}"] + value[f"t3.carried_out.{column}"]
