"""Reminders of cases: 7, 3 and 1 working days before the answer is due, when it is late, while receipt is not
confirmed, when an opinion is overdue (art. 31–34), and when a requester let the last day pass (art. 30, 35, 42). Idempotent: each step of a case is told once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Kind, Seat
from gongkai.dictionaries.queries import calendar
from gongkai.statute.days import in_words
from gongkai.statute.states import RUNNING
from gongkai.statute.workdays import WorkCalendar
from gongkai.tasks.jobs import register
from gongkai.tasks.telling import News, tell_many

from .lapsing import Asked, over_since
from .models import Consultation, InfoRequest
from .queries import overdue_opinions

STEPS = (1, 3, 7)
"""Working days left at which a reminder goes out; the nearest one counts."""
_UNCONFIRMED = "unconfirmed"


def step_of(case: InfoRequest, day: date, known: WorkCalendar) -> str:
    """Which reminder a case is at on a day: 7, 3, 1, late1 … lateN for every week over, unconfirmed, or none yet."""
    if case.state == _UNCONFIRMED:
        return _UNCONFIRMED
    if case.due_on is None:
        return ""
    if day > case.due_on:
        return f"late{(day - case.due_on).days // 7}"
    left = known.between(day, case.due_on)
    return next((str(step) for step in STEPS if left <= step), "")


def remind(now: datetime) -> str:
    """Tell who handles each case that has come to a step; the deputy too. A step that fell into a time when nothing
    ran is made up for by the nearest one. A handful of queries however many cases are open."""
    day = timezone.localdate(now)
    known = calendar()
    until = known.add(known.add(day, max(STEPS)), 1) - timedelta(days=1)
    running = InfoRequest.objects.filter(state__in=RUNNING, due_on__lte=until, closed_on__isnull=True)
    waiting = InfoRequest.objects.filter(state=_UNCONFIRMED, submitted_on__lt=day, closed_on__isnull=True)
    cases = [*running.select_related("agency"), *waiting.select_related("agency")]
    opinions, over = list(overdue_opinions(day)), over_since(day)
    others = [one.request for one in opinions] + [one.request for one in over]
    clerks = _clerks({case.agency_id for case in [*cases, *others]})
    with transaction.atomic():
        told = [
            *_told(cases, clerks, day, known),
            *_of_opinions(opinions, clerks, day),
            *_of_lapses(over, clerks, day),
        ]
        return f"发出提醒 {tell_many(told, day)} 条"


def _told(
    cases: list[InfoRequest], clerks: dict[int, list[Seat]], day: date, known: WorkCalendar
) -> Iterator[tuple[Seat, News]]:
    seats = _held(cases)
    for case in cases:
        step = step_of(case, day, known)
        if not step:
            continue
        own = seats.get(case.seat_id) if case.seat_id else None
        for seat in [own] if own is not None else clerks.get(case.agency_id, []):
            yield seat, _news(case, step, day, known)


def _held(cases: list[InfoRequest]) -> dict[int, Seat]:
    """The seats of the cases that somebody holds. One that nobody holds hears nothing: then the clerks are told, as for
    a case without a seat."""
    held = Seat.objects.filter(ended_on__isnull=True, person__is_active=True)
    return {seat.pk: seat for seat in held.filter(pk__in={case.seat_id for case in cases if case.seat_id})}


def _of_opinions(
    opinions: list[Consultation], clerks: dict[int, list[Seat]], day: date
) -> Iterator[tuple[Seat, News]]:
    """Awaited opinions whose time is over: on the first day after it, and every week."""
    seats = _held([one.request for one in opinions])
    for one in opinions:
        case, last = one.request, one.answer_by or day
        own = seats.get(case.seat_id) if case.seat_id else None
        news = News(
            key=f"request-opinion:{one.pk}:{last}:{(day - last).days // 7}",
            subject=f"请登记意见：{case.number}",
            body=f"{case.number}征求意见的期限到{in_words(last)}已满，以后的日子要计入答复期限。"
            "请登记对方的意见；没有答复的，登记“逾期没有答复”。",
            url=reverse("desk:request", args=[case.agency.slug, case.pk]),
            agency_id=case.agency_id,
        )
        for seat in [own] if own is not None else clerks.get(case.agency_id, []):
            yield seat, news


def _of_lapses(over: list[Asked], clerks: dict[int, list[Seat]], day: date) -> Iterator[tuple[Seat, News]]:
    """Requesters who let the last day pass: on the first day after it, and every week."""
    seats = _held([one.request for one in over])
    for one in over:
        case = one.request
        own = seats.get(case.seat_id) if case.seat_id else None
        earliest = "" if one.sure else "（按通知当天收到算，请核对申请人哪天收到）"
        news = News(
            key=f"request-over:{case.pk}:{one.act}:{one.last}:{(day - one.last).days // 7}",
            subject=f"{one.what}期限已过：{case.number}",
            body=f"{case.number}的申请人{one.what}的期限到{in_words(one.last)}已满{earliest}。请打开案件登记。",
            url=reverse("desk:request", args=[case.agency.slug, case.pk]),
            agency_id=case.agency_id,
        )
        for seat in [own] if own is not None else clerks.get(case.agency_id, []):
            yield seat, news


def _clerks(agencies: set[int]) -> dict[int, list[Seat]]:
    found: dict[int, list[Seat]] = {}
    for seat in Seat.objects.filter(agency_id__in=agencies, kind=Kind.CLERK, ended_on__isnull=True):
        found.setdefault(seat.agency_id or 0, []).append(seat)
    return found


def _news(case: InfoRequest, step: str, day: date, known: WorkCalendar) -> News:
    url = reverse("desk:request", args=[case.agency.slug, case.pk])
    if step == _UNCONFIRMED:
        lead, body = "待确认", f"{case.number}还没有与申请人确认收到，请今天联系申请人确认。"
    elif case.due_on is not None and step.startswith("late"):
        over = known.between(case.due_on, day)
        lead, body = (
            "已逾期",
            f"{case.number}应在{in_words(case.due_on)}前答复，已超过 {over} 个工作日，请尽快答复。",
        )
    else:
        left = known.between(day, case.due_on) if case.due_on else 0
        when = f"还剩 {left} 个工作日" if left else "今天是最后一天"
        lead, body = "快到期", f"{case.number}最迟{in_words(case.due_on or day)}答复，{when}。"
    # A due day that moved begins its reminders anew; while unconfirmed, one a day.
    mark = day if step == _UNCONFIRMED else case.due_on
    return News(
        key=f"request:{case.pk}:{mark}:{step}",
        subject=f"{lead}：{case.number}",
        body=body,
        url=url,
        agency_id=case.agency_id,
    )


def register_reminders() -> None:
    """Have the tick remind every ten minutes."""
    register("requests.remind", label="依申请公开期限提醒", every=timedelta(minutes=10), run=remind)
