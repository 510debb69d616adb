"""Findings as tasks: for each rule one task of a seat, as long as anything of it is open there."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Min, Q
from django.urls import reverse

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Seat
from gongkai.statute.inspection import RULES
from gongkai.tasks.actions.tasks import CannotTask, do_task, give_task
from gongkai.tasks.models import Task
from gongkai.tasks.telling import ALL, DESK_ONLY

from ..models import Finding
from .found import Found, Round
from .keeping import Owners

SAYS = "复查没有再发现这些问题，或者已经说明理由、转给别的岗位。"
_LOT = 500


def hand_out(round_: Round, owners: Owners) -> int:
    """Give every open finding its task, the one that is open for its rule and seat if there is; how many new tasks.

    A finding whose task was closed by hand is not put right by that: it gets a new one.
    """
    rows = Finding.objects.filter(agency=round_.agency, state=Finding.State.OPEN)
    rows = rows.filter(Q(task__isnull=True) | Q(task__done_at__isnull=False))
    loose: dict[tuple[str, int], list[int]] = defaultdict(list)
    instead: dict[str, Seat | None] = {}
    told = rows.order_by("id").values_list("pk", "rule", "seat", "seat__ended_on")
    for pk, rule, seat, ended in told.iterator(chunk_size=2000):
        if (seat is None or ended is not None) and rule not in instead:
            instead[rule] = owners.of(Found(rule, "", ""))
        standing = instead.get(rule) if seat is None or ended is not None else None
        number = seat if ended is None and seat is not None else standing.pk if standing else None
        if number is not None:
            loose[rule, number].append(pk)
    return sum(_hand(round_, rule, seat, numbers) for (rule, seat), numbers in loose.items())


def _hand(round_: Round, rule: str, seat: int, numbers: list[int]) -> int:
    task = Task.objects.filter(
        seat=seat, done_at__isnull=True, findings__rule=rule, findings__state=Finding.State.OPEN
    ).first()
    given = task is None
    task = task or _give(round_, rule, Seat.objects.get(pk=seat), numbers)
    for start in range(0, len(numbers), _LOT):
        lot = Finding.objects.filter(pk__in=numbers[start : start + _LOT])
        lot.update(task=task, seat=seat)
    return int(given)


def _give(round_: Round, rule: str, seat: Seat, numbers: list[int]) -> Task:
    due = round_.day
    for start in range(0, len(numbers), _LOT):
        first = Finding.objects.filter(pk__in=numbers[start : start + _LOT]).aggregate(due=Min("due_on"))[
            "due"
        ]
        due = max(round_.day, first) if start == 0 else max(round_.day, min(due, first))
    told = RULES[rule]
    url = reverse("desk:oversight", args=[round_.agency.slug])
    return give_task(
        by=Actor.system(round_.day, "自查"),
        seat=seat,
        title=f"自查发现：{told.label}（{len(numbers)}处）",
        why=told.do,
        url=f"{url}?rule={rule}",
        due_on=due,
        key=f"inspection:{round_.agency.pk}:{rule}:{seat.pk}:{round_.now.isoformat()}",
        channels=ALL if told.veto else DESK_ONLY,
    )


def close_done(agency: Agency, day: date) -> int:
    """Close the tasks of which nothing is open any more, and move the day of the others to the nearest one left."""
    by, closed = Actor.system(day, "自查"), 0
    open_tasks = Task.objects.filter(agency=agency, done_at__isnull=True, findings__isnull=False).distinct()
    left = {
        row["task"]: row["due"]
        for row in Finding.objects.filter(agency=agency, state=Finding.State.OPEN, task__isnull=False)
        .order_by()
        .values("task")
        .annotate(due=Min("due_on"))
    }
    for task in open_tasks:
        if task.pk not in left:
            closed += _do(task, by)
        elif task.due_on != left[task.pk]:
            Task.objects.filter(pk=task.pk, done_at__isnull=True).update(due_on=left[task.pk])
    return closed


def _do(task: Task, by: Actor) -> int:
    try:
        do_task(task, by=by, result=SAYS)
    except CannotTask:
        # Somebody closed it by hand just now.
        return 0
    return 1


def hand_to(finding: Finding, round_: Round, before: Task | None) -> None:
    """Give a finding that now lies with another seat its task there; the one it had is closed if nothing is left."""
    if finding.seat_id is not None:
        _hand(round_, finding.rule, finding.seat_id, [finding.pk])
    close_done(round_.agency, round_.day)
    if before is None or before.done_at is not None:
        return
    if not before.findings.filter(state=Finding.State.OPEN).exists():
        _do(before, Actor.system(round_.day, "自查"))


def move_findings(seat: Seat, to: Seat) -> int:
    """Give what is open in one seat to another, along with its tasks; told of by the tasks, so it counts nothing."""
    Finding.objects.filter(seat=seat, state=Finding.State.OPEN).update(seat=to)
    return 0
