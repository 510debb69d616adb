"""Duties at hand as tasks of their seats: given some weeks before their day, closed by what the records tell, or by the
tick. The reminders are those of every task. What another room tells of itself becomes no task."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Seat
from gongkai.dictionaries.queries import calendar
from gongkai.tasks.actions.tasks import CannotTask, do_task, give_task, withdraw_task
from gongkai.tasks.jobs import register
from gongkai.tasks.models import Task

from ..models import DutyOwner, Finding
from .kinds import ELSEWHERE, LATE_FOR
from .year import Due, duties_by_agency

BY = "年度工作"
LOT = 200
"""Agencies that are looked at together."""
_GUIDE = ("guide_unchecked", "guide_missing")


def round_of_duties(now: datetime) -> str:
    """Give each duty at hand its task, and close the tasks of what is done; the same again does nothing."""
    day = timezone.localdate(now)
    agencies = list(Agency.objects.filter(ended_on__isnull=True).order_by("id"))
    given = closed = 0
    for start in range(0, len(agencies), LOT):
        lot = agencies[start : start + LOT]
        dues = [due for year in _years(day) for due in _all(lot, year)]
        closed += _close(dues, day) + _drop(lot, dues, day)
        given += _give(lot, dues, day)
    return f"交办 {given} 件，办结 {closed} 件" if given or closed else ""


def _years(day: date) -> list[int]:
    """The years that a duty at hand, or one that is late, may lie in."""
    return sorted({(day - timedelta(days=LATE_FOR)).year, day.year, (day + timedelta(days=45)).year})


def _all(agencies: list[Agency], year: int) -> Iterator[Due]:
    for dues in duties_by_agency(agencies, year).values():
        yield from dues


def _close(dues: list[Due], day: date) -> int:
    by = Actor.system(day, BY)
    done = {due.task_key: due.known.words for due in dues if due.known is not None}
    tasks = Task.objects.filter(key__in=done, done_at__isnull=True)
    return sum(_do(task, by, done[task.key]) for task in tasks)


def _drop(agencies: list[Agency], dues: list[Due], day: date) -> int:
    """Take back the tasks of duties that are no more, and move those that lie with another seat now."""
    standing = {due.task_key: due for due in dues}
    years = {due.year for due in dues}
    rows = Task.objects.filter(agency__in=agencies, key__startswith="duty:", done_at__isnull=True)
    dropped = 0
    for task in rows:
        due = standing.get(task.key)
        if due is None and int(task.key.split(":")[3]) in years:
            withdraw_task(task, by=Actor.system(day, BY), reason="这项工作已经取消。")
            dropped += 1
        elif due is not None and due.seat is not None and task.seat_id != due.seat.pk:
            Task.objects.filter(pk=task.pk, done_at__isnull=True).update(seat=due.seat)
    return dropped


def _do(task: Task, by: Actor, words: str) -> int:
    try:
        do_task(task, by=by, result=words)
    except CannotTask:
        # Somebody closed it by hand just now.
        return 0
    return 1


def _give(agencies: list[Agency], dues: list[Due], day: date) -> int:
    days = calendar()
    wanted = {
        due.task_key: due
        for due in dues
        if due.seat is not None
        and due.key not in ELSEWHERE
        and due.state(day, days) in ("late", "soon")
        and (day - due.day).days <= LATE_FOR
    }
    told = set(
        Finding.objects.filter(
            agency__in=[one.pk for one in agencies], rule__in=_GUIDE, state=Finding.State.OPEN
        ).values_list("agency", flat=True)
    )
    known = set(Task.objects.filter(key__in=wanted).values_list("key", flat=True))
    return sum(
        _task(due, day)
        for key, due in wanted.items()
        if key not in known and not (due.key == "guide" and due.agency.pk in told)
    )


def _task(due: Due, day: date) -> int:
    if due.seat is None:
        return 0
    give_task(
        by=Actor.system(day, BY),
        seat=due.seat,
        title=f"年度工作：{due.title}",
        why=f"{due.does}{due.basis}"[:300],
        url=reverse("desk:duty", args=[due.agency.slug, due.year, due.key, due.part]),
        due_on=max(day, due.aim),
        key=due.task_key,
    )
    return 1


def close_task(due: Due, words: str, day: date) -> None:
    """Inside the act that ticks a duty: close its task, if it has one."""
    task = Task.objects.filter(key=due.task_key, done_at__isnull=True).first()
    if task is not None:
        _do(task, Actor.system(day, BY), words)


def count_duties(seat: Seat) -> int:
    """How many duties the seat was named for."""
    return DutyOwner.objects.filter(seat=seat).count()


def move_duties(seat: Seat, to: Seat) -> int:
    """Put another seat in charge of what this one was named for."""
    return DutyOwner.objects.filter(seat=seat).update(seat=to)


def register_duties() -> None:
    """Say to the tick what comes round."""
    register("duties", label="年度工作提醒", every=timedelta(hours=1), run=round_of_duties)
