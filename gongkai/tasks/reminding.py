"""Reminders of tasks: 7, 3 and 1 working days before the day, and once it is past."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.dictionaries.queries import calendar

from .jobs import register
from .models import Task
from .queries import TimedTask, timed
from .telling import News, tell_many

STEPS = (1, 3, 7)
"""Working days left at which a reminder goes out; the nearest one counts."""


def step_of(one: TimedTask) -> str:
    """Which reminder an open task is at: 7, 3, 1, late, or none yet."""
    if one.left is None:
        return ""
    if one.late_by:
        return "late"
    return next((str(step) for step in STEPS if one.left <= step), "")


def remind(now: datetime) -> str:
    """Tell each seat whose task has come to a step that it has not been told of; the deputy too.

    A step that fell into a time when nothing ran is made up for by the nearest one. A task given today has just been
    told of, and is left out.
    """
    day = timezone.localdate(now)
    horizon = calendar().add(day, max(STEPS))
    # Days off after the last working day still have as many working days left.
    until = calendar().add(horizon, 1) - timedelta(days=1)
    due = (
        Task.objects.filter(done_at__isnull=True, due_on__lte=until)
        .exclude(given_at__gte=_midnight(now))
        .select_related("seat__agency")
    )
    told = [(one.task.seat, _news(one, step)) for one in timed(due, day) if (step := step_of(one))]
    with transaction.atomic():
        return f"发出提醒 {tell_many(told, day)} 条"


def _midnight(now: datetime) -> datetime:
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


def _news(one: TimedTask, step: str) -> News:
    task = one.task
    late = step == "late"
    lead = "已逾期" if late else "快到期"
    return News(
        key=f"task:{task.pk}:{task.due_on}:{step}",
        subject=f"{lead}：{task.title}",
        body=f"“{task.title}”最迟{_worded(task.due_on)}办完，{one.words}。{'请尽快办结。' if late else ''}",
        url=task.url,
        agency_id=task.agency_id,
    )


def _worded(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def register_reminders() -> None:
    """Have the tick remind every ten minutes."""
    register("tasks.remind", label="交办事项提醒", every=timedelta(minutes=10), run=remind)
