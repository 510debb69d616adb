"""What is asked about people and their seats: who sits where, who stands in, who sat there before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from .actor import Actor
from .fitness import may_stand_in_section
from .models import ADMINISTRATORS, BUSINESS, Agency, Deputy, Kind, Person, Seat, Section, Tenure
from .models.person import USER_NAME_RULE
from .rights import may

__all__ = ["USER_NAME_RULE", "Deputy", "Kind", "NoDeputy", "NoPerson", "NoSeat", "Person", "Seat", "Tenure"]
NoSeat = Seat.DoesNotExist
NoPerson = Person.DoesNotExist
NoDeputy = Deputy.DoesNotExist
_RANK = {kind: n for n, kind in enumerate(Kind)}


def live_seats(agency: Agency | None = None) -> QuerySet[Seat]:
    """Seats that have not ended, of one agency if it is given, with their deputies not called off in `standing_in`."""
    deputies = Deputy.objects.filter(cancelled_on__isnull=True).select_related("person").order_by("since")
    found = Seat.objects.filter(ended_on__isnull=True).select_related("agency", "section", "person")
    if agency is not None:
        found = found.filter(agency=agency)
    return found.prefetch_related(Prefetch("deputies", deputies, to_attr="standing_in"))


def seats_in(agency: Agency) -> list[Seat]:
    """The seats of the agency: first those of the whole, then section by section, each in the order of the kinds."""

    def order(seat: Seat) -> tuple[int, int, int, int]:
        section = (seat.section.order, seat.section.pk) if seat.section else (-1, 0)
        return (*section, _RANK[Kind(seat.kind)], seat.pk)

    return sorted(live_seats(agency), key=order)


def deputies_from(agency: Agency, day: date) -> list[Deputy]:
    """Who stands in in this agency on this day or later."""
    found = Deputy.objects.filter(seat__agency=agency, cancelled_on__isnull=True, until__gte=day)
    return list(found.select_related("person", "seat__agency", "seat__section", "seat__person"))


def tenures_in(agency: Agency) -> QuerySet[Tenure]:
    """Who held the agency's seats, the newest first."""
    found = Tenure.objects.filter(seat__agency=agency).order_by("-since", "-id")
    return found.select_related("person", "seat__section", "seat__agency")


def past_deputies(agency: Agency, day: date) -> QuerySet[Deputy]:
    """Who stood in before this day, or was called off, the newest first."""
    over = Q(until__lt=day) | Q(cancelled_on__isnull=False)
    found = Deputy.objects.filter(over, seat__agency=agency).order_by("-since", "-id")
    return found.select_related("person", "seat__section", "seat__agency")


def seat_at(pk: int, agency: Agency | None = None) -> Seat:
    """A seat that has not ended; of this agency, if it is given. Raises `NoSeat`."""
    return live_seats(agency).get(pk=pk)


def deputy_at(pk: int, agency: Agency | None, day: date) -> Deputy:
    """An arrangement that is not over yet; in this agency, if it is given. Raises `NoDeputy`."""
    found = Deputy.objects.filter(pk=pk, cancelled_on__isnull=True, until__gte=day)
    if agency is not None:
        found = found.filter(seat__agency=agency)
    return found.select_related("person", "seat__agency", "seat__section", "seat__person").get()


def colleagues(agency: Agency) -> QuerySet[Person]:
    """Everybody who holds a seat in this agency and can sign in, by name."""
    held = Seat.objects.filter(agency=agency, ended_on__isnull=True)
    return Person.objects.filter(is_active=True, seats__in=held).distinct().order_by("name", "username")


def seats_elsewhere(person: Person, seat: Seat) -> bool:
    """True when the person holds another seat in the same agency, and so keeps its desk."""
    held = Seat.objects.filter(person=person, agency=seat.agency, ended_on__isnull=True)
    return held.exclude(pk=seat.pk).exists()


def live_agencies() -> list[Agency]:
    """The agencies that have not ended, by name."""
    return list(Agency.objects.filter(ended_on__isnull=True))


def live_agency(slug: str) -> Agency | None:
    """The agency, if there is one that has not ended."""
    return Agency.objects.filter(slug=slug, ended_on__isnull=True).first()


def sections_of(agency: Agency) -> list[Section]:
    """The agency's sections that have not ended, in their order."""
    return list(Section.objects.filter(agency=agency, ended_on__isnull=True))


def seats_to_take(seat: Seat) -> list[Seat]:
    """The other seats of the same agency, or the other administrators' of the same kind, that could take over."""
    found = live_seats().filter(agency=seat.agency).exclude(pk=seat.pk)
    if seat.agency_id is None:
        found = found.filter(kind=seat.kind)
    return sorted(found, key=lambda other: (other.kind != seat.kind, _RANK[Kind(other.kind)], other.pk))


def possible_places(agency: Agency | None) -> list[tuple[Kind, Section | None]]:
    """Every kind of seat there can be in this agency, of the whole and section by section; the administrators'
    for None."""
    if agency is None:
        return [(kind, None) for kind in Kind if kind in ADMINISTRATORS]
    kinds = [kind for kind in Kind if kind in BUSINESS]
    return [
        (kind, section)
        for section in (None, *sections_of(agency))
        for kind in kinds
        if may_stand_in_section(kind, section is not None)
    ]


def find_people(words: str) -> QuerySet[Person]:
    """People by part of name, user name or agency, with their live seats in `held`; everybody for no words."""
    seats = Seat.objects.filter(ended_on__isnull=True).select_related("agency", "section").order_by("id")
    found = Person.objects.prefetch_related(Prefetch("seats", seats, to_attr="held"))
    if not words:
        return found
    there = Seat.objects.filter(
        Q(agency__name__icontains=words) | Q(agency__short_name__icontains=words), ended_on__isnull=True
    )
    return found.filter(
        Q(name__icontains=words) | Q(username__icontains=words) | Q(pk__in=there.values("person"))
    )


def person_at(pk: int) -> Person:
    """Somebody with an account, with the live seats in `held`. Raises `NoPerson`."""
    return find_people("").get(pk=pk)


def tenures_of(person: Person) -> QuerySet[Tenure]:
    """Which seats the person held, the newest first."""
    found = Tenure.objects.filter(person=person).order_by(F("until").desc(nulls_first=True), "-since", "-id")
    return found.select_related("seat__agency", "seat__section")


def deputising_of(person: Person, day: date) -> list[Deputy]:
    """Where the person stands in on this day or later."""
    found = Deputy.objects.filter(person=person, cancelled_on__isnull=True, until__gte=day)
    return list(found.select_related("seat__agency", "seat__section", "seat__person"))


def named(words: str) -> list[Person]:
    """Who can sign in and has this user name, or else this name; several of one name all."""
    able = Person.objects.filter(is_active=True)
    return list(able.filter(username__iexact=words)) or list(able.filter(name=words).order_by("username"))


def namesakes(name: str, besides: Person | None = None, agency: Agency | None = None) -> list[Person]:
    """Others of the same name; only those with a seat in the agency, if it is given. With `held`."""
    found = find_people("").filter(name=name)
    if agency is not None:
        found = found.filter(seats__agency=agency, seats__ended_on__isnull=True).distinct()
    return list(found.exclude(pk=besides.pk) if besides else found)


def find_seats(words: str, *, vacant: bool = False) -> QuerySet[Seat]:
    """Live seats by part of agency, section or holder; administrators' first, then by agency."""
    found = live_seats().order_by(
        F("agency__name").asc(nulls_first=True), "section__order", "section_id", "id"
    )
    if vacant:
        found = found.filter(person__isnull=True)
    if not words:
        return found
    kinds = [kind for kind in Kind if words in kind.label]
    return found.filter(
        Q(agency__name__icontains=words)
        | Q(agency__short_name__icontains=words)
        | Q(section__name__icontains=words)
        | Q(person__name__icontains=words)
        | Q(person__username__icontains=words)
        | Q(kind__in=kinds)
    )


def is_administrator(seat: Seat) -> bool:
    """True for one of the three seats of the site."""
    return seat.kind in ADMINISTRATORS


def acts_open_to(actor: Actor, seats: Iterable[Seat]) -> dict[int, tuple[bool, bool]]:
    """For each seat by number: may the actor hand it over, may the actor arrange a deputy."""
    return {
        seat.pk: (bool(may(actor, "seat.hand_over", seat)), bool(may(actor, "seat.deputise", seat)))
        for seat in seats
    }
