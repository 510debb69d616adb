"""Rows of the ledger from request records, and the public copy that names nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..privacy import PERSONAL, Kind, mask
from ..records import RequestRecord
from ..refs import Ref, rests_on
from ..requesters import BY_SLUG
from .columns import COLUMNS, EMPTY_ROWS, NOTHING


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row as text, a field a column; dates as 2024-03-05, empty where nothing is known."""

    serial: str = ""
    applicant: str = ""
    channel: str = ""
    submitted_on: str = ""
    content: str = ""
    number: str = ""
    agency: str = ""
    closed_on: str = ""
    state: str = ""
    obtain: str = ""
    publication: str = ""
    result: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The twelve texts in the order of the columns."""
        return tuple(getattr(self, column.slug) for column in COLUMNS)

    @property
    def empty(self) -> bool:
        """True for a row that registers no request: only its number, or 无 under 申请人."""
        rest = replace(self, serial="", applicant="")
        return not any(rest.texts) and self.applicant in ("", NOTHING)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _row(serial: int, record: RequestRecord) -> LedgerRow:
    return LedgerRow(
        serial=str(serial),
        applicant=record.applicant,
        channel=record.channel,
        submitted_on=_day(record.submitted_on or record.received_on),
        content=record.content,
        number=record.number,
        agency=record.agency,
        closed_on=_day(record.closed_on),
        state=record.state,
        obtain=record.obtain,
        publication=record.publication,
        result=record.result,
    )


def numbered(records: Iterable[RequestRecord], first: int = 1) -> Iterator[LedgerRow]:
    """A row for each request in the order given, one at a time."""
    for n, record in enumerate(records, start=first):
        yield _row(n, record)


def rows(records: Sequence[RequestRecord]) -> list[LedgerRow]:
    """The ledger of these requests in the order given, numbered from 1. Without requests the form's own empty
    rows: 无 under 申请人 in the first, two more with nothing but their number."""
    return list(numbered(records)) or empty_rows()


def empty_rows() -> list[LedgerRow]:
    """The rows of a year without requests, as on the form."""
    return [LedgerRow(serial=str(n), applicant=NOTHING if n == 1 else "") for n in range(1, EMPTY_ROWS + 1)]


_HIDDEN = PERSONAL | {Kind.LANDLINE}
_FREE = ("channel", "content", "state", "obtain", "publication", "result")
"""The columns in which somebody writes freely; numbers and dates are made by the platform."""


class Names:
    """The names of natural persons that are to stand nowhere: found in a text wherever they are, the longest first,
    in a time that does not grow with their number."""

    def __init__(self, records: Iterable[RequestRecord]) -> None:
        whole = {r.applicant.strip() for r in records if r.requester == "natural"}
        parts = {part for name in whole for part in re.split(r"[、，,;；\s]+", name)}
        self._names = {name for name in whole | parts if len(name) > 1}
        self._lengths = sorted({len(name) for name in self._names}, reverse=True)
        self._firsts = {name[0] for name in self._names}

    def hidden(self, text: str) -> str:
        """The text with every one of these names as 姓 and ×, and without personal numbers and addresses."""
        out, at = [], 0
        while at < len(text):
            length = self._at(text, at)
            out.append(text[at] + "×" * (length - 1))
            at += length
        return mask("".join(out), _HIDDEN)

    def _at(self, text: str, at: int) -> int:
        """How long the name is that begins here; 1 where none does."""
        if text[at] not in self._firsts:
            return 1
        return next((n for n in self._lengths if text[at : at + n] in self._names), 1)


@rests_on(Ref("pipl", 25), Ref("pipl", 51))
def public_numbered(records: Iterable[RequestRecord], names: Names, first: int = 1) -> Iterator[LedgerRow]:
    """The rows for publication, one at a time (个人信息保护法 25): the applicant as a kind only (自然人,
    商业企业…), numbers of identity, telephone, account and mail masked in every text, and none of `names` anywhere."""
    for n, record in enumerate(records, start=first):
        row, kind = _row(n, record), BY_SLUG.get(record.requester)
        masked = {slug: names.hidden(getattr(row, slug)) for slug in _FREE}
        yield replace(row, applicant=kind.label if kind else "申请人", **masked)


def public_rows(records: Sequence[RequestRecord]) -> list[LedgerRow]:
    """The ledger for publication; see `public_numbered`."""
    return list(public_numbered(records, Names(records))) or empty_rows()


@rests_on(Ref("pipl", 51))
def shaded(row: LedgerRow, record: RequestRecord) -> LedgerRow:
    """The row as a page shows it before anybody opens the names: a person by the first character, numbers masked."""
    names = Names([record])
    masked = {slug: names.hidden(getattr(row, slug)) for slug in _FREE}
    shown = f"{row.applicant[:1]}某" if record.requester == "natural" and row.applicant else row.applicant
    return replace(row, applicant=shown, **masked)
