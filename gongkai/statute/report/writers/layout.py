"""The three tables as printed: one description of places and spans, from which every format draws.

The places follow the forms of 国办公开办函〔2021〕30号 and 〔2019〕60号. A row that the report does not have is not
drawn, a merged （六）其他处理 stays one row, and the spans adapt.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ...ooxml import plain
from ..editions import COLUMN_LABELS, COLUMNS, Edition, Table3Row, edition
from ..figures import has_unit, number_text
from ..model import AnnualReport, Cell, CellKind, Number

UNDECIDED = "待核"
"""Stands where digits ran together and no sum decides them: nobody takes it for a figure."""
WIDTH_MM = 156.0
TABLE_OF = {"proactive": "t2", "requests": "t3", "remedies": "t4"}
"""Which table stands under which heading."""


INSET_MM = 0.6
"""Room between a cell's edge and its text, left and right."""
_POINTS_A_MM = 72 / 25.4
_DIGIT = 0.58
"""Width of a digit in ems, in the widest of the fonts used."""


def _ems(text: str) -> float:
    return sum(_DIGIT if c.isascii() else 1.0 for c in text)


class Role(StrEnum):
    """What a place is for."""

    CAPTION = "caption"
    """A line across table two: 第二十条第（一）项."""
    HEAD = "head"
    LABEL = "label"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Place:
    """One printed cell: its text, its first row and column (from 0), how many it spans, and what it is for.

    `cell` is the figure behind it, None for words.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    role: Role = Role.FIGURE
    cell_id: str = ""
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid: `widths` in millimetres, one a column; the first `head_rows` rows repeat on each page."""

    key: str
    caption: str
    widths: tuple[float, ...]
    head_rows: int
    places: tuple[Place, ...]
    points: float = 10.5
    """The size of its text: 五号 (10.5 pt) or 小四 (12 pt)."""

    @property
    def row_count(self) -> int:
        """How many grid rows there are."""
        return max((p.row + p.rows for p in self.places), default=0)

    def lines(self) -> Iterator[list[Place]]:
        """The places that begin in each row, from left to right."""
        by_row: list[list[Place]] = [[] for _ in range(self.row_count)]
        for place in self.places:
            by_row[place.row].append(place)
        for line in by_row:
            yield sorted(line, key=lambda p: p.column)

    def points_of(self, place: Place, width_mm: float | None = None) -> float:
        """The size of a place's text: smaller where a long figure would not fit into its cell otherwise. A figure
        is never broken over lines nor let run into the next cell. `width_mm` is the cell's when stretched."""
        if place.role is not Role.FIGURE or place.cell is None or place.cell.kind is not CellKind.NUMBER:
            return self.points
        room = width_mm or sum(self.widths[place.column : place.column + place.columns])
        fits = (room - 2 * INSET_MM) * _POINTS_A_MM / max(_ems(place.text), 0.1)
        return min(self.points, round(fits - 0.05, 1))

    def heads_of(self, figure: Place) -> list[Place]:
        """The column heads above a figure and the row labels left of it, outermost first."""
        above = [
            p
            for p in self.places
            if p.role in (Role.HEAD, Role.CAPTION)
            and p.row < figure.row
            and p.column < figure.column + figure.columns
            and figure.column < p.column + p.columns
        ]
        blocks = [p.row for p in above if p.role is Role.CAPTION]
        above = [p for p in above if not blocks or p.row >= max(blocks)]
        left = [
            p
            for p in self.places
            if p.role is Role.LABEL and p.row <= figure.row < p.row + p.rows and p.column < figure.column
        ]
        return above + left


def figure_text(cell: Cell | None) -> str:
    """What stands in a cell: the figure, nothing, the stroke as it was, or the words as they were."""
    if cell is None or cell.kind is CellKind.BLANK:
        return ""
    if cell.kind is CellKind.AMBIGUOUS:
        return UNDECIDED
    if cell.kind is CellKind.DASH:
        return plain(cell.raw).strip() or "/"
    if cell.kind is CellKind.TEXT or cell.value is None:
        return plain(cell.raw).strip()
    return plain(cell.raw).strip() if has_unit(cell.raw) else number_text(cell.value)


def clean_number(place: Place) -> Number | None:
    """The figure of a place when it is printed as a bare number, for formats that keep numbers as numbers."""
    cell = place.cell
    if cell is None or cell.kind is not CellKind.NUMBER or cell.value is None or has_unit(cell.raw):
        return None
    value = cell.value
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def _figure(report: AnnualReport, cell_id: str, row: int, column: int, columns: int = 1) -> Place:
    cell = report.cells.get(cell_id)
    return Place(figure_text(cell), row, column, 1, columns, Role.FIGURE, cell_id, cell)


def _caption(report: AnnualReport, key: str) -> str:
    """What the table is of, for one who meets it without its heading: agency, year, heading of the form."""
    heading = next(h.title for h in edition(report.edition).headings if TABLE_OF.get(h.key) == key)
    year = f"{report.year}年" if report.year is not None else ""
    return plain(f"{report.agency}{year}{heading}")


def table2(report: AnnualReport) -> Table | None:
    """Table two: a line with the item of art. 20, a head line and the rows of each block; None when not there."""
    form = edition(report.edition)
    parts = math.lcm(*(len(block.columns) for block in form.table2))
    places: list[Place] = []
    row = 0
    for block in form.table2:
        rows = [r for r in block.rows if report.has_row(f"t2.{r.slug}")]
        if not rows:
            continue
        span = parts // len(block.columns)
        places.append(Place(block.caption, row, 0, 1, 1 + parts, Role.CAPTION))
        places.append(Place(block.head[0], row + 1, 0, role=Role.HEAD))
        for n, head in enumerate(block.head[1:]):
            places.append(Place(head, row + 1, 1 + n * span, 1, span, Role.HEAD))
        row += 2
        for line in rows:
            places.append(Place(line.label, row, 0, role=Role.LABEL))
            places += [_figure(report, c, row, 1 + n * span, span) for n, c in enumerate(line.cells)]
            row += 1
    if not places:
        return None
    label = 57.0 if parts == 3 else 48.0
    widths = (label, *((WIDTH_MM - label) / parts for _ in range(parts)))
    return Table("t2", _caption(report, "t2"), widths, 0, tuple(places), 12.0)


def _rows3(report: AnnualReport) -> list[Table3Row]:
    """The rows of table three that are to be drawn: those the report has, and the headings over them."""
    form = edition(report.edition)
    split = any(report.has_row(f"t3.other_{s}") for s in ("no_correction", "no_fee", "other"))
    rows: list[Table3Row] = []
    for row in edition("2021").table3 if split else form.table3:
        if row.id == "r3_6" and report.has_row("t3.other_all"):
            cells = tuple(f"t3.other_all.{c}" for c in COLUMNS)
            rows.append(Table3Row("r3_6", "other_all", "r3", row.label, cells))
            if row.slug:
                continue
        if not row.slug or report.has_row(f"t3.{row.slug}"):
            rows.append(row)
    kept = {row.id for row in rows if row.slug}
    return [r for r in rows if r.slug or any(k.startswith(r.id + "_") for k in kept)]


def _head3(form: Edition) -> list[Place]:
    single = {"natural": 3, "total": 3 + len(COLUMNS) - 1}
    middle = [c for c in COLUMNS if c not in single]
    places = [
        Place(form.table3_note, 0, 0, 3, 3, Role.HEAD),
        Place(form.table3_head, 0, 3, 1, len(COLUMNS), Role.HEAD),
        Place(form.table3_group, 1, 4, 1, len(middle), Role.HEAD),
    ]
    places += [Place(COLUMN_LABELS[c], 1, at, 2, 1, Role.HEAD) for c, at in single.items()]
    return places + [Place(COLUMN_LABELS[c], 2, 4 + n, role=Role.HEAD) for n, c in enumerate(middle)]


def table3(report: AnnualReport) -> Table | None:
    """Table three: three label columns and seven figures, three head rows; None when not there."""
    rows = _rows3(report)
    if not rows:
        return None
    form = edition(report.edition)
    places = _head3(form)
    at = 3
    for row in rows:
        depth = row.id.count("_")
        if row.slug:
            places.append(Place(row.label, at, depth, 1, 3 - depth, Role.LABEL))
            places += [_figure(report, c, at, 3 + n) for n, c in enumerate(row.cells)]
            at += 1
        else:
            under = sum(1 for r in rows if r.slug and r.id.startswith(row.id + "_"))
            places.append(Place(row.label, at, depth, under, 1, Role.LABEL))
    return Table("t3", _caption(report, "t3"), _widths3(places), 3, tuple(places))


def _widths3(places: list[Place]) -> tuple[float, ...]:
    """Label columns as on the form; they yield to long figures, as far as their words can stand it."""
    longest = max(_ems(p.text) for p in places if p.role is Role.FIGURE)
    figure = min(max(11.0, longest * 10.5 / _POINTS_A_MM + 2 * INSET_MM + 0.2), 14.0)
    given = WIDTH_MM - len(COLUMNS) * figure
    labels = (given * 12 / 79, given * 17 / 79, given * 50 / 79)
    return (*labels, *([figure] * len(COLUMNS)))


def table4(report: AnnualReport) -> Table | None:
    """Table four: one line of fifteen figures under three head rows; None when not there."""
    form = edition(report.edition)
    groups = [g for g in form.groups4 if report.has_row(f"t4.{g.slug}")]
    if not groups:
        return None
    places: list[Place] = []
    results = [label for _, label in form.results4]
    size, column = len(results), 0
    for group in groups:
        own = group.slug == "reconsideration"
        places.append(Place(group.label, 0 if own else 1, column, 1, size, Role.HEAD))
        depth = 1 if own else 2
        places += [
            Place(label, depth, column + n, 3 - depth, 1, Role.HEAD) for n, label in enumerate(results)
        ]
        places += [_figure(report, c, 3, column + n) for n, c in enumerate(group.cells)]
        column += size
    suits = [g for g in groups if g.slug != "reconsideration"]
    if suits:
        first = (len(groups) - len(suits)) * size
        places.append(Place(form.litigation4, 0, first, 1, len(suits) * size, Role.HEAD))
    widths = tuple(WIDTH_MM / column for _ in range(column))
    return Table(
        "t4", _caption(report, "t4"), widths, 3, tuple(sorted(places, key=lambda p: (p.row, p.column)))
    )


def tables(report: AnnualReport) -> dict[str, Table]:
    """The tables that the report has, by key (t2, t3, t4)."""
    found = (table2(report), table3(report), table4(report))
    return {table.key: table for table in found if table is not None}


def _shares(lengths: list[int]) -> tuple[float, ...]:
    """Column widths by the longest text in each, within reason: a serial number needs little, a request much."""
    weights = [2 + min(max(n, 2), 18) for n in lengths]
    return tuple(WIDTH_MM * w / sum(weights) for w in weights)


def ledger_table(report: AnnualReport) -> Table | None:
    """The ledger annex as read, a row a line; a row of one cell goes across. None when there is none."""
    if not report.ledger:
        return None
    size = max(len(row) for row in report.ledger)
    head = next((n for n, row in enumerate(report.ledger) if len(row) > 1), 0)
    places = []
    for n, row in enumerate(report.ledger):
        role = Role.HEAD if n <= head else Role.FIGURE
        if len(row) == 1:
            places.append(Place(plain(row[0]), n, 0, 1, size, Role.CAPTION))
            continue
        filled = [*row, *([""] * (size - len(row)))]
        places += [Place(plain(text), n, k, role=role) for k, text in enumerate(filled)]
    widths = _shares(
        [max((len(r[k]) for r in report.ledger if k < len(r) > 1), default=0) for k in range(size)]
    )
    return Table("ledger", "依申请公开工作台账", widths, head + 1, tuple(places))
