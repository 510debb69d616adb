"""Actor: who acts, at whose desk, in which seats, from where. Everything that checks a right starts here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from gongkai.audit.trail import Who

from .models import Agency, Kind, Person, Seat

SYSTEM_NAME = "系统"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with the seats held or deputised on `day`; the system itself has no person and no seat."""

    person: Person | None
    seats: tuple[Seat, ...]
    day: date
    address: str = ""
    is_system: bool = False
    deputising: frozenset[int] = field(default_factory=frozenset)
    """Seats worked in for somebody else, by their number."""

    @classmethod
    def of(cls, person: Person | AnonymousUser | None, day: date, address: str = "") -> Actor:
        """The person as of this day; without seats for nobody, for an account that is closed or not signed in."""
        if not isinstance(person, Person) or not person.is_active:
            return cls(None, (), day, address)
        seats = tuple(seats_of(person, day))
        covered = frozenset(seat.pk for seat in seats if seat.person_id != person.pk)
        return cls(person, seats, day, address, deputising=covered)

    @classmethod
    def system(cls, day: date, what: str = SYSTEM_NAME) -> Actor:
        """The platform itself: a scheduled job or a command; `what` names it in the trail."""
        return cls(None, (), day, what, is_system=True)

    @property
    def name(self) -> str:
        """The person's name; 系统 for the platform itself, 未登录 for nobody."""
        return self.person.name if self.person else SYSTEM_NAME if self.is_system else "未登录"

    @property
    def somebody(self) -> Person:
        """The person, for what a person has to answer for; raises LookupError for the platform itself."""
        if self.person is None:
            raise LookupError("this has to be done by a person")
        return self.person

    @property
    def agencies(self) -> list[Agency]:
        """The agencies at whose desk the actor works, by name, none twice."""
        found = {seat.agency.pk: seat.agency for seat in self.seats if seat.agency}
        return sorted(found.values(), key=lambda agency: agency.name)

    def at(self, agency: Agency | None) -> list[Seat]:
        """The actor's seats in this agency; the administrator seats for None."""
        wanted = agency.pk if agency else None
        return [seat for seat in self.seats if seat.agency_id == wanted]

    def holds(self, kind: Kind, agency: Agency | None = None) -> bool:
        """True when one of the actor's seats there is of this kind."""
        return any(seat.kind == kind for seat in self.at(agency))

    def who(self, seat: Seat | None = None, agency_id: int | None = None) -> Who:
        """This actor as the trail writes it down, in the seat that permitted the act."""
        own = "" if seat is None else f"{seat}{'（代）' if seat.pk in self.deputising else ''}"
        return Who(
            person_id=self.person.pk if self.person else None,
            name=self.name,
            seat=own,
            agency_id=agency_id if agency_id is not None else (seat.agency_id if seat else None),
            address=self.address,
        )


def seats_of(person: Person, day: date) -> list[Seat]:
    """The seats the person holds, and those the person deputises in on this day; none that have ended."""
    standing_in = Q(
        deputies__person=person,
        deputies__since__lte=day,
        deputies__until__gte=day,
        deputies__cancelled_on__isnull=True,
    )
    return list(
        Seat.objects.filter(Q(person=person) | standing_in, ended_on__isnull=True)
        .filter(Q(agency__isnull=True) | Q(agency__ended_on__isnull=True))
        .select_related("agency", "section")
        .order_by("id")
        .distinct()
    )
