"""Hand over, leave vacant, end: the work stays with the seat or is moved, the right people are told."""

from __future__ import annotations

import pytest

from gongkai.agencies.actions.handover import hand_over, leave_vacant
from gongkai.agencies.actions.seats import end_seat, give_seat
from gongkai.agencies.fitness import NotPossible
from gongkai.agencies.models import Kind, Seat, Tenure
from gongkai.agencies.rights import NotAllowed
from gongkai.outbox.models import Message
from gongkai.tasks.actions.tasks import give_task
from tests.cast import SYSTEM, Cast


def seat_of(cast: Cast, who: str) -> Seat:
    return Seat.objects.get(person=cast.people[who])


def test_work_goes_with_the_seat(cast: Cast) -> None:
    seat = seat_of(cast, "clerk")
    task = give_task(by=cast.actor("head"), seat=seat, title="核对目录")
    with pytest.raises(NotPossible, match="还没有岗位"):
        hand_over(seat, to=cast.nobody, by=cast.actor("clerk"))
    hand_over(seat, to=cast.nobody, by=cast.actor("secadmin"), note="轮岗")
    task.refresh_from_db()
    assert task.seat == seat
    assert not cast.actor("clerk").seats
    assert cast.actor("nobody").seats == (seat,)
    before, now = Tenure.objects.filter(seat=seat).order_by("id")
    assert (before.person, now.person, now.until) == (cast.clerk, cast.nobody, None)
    assert before.until is not None
    told = Message.objects.get(person_id=cast.nobody.pk)
    assert "核对目录" not in told.body
    assert "交办事项 1 件" in told.body


def test_nobody_takes_a_superiors_seat_or_one_for_himself(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        hand_over(seat_of(cast, "head"), to=cast.clerk, by=cast.actor("ogi_head"))
    with pytest.raises(NotPossible, match="不能给自己"):
        hand_over(seat_of(cast, "clerk"), to=cast.head, by=cast.actor("head"))


def test_the_last_administrator_stays(cast: Cast) -> None:
    seat = seat_of(cast, "auditor")
    for act in (leave_vacant, end_seat):
        with pytest.raises(NotPossible, match="只剩"):
            act(seat, by=cast.actor("secadmin"))
    with pytest.raises(NotPossible, match="三个人"):
        hand_over(seat, to=cast.sysadmin, by=cast.actor("secadmin"))
    with pytest.raises(NotPossible, match="三个人"):
        give_seat(by=SYSTEM, person=cast.sysadmin, kind=Kind.AUDIT_ADMIN)


def test_a_seat_ends_only_without_work(cast: Cast) -> None:
    seat, to = seat_of(cast, "clerk"), seat_of(cast, "ogi_head")
    task = give_task(by=cast.actor("head"), seat=seat, title="核对目录")
    with pytest.raises(NotPossible, match="交办事项 1 件"):
        end_seat(seat, by=cast.actor("secadmin"))
    assert end_seat(seat, by=cast.actor("secadmin"), to=to)["交办事项"] == 1
    task.refresh_from_db()
    assert task.seat == to
    with pytest.raises(NotPossible, match="已经撤销"):
        leave_vacant(seat, by=cast.actor("secadmin"))


def test_a_vacant_seat_is_filled_with_its_work(cast: Cast) -> None:
    seat = leave_vacant(seat_of(cast, "clerk"), by=cast.actor("head"))
    assert give_seat(by=SYSTEM, person=cast.nobody, kind="clerk", agency=cast.agency) == seat
