"""What is asked about the orders of an office (督办单), and the words that are proposed for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Case, F, QuerySet, When

from gongkai.agencies.models import Agency, Kind, Seat
from gongkai.dictionaries.queries import calendar

from ..models import Order, OrderEvent
from .lines import Line

ANSWER_DAYS = 3
"""Working days for an answer until another day is typed."""
NoOrder = Order.DoesNotExist
"""There is no such order, or not for this agency."""
KINDS = Order.Kind.choices
STATES = Order.State.choices
_CHAIN = (Kind.CLERK, Kind.OGI_HEAD, Kind.LEADER, Kind.HEAD)


def orders_from(office: Agency, state: str = "") -> QuerySet[Order]:
    """What the office issued, those that were answered first, then the nearest day; closed ones last."""
    rows = Order.objects.filter(office=office).select_related("agency")
    return _in_order(rows.filter(state=state) if state else rows)


def orders_to(agency: Agency) -> QuerySet[Order]:
    """What the agency was sent, open ones first."""
    return _in_order(Order.objects.filter(agency=agency).select_related("office"))


def _in_order(rows: QuerySet[Order]) -> QuerySet[Order]:
    rank = Case(When(state="answered", then=0), When(state="open", then=1), default=2)
    return rows.order_by(rank, F("closed_at").desc(nulls_first=True), "due_on", "-id")


def order_from(office: Agency, pk: int) -> Order:
    """One that the office issued; raises `NoOrder`."""
    return Order.objects.select_related("agency", "office", "seat__section").get(office=office, pk=pk)


def order_to(agency: Agency, pk: int) -> Order:
    """One that the agency was sent; raises `NoOrder`."""
    return Order.objects.select_related("agency", "office", "seat__section").get(agency=agency, pk=pk)


def events_of(order: Order) -> list[OrderEvent]:
    """What happened to it, the first first."""
    return list(order.events.all())


def owed_by(agency: Agency) -> list[Order]:
    """What the agency still has to answer, the nearest day first."""
    return list(
        Order.objects.filter(agency=agency, state=Order.State.OPEN)
        .select_related("office", "task")
        .order_by("due_on", "id")
    )


def seats_to_answer(agencies: Collection[int]) -> dict[int, Seat]:
    """Who answers for each agency: the clerk, else the head of the office, the leader, the head; held seats first."""
    rows = Seat.objects.filter(
        agency__in=list(agencies), kind__in=_CHAIN, section__isnull=True, ended_on__isnull=True
    ).select_related("agency", "person")
    found: dict[int, Seat] = {}
    for seat in sorted(rows, key=lambda one: (not _works(one), _CHAIN.index(Kind(one.kind)), one.pk)):
        found.setdefault(seat.agency_id or 0, seat)
    return found


def _works(seat: Seat) -> bool:
    return seat.person is not None and seat.person.is_active


def answer_by(day: date) -> date:
    """The day that is proposed for an answer."""
    return calendar().add(day, ANSWER_DAYS)


def reminder(line: Line, day: date) -> tuple[str, str]:
    """Title and text of a reminder about requests past their day, in figures alone."""
    title = f"{line.overdue}件政府信息公开申请超过答复期限"
    oldest = line.oldest or day
    text = (
        f"你单位有{line.overdue}件政府信息公开申请超过答复期限没有答复，最早的一件应在"
        f"{oldest.year}年{oldest.month}月{oldest.day}日以前答复，已经超过{(day - oldest).days}天。"
        "请今天就逐件办理：能答复的马上答复；在“申请”里选“逾期没有答复的”就能看到是哪几件。"
        "办理情况请在这张督办单里答复。"
    )
    return title, text
