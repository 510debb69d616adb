"""A report as pages show it: parts, paragraphs in pieces, and tables with the place of every cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.statute.report.editions import row_label
from gongkai.statute.report.findings import LEVEL_WORDS, Finding, Level
from gongkai.statute.report.model import AnnualReport
from gongkai.statute.report.writers.flow import heading_text, levelled
from gongkai.statute.report.writers.layout import TABLE_OF, Place, Role, Table, tables

from .prose import Piece


@dataclass(slots=True)
class CellView:
    """A table cell: its text and span; for a figure its id, its name in words and whether it is other than
    zero; for the label of a row the findings on that row."""

    text: str
    is_head: bool
    scope: str = ""
    rows: int = 1
    columns: int = 1
    look: str = ""
    cell_id: str = ""
    name: str = ""
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class TableView:
    """A table: caption, head rows, and bodies (a block of table two is a body of its own)."""

    key: str
    caption: str
    columns: range
    head: list[list[CellView]]
    bodies: list[list[list[CellView]]]


@dataclass(slots=True)
class ParagraphView:
    """A paragraph in pieces, or a local sub-heading."""

    pieces: Sequence[Piece]
    is_heading: bool


@dataclass(slots=True)
class PartView:
    """One of the six parts: heading, paragraphs, its table, and the findings that concern it."""

    key: str
    heading: str
    paragraphs: list[ParagraphView]
    table: TableView | None
    findings: list[Finding] = field(default_factory=list)


def parts_of(
    report: AnnualReport,
    *,
    prose: Mapping[str, Sequence[Sequence[Piece]]] | None = None,
    findings: Sequence[Finding] = (),
) -> list[PartView]:
    """The six parts in order. With `prose`, paragraphs keep which figure every number is."""
    drawn = tables(report)
    views = []
    for section in report.sections:
        lines = prose[section.key] if prose else [[Piece(p.text)] for p in section.paragraphs]
        key = TABLE_OF.get(section.key, "")
        own = [
            f
            for f in findings
            if key and f.level is not Level.NOTE and any(c.startswith(f"{key}.") for c in f.cells)
        ]
        views.append(
            PartView(
                section.key,
                heading_text(section),
                [_paragraph(line) for line in lines],
                _table(report, drawn[key], own) if key in drawn else None,
                own,
            )
        )
    return views


def _paragraph(line: Sequence[Piece]) -> ParagraphView:
    return ParagraphView(line, levelled("".join(piece.text for piece in line)).alone)


def _table(report: AnnualReport, table: Table, findings: Sequence[Finding]) -> TableView:
    lines = [[_cell(report, table, place, findings) for place in line] for line in table.lines()]
    head, rest = lines[: table.head_rows], lines[table.head_rows :]
    bodies: list[list[list[CellView]]] = []
    for line in rest:
        if not bodies or line[0].look == "caption":
            bodies.append([])
        bodies[-1].append(line)
    return TableView(table.key, table.caption, range(len(table.widths)), head, bodies)


def _cell(report: AnnualReport, table: Table, place: Place, findings: Sequence[Finding]) -> CellView:
    view = CellView(place.text, place.role is not Role.FIGURE, rows=place.rows, columns=place.columns)
    view.look = place.role.value
    if place.role is Role.FIGURE:
        view.cell_id = place.cell_id
        view.name = f"{table.caption}，{row_label(report.edition, place.cell_id)}"
        zero = place.cell is not None and not place.cell.counted
        view.look = "figure zero" if zero else "figure some"
        if any(place.cell_id in f.cells for f in findings):
            view.look += " found"
    elif place.role is Role.LABEL:
        view.look = f"label depth{place.column}"
        view.scope = "row" if place.rows == 1 else "rowgroup"
        view.findings = [f for f in findings if place.rows == 1 and _on_row(table, place, f)]
    else:
        view.scope = "colgroup" if place.columns > 1 else "col"
    return view


def _on_row(table: Table, label: Place, finding: Finding) -> bool:
    return any(p.cell_id in finding.cells for p in table.places if p.row == label.row and p.cell_id)


def counted_by_level(findings: Sequence[Finding]) -> list[tuple[str, str, int]]:
    """(level, its word, how many) for each level, the gravest first."""
    return [(level.value, LEVEL_WORDS[level], sum(f.level is level for f in findings)) for level in Level]
