"""Set up a seat, give it to a person, end it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from ..actor import Actor
from ..fitness import (
    NotPossible,
    locked_people,
    locked_seats,
    must_be_a_place,
    must_fit,
    must_not_be_last,
    must_stand,
)
from ..models import Agency, Kind, Person, Seat, Section
from ..rights import acting
from ..work import in_words, move_work, open_work
from .deputies import call_off
from .handover import empty, seat_holder
from .persons import create_person, fresh_password, renew_password
from .telling import full_name, tell, work_sentence

__all__ = [
    "NotPossible",
    "create_person",
    "end_seat",
    "fresh_password",
    "give_seat",
    "give_seats",
    "renew_password",
    "seat_person",
    "set_up_seat",
    "set_up_seats",
]


def set_up_seat(
    *, by: Actor, kind: str, agency: Agency | None = None, section: Section | None = None
) -> Seat:
    """Set up a seat that is vacant for now. For the security administrator. Raises `NotPossible` where a seat of
    this kind cannot be."""
    with acting(by, "seat.give", agency, what="设立岗位") as doing:
        seat = _set_up(kind, agency, section)
        doing.target = seat
    return seat


def give_seat(
    *,
    by: Actor,
    person: Person,
    kind: str,
    agency: Agency | None = None,
    section: Section | None = None,
) -> Seat:
    """Put the person into a seat of this kind: into the vacant one in that place, with the work in it, or into one
    set up for it; the seat that stands, if the person holds it already.

    For the security administrator. The three administrator seats take no agency, and nobody holds or stands in for
    two of them. Raises `NotPossible`.
    """
    live = Seat.objects.filter(agency=agency, section=section, kind=kind, ended_on__isnull=True)
    standing = live.filter(person=person).first()
    if standing is not None:
        return standing
    with acting(by, "seat.give", agency, what="授予岗位") as doing:
        (person,) = locked_people(person)
        seat = next((one for one in locked_seats(*live) if one.person_id is None), None)
        if seat is None:
            seat = _set_up(kind, agency, section)
        must_stand(seat)
        must_fit(person, seat, by=by, since=by.day)
        call_off(seat, by=by)
        tenure = seat_holder(seat, person, by=by)
        doing.target = seat
        doing.detail["person"] = person.name
        tell(
            person,
            seat,
            f"seat.received:{tenure.pk}",
            f"您担任：{full_name(seat)}",
            f"从今天起由您负责“{full_name(seat)}”。",
            work_sentence(seat),
        )
    return seat


def _set_up(kind: str, agency: Agency | None, section: Section | None) -> Seat:
    must_be_a_place(Kind(kind), section, agency.pk if agency else None)
    if agency is not None and agency.ended_on is not None:
        raise NotPossible(f"{agency.name}已经撤销或者并入其他机关，不能再设岗位。")
    return Seat.objects.create(agency=agency, section=section, kind=Kind(kind))


def set_up_seats(
    *, by: Actor, agency: Agency | None, places: Iterable[tuple[str, Section | None]]
) -> list[Seat]:
    """Several vacant seats of one agency, or of the site for None, all or none."""
    with acting(by, "seat.give", agency, what="设立多个岗位"):
        return [set_up_seat(by=by, kind=kind, agency=agency, section=section) for kind, section in places]


def give_seats(
    *, by: Actor, person: Person, agency: Agency | None, places: Iterable[tuple[str, Section | None]]
) -> list[Seat]:
    """Several seats of one agency, or of the site for None, to one person, all or none; the seats as `give_seat`
    returns them."""
    with acting(by, "seat.give", agency, what="授予多个岗位", person=person.name):
        places = list(places)
        lock_places([person], [(agency, kind) for kind, _ in places])
        return [
            give_seat(by=by, person=person, kind=kind, agency=agency, section=section)
            for kind, section in places
        ]


def lock_places(people: Iterable[Person], places: Iterable[tuple[Agency | None, str]]) -> None:
    """Inside an act that gives several seats: lock all the people, then all live seats of these kinds there."""
    locked_people(*people)
    wanted = {(agency.pk if agency else None, kind) for agency, kind in places}
    agencies, kinds = {pk for pk, _ in wanted}, {kind for _, kind in wanted}
    where = Q(agency__in=agencies - {None}) | (Q(agency=None) if None in agencies else Q(pk__in=[]))
    locked_seats(*Seat.objects.filter(where, kind__in=kinds, ended_on__isnull=True))


def end_seat(seat: Seat, *, by: Actor, to: Seat | None = None, note: str = "") -> dict[str, int]:
    """End the seat: nobody works in it any more, and its history stays. How much work of what kind was moved.

    For the security administrator. Raises `NotPossible` while work is open in it, unless another seat of the same
    agency takes that over (`to`), and for the last one of an administrator's kind.
    """
    with acting(by, "seat.give", seat, what="撤销岗位", note=note) as doing:
        seat, *others = locked_seats(seat, *([to] if to else []))
        to = others[0] if others else None
        must_stand(seat)
        must_not_be_last(seat)
        taking = _taking(seat, to)
        moved = move_work(seat, taking) if taking else {}
        call_off(seat, by=by)
        before = seat.person
        empty(seat, by=by, note=note)
        Seat.objects.filter(pk=seat.pk).update(ended_on=by.day)
        doing.detail |= {"from": before.name if before else "空缺", "moved": moved}
        if taking is not None:
            doing.detail["to"] = str(taking)
            if taking.person is not None and any(moved.values()):
                told = (
                    f"“{full_name(seat)}”已经撤销，手上的事转到您的“{full_name(taking)}”：{in_words(moved)}。"
                )
                key = f"seat.ended:{seat.pk}"
                tell(taking.person, taking, key, f"接手工作：{full_name(seat)}", told)
    return moved


def _taking(seat: Seat, to: Seat | None) -> Seat | None:
    """The seat that takes the work over; None when there is none to take."""
    work = open_work(seat)
    if not work:
        return None
    if to is None:
        raise NotPossible(f"“{seat}”手上还有：{in_words(work)}。请选择由哪个岗位接手，再撤销。")
    if to.pk == seat.pk or to.agency_id != seat.agency_id or to.ended_on is not None:
        raise NotPossible("接手的岗位要是同一个机关里另一个没有撤销的岗位。")
    must_stand(to)
    return to


def seat_person(
    *,
    by: Actor,
    username: str,
    name: str,
    kind: str,
    agency: Agency | None = None,
    section: Section | None = None,
    sample: bool = False,
) -> tuple[Person, str]:
    """Make the person if new and give the seat; the password is empty for a person who already had one."""
    person, password = Person.objects.filter(username=username).first(), ""
    if person is None:
        person, password = create_person(by=by, username=username, name=name, sample=sample)
    give_seat(by=by, person=person, kind=kind, agency=agency, section=section)
    return person, password
