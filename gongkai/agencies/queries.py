"""What is asked about agencies, people and seats. Whether somebody may see the answer is asked in `rights`."""

from __future__ import annotations

from django.db.models import QuerySet

from .actor import Actor
from .models import Agency, Person, Seat, Section

__all__ = [
    "Agency",
    "NoAgency",
    "Person",
    "Seat",
    "Section",
    "agency_at",
    "agency_names",
    "open_agencies",
    "open_agency",
    "persons",
    "seat_names",
]
NoAgency = Agency.DoesNotExist
"""There is no such agency, or not for this person."""


def agency_at(actor: Actor, slug: str) -> Agency:
    """The agency, if the actor works in it; raises `NoAgency` otherwise, as for one that is not there, so that
    nobody learns what exists elsewhere. The actor's seats know their agencies, so that the database is asked only
    for another one: one that was merged into the actor's is there too, to read and to finish its last report."""
    for agency in actor.agencies:
        if agency.slug == slug:
            return agency
    return _merged_into(actor.agencies, slug)


def _merged_into(agencies: list[Agency], slug: str) -> Agency:
    own = {agency.pk for agency in agencies}
    if not own:
        raise NoAgency(slug)
    found = here = Agency.objects.get(slug=slug, successor__isnull=False)
    seen: set[int] = set()
    while here.successor_id is not None and here.pk not in seen:
        if here.successor_id in own:
            return found
        seen.add(here.pk)
        here = Agency.objects.get(pk=here.successor_id)
    raise NoAgency(slug)


def seat_names(actor: Actor, agency: Agency | None) -> list[str]:
    """The actor's seats at this desk in words; those worked in for somebody else say so."""
    return [
        (f"{seat.section}·" if seat.section else "")
        + seat.get_kind_display()
        + ("（代）" if seat.pk in actor.deputising else "")
        for seat in actor.at(agency)
    ]


def open_agencies() -> QuerySet[Agency]:
    """Agencies whose public column is open, by name."""
    return Agency.objects.filter(portal_open=True)


def open_agency(slug: str) -> Agency:
    """An agency whose public column is open; raises `NoAgency` otherwise."""
    return open_agencies().get(slug=slug)


def persons() -> QuerySet[Person]:
    """Everybody with an account, by user name."""
    return Person.objects.all()


def agency_names() -> dict[int, str]:
    """Every agency's name by its number, ended ones included, by name."""
    return dict(Agency.objects.order_by("name").values_list("pk", "name"))
