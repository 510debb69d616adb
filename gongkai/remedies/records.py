"""The form in which cases leave this room: `RemedyRecord` of the law."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.models import Agency
from gongkai.statute.records import RemedyRecord

from . import queries


def remedy_records_for(agency: Agency, year: int) -> Iterator[RemedyRecord]:
    """The records that table four of the year is counted from, streamed."""
    for case in queries.touching_year(agency, year).select_related("request").iterator(chunk_size=2000):
        yield RemedyRecord(
            number=case.number,
            track=case.track,
            accepted_on=case.accepted_on,
            decided_on=case.decided_on,
            result=case.result or None,
            request_number=case.request.number if case.request else "",
        )
