"""People and seats are locked in one order: of two acts that want the same ones the second waits for the first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.actions.proposals import confirm_proposals
from gongkai.agencies.actions.reform import merge
from gongkai.agencies.actions.seats import end_seat, set_up_seat
from gongkai.agencies.actions.sections import merge_section
from gongkai.agencies.checks import Unfit
from gongkai.agencies.fitness import NotPossible
from gongkai.agencies.models import Kind, Seat, SeatProposal, Section
from gongkai.audit.verifying import verify
from gongkai.tasks.actions.tasks import give_task
from gongkai.tasks.models import Task
from tests.agencies.together import PATIENCE, on_postgres, real, together, until_somebody_waits
from tests.cast import SYSTEM, Cast


def let_go_together(model: type[Any], numbers: list[int], *acts: Callable[[], Any]) -> list[Any]:
    """The acts, held up at these rows until all of them wait there, then let go at once."""
    held = threading.Event()

    def gate() -> None:
        with transaction.atomic():
            list(model.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))
            held.set()
            until_somebody_waits(waiting=len(acts))

    def behind(act: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> Any:
            held.wait(PATIENCE)
            return act()

        return run

    return together(gate, *(behind(act) for act in acts))[1:]


@on_postgres
@real
def test_two_seats_are_ended_each_in_favour_of_the_other(cast: Cast) -> None:
    a = set_up_seat(by=SYSTEM, kind=Kind.LEADER, agency=cast.agency)
    b = cast.leader.seats.get()
    for seat in (a, b):
        give_task(by=SYSTEM, seat=seat, title="核对")
    ends = let_go_together(
        Seat, [a.pk, b.pk], lambda: end_seat(a, to=b, by=SYSTEM), lambda: end_seat(b, to=a, by=SYSTEM)
    )
    assert sorted(type(end).__name__ for end in ends) == ["NotPossible", "dict"], ends
    (left,) = Seat.objects.filter(pk__in=[a.pk, b.pk], ended_on__isnull=True)
    assert Task.objects.filter(seat=left, done_at__isnull=True).count() == 2
    assert verify()


@on_postgres
@real
def test_two_sections_are_merged_each_into_the_other(cast: Cast) -> None:
    a, b = cast.section, cast.other_section
    ends = let_go_together(
        Section,
        [a.pk, b.pk],
        lambda: merge_section(a, b, by=SYSTEM),
        lambda: merge_section(b, a, by=SYSTEM),
    )
    assert sorted(type(end).__name__ for end in ends) == ["NoneType", "Unfit"], ends


@on_postgres
@real
def test_proposals_are_confirmed_while_their_people_come_in_another_order(cast: Cast) -> None:
    def ask(who: str, kind: str) -> int:
        return SeatProposal.objects.create(
            person=cast.people[who],
            agency=cast.other,
            kind=kind,
            proposed_at=timezone.now(),
            proposed_by="测试",
        ).pk

    first = [ask("drafter", "leader"), ask("nobody", "head")]
    second = [ask("nobody", "ogi_head"), ask("drafter", "clerk")]
    people = [cast.drafter.pk, cast.nobody.pk]
    ends = let_go_together(
        type(cast.drafter),
        people,
        lambda: confirm_proposals(first, by=SYSTEM),
        lambda: confirm_proposals(second, by=SYSTEM),
    )
    assert ends == [(2, []), (2, [])]


@on_postgres
@real
def test_work_does_not_go_to_a_seat_that_ends_meanwhile(cast: Cast) -> None:
    """The seat that takes the work of a merged agency over is ended just then."""
    target = cast.people["neighbour"].seats.get()
    give_task(by=SYSTEM, seat=cast.leader.seats.get(), title="核对")
    held = threading.Event()

    def ends() -> None:
        with transaction.atomic():
            end_seat(target, by=SYSTEM)
            held.set()
            until_somebody_waits()

    def merges() -> Any:
        held.wait(PATIENCE)
        return merge(
            cast.agency,
            cast.other,
            on=SYSTEM.day,
            basis="测试",
            by=SYSTEM,
            work_to=Seat.objects.get(pk=target.pk),
        )

    _, merged = together(ends, merges)
    assert isinstance(merged, Unfit | NotPossible)
    assert not Task.objects.filter(seat__ended_on__isnull=False, done_at__isnull=True).exists()
