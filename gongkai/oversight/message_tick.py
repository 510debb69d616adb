"""What comes round for messages: reminders 3 and 1 working days before the last day and every week after it, data of
senders that is kept no longer; and what the inspection and the report ask. Idempotent: each step is told once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Kind, Seat
from gongkai.dictionaries.queries import calendar
from gongkai.reports.fact_sources import register_facts
from gongkai.tasks.jobs import register
from gongkai.tasks.telling import News, tell_many

from .actions.message_erasing import erase
from .message_clock import BY_NAME, Clock, clock_of, periods_for
from .message_counts import facts
from .messages import Unanswered, register_messages
from .models import DONE, OPEN, Message, MessageInquiry

STEPS = (1, 3)
"""Working days left at which a reminder goes out."""
A_LOT = 200
"""Senders that one round forgets at most."""


def unanswered(agency: Agency, day: date) -> Iterator[Unanswered]:
    """What the self-inspection counts: messages that are not answered, refused or passed on; one query."""
    for one in Message.objects.filter(agency=agency, state__in=OPEN).order_by("received_on", "id"):
        yield Unanswered(
            str(one.pk),
            f"{one.get_kind_display()}{one.number}",
            one.received_on,
            reverse("desk:message", args=[agency.slug, one.pk]),
        )


def remind(now: datetime) -> str:
    """Tell who handles each message, and each account owed, that has come to a step; a handful of queries."""
    day = timezone.localdate(now)
    until = calendar().add(calendar().add(day, max(STEPS)), 1) - timedelta(days=1)
    near = Message.objects.filter(state__in=OPEN).select_related("agency")
    messages = [
        *near.filter(due_on__lte=until),
        *near.filter(state="new", due_on__gt=until, accept_by__lte=until),
    ]
    owed = list(
        MessageInquiry.objects.filter(answered_on__isnull=True, due_on__lte=until).select_related("agency")
    )
    seats = _seats({one.agency_id for one in messages} | {one.agency_id for one in owed})
    news = [*_of_messages(messages, day), *_of_inquiries(owed, day)]
    with transaction.atomic():
        told = [(seat, one) for one in news for seat in seats.get(one.agency_id or 0, [])]
        return f"发出提醒 {tell_many(told, day)} 条"


def _seats(agencies: set[int]) -> dict[int, list[Seat]]:
    kinds = (Kind.CLERK, Kind.SUPERVISOR)
    found: dict[int, list[Seat]] = {}
    for seat in Seat.objects.filter(agency_id__in=agencies, kind__in=kinds, ended_on__isnull=True):
        found.setdefault(seat.agency_id or 0, []).append(seat)
    return found


def _step(clock: Clock) -> str:
    if clock.late_by:
        return f"late{clock.late_by // 7}"
    return next((str(step) for step in STEPS if clock.left <= step), "")


def _news(key: str, what: str, clock: Clock, url: str, agency: int) -> Iterator[News]:
    step = _step(clock)
    if step:
        lead = "已逾期" if clock.late_by else "快到期"
        body = f"{what}：{clock.words}。{'请尽快办。' if clock.late_by else ''}"
        yield News(f"{key}:{clock.due_on}:{step}", f"{lead}：{what}", body, url, agency)


def _of_messages(messages: list[Message], day: date) -> Iterator[News]:
    for one in messages:
        clock = clock_of(one, day)
        if clock is not None:
            url = reverse("desk:message", args=[one.agency.slug, one.pk])
            what = f"{one.get_kind_display()}{one.number}"
            yield from _news(f"message:{one.pk}:{clock.what}", what, clock, url, one.agency_id)


def _of_inquiries(inquiries: list[MessageInquiry], day: date) -> Iterator[News]:
    for one in inquiries:
        late = max(0, (day - one.due_on).days)
        clock = Clock(one.due_on, 0 if late else calendar().between(day, one.due_on), late, "说明情况")
        url = reverse("desk:message-inquiry", args=[one.agency.slug, one.pk])
        yield from _news(f"inquiry:{one.pk}", "向主管部门说明情况", clock, url, one.agency_id)


def forget(now: datetime) -> str:
    """Forget the senders of messages done long enough ago."""
    day = timezone.localdate(now)
    by = Actor.system(day, "清除过期的留言人资料")
    least = day - timedelta(days=BY_NAME["keep"].least)
    old = Message.objects.filter(state__in=DONE, ended_on__lte=least, erased_on__isnull=True)
    kept: dict[int, int] = {}
    gone = 0
    for one in old.select_related("agency").order_by("ended_on", "id").iterator(chunk_size=500):
        if one.agency_id not in kept:
            kept[one.agency_id] = periods_for(one.agency).of("keep")
        if one.ended_on is not None and one.ended_on + timedelta(days=kept[one.agency_id]) <= day:
            erase(one, by=by)
            gone += 1
        if gone >= A_LOT:
            break
    return f"清除 {gone} 件留言的留言人资料" if gone else ""


def register_message_work() -> None:
    """Say to the tick, the inspection and the report what there is."""
    register("messages.remind", label="留言和投诉期限提醒", every=timedelta(minutes=10), run=remind)
    register("messages.forget", label="清除过期的留言人资料", every=timedelta(hours=6), run=forget)
    register_messages("public", unanswered)
    register_facts("messages", "留言和投诉", facts)
