"""补录旧台账: cases that were handled before the platform kept them, taken over as they were printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import ProtectedError, QuerySet
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.dictionaries.queries import calendar
from gongkai.statute.states import CLOSED
from gongkai.statute.workdays import WorkCalendar

from ..deadlines import deadline_of
from ..models import InfoRequest, MovedCase, Requester, RequestEvent
from ..searching import forget_requests
from .base import CannotDo

ACT = "take_over"
"""The one event of a case taken over; what was done with it before is on paper."""
LOT = 500


@dataclass(frozen=True, slots=True)
class PastCase:
    """A case of an old ledger: its facts as printed, its number too. `printed` keeps the words of the ledger that were
    translated, never the requester's name."""

    number: str
    requester_kind: str
    applicant: str
    channel: str
    submitted_on: date
    received_on: date | None
    content: str
    state: str
    closed_on: date | None = None
    outcome: str = ""
    obtain: str = ""
    publication: str = ""
    printed: Mapping[str, str] = field(default_factory=dict)


def take_over(
    agency: Agency, cases: Sequence[PastCase], *, by: Actor, source: str
) -> Iterator[list[InfoRequest]]:
    """Make cases of these, in lots, inside the act that imports them. Their numbers stay as printed and are no numbers
    of the register: where the register comes to such a number, it passes over it and says whose it is."""
    known, now = calendar(), timezone.now()
    for at in range(0, len(cases), LOT):
        lot = cases[at : at + LOT]
        made = InfoRequest.objects.bulk_create([_request(agency, case, known) for case in lot])
        events = [
            RequestEvent(
                request=request,
                serial=1,
                act=ACT,
                from_state="unregistered",
                to_state=request.state,
                on=request.closed_on or request.received_on or case.submitted_on,
                at=now,
                by=by.name,
                said=source,
                data={"printed": dict(case.printed)},
            )
            for request, case in zip(made, lot, strict=True)
        ]
        RequestEvent.objects.bulk_create(events)
        Requester.objects.bulk_create(Requester(request=request) for request in made)
        yield made


def _request(agency: Agency, case: PastCase, known: WorkCalendar) -> InfoRequest:
    request = InfoRequest(
        agency=agency,
        number=case.number,
        requester_kind=case.requester_kind,
        applicant=case.applicant,
        channel=case.channel,
        submitted_on=case.submitted_on,
        received_on=case.received_on,
        content=case.content,
        obtain=case.obtain,
        publication=case.publication,
        state=case.state,
        closed_on=case.closed_on,
        outcome=case.outcome,
    )
    counted = None if case.state in CLOSED else deadline_of(request, [], [], known)
    if counted:
        request.due_on, request.due_provisional = counted.due, counted.provisional
    return request


def take_back(cases: QuerySet[InfoRequest]) -> int:
    """Take out cases that were taken over by mistake, inside the act that undoes the import; how many. Raises `CannotDo`
    once anything was done with one of them, or something else rests on it."""
    numbers = list(cases.values_list("pk", flat=True))
    try:
        for at in range(0, len(numbers), LOT):
            lot = numbers[at : at + LOT]
            # Locked before it is looked at: an act that is under way is waited for, and then stands in the way.
            list(
                InfoRequest.objects.select_for_update(no_key=True)
                .filter(pk__in=lot)
                .values_list("pk", flat=True)
            )
            if RequestEvent.objects.filter(request__in=lot).exclude(act=ACT).exists():
                raise CannotDo("导入的申请里有已经接着办了的，不能整批撤销。")
            MovedCase.objects.filter(request__in=lot).delete()
            RequestEvent.objects.filter(request__in=lot).delete()
            Requester.objects.filter(request__in=lot).delete()
            InfoRequest.objects.filter(pk__in=lot).delete()
            forget_requests([str(pk) for pk in lot])
    except ProtectedError as error:
        raise CannotDo("导入的申请里有已经接着办了的，不能整批撤销。") from error
    return len(numbers)
