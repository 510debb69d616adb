"""Whoever holds the trail's lock waits for nobody: two acts at once on rows that point at one another's both end."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.agencies.actions.handover import hand_over
from gongkai.agencies.fitness import locked_people
from gongkai.agencies.models import Deputy, Person, Seat
from gongkai.agencies.rights import acting
from gongkai.audit.trail import record
from gongkai.audit.verifying import verify
from gongkai.tasks.actions.tasks import give_task
from tests.agencies.together import PATIENCE, on_postgres, real, together, until_somebody_waits
from tests.audit.tampering import WHO
from tests.cast import SYSTEM, Cast

PACKAGE = Path(__file__).resolve().parents[2] / "gongkai"


def test_no_row_is_locked_against_those_who_only_point_at_it() -> None:
    asked = [
        f"{path.relative_to(PACKAGE)}: {call}"
        for path in PACKAGE.rglob("*.py")
        for call in re.findall(r"select_for_update\(([^)]*)", path.read_text(encoding="utf-8"))
        if "no_key=True" not in call
    ]
    assert asked == []


@on_postgres
@real
def test_somebody_is_pointed_at_while_an_act_holds_the_person(cast: Cast) -> None:
    """As when a seat is handed to somebody who signs in just then."""
    held, written = threading.Event(), threading.Event()
    seat = cast.leader.seats.get()

    def holds() -> None:
        with acting(SYSTEM, "person.edit", cast.drafter):
            locked_people(cast.drafter)
            held.set()
            written.wait(PATIENCE)
            until_somebody_waits(1)

    def points() -> None:
        held.wait(PATIENCE)
        with acting(SYSTEM, "seat.deputise", seat):
            Deputy.objects.create(
                seat=seat, person=cast.drafter, since=SYSTEM.day, until=SYSTEM.day, given_by="测试"
            )
            written.set()

    assert together(holds, points) == [None, None]
    assert verify()


@on_postgres
@real
def test_whoever_waits_for_a_row_does_not_hold_the_trail_meanwhile(cast: Cast) -> None:
    """Somebody locks a row wholly, as one who deletes it: keys are checked before the trail is locked."""
    held, written = threading.Event(), threading.Event()
    seat = cast.leader.seats.get()

    def holds() -> None:
        with acting(SYSTEM, "person.edit", cast.drafter):
            with connection.cursor() as cursor:
                table = Person._meta.db_table
                cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR UPDATE", [cast.drafter.pk])  # noqa: S608
            held.set()
            written.wait(PATIENCE)
            assert until_somebody_waits()

    def points() -> None:
        held.wait(PATIENCE)
        with acting(SYSTEM, "seat.deputise", seat):
            Deputy.objects.create(
                seat=seat, person=cast.drafter, since=SYSTEM.day, until=SYSTEM.day, given_by="测试"
            )
            written.set()

    assert together(holds, points) == [None, None]
    assert verify()


@on_postgres
@real
def test_seats_are_handed_over_while_tasks_are_given_to_them(cast: Cast) -> None:
    """The acts themselves, many times over."""
    ours = [cast.drafter.seats.get(), cast.section_head.seats.get()]

    def hand(one: Seat, between: list[Person]) -> int:
        for n in range(12):
            hand_over(Seat.objects.get(pk=one.pk), to=between[n % 2], by=SYSTEM)
        return 12

    def give(which: int) -> int:
        for n in range(12):
            give_task(by=SYSTEM, seat=ours[(n + which) % 2], title=f"核对{n}")
        return 12

    ends = together(
        lambda: hand(ours[0], [cast.nobody, cast.drafter]),
        lambda: hand(ours[1], [cast.nobody, cast.section_head]),
        lambda: give(0),
        lambda: give(1),
    )
    assert ends == [12] * 4
    assert verify()


@real
def test_keys_are_checked_at_the_end_again_after_an_entry(cast: Cast) -> None:
    """What follows an entry in the same transaction may still be written in any order."""
    with transaction.atomic():
        record(WHO, "test.act", "测试")
        seat = Seat.objects.create(agency_id=999_999, kind="leader")
        Seat.objects.filter(pk=seat.pk).update(agency=cast.other)
    with pytest.raises(IntegrityError):
        _an_entry_and_a_seat_nowhere()
    assert verify()


@transaction.atomic
def _an_entry_and_a_seat_nowhere() -> None:
    record(WHO, "test.act", "测试")
    Seat.objects.create(agency_id=999_999, kind="leader")
