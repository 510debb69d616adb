"""收尾登记: what stands open in the registers a year's report is counted from, and what each needs before 31 December."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Column, Item, RegisterEntry
from gongkai.disclosure.registers.counting import documents_of
from gongkai.disclosure.registers.listing import to_publish
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.queries import for_information
from gongkai.remedies.models import Remedy
from gongkai.statute.records import DocumentRecord
from gongkai.statute.states import STATES

_NEEDS = {
    "unconfirmed": "与申请人确认收到；确认以后才算收到，才计入年报。",
    "handling": "在期限内办理、答复；年底以前答复的计入本年办理结果。",
    "awaiting_clarification": "等申请人补正；到期没有补正的，登记“逾期不补正”。",
    "awaiting_reasons": "等申请人说明理由；说明到了的登记，再作决定。",
    "awaiting_payment": "等申请人缴费；到期没有缴的，登记“逾期未缴费”。",
    "consulting": "等被征求意见的一方；意见到了的登记，逾期没有答复的登记“逾期没有答复”。",
    "in_review": "答复稿在审核，请审核人抓紧。",
    "awaiting_signature": "答复稿等签发，请负责人抓紧。",
    "signed": "答复已经签发，尽快送达；送达以后才算办结。",
}
_OTHER_NEED = "年底仍没有办结的，结转下一年继续办理。"


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request not closed by the year's end, with what it needs."""

    request: InfoRequest
    state: str
    needs: str
    counts: bool
    """Whether it is carried out to the next year; one whose receipt is not confirmed is in no row."""


@dataclass(frozen=True, slots=True)
class StillColumn:
    """A column in which nothing new came for longer than its limit in days: its last publication, None where there
    never was one."""

    column: Column
    last: date | None
    limit: int


@dataclass(slots=True)
class Registers:
    """What is open of a year, as counts; the pages ask for the rows themselves."""

    requests: int = 0
    unconfirmed: int = 0
    remedies: int = 0
    decisions: int = 0
    drafts: int = 0

    @property
    def lines(self) -> list[tuple[str, str, int, str]]:
        """(key, what, how many, what it means) of everything that is looked at."""
        return [
            ("requests", "没有办结的申请", self.requests, "年底仍没有办结的，计入“结转下年度继续办理”。"),
            (
                "unconfirmed",
                "没有确认收到的申请",
                self.unconfirmed,
                "没有确认的不算收到，不计入年报任何一行。",
            ),
            ("remedies", "没有结案的复议和诉讼", self.remedies, "年底仍没有结案的，计入“尚未审结”。"),
            (
                "decisions",
                "到期该公开还没有公开的决定",
                self.decisions,
                "决定的数已经计入第二部分，公开要抓紧。",
            ),
            ("drafts", "起草了还没有发布的公开信息", self.drafts, "没有发布的不计入本年公开的条数。"),
        ]

    @property
    def total(self) -> int:
        """Everything open."""
        return sum(n for _, _, n, _ in self.lines)

    @property
    def seen(self) -> str:
        """The digest of what a confirmation is of."""
        return hashlib.sha256(repr([(key, n) for key, _, n, _ in self.lines]).encode()).hexdigest()


def registers_of(agency: Agency, year: int) -> Registers:
    """How much is open; five counts."""
    last = date(year, 12, 31)
    return Registers(
        requests=open_of_year(agency, year).count(),
        unconfirmed=unconfirmed_of_year(agency, year).count(),
        remedies=pending_of_year(agency, year).count(),
        decisions=_decisions(agency, year).count(),
        drafts=Item.objects.filter(
            agency=agency,
            formed_on__range=(date(year, 1, 1), last),
            access=Item.Access.PROACTIVE,
            state__in=_UNPUBLISHED,
        ).count(),
    )


_UNPUBLISHED = (Item.State.DRAFT, Item.State.IN_REVIEW, Item.State.SENT_BACK, Item.State.PASSED)


def _decisions(agency: Agency, year: int) -> QuerySet[RegisterEntry]:
    return to_publish(agency).filter(day__range=(date(year, 1, 1), date(year, 12, 31)))


def open_of_year(agency: Agency, year: int) -> QuerySet[InfoRequest]:
    """Requests received by the year's end that were not closed by then, those due first first."""
    last = date(year, 12, 31)
    return (
        for_information(agency)
        .filter(received_on__lte=last)
        .filter(Q(closed_on__isnull=True) | Q(closed_on__gt=last))
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def unconfirmed_of_year(agency: Agency, year: int) -> QuerySet[InfoRequest]:
    """Requests that came by the year's end and whose receipt nobody confirmed."""
    return (
        for_information(agency)
        .filter(state="unconfirmed", closed_on__isnull=True, submitted_on__lte=date(year, 12, 31))
        .order_by("submitted_on", "pk")
    )


def pending_of_year(agency: Agency, year: int) -> QuerySet[Remedy]:
    """Cases accepted by the year's end and pending then, the oldest first."""
    last = date(year, 12, 31)
    return (
        Remedy.objects.filter(agency=agency, cancelled="", accepted_on__lte=last)
        .filter(Q(decided_on__isnull=True) | Q(decided_on__gt=last))
        .select_related("request")
        .order_by("accepted_on", "pk")
    )


LATE = "已经超过答复期限：今天就办。超期了也要答复，办结那一年计入办理结果。"
"""Said of what no advice on time can save any more; an answer given late is still owed (条例 33, 36)."""
_OVER = "这一年已经过去：结转下一年，办结那一年计入办理结果。"


def needs_of(request: InfoRequest, day: date) -> str:
    """What a request that is still open needs, as things stand on this day."""
    if (
        request.state != "unconfirmed"
        and request.due_on
        and request.due_on < day
        and request.closed_on is None
    ):
        waits = request.state in ("awaiting_clarification", "awaiting_payment", "consulting")
        if not waits:
            return LATE
    told = _NEEDS.get(request.state, _OTHER_NEED)
    over = request.received_on is not None and request.received_on.year < day.year
    return told.partition("；")[0] + "。" + _OVER if over and "年底以前" in told else told


def in_need(requests: Sequence[InfoRequest], day: date) -> list[OpenRequest]:
    """Each with its state in words and what it needs on this day."""
    return [
        OpenRequest(
            one,
            STATES[one.state].label if one.state in STATES else one.state,
            needs_of(one, day),
            one.received_on is not None,
        )
        for one in requests
    ]


def lapsed_documents(agency: Agency, year: int) -> list[DocumentRecord]:
    """Documents whose last day lies in the year: whether their end is written where it is public is worth a look."""
    found = [
        one
        for one in documents_of(agency, ["regulations", "normative_documents"])
        if one.ended_on is not None and one.ended_on.year == year
    ]
    return sorted(found, key=lambda one: one.ended_on or date.max)


def still_columns(agency: Agency, day: date) -> list[StillColumn]:
    """The columns past their update limit (law.md 5.3), the longest first; one query."""
    rows = Column.objects.filter(agency=agency).annotate(last=Max("publications__first_at"))
    found = []
    for column in rows:
        limit = column.limit_days
        last = timezone.localdate(column.last) if column.last else None
        if limit is not None and (last is None or (day - last).days > limit):
            found.append(StillColumn(column, last, limit))
    return sorted(found, key=lambda one: one.last or date.min)
