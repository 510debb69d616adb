"""督办单销号、要求重新答复: what the office makes of an answer."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.tasks.actions.tasks import CannotTask, withdraw_task

from ..board.orders import seats_to_answer
from ..models import Order, OrderEvent
from .answer_order import locked
from .orders import CannotOrder, hand_over, write_event


def close(order: Order, words: str, *, by: Actor) -> Order:
    """销号: nothing more is asked. One that was not answered is taken back with its task.

    For the supervisor of an office above. Raises `CannotOrder` for one that is closed, and without a word.
    """
    words = words.strip()
    if not words:
        raise CannotOrder("请用一句话写明为什么销号。")
    with acting(by, "order.close", order, number=order.number) as doing:
        row = locked(order)
        if row.state == Order.State.CLOSED:
            raise CannotOrder("这张督办单已经销号。")
        row.state, row.closed_at = Order.State.CLOSED, timezone.now()
        row.save(update_fields=["state", "closed_at"])
        write_event(row, OrderEvent.Act.CLOSE, doing, words)
        if row.task is not None and row.task.done_at is None:
            # Somebody may have closed it by hand just now.
            with suppress(CannotTask):
                withdraw_task(row.task, by=by, reason=words[:300])
    return row


def again(order: Order, words: str, due_on: date, *, by: Actor) -> Order:
    """要求重新答复: the answer is not enough, with the reason and another day; the agency gets a new task.

    For the supervisor of an office above. Raises `CannotOrder`.
    """
    words = words.strip()
    if not words:
        raise CannotOrder("请写明答复还差什么、要怎样办。")
    if due_on < by.day:
        raise CannotOrder("最迟哪一天答复不能早于今天，请改一个日期。")
    with acting(by, "order.close", order, number=order.number, again=True) as doing:
        row = locked(order)
        if row.state != Order.State.ANSWERED:
            raise CannotOrder("还没有答复，或者已经销号，不能要求重新答复。")
        row.state, row.due_on = Order.State.OPEN, due_on
        row.seat = seats_to_answer([row.agency_id]).get(row.agency_id)
        row.save(update_fields=["state", "due_on", "seat"])
        write_event(row, OrderEvent.Act.AGAIN, doing, words)
        hand_over(row, by)
    return row
