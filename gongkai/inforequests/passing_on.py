"""Telling who is next: the reviewer of a draft, the signer of a reviewed one, the clerk of what was signed, the drafter
of what came back. Each step is told once, to whoever works in those seats on the day and is not the one who did it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Person, Seat
from gongkai.agencies.rights import ACTS
from gongkai.outbox.reading import mark_settled
from gongkai.statute.days import in_words
from gongkai.tasks.telling import people_in, tell

from .models import Decision, InfoRequest, RequestEvent


@dataclass(frozen=True, slots=True)
class _Next:
    right: str
    lead: str
    asks: str
    page: str


_AFTER = {
    "decide": _Next("requests.review", "请审核答复", "的答复稿已经拟好，请审核。", "desk:request-review"),
    "review": _Next("requests.sign", "请签发答复", "的答复稿已经审核通过，请签发。", "desk:request-review"),
    "sign": _Next(
        "requests.handle", "请送达答复", "的答复已经签发，请打印、盖章、送达。", "desk:request-serve"
    ),
    "send_back": _Next("", "答复退回修改", "的答复稿被退回，退回的原因在案件页上。", "desk:request"),
}

_DONE_BY = {*_AFTER, "serve", "withdraw", "archive"}
"""The acts that settle what the notice before asked for."""


@dataclass(frozen=True)
class Able:
    """Who may do something in an agency on a day, by seat: asked once, answered for any number of cases."""

    seats: list[Seat]
    people: dict[int, list[Person]]

    def on(self, request: InfoRequest) -> list[Person]:
        """Who may on this case: the seats of its section, and those of no section; nobody twice."""
        found: dict[int, Person] = {}
        for seat in self.seats:
            if not (request.section_id and seat.section_id and seat.section_id != request.section_id):
                found |= {person.pk: person for person in self.people[seat.pk]}
        return [found[number] for number in sorted(found)]


def able_in(agency_id: int, right: str, day: date) -> Able:
    """Who may do this in the agency on this day: holders and deputies of the live seats; three queries."""
    seats = list(Seat.objects.filter(agency_id=agency_id, kind__in=ACTS[right].own, ended_on__isnull=True))
    return Able(seats, people_in(seats, day))


def drafters_of(requests: Iterable[InfoRequest]) -> dict[int, int]:
    """Who wrote the newest draft of each case, by number; one query."""
    drafts = Decision.objects.filter(request__in=list(requests)).order_by("number")
    return dict(drafts.values_list("request", "drafted_by"))


def pass_on(request: InfoRequest, event: RequestEvent, by: Actor) -> None:
    """Tell who is next after this event; nobody after the others. What was asked for before is done with it, so that
    nobody is told of it any more. Part of the act's transaction."""
    if event.act in _DONE_BY:
        mark_settled(request.agency_id, f"request-step:{request.pk}:", event.at)
    found = _AFTER.get(event.act)
    if found is None:
        return
    due = f"答复期限到{in_words(request.due_on)}。" if request.due_on else ""
    for person in _whom(request, found, by):
        if by.person is None or person.pk != by.person.pk:
            tell(
                person,
                subject=f"{found.lead}：{request.number}",
                body=f"{request.number}{found.asks}{due}",
                key=f"request-step:{request.pk}:{event.serial}",
                day=by.day,
                url=reverse(found.page, args=[request.agency.slug, request.pk]),
                agency_id=request.agency_id,
            )


def _whom(request: InfoRequest, found: _Next, by: Actor) -> list[Person]:
    drafter = drafters_of([request]).get(request.pk)
    if not found.right:
        return [] if drafter is None else list(Person.objects.filter(pk=drafter, is_active=True))
    if found.right == "requests.handle":
        own = people_in([request.seat], by.day)[request.seat.pk] if request.seat else []
        return own or able_in(request.agency_id, found.right, by.day).on(request)
    # Who wrote the draft can neither review nor sign it.
    return [p for p in able_in(request.agency_id, found.right, by.day).on(request) if p.pk != drafter]
