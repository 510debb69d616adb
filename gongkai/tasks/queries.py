"""What is asked about tasks: what is to be done in an actor's seats, by when, how many working days are left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Seat
from gongkai.agencies.rights import ACTS
from gongkai.dictionaries.queries import calendar

from .models import JobRun, Task

NoTask = Task.DoesNotExist
"""There is no such task, or not for this person."""
SOON = 3
"""Working days left from which a task is due soon."""


@dataclass(frozen=True, slots=True)
class TimedTask:
    """An open task with its time: working days left after today (0 on the last day and when it is past), calendar
    days by which it is late, whether the day lies in a year whose holidays are not yet known (暂定)."""

    task: Task
    left: int | None
    late_by: int
    provisional: bool

    @property
    def mark(self) -> str:
        """late, due, doing or plain: the kind of mark the screens show."""
        if self.left is None:
            return "plain"
        return "late" if self.late_by else "due" if self.left <= SOON else "doing"

    @property
    def words(self) -> str:
        """How long there is, as one says it."""
        if self.left is None:
            return "没有期限"
        if self.late_by:
            return f"已逾期 {self.late_by} 天"
        sure = "（暂定）" if self.provisional else ""
        return f"还剩 {self.left} 个工作日{sure}" if self.left else f"今天内办完{sure}"


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How many tasks are open at a desk, how many of them late, and due within three working days."""

    open: int
    late: int
    soon: int


def timed(tasks: Iterable[Task], day: date) -> list[TimedTask]:
    """Each task with its time as of `day`, in the same order."""
    days = calendar()
    found = []
    for task in tasks:
        due = task.due_on
        found.append(
            TimedTask(
                task,
                None if due is None else days.between(day, due),
                0 if due is None else max(0, (day - due).days),
                due is not None and due >= day and days.provisional(due),
            )
        )
    return found


def open_tasks(actor: Actor, agency: Agency | None) -> QuerySet[Task]:
    """The open tasks of the actor's seats there, those worked in for others included, most urgent first."""
    return _of_seats(actor, agency).filter(done_at__isnull=True)


def tasks_of(actor: Actor, agency: Agency | None, limit: int | None = None) -> list[TimedTask]:
    """The same with their time, one query; each task says `why` and `url`. At most `limit`, or all."""
    return timed(open_tasks(actor, agency)[:limit], actor.day)


def done_tasks(actor: Actor, agency: Agency | None) -> QuerySet[Task]:
    """What was done or taken back in the actor's seats there, the last first."""
    return _of_seats(actor, agency).filter(done_at__isnull=False).order_by("-done_at", "-id")


def given_tasks(agency: Agency) -> QuerySet[Task]:
    """All open tasks of the agency's seats, for who may give tasks there, most urgent first."""
    return _told(Task.objects.filter(agency=agency, done_at__isnull=True))


def tasks_given_by(actor: Actor, agency: Agency) -> QuerySet[Task]:
    """The open tasks of the agency's seats that the actor gave to others, most urgent first."""
    number = actor.person.pk if actor.person else None
    mine = {seat.pk for seat in actor.at(agency)}
    if number is None:
        return Task.objects.none()
    return given_tasks(agency).filter(giver_id=number).exclude(seat__in=mine)


def task_of(agency: Agency, pk: int) -> Task:
    """A task of the agency; raises `NoTask`."""
    return _told(Task.objects.filter(agency=agency)).get(pk=pk)


def counts_of(actor: Actor, agency: Agency | None) -> TaskCounts:
    """How many are open, late and due soon; one query."""
    soon = calendar().add(actor.day, SOON)
    found = (
        open_tasks(actor, agency)
        .order_by()
        .aggregate(
            open=Count("id"),
            late=Count("id", filter=Q(due_on__lt=actor.day)),
            soon=Count("id", filter=Q(due_on__gte=actor.day, due_on__lte=soon)),
        )
    )
    return TaskCounts(**found)


def seats_to_give(agency: Agency) -> QuerySet[Seat]:
    """The seats of the agency that somebody holds: to these a task can be given."""
    return (
        Seat.objects.filter(agency=agency, ended_on__isnull=True, person__isnull=False)
        .select_related("person", "section", "agency")
        .order_by("kind", "section__order", "id")
    )


def seats_that_may(act: str, agencies: Iterable[Agency]) -> QuerySet[Seat]:
    """The standing seats of these agencies that may do this there, as the table of rights has it."""
    return Seat.objects.filter(
        agency__in=list(agencies), kind__in=ACTS[act].own, ended_on__isnull=True
    ).select_related("agency")


def job_runs() -> QuerySet[JobRun]:
    """When each job of the tick ran and how it ended, by name."""
    return JobRun.objects.order_by("name")


def _of_seats(actor: Actor, agency: Agency | None) -> QuerySet[Task]:
    return _told(Task.objects.filter(seat__in=[seat.pk for seat in actor.at(agency)]))


def _told(tasks: QuerySet[Task]) -> QuerySet[Task]:
    return tasks.select_related("seat__person", "seat__section", "seat__agency").order_by(
        F("due_on").asc(nulls_last=True), "id"
    )
