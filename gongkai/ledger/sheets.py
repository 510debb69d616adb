"""Sheets of the ledger: the part asked for as .xlsx or .csv, written while it is read."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO, Literal

from django.conf import settings

from gongkai.agencies.models import Agency
from gongkai.statute.ledger.delimited import to_csv
from gongkai.statute.ledger.rows import LedgerRow, Names, empty_rows, numbered, public_numbered

from .queries import Wanted, asked_for, heading, is_empty_year, records

Copy = Literal["own", "public"]
"""For the office's own use with names, for publication without."""
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet under way: its file name, its type, its content in pieces."""

    name: str
    content_type: str
    pieces: Iterator[bytes]


def sheet_of(agency: Agency, wanted: Wanted, copy: Copy, ending: str) -> Sheet:
    """The ledger as a file whose length costs no memory. Whether somebody may have it is asked by the act `export`."""
    content_type, write = FORMS[ending]
    title = heading(agency, wanted)
    name = f"{title}{'（公开用）' if copy == 'public' else ''}.{ending}"
    return Sheet(name, content_type, write(title, _rows(agency, wanted, copy)))


def _rows(agency: Agency, wanted: Wanted, copy: Copy) -> Iterator[LedgerRow]:
    if is_empty_year(wanted, asked_for(agency, wanted).count()):
        return iter(empty_rows())
    if copy == "own":
        return numbered(records(agency, wanted))
    # Read twice: a name may stand in another's request as well.
    return public_numbered(records(agency, wanted), Names(records(agency, wanted)))


def _as_xlsx(title: str, rows: Iterator[LedgerRow]) -> Iterator[bytes]:
    from gongkai.statute.ledger.xlsx import write_xlsx  # noqa: PLC0415 - its library is large

    # Handed to the pieces, which close it.
    file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115
    write_xlsx(file, title, rows)
    file.seek(0)
    return _pieces(file)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _as_csv(title: str, rows: Iterator[LedgerRow]) -> Iterator[bytes]:
    pieces = to_csv(rows)
    # The first piece is made now, so that what goes wrong goes wrong before the answer has begun.
    return chain([next(pieces)], pieces)


_Write = Callable[[str, Iterator[LedgerRow]], Iterator[bytes]]
FORMS: dict[str, tuple[str, _Write]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _as_xlsx),
    "csv": ("text/csv; charset=utf-8", _as_csv),
}
"""By ending: the type of the file and how it is written."""
