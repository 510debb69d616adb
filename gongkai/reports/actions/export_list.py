"""导出一个数字的明细: the records behind a figure as a sheet."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import IO

from django.conf import settings

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.statute.ledger.delimited import table_csv

from ..composition import compose
from ..models import ReportYear
from ..origins import origin_of

_PIECE = 64 * 1024


class NothingToExport(ValueError):
    """No record is behind the figure; says in Chinese so."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet under way: its file name, its type, its content in pieces."""

    name: str
    content_type: str
    pieces: Iterator[bytes]


def export_list(work: ReportYear, key: str, *, ending: str, by: Actor) -> Sheet:
    """The list of the records that were counted for a figure, for who may see the report. Persons read as on the page:
    by their family name (个人信息保护法 51); the trail says which figure and how many records, before the first byte goes.

    Raises `NotAllowed`, `NoSuchFigure`, `NothingToExport`; KeyError for an ending that does not exist.
    """
    made = compose(work)
    origin = origin_of(made, work, key)
    found = origin.behind
    many = len(found) if found is not None else 0
    if found is None or not many:
        raise NothingToExport("这个数没有逐条的记录，没有可以导出的明细。")
    title = f"{made.report.agency}{work.year}年年报明细：{origin.label}"
    content_type, write = FORMS[ending]
    with acting(by, "report.figure", work, figure=key, form=ending, count=many):
        pieces = write(title, found.heads, (line.texts for line in found.all_lines()))
    return Sheet(f"{title.replace('：', '-')}.{ending}", content_type, pieces)


def _as_xlsx(title: str, heads: Sequence[str], lines: Iterator[Sequence[str]]) -> Iterator[bytes]:
    from gongkai.statute.ledger.xlsx import write_table  # noqa: PLC0415 - its library is large

    # Handed to the pieces, which close it.
    file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115
    write_table(file, title, heads, lines)
    file.seek(0)
    return _pieces(file)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _as_csv(title: str, heads: Sequence[str], lines: Iterator[Sequence[str]]) -> Iterator[bytes]:
    pieces = table_csv(heads, lines)
    # The first piece is made now, so that what goes wrong goes wrong before the answer has begun.
    return chain([next(pieces)], pieces)


_Write = Callable[[str, Sequence[str], Iterator[Sequence[str]]], Iterator[bytes]]
FORMS: dict[str, tuple[str, _Write]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _as_xlsx),
    "csv": ("text/csv; charset=utf-8", _as_csv),
}
"""By ending: the type of the file and how it is written."""
