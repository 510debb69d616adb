"""Inside an act: end seats or carry them elsewhere when their section or agency comes to an end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..actor import Actor
from ..fitness import locked_seats
from ..models import Deputy, Seat, Section, Tenure
from ..searching import index_seats
from ..work import in_words, move_work, open_work
from .telling import tell_ended


def move_seats(section: Section, into: Section, *, by: Actor) -> None:
    """Carry the standing seats of a section into another one; a seat whose holder has the same there already gives
    its work to that one and ends."""
    seats = locked_seats(*Seat.objects.filter(section__in=[section, into], ended_on__isnull=True))
    same = {
        (seat.person_id, seat.kind): seat for seat in seats if seat.section_id == into.pk and seat.person_id
    }
    moving, ending = [], []
    for seat in (one for one in seats if one.section_id == section.pk and one.ended_on is None):
        there = same.get((seat.person_id, seat.kind)) if seat.person_id else None
        if there is None:
            moving.append(seat.pk)
        else:
            move_work(seat, there)
            ending.append(seat)
    Seat.objects.filter(pk__in=moving).update(section=into)
    index_seats(Seat.objects.filter(pk__in=moving))
    end_seats(ending, by.day, f"{section.name}并入{into.name}")


def left_open(seats: Sequence[Seat]) -> list[str]:
    """A sentence for each seat in which work is still open."""
    found = [(seat, open_work(seat)) for seat in seats]
    return [f"{seat}（{seat.person or '空缺'}）：{in_words(work)}" for seat, work in found if work]


def end_seats(seats: Sequence[Seat], on: date, note: str) -> None:
    """End these seats as of the day: the holders' time ends, deputies are called off, all of them are told."""
    tell_ended(seats, on, note)
    numbers = [seat.pk for seat in seats]
    tenures = list(Tenure.objects.filter(seat__in=numbers, until__isnull=True))
    for tenure in tenures:
        tenure.until, tenure.note = max(on, tenure.since), (tenure.note or note)[:200]
    Tenure.objects.bulk_update(tenures, ["until", "note"])
    Deputy.objects.filter(seat__in=numbers, cancelled_on__isnull=True, until__gte=on).update(cancelled_on=on)
    Seat.objects.filter(pk__in=numbers).update(ended_on=on, person=None)
    index_seats(Seat.objects.filter(pk__in=numbers))
