"""催办、退回年报、督办意见: an office asks something of an agency below it; several reminders are one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import Doing, acting, several
from gongkai.tasks.actions.tasks import give_task

from ..board.orders import seats_to_answer
from ..models import Order, OrderEvent

WORDS = 600
"""Letters of a text at most."""


class CannotOrder(ValueError):
    """The order cannot be issued, answered or closed; says what to do."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of one agency."""

    kind: str
    title: str
    text: str
    due_on: date
    year: int | None = None


def issue(office: Agency, agency: Agency, wanted: Wanted, *, by: Actor) -> Order:
    """Issue an order with the next number of the office's year; the agency's clerk gets it as a task and is told.

    For the supervisor of an office above the agency. Raises `CannotOrder`, `NotAllowed`.
    """
    _be_whole(wanted, by.day)
    with acting(by, "order.issue", agency, kind=wanted.kind, year=wanted.year) as doing:
        held = Agency.objects.select_for_update(no_key=True).get(pk=office.pk)
        last = Order.objects.filter(office=held, issued_year=by.day.year).aggregate(n=Max("serial"))["n"] or 0
        seat = seats_to_answer([agency.pk]).get(agency.pk)
        order = Order.objects.create(
            office=held,
            agency=agency,
            issued_year=by.day.year,
            serial=last + 1,
            kind=wanted.kind,
            title=wanted.title.strip(),
            text=wanted.text.strip(),
            year=wanted.year,
            due_on=wanted.due_on,
            seat=seat,
            issued_at=timezone.now(),
            issued_by=named(doing),
            issuer_id=by.person.pk if by.person else None,
        )
        doing.detail["number"] = order.number
        write_event(order, OrderEvent.Act.ISSUE, doing, order.text)
        if seat is not None:
            hand_over(order, by)
    return order


def remind(office: Agency, wanted: Iterable[tuple[Agency, Wanted]], *, by: Actor) -> list[Order]:
    """催办 one or many agencies, all or none. For the supervisor of an office above them. Raises `CannotOrder`."""
    with several():
        return [issue(office, agency, one, by=by) for agency, one in wanted]


def hand_over(order: Order, by: Actor) -> None:
    """Give the agency's seat its task, which tells whoever works there."""
    if order.seat is None:
        return
    order.task = give_task(
        by=by,
        seat=order.seat,
        title=f"{order.get_kind_display()}：{order.title}"[:200],
        why=f"{order.office.name}发来{order.number}，请看内容，写明办理情况。",
        url=reverse("desk:order", args=[order.agency.slug, order.pk]),
        due_on=order.due_on,
        key=f"order:{order.pk}:{order.events.count()}",
    )
    order.save(update_fields=["task"])


def write_event(order: Order, act: str, doing: Doing, words: str) -> None:
    """Write down what happened to it."""
    OrderEvent.objects.create(
        order=order, act=act, at=timezone.now(), by=named(doing), words=words.strip()[:WORDS]
    )


def named(doing: Doing) -> str:
    """Who does it, with the seat."""
    seat = f"（{doing.seat.get_kind_display()}）" if doing.seat else ""
    return f"{doing.actor.name}{seat}"[:60]


def _be_whole(wanted: Wanted, day: date) -> None:
    if not wanted.title.strip():
        raise CannotOrder("请写明要办的事项。")
    if not wanted.text.strip():
        raise CannotOrder("请写明原因和要求，对方照着办理。")
    if wanted.due_on < day:
        raise CannotOrder("最迟哪一天答复不能早于今天，请改一个日期。")
