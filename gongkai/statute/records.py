"""RequestRecord: one request as counting and the ledger see it; the only bridge between the case room and the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """One registered request (件), with exactly one requester kind and at most one outcome.

    `received_on` is the legal day of receipt (art. 31), not the day it was submitted; a request not yet
    confirmed has none and is not counted. `closed_on` and `outcome` are both set or both None.
    Dates are plain days; `requester` is a slug of `requesters.KINDS`, `outcome` one of `outcomes.OUTCOMES`.
    The texts serve the twelve columns of the ledger and are empty where nobody wrote anything.
    """

    count: ClassVar[int] = 1
    """One request is one 件."""

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


@dataclass(frozen=True, slots=True)
class RequestGroup:
    """So many requests that the tables of one year cannot tell apart: the weighted form of `RequestRecord`.

    The days stand for those of all of them and say what counting asks: received before the year, in it, or not at
    all; closed before, in or after it, or not. `number` is that of one of them, where a message has to name it.
    """

    requester: str
    received_on: date | None
    closed_on: date | None
    outcome: str | None
    count: int
    number: str = ""


Counted = RequestRecord | RequestGroup
"""What tables are counted from: requests one by one, or so many at once."""


@dataclass(frozen=True, slots=True)
class RemedyRecord:
    """One reconsideration or court case about open government information.

    `track` is reconsideration, litigation_direct or litigation_after_reconsideration; `result` is upheld,
    corrected or other once decided. Counted once a year: decided in the year, or pending on 31 December.
    The bureau's own caseload as a reconsideration organ does not belong here.
    """

    number: str
    track: str
    accepted_on: date
    decided_on: date | None = None
    result: str | None = None
    request_number: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One government rule or normative document: `kind` is regulations or normative_documents.

    `ended_on` is the day it was repealed or lapsed, `in_force_on` the day from which it is in force where that is not
    the day it was made.
    """

    kind: str
    title: str
    made_on: date
    ended_on: date | None = None
    number: str = ""
    in_force_on: date | None = None

    def stands_on(self, day: date) -> bool:
        """Made by the day and not ended by then, in force or not yet."""
        return self.made_on <= day and (self.ended_on is None or self.ended_on > day)

    def in_force_at(self, day: date) -> bool:
        """现行有效: made by the day, not ended by then, and its day in force has come. 30号's 现行有效件数 is what holds
        on 31 December: a document issued that year to be in force from a later one is 制发 in the year it was issued,
        and 现行有效 from the year in which it comes into force."""
        return self.stands_on(day) and (self.in_force_on is None or self.in_force_on <= day)


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """One decision of table two: `kind` is licences, penalties or coercion; all count, published or not."""

    count: ClassVar[int] = 1

    kind: str
    title: str
    decided_on: date
    number: str = ""


@dataclass(frozen=True, slots=True)
class DecisionGroup:
    """So many decisions of one kind of one year: the weighted form of `DecisionRecord`. `title` names their register."""

    kind: str
    title: str
    decided_on: date
    count: int


@dataclass(frozen=True, slots=True)
class ChargeRecord:
    """One administrative charge collected (行政事业性收费), in 元 to the cent; table two prints the year's sum in 万元.
    With a `count`, the sum of so many charges of one year."""

    title: str
    charged_on: date
    yuan: Decimal
    number: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Entered:
    """A figure no register here keeps: the value (counts, or 万元 for charges), where it comes from, who entered
    it and when. `reason` is needed where it stands against a counted figure."""

    value: int | Decimal
    source: str
    by: str
    on: date
    reason: str = ""
