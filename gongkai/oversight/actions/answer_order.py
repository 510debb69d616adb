"""答复督办单: the agency says what it did; then the office has it."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Kind, Person, Seat
from gongkai.agencies.rights import acting
from gongkai.tasks.actions.tasks import CannotTask, do_task
from gongkai.tasks.telling import DESK_ONLY, tell

from ..models import Order, OrderEvent
from .orders import WORDS, CannotOrder, write_event


def answer(order: Order, text: str, *, by: Actor) -> Order:
    """Answer an order: its task is done, and the office is told.

    For the clerk and the heads of the agency. Raises `CannotOrder`.
    """
    text = text.strip()
    if not text:
        raise CannotOrder("请写明办到哪里了、怎样办的、还差什么。")
    if len(text) > WORDS:
        raise CannotOrder(f"答复最多 {WORDS} 个字，请写短一些。")
    with acting(by, "order.answer", order, number=order.number) as doing:
        row = locked(order)
        if row.state != Order.State.OPEN:
            raise CannotOrder(f"这张督办单{row.get_state_display()}，不用再答复。")
        row.state, row.answer, row.answered_at = Order.State.ANSWERED, text, timezone.now()
        row.save(update_fields=["state", "answer", "answered_at"])
        write_event(row, OrderEvent.Act.ANSWER, doing, text)
        _do(row, by)
        _tell(row, by)
    return row


def locked(order: Order) -> Order:
    """The order as it stands, kept from changing until the transaction ends."""
    rows = Order.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("agency", "office", "task", "seat").get(pk=order.pk)


def _do(order: Order, by: Actor) -> None:
    if order.task is None or order.task.done_at is not None:
        return
    try:
        do_task(order.task, by=Actor.system(by.day, by.name), result="已答复督办单。")
    except CannotTask:
        # Somebody closed it by hand just now.
        return


def _tell(order: Order, by: Actor) -> None:
    """The supervisors of the office; whoever issued it among them."""
    seats = Seat.objects.filter(agency=order.office, kind=Kind.SUPERVISOR, ended_on__isnull=True)

    for person in Person.objects.filter(pk__in=seats.values("person"), is_active=True):
        tell(
            person,
            subject=f"{order.agency.name}答复了{order.number}",
            body=f"{order.agency.name}答复了{order.number}“{order.title}”，请看答复，销号或者要求重新答复。",
            key=f"order:{order.pk}:answer:{order.events.count()}",
            day=by.day,
            url=reverse("desk:county-order", args=[order.office.slug, order.pk]),
            channels=DESK_ONLY,
            agency_id=order.office_id,
        )
