"""Whether this person can be put into that seat, asked by every act that does it: give, hand over, deputise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from .actor import Actor
from .models import ADMINISTRATORS, IN_SECTIONS, OF_THE_WHOLE, Deputy, Kind, Person, Seat, Section

FOR_EVER = date.max


class NotPossible(ValueError):
    """What was asked cannot be done now; the message says in words what to do instead."""


def locked_people(*people: Person) -> list[Person]:
    """The people as they stand, kept from changing until the transaction ends.

    An act locks all its agencies, then sections, then people, then seats, each kind once and by number: acts that do
    so wait for one another, and never two each for the other.
    """
    wanted = {person.pk for person in people}
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    found = {person.pk: person for person in rows}
    return [found[person.pk] for person in people]


def locked_seats(*seats: Seat) -> list[Seat]:
    """The seats as they stand, ended ones too, kept from changing; after the people. With an administrator seat all
    of its kind are locked, so that of two last holders not both can go at once."""
    kinds = {seat.kind for seat in seats} & set(ADMINISTRATORS)
    wanted = Q(pk__in={seat.pk for seat in seats}) | Q(kind__in=kinds)
    rows = Seat.objects.select_for_update(no_key=True, of=("self",)).filter(wanted).order_by("pk")
    found = {row.pk: row for row in rows.select_related("agency", "section", "person")}
    return [found[seat.pk] for seat in seats]


def locked_seat(seat: Seat) -> Seat:
    """One seat, as `locked_seats` has it. Raises `NotPossible` for one that has ended."""
    (found,) = locked_seats(seat)
    must_stand(found)
    return found


def must_stand(found: Seat) -> None:
    """Raise `NotPossible` for a seat that has ended, or whose agency has."""
    if found.ended_on is not None:
        raise NotPossible(f"“{found}”已经撤销。")
    if found.agency is not None and found.agency.ended_on is not None:
        raise NotPossible(f"{found.agency.name}已经撤销或者并入其他机关，岗位不能再变动。")


def must_fit(
    person: Person,
    seat: Seat,
    *,
    by: Actor,
    since: date,
    until: date = FOR_EVER,
    given_in: Seat | None = None,
) -> None:
    """Raise `NotPossible` unless the person can work in the seat on these days, both included.

    Nobody gives a seat to himself. From a seat inside the agency (`given_in`) a seat goes to colleagues only, who
    hold one there already: whoever is new gets the first one from the security administrator. Nobody comes to work
    in two administrator seats, held or stood in for (GB/T 22239, separation of administrator roles).
    """
    if not person.is_active:
        raise NotPossible(f"{person.name}的账号已经停用，请另选一人。")
    if by.person is not None and by.person.pk == person.pk:
        raise NotPossible("不能给自己安排岗位，请由另一个有权限的人办理。")
    if (
        given_in is not None
        and given_in.agency_id is not None
        and not _is_colleague(person, given_in.agency_id)
    ):
        raise NotPossible(f"{person.name}在本机关还没有岗位。新来的人请安全管理员授予岗位。")
    same = Seat.objects.filter(
        person=person, agency=seat.agency, section=seat.section, kind=seat.kind, ended_on__isnull=True
    ).exclude(pk=seat.pk)
    if until is FOR_EVER and same.exists():
        raise NotPossible(f"{person.name}已经有“{seat}”岗位，同一个人不能有两个。")
    other = _other_administrator_seat(person, seat, since, until)
    if other is not None:
        raise NotPossible(
            f"{person.name}已经担任或者代班“{other.get_kind_display()}”。"
            "系统管理员、安全管理员、审计管理员必须由三个人分别担任，代班也不能兼，请另选一人。"
        )


def _is_colleague(person: Person, agency_id: int) -> bool:
    return Seat.objects.filter(person=person, agency_id=agency_id, ended_on__isnull=True).exists()


def _other_administrator_seat(person: Person, seat: Seat, since: date, until: date) -> Seat | None:
    if seat.kind not in ADMINISTRATORS:
        return None
    live = Seat.objects.filter(kind__in=ADMINISTRATORS, ended_on__isnull=True).exclude(pk=seat.pk)
    stood_in = Deputy.objects.filter(
        person=person, cancelled_on__isnull=True, since__lte=until, until__gte=since, seat__in=live
    )
    held = live.filter(person=person).first()
    return held or live.filter(deputies__in=stood_in).first()


def may_stand_in_section(kind: Kind, inside: bool) -> bool:
    """True when a seat of this kind can be in a section (`inside`), or in the agency as a whole."""
    return kind not in OF_THE_WHOLE if inside else kind not in IN_SECTIONS


def must_be_a_place(kind: Kind, section: Section | None, agency_id: int | None) -> None:
    """Raise `NotPossible` for a seat that cannot be there: an administrator's in an agency, a drafter's outside a
    section, the head's inside one, one in another agency's section."""
    if (kind in ADMINISTRATORS) != (agency_id is None):
        raise NotPossible(
            f"“{kind.label}”{'不属于任何机关' if kind in ADMINISTRATORS else '要设在一个机关里'}。"
        )
    if section is None and not may_stand_in_section(kind, False):
        raise NotPossible(f"“{kind.label}”要设在股室里，请选择股室。")
    if section is None:
        return
    if not may_stand_in_section(kind, True):
        raise NotPossible(f"“{kind.label}”是全机关的岗位，不设在股室里。")
    if section.agency_id != agency_id:
        raise NotPossible("这个股室不属于这个机关，请重新选择。")
    if section.ended_on is not None:
        raise NotPossible(f"{section.name}已经撤销，请另选一个股室。")


def must_not_be_last(seat: Seat, leaving: Iterable[Person] = ()) -> None:
    """Raise `NotPossible` when nobody would be left in this administrator's place: somebody must hold each of the
    three at any time, or nobody could put it right."""
    if seat.kind not in ADMINISTRATORS or seat.person_id is None:
        return
    others = Seat.objects.filter(kind=seat.kind, ended_on__isnull=True, person__is_active=True)
    if not others.exclude(pk=seat.pk).exclude(person__in=[p.pk for p in leaving]).exists():
        raise NotPossible(f"{seat.get_kind_display()}只剩这一个人，不能空缺。请先把岗位移交给接任的人。")
