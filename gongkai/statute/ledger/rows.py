"""Rows of the ledger from request records, and the public copy that names nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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


def rows(records: Sequence[RequestRecord]) -> list[LedgerRow]:
    """The ledger of these requests in the order given, numbered from 1. Without requests the form's own empty
    rows: 无 under 申请人 in the first, two more with nothing but their number."""
    if not records:
        return empty_rows()
    return [_row(n, record) for n, record in enumerate(records, start=1)]


def empty_rows() -> list[LedgerRow]:
    """The rows of a year without requests, as on the form."""
    return [LedgerRow(serial=str(n), applicant=NOTHING if n == 1 else "") for n in range(1, EMPTY_ROWS + 1)]


_HIDDEN = PERSONAL | {Kind.LANDLINE}
_FREE = ("channel", "content", "state", "obtain", "publication", "result")
"""The columns in which somebody writes freely; numbers and dates are made by the platform."""


def _bare(text: str, names: Iterable[str]) -> str:
    """The text without personal numbers and addresses, and with these names as 姓 and ×."""
    for name in names:
        text = text.replace(name, name[0] + "×" * (len(name) - 1))
    return mask(text, _HIDDEN)


def _names(records: Iterable[RequestRecord]) -> list[str]:
    """Names of applicants, the longest first, so that a name within a name does not spoil it."""
    found = {r.applicant.strip() for r in records if r.requester == "natural"}
    found |= {part for name in set(found) for part in re.split(r"[、，,;；\s]+", name)}
    return sorted((n for n in found if len(n) > 1), key=len, reverse=True)


@rests_on(Ref("pipl", 25), Ref("pipl", 51))
def public_rows(records: Sequence[RequestRecord]) -> list[LedgerRow]:
    """The ledger for publication (个人信息保护法 25): the applicant as a kind only (自然人, 商业企业…), numbers of
    identity, telephone, account and mail masked in every text, and no natural person's name anywhere."""
    names = _names(records)
    out = []
    for n, record in enumerate(records, start=1):
        kind = BY_SLUG.get(record.requester)
        row = _row(n, record)
        masked = {slug: _bare(getattr(row, slug), names) for slug in _FREE}
        out.append(replace(row, applicant=kind.label if kind else "申请人", **masked))
    return out or empty_rows()
