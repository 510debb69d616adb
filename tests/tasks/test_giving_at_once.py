"""A task is given once and to a seat that stands; its giver is known by number; its link does not lead elsewhere."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import transaction

from gongkai.agencies.actions.reform import merge
from gongkai.agencies.actions.seats import end_seat
from gongkai.agencies.models import Deputy, Seat
from gongkai.audit.models import Entry
from gongkai.audit.verifying import verify
from gongkai.outbox.models import Message
from gongkai.tasks.actions.tasks import CannotTask, give_task
from gongkai.tasks.models import Task
from gongkai.tasks.queries import tasks_given_by
from tests.agencies.together import PATIENCE, on_postgres, real, together, until_somebody_waits
from tests.cast import SYSTEM, Cast


@on_postgres
@real
def test_two_who_give_the_same_at_once_give_it_once(cast: Cast) -> None:
    seats = [cast.leader.seats.get(), cast.drafter.seats.get()]
    before, written = Entry.objects.filter(act="task.give").count(), threading.Event()

    def first() -> Task:
        with transaction.atomic():
            task = give_task(by=SYSTEM, seat=seats[0], title="核对", key="same")
            written.set()
            until_somebody_waits()
        return task

    def second() -> Task:
        written.wait(PATIENCE)
        return give_task(by=SYSTEM, seat=seats[1], title="核对", key="same")

    one, other = together(first, second)
    assert one == other == Task.objects.get()
    assert Entry.objects.filter(act="task.give").count() == before + 1
    assert verify()


@on_postgres
@real
def test_no_task_is_given_to_a_seat_that_ends_meanwhile(cast: Cast) -> None:
    seat, ended = cast.leader.seats.get(), threading.Event()

    def ends() -> None:
        with transaction.atomic():
            end_seat(seat, by=SYSTEM)
            ended.set()
            until_somebody_waits()

    def gives() -> Task:
        ended.wait(PATIENCE)
        return give_task(by=SYSTEM, seat=seat, title="核对")

    _, given = together(ends, gives)
    assert isinstance(given, CannotTask), given
    assert not Task.objects.exists()


def test_a_seat_that_ended_since_the_page_was_opened(cast: Cast) -> None:
    seat = cast.leader.seats.get()
    end_seat(Seat.objects.get(pk=seat.pk), by=SYSTEM)
    with pytest.raises(CannotTask, match="已经撤销"):
        give_task(by=SYSTEM, seat=seat, title="核对")


def test_a_namesake_has_not_given_it(cast: Cast, queries: Any) -> None:
    cast.head.name = cast.clerk.name = "同名的人"
    cast.head.save(update_fields=["name"])
    cast.clerk.save(update_fields=["name"])
    task = give_task(by=cast.actor("clerk"), seat=cast.leader.seats.get(), title="核对")
    assert list(tasks_given_by(cast.actor("clerk"), cast.agency)) == [task]
    assert not tasks_given_by(cast.actor("head"), cast.agency).exists()
    assert "您交办的。" in cast.browse("clerk").get(f"/desk/{cast.agency.slug}/").content.decode()
    assert "您交办的。" not in cast.browse("head").get(f"/desk/{cast.agency.slug}/").content.decode()


def test_a_merge_tells_everybody_and_takes_the_link_off(cast: Cast) -> None:
    seat, target = cast.drafter.seats.get(), cast.people["neighbour"].seats.get()
    Deputy.objects.create(seat=seat, person=cast.nobody, since=SYSTEM.day, until=SYSTEM.day, given_by="测试")
    task = give_task(by=SYSTEM, seat=seat, title="核对", url=f"/desk/{cast.agency.slug}/reports/")
    merge(cast.agency, cast.other, on=SYSTEM.day, basis="测试", by=SYSTEM, work_to=target)
    task.refresh_from_db()
    assert (task.seat_id, task.agency_id, task.url) == (target.pk, cast.other.pk, "")
    for who in ("drafter", "nobody", "head", "leader"):
        told = Message.objects.filter(person_id=cast.people[who].pk, key__startswith="seat.closed:")
        assert "已经撤销" in told.get().body, who
