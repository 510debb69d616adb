"""What is asked about agencies and seats. Access to an agency's records is decided here and nowhere else."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from .models import Agency, Person, Seat

__all__ = [
    "Agency",
    "NoAgency",
    "agencies_of",
    "agency_for",
    "holds_seat",
    "is_head",
    "open_agencies",
    "open_agency",
    "seat_names",
]
NoAgency = Agency.DoesNotExist
"""There is no such agency, or not for this person."""


def agencies_of(person: Person | AnonymousUser) -> QuerySet[Agency]:
    """The agencies in which the person holds a seat, by name."""
    if not isinstance(person, Person):
        return Agency.objects.none()
    return Agency.objects.filter(seats__person=person).distinct()


def agency_for(person: Person | AnonymousUser, slug: str) -> Agency:
    """The agency, if the person holds a seat in it; raises `NoAgency` otherwise, as for one that is
    not there, so that nobody learns what exists elsewhere."""
    return agencies_of(person).get(slug=slug)


def holds_seat(person: Person | AnonymousUser, agency: Agency, kind: str) -> bool:
    """True when the person holds this kind of seat in this agency."""
    return (
        isinstance(person, Person) and Seat.objects.filter(person=person, agency=agency, kind=kind).exists()
    )


def is_head(person: Person | AnonymousUser, agency: Agency) -> bool:
    """True for the agency's head (负责人)."""
    return holds_seat(person, agency, Seat.Kind.HEAD)


def seat_names(person: Person | AnonymousUser, agency: Agency) -> list[str]:
    """The person's seats in the agency in words."""
    if not isinstance(person, Person):
        return []
    return [seat.get_kind_display() for seat in Seat.objects.filter(person=person, agency=agency)]


def open_agencies() -> QuerySet[Agency]:
    """Agencies whose public column is open, by name."""
    return Agency.objects.filter(portal_open=True)


def open_agency(slug: str) -> Agency:
    """An agency whose public column is open; raises `NoAgency` otherwise."""
    return open_agencies().get(slug=slug)
