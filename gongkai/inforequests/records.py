"""The one form in which requests leave this room: `RequestRecord` of the law."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.models import Agency
from gongkai.agencies.names import name_in_year
from gongkai.statute.channels import BY_SLUG as CHANNELS
from gongkai.statute.outcomes import BY_SLUG as OUTCOMES
from gongkai.statute.records import RequestRecord
from gongkai.statute.states import STATES

from . import queries
from .models import InfoRequest


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
    """The records a report on the year is counted from, streamed."""
    name = name_in_year(agency, year)
    for request in queries.touching_year(agency, year).iterator(chunk_size=2000):
        yield to_record(request, name)
