"""What stands in the database, as far as a workbook speaks of it: found with one query for each kind of thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..models import ADMINISTRATORS, Agency, Person, Seat, SeatProposal, Section

SeatKey = tuple[str, str, str, str]
"""User name, code of the agency, name of the section or nothing, kind."""


@dataclass(slots=True)
class Standing:
    """Agencies by code, sections by code and name, people by user name; the seats held or already proposed; who is
    an administrator; `on_sheet` are the codes of the workbook's own agencies."""

    agencies: dict[str, Agency]
    sections: dict[tuple[str, str], Section]
    people: dict[str, Person]
    seats: set[SeatKey]
    administrators: set[str]
    on_sheet: set[str] = field(default_factory=set)


def standing(usernames: Iterable[str]) -> Standing:
    """All agencies and sections, and of people those who are named."""
    people = {person.username: person for person in Person.objects.filter(username__in=set(usernames))}
    numbers = [person.pk for person in people.values()]
    apart = Seat.objects.filter(person__in=numbers, kind__in=ADMINISTRATORS, ended_on__isnull=True)
    return Standing(
        agencies={agency.code: agency for agency in Agency.objects.select_related("supervisor")},
        sections={
            (section.agency.code, section.name): section
            for section in Section.objects.select_related("agency")
        },
        people=people,
        seats=_seats(numbers),
        administrators=set(apart.values_list("person__username", flat=True)),
    )


def _seats(people: list[int]) -> set[SeatKey]:
    found: set[SeatKey] = set()
    for rows in (
        Seat.objects.filter(person__in=people, ended_on__isnull=True, agency__isnull=False),
        SeatProposal.objects.filter(person__in=people),
    ):
        for username, code, section, kind in rows.order_by().values_list(
            "person__username", "agency__code", "section__name", "kind"
        ):
            found.add((username, code, section or "", kind))
    return found
