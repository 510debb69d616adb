"""What was proposed to be published for all (art. 44), for the desk and for the room that publishes."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.statute.requesters import BY_SLUG

from .models import Conversion, InfoRequest

__all__ = [
    "STATES",
    "Conversion",
    "conversion_at",
    "conversion_of",
    "conversions",
    "names_of_requester",
    "waiting_conversions",
    "waiting_everywhere",
]
STATES = Conversion.State.choices
"""What may have become of one."""


def conversions(agency: Agency, state: str = "") -> QuerySet[Conversion]:
    """The agency's proposals, the newest first; only those in a state where one is named."""
    found = Conversion.objects.filter(agency=agency).select_related("request").order_by("-id")
    return found.filter(state=state) if state in Conversion.State.values else found


def waiting_conversions(agency: Agency) -> QuerySet[Conversion]:
    """Those that wait for somebody to publish or decline, the oldest first."""
    return conversions(agency, Conversion.State.PROPOSED).order_by("id")


def waiting_everywhere() -> QuerySet[Conversion]:
    """Those that wait, of all agencies, the oldest first: for the job that writes down what has become public."""
    waiting = Conversion.objects.filter(state=Conversion.State.PROPOSED)
    return waiting.select_related("agency", "request").order_by("id")


def names_of_requester(request_id: int) -> list[str]:
    """The name of a person who made this request, so that it can be kept out of what is published; none of an
    organisation, which documents name rightly."""
    found = InfoRequest.objects.filter(pk=request_id).values_list("applicant", "requester_kind").first()
    if found is None or BY_SLUG[found[1]].legal_person or len(found[0].strip()) < 2:
        return []
    return [found[0].strip()]


def conversion_at(agency: Agency, pk: int) -> Conversion | None:
    """One of the agency's proposals; None where there is none such."""
    return conversions(agency).filter(pk=pk).first()


def conversion_of(request: InfoRequest) -> Conversion | None:
    """The proposal that came of this request; None where there is none."""
    return Conversion.objects.filter(request=request).first()
