"""Give a task to a seat, do it, take it back. What a seat has to do moves with the seat (gongkai/tasks/work.py)."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.fitness import locked_seats
from gongkai.agencies.models import Seat
from gongkai.agencies.rights import Doing, acting

from ..models import Task
from ..telling import ALL, tell


class CannotTask(ValueError):
    """The task cannot be given, done or taken back; the message says what to do."""


def give_task(
    *,
    by: Actor,
    seat: Seat,
    title: str,
    why: str = "",
    url: str = "",
    due_on: date | None = None,
    key: str = "",
    channels: tuple[str, ...] = ALL,
) -> Task:
    """Give a seat something to do, and tell its holder and today's deputies.

    For the clerk, the heads and the leader of the agency, for the supervisor above it, and for the platform itself.
    `key` makes it idempotent: a task with this key that stands already is returned as it is. Raises `CannotTask` for
    a seat that has ended, a day that is past, or an empty title.
    """
    title = title.strip()
    if not title:
        raise CannotTask("请写明要做的事。")
    if due_on is not None and due_on < by.day:
        raise CannotTask("最迟哪一天不能早于今天，请改一个日期。")
    key = key or f"task:{secrets.token_hex(16)}"
    standing = Task.objects.filter(key=key).first()
    if standing is not None:
        return standing
    try:
        with acting(by, "task.give", seat, title=title[:200], due_on=due_on) as doing:
            (seat,) = locked_seats(seat)
            if seat.ended_on is not None:
                raise CannotTask("这个岗位已经撤销，请改选别的岗位。")
            task = Task(
                agency_id=seat.agency_id,
                seat=seat,
                key=key,
                title=title[:200],
                why=why.strip()[:300],
                url=url,
                due_on=due_on,
                given_by=_name(doing),
                giver_id=by.person.pk if by.person else None,
                given_at=timezone.now(),
            )
            _insert(task)
            doing.target = task
            _tell_given(task, by, channels)
    except _Given as given:
        return given.task
    return task


class _Given(Exception):
    """Somebody gave the task with this key just now: nothing is written twice, the trail included."""

    def __init__(self, task: Task) -> None:
        super().__init__()
        self.task = task


def _insert(task: Task) -> None:
    """Write the task. Of two who give it at once the second waits for the first and finds its task, so that neither
    fails. Raises `_Given`."""
    try:
        with transaction.atomic():
            task.save(force_insert=True)
    except IntegrityError as error:
        standing = Task.objects.filter(key=task.key).first()
        if standing is None:
            raise
        raise _Given(standing) from error


def do_task(task: Task, *, by: Actor, result: str) -> Task:
    """办结: write down with a word what came of it. For whoever works in the seat today, holder or deputy.

    Raises `CannotTask` when it is closed already or nothing is said.
    """
    with acting(by, "task.do", task) as doing:
        return _close(task, doing, result, "请用一句话写明办理结果。", withdrawn=False)


def withdraw_task(task: Task, *, by: Actor, reason: str) -> Task:
    """Take a task back with the reason, and tell the seat. For those who may give tasks there.

    Raises `CannotTask` when it is closed already or no reason is given.
    """
    with acting(by, "task.withdraw", task) as doing:
        closed = _close(task, doing, reason, "请写明为什么撤回。", withdrawn=True)
        tell(
            task.seat,
            subject=f"已撤回：{task.title}",
            body=f"{closed.done_by}撤回了交办事项“{task.title}”，不用再办。原因：{closed.result}",
            key=f"task:{task.pk}:withdrawn",
            day=by.day,
            url=task.url,
        )
    return closed


def _close(task: Task, doing: Doing, result: str, ask: str, *, withdrawn: bool) -> Task:
    result = result.strip()[:300]
    if not result:
        raise CannotTask(ask)
    # Of two who close it at once the second finds nothing to close.
    at = timezone.now()
    changed = Task.objects.filter(pk=task.pk, done_at__isnull=True).update(
        done_at=at, done_by=_name(doing), result=result, withdrawn=withdrawn
    )
    if not changed:
        raise CannotTask("这件事已经办结或者撤回，不用再办。")
    task.refresh_from_db()
    return task


def _name(doing: Doing) -> str:
    seat = f"（{doing.seat.get_kind_display()}）" if doing.seat else ""
    return f"{doing.actor.name}{seat}"[:60]


def _tell_given(task: Task, by: Actor, channels: tuple[str, ...]) -> None:
    lines = [f"{task.given_by}交给您办：{task.title}。"]
    if task.due_on:
        lines.append(f"最迟{task.due_on.year}年{task.due_on.month}月{task.due_on.day}日办完。")
    if task.why:
        lines.append(f"原因：{task.why}")
    tell(
        task.seat,
        subject=f"新的交办事项：{task.title}",
        body="".join(lines),
        key=f"task:{task.pk}:given",
        day=by.day,
        url=task.url,
        channels=channels,
    )
