"""The one form in which requests leave this room: `RequestRecord` of the law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.agencies.names import name_in_year
from gongkai.statute.channels import BY_SLUG as CHANNELS
from gongkai.statute.outcomes import BY_SLUG as OUTCOMES
from gongkai.statute.records import RequestRecord
from gongkai.statute.states import STATES

from . import queries
from .models import InfoRequest, RequestEvent


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """How a request was closed in a year, that was reopened in a later one: that is how it counts (条例 50)."""

    closed_on: date
    outcome: str
    state: str


def to_record(request: InfoRequest, agency_name: str, first: FirstAnswer | None = None) -> RequestRecord:
    """One request as counting and the ledger see it; `first` where it was answered in a year that is reported."""
    record = RequestRecord(
        number=request.number,
        requester=request.requester_kind,
        received_on=request.received_on,
        closed_on=request.closed_on,
        outcome=request.outcome or None,
        applicant=request.applicant,
        channel=CHANNELS[request.channel].label if request.channel in CHANNELS else request.channel,
        submitted_on=request.submitted_on,
        content=request.content,
        agency=agency_name,
        state=_state(request.state),
        obtain=request.obtain,
        publication=request.publication,
        result=_result(request.outcome),
    )
    if first is None:
        return record
    return replace(
        record,
        closed_on=first.closed_on,
        outcome=first.outcome,
        state=_state(first.state),
        result=_result(first.outcome),
    )


def _state(slug: str) -> str:
    return STATES[slug].label if slug in STATES else slug


def _result(slug: str) -> str:
    return OUTCOMES[slug].label if slug in OUTCOMES else slug


def records_for(agency: Agency, year: int) -> Iterator[RequestRecord]:
    """The records a report on the year is counted from, streamed."""
    name = name_in_year(agency, year)
    first = first_answers(agency)
    for request in of_year(agency, year, first).iterator(chunk_size=2000):
        yield to_record(request, name, first.get(request.pk))


def of_year(agency: Agency, year: int, first: Mapping[int, FirstAnswer]) -> QuerySet[InfoRequest]:
    """The requests of a year's table three, and of its ledger: received by its end and not answered before it.

    What was reopened in a later year than it was closed in counts where it was first answered: the report on that
    year has been published and stays true, and no request is answered in two years. Reopened within its year, it
    counts as it is closed in the end.
    """
    before = [number for number, one in first.items() if one.closed_on.year < year]
    found = queries.touching_year(agency, year)
    return found.exclude(pk__in=before) if before else found


def first_answers(agency: Agency) -> dict[int, FirstAnswer]:
    """By number: the requests that were closed in a year and reopened in a later one; one query."""
    found: dict[int, FirstAnswer] = {}
    events = RequestEvent.objects.filter(request__agency=agency, act="reopen").order_by("serial")
    for pk, on, data, state in events.values_list("request", "on", "data", "from_state"):
        closed = date.fromisoformat(data["closed_before"]) if data.get("closed_before") else on
        if closed.year < on.year:
            found.setdefault(pk, FirstAnswer(closed, data["outcome_before"], state))
    return found
