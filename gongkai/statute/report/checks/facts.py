"""What the checks share about one report, worked out once: the figures as lists, what stood in each cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, compress, repeat
from operator import is_not, itemgetter
from typing import Any, cast

from ...records import Counted
from ..editions import COLUMNS, Edition, edition, editions
from ..model import AnnualReport, Cell, CellKind, Number
from .claims import Claim, read_claims
from .prose import Sentence, clean, read_prose
from .relations import Relation, find_relations

FIGURE, BLANK, UNCLEAR, MISSING = range(4)
"""What stood in a cell: a figure; nothing or a stroke; words or digits nobody can divide; no such cell."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows of an edition as cell ids; `leaves` are the outcome rows that add up to （七）总计.

    `rows` are all rows by name (t3.new) in the order of tables three, four, two; `ids` their cells in one run,
    `pick` takes those cells out of a report (KeyError when one is not there), `cuts` say where each row stands
    in the run, and `plain` are the states of a report whose every cell is a figure.
    """

    rows3: tuple[tuple[str, tuple[str, ...]], ...]
    leaves: tuple[str, ...]
    rows4: tuple[tuple[str, tuple[str, ...]], ...]
    rows2: tuple[tuple[str, tuple[str, ...]], ...]
    known: frozenset[str]
    rows: dict[str, tuple[str, ...]]
    ids: tuple[str, ...]
    pick: Callable[[Mapping[str, Cell]], tuple[Cell, ...]]
    cuts: tuple[tuple[str, int, int], ...]
    plain: dict[str, list[int]]


@cache
def layout(edition_id: str, merged: bool) -> Layout:
    """The layout of an edition; `merged` puts （六）其他处理 as one row, as some reports do."""
    form = edition(edition_id)
    rows = {row.slug: row.cells for row in form.table3_data}
    leaves = list(form.leaves)
    if merged and "other_all" not in leaves:
        parts = [slug for slug in leaves if slug.startswith("other_")]
        at = leaves.index(parts[0])
        leaves = [slug for slug in leaves if slug not in parts]
        leaves.insert(at, "other_all")
        rows = {slug: cells for slug, cells in rows.items() if slug not in parts}
        rows["other_all"] = tuple(f"t3.other_all.{column}" for column in COLUMNS)
    rows3 = tuple(rows.items())
    rows4 = tuple((group.slug, group.cells) for group in form.groups4)
    rows2 = tuple((row.slug, row.cells) for block in form.table2 for row in block.rows)
    named = {
        f"{table}.{slug}": cells
        for table, part in (("t3", rows3), ("t4", rows4), ("t2", rows2))
        for slug, cells in part
    }
    ids = tuple(cell for cells in named.values() for cell in cells)
    ends = list(accumulate(map(len, named.values())))
    cuts = tuple((row, end - len(cells), end) for (row, cells), end in zip(named.items(), ends, strict=True))
    plain = {row: [FIGURE] * len(cells) for row, cells in named.items()}
    pick: Any = itemgetter(*ids)
    return Layout(rows3, tuple(leaves), rows4, rows2, frozenset(ids), named, ids, pick, cuts, plain)


class Facts:
    """One report, last year's report and the records behind it, ready for the checks."""

    def __init__(
        self,
        report: AnnualReport,
        previous: AnnualReport | None = None,
        records: Sequence[Counted] | None = None,
    ) -> None:
        self.report = report
        self.previous = previous
        self.records = records
        self.edition: Edition = editions().get(report.edition) or edition("2021")
        self.merged = report.merged_other and not report.has_row("t3.other_other")
        self.layout = layout(self.edition.id, self.merged)
        period = report.period
        self.year = report.year if report.year is not None else period[1].year if period else None
        """The year the report says it is of, or the year of its period."""
        self.values: dict[str, list[Number]]
        self.states: dict[str, list[int]]
        self.odd: list[tuple[str, Number]] = []
        """Cells whose figure is negative or not a whole number."""
        self.whole = False
        """True when every cell of the form is there and is a figure."""
        self._read()

    def _read(self) -> None:
        """Most reports hold nothing but figures, so that case is tried first."""
        form = self.layout
        try:
            figures = [cell.value for cell in form.pick(self.report.cells)]
        except KeyError:
            figures = [None]
        self.whole = None not in figures
        if self.whole:
            run = cast(list[Number], figures)
            self.values = {row: run[start:end] for row, start, end in form.cuts}
            self.states = form.plain
        else:
            self.values, self.states = {}, {}
            for row, ids in form.rows.items():
                self._read_with_gaps(row, ids)
            run = [value for values in self.values.values() for value in values]
        if min(run) < 0:
            self.odd = [(i, v) for i, v in zip(form.ids, run, strict=True) if v < 0 or v != int(v)]
        else:
            fractions = compress(zip(form.ids, run, strict=True), map(is_not, map(type, run), repeat(int)))
            self.odd = [(i, v) for i, v in fractions if v != int(v)]

    def _read_with_gaps(self, row: str, ids: tuple[str, ...]) -> None:
        cells = self.report.cells
        values: list[Number] = []
        states: list[int] = []
        for cell_id in ids:
            cell = cells.get(cell_id)
            if cell is None:
                values.append(0)
                states.append(MISSING)
            elif (value := cell.value) is not None:
                values.append(value)
                states.append(FIGURE)
            else:
                values.append(0)
                unclear = cell.kind is CellKind.TEXT or cell.kind is CellKind.AMBIGUOUS
                states.append(UNCLEAR if unclear else BLANK)
        self.values[row] = values
        self.states[row] = states

    def total(self, row: str) -> Number | None:
        """The last figure of a row (t3.new, t4.reconsideration). A blank total counts as the sum of its parts.
        None when it cannot be said."""
        states = self.states.get(row)
        if states is None or states[-1] == MISSING:
            return None
        if states[-1] == FIGURE:
            return self.values[row][-1]
        if UNCLEAR in states or MISSING in states:
            return None
        return sum(self.values[row][:-1])

    def sum_of(self, rows: Sequence[str]) -> Number | None:
        """The sum of the totals of several rows, or None when one of them cannot be said."""
        out: Number = 0
        for row in rows:
            part = self.total(row)
            if part is None:
                return None
            out += part
        return out

    def figure(self, cell_id: str) -> Number | None:
        """A figure, 0 for a blank cell, None when the cell is absent or unclear."""
        cell = self.report.cells.get(cell_id)
        return None if cell is None or not cell.judgeable else cell.counted

    @cached_property
    def tables(self) -> list[str]:
        """The tables that are there: named by the reader, or seen by their cells."""
        if self.whole:
            return ["t2", "t3", "t4"]
        seen = {row[:2] for row, states in self.states.items() if states.count(MISSING) < len(states)}
        return [table for table in ("t2", "t3", "t4") if table in seen or table in self.report.tables]

    @cached_property
    def gaps(self) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """Rows that lack cells: the row, its cells, and those that are not there."""
        out: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
        if self.whole:
            return out
        for row, states in self.states.items():
            if MISSING in states:
                ids = self.layout.rows[row]
                out.append((row, ids, tuple(i for i, s in zip(ids, states, strict=True) if s == MISSING)))
        return out

    @cached_property
    def extra(self) -> list[str]:
        """Cells that the edition does not know; none when exactly its own cells are there."""
        known = self.layout.known
        if not self.gaps and len(self.report.cells) == len(known):
            return []
        return [i for i in self.report.cells if i not in known]

    def ids(self, row: str) -> tuple[str, ...]:
        """The cells of a row (t3.new)."""
        return self.layout.rows[row]

    @cached_property
    def fee_text(self) -> str:
        """Part six in one run, cleaned; empty when there is none."""
        section = self.report.section("other")
        return "" if section is None else clean(section.text)

    @cached_property
    def remedy_prose(self) -> list[Sentence]:
        """The sentences that speak of reconsideration or suits."""
        return [s for s in self.prose if "复议" in s.text or "诉" in s.text]

    @cached_property
    def prose(self) -> list[Sentence]:
        """The sentences of all parts, cleaned."""
        return read_prose(self.report)

    @cached_property
    def problems(self) -> list[Sentence]:
        """The sentences of part five that name requests for government information, when there are any."""
        if not any(
            "申请" in p.text for s in self.report.sections if s.key == "problems" for p in s.paragraphs
        ):
            return []
        return read_prose(self.report, problems=True)

    @cached_property
    def claims(self) -> list[Claim]:
        """The figures of the prose whose notion is known."""
        return read_claims(self)

    @cached_property
    def relations(self) -> list[Relation]:
        """Every sum that must hold with its verdict; empty when all plainly hold."""
        return find_relations(self)

    @cached_property
    def follows(self) -> bool:
        """True when last year's report is given and is the year before this one (or a year is unknown)."""
        before = self.previous
        if before is None:
            return False
        return self.year is None or before.year is None or before.year == self.year - 1
