"""Rows of any grids into the cells of the three statutory tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from ..editions import Edition
from ..model import Cell
from .copies import Copy, copies_of, settle_copies, two_reports
from .labels import is_scrap, like_rows3
from .rows import TableRow
from .table2 import place_table2
from .table3 import place_table3, settle_strays
from .table4 import place_table4

_OF_KIND = {
    "caption": "t2",
    "t2head": "t2",
    "t2": "t2",
    "t3head": "t3",
    "t3": "t3",
    "t4head": "t4",
    "t4": "t4",
}
_PUT = {"t2": place_table2, "t3": place_table3, "t4": place_table4}
SECTION_OF = {"t2": "proactive", "t3": "requests", "t4": "remedies"}


@dataclass(slots=True)
class Placed:
    """Cells by id, the tables found, and what a person should know."""

    cells: dict[str, Cell] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


def tables_of(rows: Sequence[TableRow]) -> list[str]:
    """For each row the table it belongs to: t2, t3, t4, ledger, or empty. Rows without words follow the row
    before them."""
    out: list[str] = []
    table, grid = "", -1
    for row in rows:
        what = row.kind
        if what == "ledger":
            table, grid = "ledger", row.grid
        elif (table == "ledger" and row.grid == grid) or (
            what == "t3" and table == "t2" and row.grid == grid and _faint(row)
        ):
            pass
        elif what in _OF_KIND:
            table, grid = _OF_KIND[what], row.grid
        elif what == "figures" and len(row.own) == 15 and table in ("t3", "t4"):
            table, grid = "t4", row.grid
        elif row.grid != grid and not _carries_on(row, table, what):
            out.append("")
            continue
        out.append(table)
    return out


def _faint(row: TableRow) -> bool:
    likely = [like_rows3(s.text) for s in row.words]
    return max((c[0][1] for c in likely if c), default=0.0) < 0.85


def _carries_on(row: TableRow, table: str, what: str) -> bool:
    """A row of figures in a grid of its own goes on with the table before it when it is as wide."""
    if what == "other":
        return table == "t3" and row.numbers >= 6 and all(is_scrap(s.text) for s in row.words)
    if what != "figures":
        return False
    return len(row.own) >= {"t3": 7, "t4": 15}.get(table, 99)


def place(
    rows: Sequence[TableRow],
    sections: Sequence[str],
    form: Edition,
    strays: Sequence[Cell] = (),
    captions: Mapping[int, str] | None = None,
    year: int | None = None,
) -> Placed:
    """The cells of the three tables. `sections` names the part each row stands in (its heading key), `strays`
    are figures that stood between the rows of table three, `captions` the lines before each grid, by its number.
    A table printed twice is settled by `settle_copies`."""
    belongs = tables_of(rows)
    placed = Placed()
    twice: dict[str, list[Copy]] = {}
    homes = {
        t: {r.grid for r, s in zip(rows, sections, strict=True) if s == k} for t, k in SECTION_OF.items()
    }
    for table in ("t2", "t3", "t4"):
        mine = _serious(table, rows, belongs, sections)
        put = partial(_PUT[table], form=form)
        twice[table] = copies_of(mine, put, sum(i.startswith(table) for i in form.cell_ids))
        for copy in twice[table]:
            copy.home = copy.rows[0].grid in homes[table]
            copy.caption = (captions or {}).get(copy.rows[0].grid, "")
        if twice[table]:
            cells, notes = settle_copies(table, twice[table], year, form.id)
        else:
            cells, notes = put(mine)
        if table == "t3":
            notes += settle_strays(cells, strays)
        placed.cells |= cells
        placed.notes += notes
        if cells:
            placed.tables.add(table)
    placed.notes += two_reports(twice)
    return placed


def _serious(
    table: str, rows: Sequence[TableRow], belongs: Sequence[str], sections: Sequence[str]
) -> list[TableRow]:
    """The rows of a table without those of a small local table elsewhere that uses the same words."""
    mine = [n for n, t in enumerate(belongs) if t == table]
    hits = Counter(rows[n].grid for n in mine if rows[n].kind in _OF_KIND)
    home = {rows[n].grid for n in mine if sections[n] == SECTION_OF[table]}
    if not any(hits[g] >= 3 for g in home):
        return [rows[n] for n in mine]
    return [rows[n] for n in mine if rows[n].grid in home or hits[rows[n].grid] >= 4]
