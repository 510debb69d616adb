"""Reminders of cases: our own 答复书 or 答辩状, and requests to be handled anew, 7, 3 and 1 working days before the last
day, on it, and every week after. Idempotent: each step of a case is told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Kind, Seat
from gongkai.dictionaries.queries import calendar
from gongkai.statute.days import in_words
from gongkai.statute.workdays import WorkCalendar
from gongkai.tasks.jobs import register
from gongkai.tasks.telling import News, tell_many

from .models import Remedy
from .queries import answers_owed, redos_owed

STEPS = (0, 1, 3, 7)
"""Working days left at which a reminder goes out; the nearest one counts."""


def paper_of(case: Remedy) -> str:
    """What we hand in: 答复书 in a reconsideration, 答辩状 in a lawsuit."""
    return "答复书" if case.track == Remedy.Track.RECONSIDERATION else "答辩状"


def step_of(last: date, day: date, known: WorkCalendar) -> str:
    """Which reminder a last day is at on a day: 7, 3, 1, 0, late0 … for every week over, or none yet."""
    if day > last:
        return f"late{(day - last).days // 7}"
    left = known.between(day, last)
    return next((str(step) for step in STEPS if left <= step), "")


@dataclass(frozen=True, slots=True)
class _Due:
    """One thing with its last day: `what` marks its kind in the key, `done` says what has to be done, without names."""

    case: Remedy
    last: date
    what: str
    done: str


def remind(now: datetime) -> str:
    """Tell who handles each case that has come to a step; the deputy too. A handful of queries however many."""
    day = timezone.localdate(now)
    known = calendar()
    until = known.add(known.add(day, max(STEPS)), 1) - timedelta(days=1)
    due = list(_due(until))
    seats = _seats({one.case.agency_id for one in due})
    with transaction.atomic():
        return f"发出提醒 {tell_many(_told(due, seats, day, known), day)} 条"


def _due(until: date) -> Iterator[_Due]:
    for case in answers_owed().filter(answer_by__lte=until):
        yield _Due(case, case.answer_by or until, "answer", f"提交{paper_of(case)}")
    for case in redos_owed().filter(redo_by__lte=until):
        yield _Due(case, case.redo_by or until, "redo", "重新办理并答复")


def _seats(agencies: set[int]) -> dict[int, list[Seat]]:
    """Who is told: the live clerks' seats of each agency."""
    found: dict[int, list[Seat]] = {}
    for seat in Seat.objects.filter(agency_id__in=agencies, kind=Kind.CLERK, ended_on__isnull=True):
        found.setdefault(seat.agency_id or 0, []).append(seat)
    return found


def _told(
    due: Iterable[_Due], seats: dict[int, list[Seat]], day: date, known: WorkCalendar
) -> Iterator[tuple[Seat, News]]:
    for one in due:
        step = step_of(one.last, day, known)
        if step:
            news = _news(one, step, day, known)
            yield from ((seat, news) for seat in seats.get(one.case.agency_id, []))


def _news(one: _Due, step: str, day: date, known: WorkCalendar) -> News:
    case = one.case
    kind = "行政复议" if case.track == Remedy.Track.RECONSIDERATION else "行政诉讼"
    if step.startswith("late"):
        lead = "已逾期"
        body = f"{kind}{case.number}应在{in_words(one.last)}前{one.done}，已经过期，请尽快办。"
    else:
        left = known.between(day, one.last)
        lead = "快到期"
        when = f"还剩 {left} 个工作日" if left else "今天是最后一天"
        body = f"{kind}{case.number}最迟{in_words(one.last)}{one.done}，{when}。"
    return News(
        key=f"remedy:{case.pk}:{one.what}:{one.last}:{step}",
        subject=f"{lead}：{case.number}",
        body=body,
        url=reverse("desk:remedy", args=[case.agency.slug, case.pk]),
        agency_id=case.agency_id,
    )


def register_reminders() -> None:
    """Have the tick remind every ten minutes."""
    register("remedies.remind", label="复议诉讼期限提醒", every=timedelta(minutes=10), run=remind)
