"""AnnualReport: agency, year, prose by heading, and every cell of the three tables with where it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

Number = int | Decimal


class CellKind(StrEnum):
    """What stood in a cell."""

    NUMBER = "number"
    BLANK = "blank"
    """Nothing was written: counts as 0 in sums, but is not 0."""
    DASH = "dash"
    """A stroke or 无 instead of a figure: / - — 无."""
    TEXT = "text"
    """Words, or a figure with words (3件): not a figure."""
    AMBIGUOUS = "ambiguous"
    """Digits that ran together and that no sum decides; see `candidates`."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: its value, the raw text, and where it was read, in words (第2个表格第5行第4列).

    `value` is None unless `kind` is NUMBER. Counts are int; a fraction or an amount is Decimal.
    `note` says how the value was found when it was not simply read (由勾稽关系确定).
    """

    value: Number | None
    raw: str = ""
    where: str = ""
    kind: CellKind = CellKind.NUMBER
    candidates: tuple[Number, ...] = ()
    note: str = ""

    @property
    def counted(self) -> Number:
        """The value in a sum: blank and dash count 0, as the form's rule says; text and ambiguous count 0 too,
        so ask `judgeable` first."""
        return 0 if self.value is None else self.value

    @property
    def judgeable(self) -> bool:
        """True when a sum over this cell means something."""
        return self.kind not in (CellKind.TEXT, CellKind.AMBIGUOUS)


@dataclass(frozen=True, slots=True)
class AmbiguousRun:
    """Digits that ran together: the cells they cover, the raw run, and every reading the sums allow."""

    cells: tuple[str, ...]
    raw: str
    candidates: tuple[tuple[Number, ...], ...]
    where: str = ""


@dataclass(slots=True)
class Paragraph:
    """One paragraph of prose and where it was read."""

    text: str
    where: str = ""


@dataclass(slots=True)
class Section:
    """One of the six parts. `key` is the edition's heading key; `title` is as printed, without its number.

    `ordinal` is the Chinese ordinal as printed (1 for 一、), None when the heading carried none.
    The prose of parts two to four is what stands beside the tables, usually nothing.
    """

    key: str
    title: str
    ordinal: int | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    where: str = ""

    @property
    def text(self) -> str:
        """The prose, a paragraph a line."""
        return "\n".join(p.text for p in self.paragraphs)


@dataclass(slots=True)
class AnnualReport:
    """One agency's annual report of one year.

    `cells` maps cell ids to cells: t2.regulations.made, t2.licences, t3.new.natural, t4.reconsideration.upheld.
    A row, or a column, that is not in the file has no cells at all.
    `tables` are the tables found (t2, t3, t4). `sections` stand in the order read. `ledger` holds the rows of a
    ledger annex that followed the report, as read.
    """

    agency: str = ""
    year: int | None = None
    edition: str = "2021"
    title: str = ""
    preface: list[Paragraph] = field(default_factory=list)
    period: tuple[date, date] | None = None
    sections: list[Section] = field(default_factory=list)
    cells: dict[str, Cell] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)
    ambiguous: list[AmbiguousRun] = field(default_factory=list)
    ledger: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What the reader wants a person to know: labels matched by likeness, values found by sums, extra rows."""
    source: str = ""
    source_format: str = ""

    def section(self, key: str) -> Section | None:
        """The first section with this heading key, or None."""
        return next((s for s in self.sections if s.key == key), None)

    def value(self, cell_id: str) -> Number | None:
        """The figure in a cell; None when blank, dashed, text, ambiguous or absent."""
        cell = self.cells.get(cell_id)
        return None if cell is None else cell.value

    def has_row(self, prefix: str) -> bool:
        """True when the row (t3.partial) is in the report."""
        return any(i == prefix or i.startswith(prefix + ".") for i in self.cells)

    @property
    def merged_other(self) -> bool:
        """True when （六）其他处理 stands as one row (2019 edition, and some later reports)."""
        return "t3.other_all.total" in self.cells
