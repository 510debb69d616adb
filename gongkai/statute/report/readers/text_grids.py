"""The three tables as grids in the printed form, their cells already read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..blocks import Grid, GridCell
from ..editions import COLUMN_LABELS, Edition, Table2Row
from ..model import Cell
from .run_rows import RawRow
from .run_tables import Settled
from .text_labels import labels3


def _known(cells: Iterable[Cell]) -> list[GridCell]:
    return [GridCell(cell.raw, cell.where, cell=cell) for cell in cells]


def _words(texts: Iterable[str], where: str) -> list[GridCell]:
    return [GridCell(text, where) for text in texts]


def _notes(rows: Mapping[str, RawRow]) -> list[str]:
    """What was concluded about whole rows, each with the row's place."""
    named = {label.slug: label.label for label in labels3() if label.slug}
    return [f"“{named[slug]}”（{raw.place}）：{raw.note}" for slug, raw in rows.items() if raw.note]


def grid_two(form: Edition, rows: Sequence[tuple[Table2Row, RawRow]], settled: Settled, where: str) -> Grid:
    """Table two: under each caption its head row and the rows that were found."""
    grid = Grid(where=where, runs=settled.runs)
    found = {row.slug: raw for row, raw in rows}
    for block in form.table2:
        here = [row for row in block.rows if row.slug in found]
        if not here:
            continue
        grid.rows.append(_words([block.caption], found[here[0].slug].where))
        grid.rows.append(_words(block.head, found[here[0].slug].where))
        for row in here:
            cells = [settled.cells[cell_id] for cell_id in row.cells]
            grid.rows.append([GridCell(row.label, found[row.slug].where), *_known(cells)])
    return grid


def grid_three(rows: Mapping[str, RawRow], settled: Settled, where: str) -> Grid:
    """Table three: a head row and the rows that were found, in printed order."""
    grid = Grid(where=where, runs=settled.runs, notes=_notes(rows))
    grid.rows.append(_words(["申请人情况", *COLUMN_LABELS.values()], where))
    for label in labels3():
        raw = rows.get(label.slug)
        if raw is not None:
            cells = [settled.cells[cell_id] for cell_id in raw.cells]
            grid.rows.append([GridCell(label.label, raw.where), *_known(cells)])
    return grid


def grid_four(form: Edition, row: RawRow, settled: Settled, where: str) -> Grid:
    """Table four: its three head rows and the fifteen figures."""
    results = [label for _, label in form.results4]
    size = len(results)
    grid = Grid(where=where, runs=settled.runs)
    first, *court = form.groups4
    top = [first.label] * size + ["行政诉讼"] * size * len(court)
    middle = [first.label] * size + [group.label for group in court for _ in results]
    grid.rows.append([GridCell(t, where, merged=i > 0 and t == top[i - 1]) for i, t in enumerate(top)])
    grid.rows.append([GridCell(t, where, merged=i < size or i % size != 0) for i, t in enumerate(middle)])
    grid.rows.append(_words(results * 3, where))
    grid.rows.append(_known(settled.cells[cell_id] for cell_id in row.cells))
    return grid
