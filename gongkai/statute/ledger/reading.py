"""Old ledgers in .xlsx, read with whatever they did to the form, and their problems row by row."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from .columns import NOTHING, column_of, squeezed
from .grid import Grid, UnreadableLedger, opened
from .rows import LedgerRow

__all__ = [
    "LedgerRead",
    "RowProblem",
    "UnreadableLedger",
    "day_of",
    "heads_of",
    "is_foot",
    "read_xlsx",
    "title_of",
]
_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})日?(?!\d)")
_PACKED_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TITLE = re.compile(r"(?P<agency>\S*?)(?P<year>(?:19|20)\d{2})年(?:度)?\S*台账")
_NEEDED = ("applicant", "content")
_FOOT = ("工作提示", "备注", "注", "说明", "填表")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something in one row that a person must look at: `row` is the row of the sheet, from 1."""

    row: int
    column: str
    message: str


@dataclass(slots=True)
class LedgerRead:
    """What a ledger file held: rows with the sheet row of each, and the problems row by row."""

    agency: str = ""
    year: int | None = None
    rows: list[LedgerRow] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def heads_of(texts: Sequence[str]) -> dict[int, str]:
    """Column index → slug when this row is the head of a ledger, else empty. The first of two wins."""
    found: dict[int, str] = {}
    for n, text in enumerate(texts):
        slug = column_of(text)
        if slug and slug not in found.values():
            found[n] = slug
    good = len(found) >= 4 and all(slug in found.values() for slug in _NEEDED)
    return found if good else {}


def title_of(texts: Sequence[str]) -> tuple[str, int] | None:
    """Whose ledger of which year a line before the head says it is; None for a line that is no such title."""
    match = _TITLE.search("".join("".join(texts).split()))
    return (match["agency"], int(match["year"])) if match else None


def is_foot(texts: Sequence[str]) -> bool:
    """Whether the line is a note under the table: what follows it is no part of the ledger."""
    filled = [t for t in texts if t]
    return len(filled) == 1 and squeezed(filled[0]).startswith(_FOOT)


def day_of(text: str) -> date | None:
    """The day written as 2024-03-05, 2024年3月5日, 2024.3.5 or 20240305; None for anything else."""
    match = _DAY.match(text) or _PACKED_DAY.fullmatch(text)
    if match is None:
        return None
    try:
        return date(*(int(g) for g in match.groups()))
    except ValueError:
        return None


class _Reading:
    """One pass over a sheet: before the head, then row by row to the foot-note."""

    def __init__(self) -> None:
        self.read = LedgerRead()
        self.heads: dict[int, str] = {}
        self._numbers: dict[str, int] = {}
        self._done = False

    def line(self, at: int, texts: list[str]) -> None:
        """Takes one row of the sheet, `at` counted from 1."""
        if self._done or not any(texts):
            return
        if not self.heads:
            self._before(texts)
            return
        if is_foot(texts):
            self._done = True
            return
        if heads_of(texts):
            return
        self._row(at, texts)

    def _before(self, texts: list[str]) -> None:
        self.heads = heads_of(texts)
        if not self.heads and (found := title_of(texts)):
            self.read.agency, self.read.year = found

    def _row(self, at: int, texts: list[str]) -> None:
        fields = {slug: texts[n] for n, slug in self.heads.items() if n < len(texts)}
        problems: list[RowProblem] = []
        for slug in ("submitted_on", "closed_on"):
            if raw := fields.get(slug):
                day = day_of(raw)
                if day is None:
                    problems.append(RowProblem(at, slug, f"“{raw}”不是日期，请写成 2024-03-05 的样子。"))
                else:
                    fields[slug] = day.isoformat()
        row = LedgerRow(**fields)
        if row.empty:
            return
        self.read.rows.append(row)
        self.read.places.append(at)
        self.read.problems += problems + list(self._missing(at, row))

    def _missing(self, at: int, row: LedgerRow) -> Iterator[RowProblem]:
        if not row.applicant or row.applicant == NOTHING:
            yield RowProblem(at, "applicant", "没有申请人，请补写姓名或者名称。")
        if not row.content:
            yield RowProblem(at, "content", "没有申请内容，请补写申请人要的是什么信息。")
        if not row.submitted_on:
            yield RowProblem(at, "submitted_on", "没有申请时间，请按登记补写。")
        if not row.number:
            yield RowProblem(at, "number", "没有依申请公开编号，线下申请也要录入平台取得编号。")
        elif row.number in self._numbers:
            first = self._numbers[row.number]
            yield RowProblem(at, "number", f"编号“{row.number}”与第{first}行重复，请核对。")
        else:
            self._numbers[row.number] = at
        if row.closed_on and row.submitted_on and _later(row.submitted_on, row.closed_on):
            yield RowProblem(at, "closed_on", "答复时间早于申请时间，请核对。")


def _later(first: str, second: str) -> bool:
    days = day_of(first), day_of(second)
    return None not in days and days[0] > days[1]  # type: ignore[operator]


def read_xlsx(data: bytes) -> LedgerRead:
    """The ledger in .xlsx bytes, in whatever columns and under whatever names it stands; the first sheet with a
    head counts. Rows that register nothing are left out. `UnreadableLedger` when there is no such head."""
    with opened(io.BytesIO(data)) as grid:
        for sheet in grid.sheets:
            read = _sheet(grid, sheet)
            if read is not None:
                return read
    raise UnreadableLedger(NO_HEAD)


def _sheet(grid: Grid, sheet: str) -> LedgerRead | None:
    reading = _Reading()
    for at, texts in grid.rows(sheet):
        reading.line(at, texts)
    return reading.read if reading.heads else None


NO_HEAD = "没有找到台账的表头，请保证有一行写着“序号、申请人、申请时间、申请内容”等栏目名称。"
