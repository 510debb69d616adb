"""RequestRecord: one request as counting and the ledger see it; the only bridge between the case room and the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """One registered request (件), with exactly one requester kind and at most one outcome.

    `received_on` is the legal day of receipt (art. 31), not the day it was submitted; a request not yet
    confirmed has none and is not counted. `closed_on` and `outcome` are both set or both None.
    Dates are plain days; `requester` is a slug of `requesters.KINDS`, `outcome` one of `outcomes.OUTCOMES`.
    The texts serve the twelve columns of the ledger and are empty where nobody wrote anything.
    """

    number: str
    requester: str
    received_on: date | None
    closed_on: date | None = None
    outcome: str | None = None
    applicant: str = ""
    channel: str = ""
    submitted_on: date | None = None
    content: str = ""
    agency: str = ""
    state: str = ""
    obtain: str = ""
    publication: str = ""
    result: str = ""
