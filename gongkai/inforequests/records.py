"""The one form in which requests leave this room: `RequestRecord` of the law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.agencies.names import name_in_year
from gongkai.statute.channels import BY_SLUG as CHANNELS
from gongkai.statute.outcomes import BY_SLUG as OUTCOMES
from gongkai.statute.records import RequestRecord
from gongkai.statute.states import STATES

from . import queries
from .models import InfoRequest, RequestEvent


def to_record(request: InfoRequest, agency_name: str) -> RequestRecord:
    """One request as counting and the ledger see it."""
    return RequestRecord(
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
        state=STATES[request.state].label if request.state in STATES else request.state,
        obtain=request.obtain,
        publication=request.publication,
        result=OUTCOMES[request.outcome].label if request.outcome in OUTCOMES else request.outcome,
    )


def records_for(agency: Agency, year: int) -> Iterator[RequestRecord]:
    """The records a report on the year is counted from, streamed.

    What was reopened in a later year than it was closed in counts where it was first answered: the report on that
    year has been published and stays true, and no request is answered in two years. Reopened within its year, it
    counts as it is closed in the end.
    """
    name = name_in_year(agency, year)
    counted = _closed_before_reopened(agency)
    for request in queries.touching_year(agency, year).iterator(chunk_size=2000):
        record, first = to_record(request, name), counted.get(request.pk)
        yield replace(record, closed_on=first[0], outcome=first[1]) if first else record


def _closed_before_reopened(agency: Agency) -> dict[int, tuple[date, str]]:
    """By number: the day and the outcome of requests that were closed in a year and reopened in a later one."""
    found: dict[int, tuple[date, str]] = {}
    events = RequestEvent.objects.filter(request__agency=agency, act="reopen").order_by("serial")
    for pk, on, data in events.values_list("request", "on", "data"):
        closed = date.fromisoformat(data["closed_before"]) if data.get("closed_before") else on
        if closed.year < on.year:
            found.setdefault(pk, (closed, data["outcome_before"]))
    return found
