"""Stand-ins: by day, one at a time, never two administrators in one person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from gongkai.agencies.actions.deputies import cancel_deputy, deputise
from gongkai.agencies.fitness import NotPossible
from gongkai.agencies.models import Deputy, Seat
from tests.cast import SYSTEM, Cast, add_person


def seat_of(cast: Cast, who: str) -> Seat:
    return Seat.objects.get(person=cast.people[who])


def test_both_days_included_and_cancelled_early(cast: Cast) -> None:
    day = timezone.localdate()
    seat = seat_of(cast, "clerk")
    made = deputise(
        seat,
        person=cast.leader,
        since=day + timedelta(1),
        until=day + timedelta(3),
        by=cast.actor("clerk"),
    )
    for offset, works in ((0, False), (1, True), (3, True), (4, False)):
        assert (seat in cast.actor("leader", day + timedelta(offset)).seats) is works
    with pytest.raises(NotPossible, match="已经由"):
        deputise(
            seat,
            person=cast.head,
            since=day + timedelta(3),
            until=day + timedelta(9),
            by=cast.actor("clerk"),
        )
    cancel_deputy(made, by=cast.actor("clerk"))
    assert seat not in cast.actor("leader", day + timedelta(2)).seats


def test_administrators_stay_apart(cast: Cast) -> None:
    day = timezone.localdate()
    seat = seat_of(cast, "auditor")
    with pytest.raises(NotPossible, match="三个人"):
        deputise(seat, person=cast.sysadmin, since=day, until=day, by=cast.actor("secadmin"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Deputy.objects.create(seat=seat, person=cast.sysadmin, since=day, until=day, given_by="x")
    other = add_person("standin", "clerk", cast.agency)
    deputise(seat, person=other, since=day, until=day, by=cast.actor("secadmin"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Seat.objects.create(person=other, kind="system_admin")
    with pytest.raises(DatabaseError), transaction.atomic():
        Deputy.objects.create(seat=seat, person=cast.head, since=day, until=day, given_by="x")
    assert SYSTEM.is_system
