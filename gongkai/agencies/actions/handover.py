"""Hand a seat over, fill a vacant one, leave one vacant. Work belongs to the seat and stays with it."""

from __future__ import annotations

from ..actor import Actor
from ..fitness import NotPossible, locked_people, locked_seat, must_fit, must_not_be_last
from ..models import ADMINISTRATORS, Person, Seat, Tenure
from ..rights import acting
from ..searching import index_seats
from ..work import open_work
from .deputies import call_off
from .telling import alarm, full_name, tell, work_sentence

__all__ = ["NotPossible", "hand_over", "leave_vacant", "seat_holder"]


def hand_over(seat: Seat, *, to: Person, by: Actor, note: str = "") -> Seat:
    """Put another person into the seat, or the first one into a vacant seat, from today on.

    For the holder, the section head (in the section), the OGI head and the head (to colleagues, never above their
    own rank), the security administrator (to anybody). The holder's time ends and the new one's begins today; all
    work in hand stays with the seat. Deputies arranged by the holder are called off. Both are told on their desks;
    the new holder with a summary of what is in hand. Raises `NotAllowed`, `NotPossible`.
    """
    with acting(by, "seat.hand_over", seat) as doing:
        (to,) = locked_people(to)
        seat = locked_seat(seat)
        if seat.person_id == to.pk:
            raise NotPossible(f"这个岗位现在就是{to.name}的，不用移交。")
        must_fit(to, seat, by=by, since=by.day, given_in=doing.seat)
        before = seat.person
        doing.detail |= {
            "from": before.name if before else "空缺",
            "to": to.name,
            "note": note,
            "in_hand": open_work(seat),
        }
        call_off(seat, by=by)
        tenure = seat_holder(seat, to, by=by, note=note)
        said = f"说明：{note}。" if note else ""
        tell(
            to,
            seat,
            f"seat.received:{tenure.pk}",
            f"您接任：{full_name(seat)}",
            f"{by.name}把“{full_name(seat)}”交给您"
            if before is None
            else f"“{full_name(seat)}”由{before.name}移交给您",
            "，从今天起由您负责。",
            said,
            work_sentence(seat),
        )
        if before is not None:
            told = f"您的“{full_name(seat)}”岗位已经移交给{to.name}，手上的事一并转去。{said}"
            tell(before, seat, f"seat.left:{tenure.pk}", f"已移交：{full_name(seat)}", told)
    return seat


def leave_vacant(seat: Seat, *, by: Actor, note: str = "") -> Seat:
    """Take the holder out and leave the seat vacant: the work stays in it and waits for who comes next, or for a
    deputy.

    For whoever may hand it over. Raises `NotPossible` when an administrator's place would be left without anybody.
    """
    with acting(by, "seat.hand_over", seat, to="空缺", note=note) as doing:
        seat = locked_seat(seat)
        if seat.person is None:
            raise NotPossible("这个岗位已经是空缺。")
        must_not_be_last(seat)
        doing.detail |= {"from": seat.person.name, "in_hand": open_work(seat)}
        empty(seat, by=by, note=note)
    return seat


def empty(seat: Seat, *, by: Actor, note: str = "") -> None:
    """Inside an act: end the holder's time in the seat and tell the holder."""
    before = seat.person
    _close(seat, by=by)
    Seat.objects.filter(pk=seat.pk).update(person=None)
    index_seats(Seat.objects.filter(pk=seat.pk))
    seat.person = None
    if before is not None and before.is_active:
        said = f"说明：{note}。" if note else ""
        key = f"seat.emptied:{seat.pk}:{Tenure.objects.filter(seat=seat).count()}"
        told = f"您不再担任“{full_name(seat)}”，手上的事留在岗位上，等接任的人办理。{said}"
        tell(before, seat, key, f"岗位调整：{full_name(seat)}", told)


def seat_holder(seat: Seat, person: Person, *, by: Actor, note: str = "") -> Tenure:
    """Inside an act: end the time of who holds the seat and begin this person's."""
    _close(seat, by=by)
    Seat.objects.filter(pk=seat.pk).update(person=person)
    index_seats(Seat.objects.filter(pk=seat.pk))
    seat.person = person
    if seat.kind in ADMINISTRATORS and by.person is not None:
        alarm(
            person,
            by,
            f"管理员变动：{full_name(seat)}",
            f"{by.name}从今天起把“{full_name(seat)}”交给{person.name}（{person.username}）。"
            "如果不是事先说好的，请马上告诉其他管理员。",
        )
    return Tenure.objects.create(seat=seat, person=person, since=by.day, note=note[:200])


def _close(seat: Seat, *, by: Actor) -> None:
    for tenure in Tenure.objects.filter(seat=seat, until__isnull=True):
        tenure.until = max(by.day, tenure.since)
        tenure.save(update_fields=["until"])
