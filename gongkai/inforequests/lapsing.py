"""Who was asked for something and has let the last day pass: what can be written down from the day after (art. 30, 35,
42), case by case and for a whole desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.dictionaries.queries import calendar
from gongkai.statute.workdays import WorkCalendar

from .charges import last_day_to_pay, notices_received
from .letters.from_acts import LETTER_OF_ACT
from .models import Dispatch, InfoRequest, Letter, RequesterMessage, RequestEvent

LAPSES = {
    "awaiting_clarification": ("ask_clarification", "lapse_no_clarification"),
    "awaiting_reasons": ("ask_reasons", "receive_reasons"),
    "awaiting_payment": ("give_fee_notice", "lapse_no_payment"),
}
"""By state: the act that asked, and the act that writes down that nothing came."""

_WORDS = {
    "lapse_no_clarification": "补正",
    "receive_reasons": "说明理由",
    "lapse_no_payment": "缴费",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a requester was asked for last: the act that writes down that nothing came, the last day for it, whether
    the letter that asked went out, and whether the day is sure. Of a fee it is the earliest possible one while nobody
    knows when the notice arrived."""

    request: InfoRequest
    act: str
    last: date
    told: bool
    sure: bool

    @property
    def what(self) -> str:
        """What the requester has to do, in a word."""
        return _WORDS[self.act]

    def is_over(self, day: date) -> bool:
        """From the day after the last one."""
        return day > self.last


def asked_of(request: InfoRequest, events: Sequence[RequestEvent]) -> Asked | None:
    """What is awaited of the requester; None where nothing is."""
    asking, act = LAPSES.get(request.state, ("", ""))
    event = next((one for one in reversed(events) if one.act == asking), None)
    if event is None:
        return None
    event.out = _letters_out(request, event.at).exists()  # type: ignore[attr-defined]  # as a list's is
    received = notices_received([request.pk]) if act == "lapse_no_payment" else {}
    return _asked(request, event, act, received.get(request.pk), calendar())


def over_since(day: date, agency: Agency | None = None) -> list[Asked]:
    """The cases whose last day is over, the longest first; of all agencies where none is named. A handful of queries
    however many. Not those where the requester answered online and nobody has looked: that comes first."""
    newest: dict[int, RequestEvent] = {}
    for event in _askings(agency):
        if event.act == LAPSES[event.request.state][0]:
            newest[event.request_id] = event
    received = notices_received([pk for pk, one in newest.items() if one.act == "give_fee_notice"])
    known = calendar()
    found = [
        _asked(event.request, event, LAPSES[event.request.state][1], received.get(pk), known)
        for pk, event in newest.items()
    ]
    return sorted((one for one in found if one.is_over(day)), key=lambda one: (one.last, one.request.pk))


def _askings(agency: Agency | None) -> QuerySet[RequestEvent]:
    unread = RequesterMessage.objects.filter(request=OuterRef("request"), taken_on__isnull=True)
    found = RequestEvent.objects.filter(
        ~Exists(unread),
        request__closed_on__isnull=True,
        request__state__in=LAPSES,
        act__in=[asking for asking, _ in LAPSES.values()],
    )
    found = found if agency is None else found.filter(request__agency=agency)
    return (
        found.annotate(out=Exists(_letters_out(OuterRef("request"), OuterRef("at"))))
        .select_related("request__agency")
        .order_by("request", "serial")
    )


def _letters_out(request: Any, since: Any) -> QuerySet[Letter]:
    """The letters that asked, of this time or later, and are on their way or were handed over otherwise."""
    under_way = Exists(Dispatch.objects.filter(letter=OuterRef("pk"), returned_on__isnull=True))
    kinds = [LETTER_OF_ACT[asking] for asking, _ in LAPSES.values()]
    found = Letter.objects.filter(request=request, kind__in=kinds, made_at__gte=since)
    return found.filter(Q(under_way) | ~Q(set_aside=""))


def _asked(
    request: InfoRequest, event: RequestEvent, act: str, received: date | None, known: WorkCalendar
) -> Asked:
    last, told = date.fromisoformat(event.data["until"]), bool(getattr(event, "out", False))
    if act != "lapse_no_payment":
        return Asked(request, act, last, told, sure=True)
    return Asked(request, act, last_day_to_pay(last, received, known), told, sure=received is not None)
