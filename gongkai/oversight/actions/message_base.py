"""The one way in which a message moves: right, lock, move, event, state, trail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Kind, Seat
from gongkai.agencies.rights import acting
from gongkai.tasks.telling import tell

from ..message_moves import MOVES
from ..models import DONE, Message, MessageEvent


class CannotDo(ValueError):
    """The act cannot be done as asked; the message says in Chinese what to do instead."""


@dataclass(slots=True)
class Step:
    """A move under way: the locked message, and what is written down of it."""

    message: Message
    said: str = ""
    told: str = ""
    to: str = ""


@contextmanager
def moving(
    message: Message, act: str, *, by: Actor, right: str = "message.handle", **detail: Any
) -> Iterator[Step]:
    """Make one move: in one transaction the right is asked, the row locked and read anew, the move looked up, the
    act's own work done, the event and the state written, and the trail. Raises `NotAllowed`, `CannotDo`."""
    with acting(by, right, message, move=act, **detail) as doing:
        rows = Message.objects.select_for_update(no_key=True, of=("self",))
        locked = rows.select_related("agency", "through", "about").get(pk=message.pk)
        move = MOVES[act]
        if locked.state not in move.states:
            raise CannotDo(
                f"现在是“{locked.get_state_display()}”，不能“{move.label}”。请刷新页面看最新情况。"
            )
        before = locked.state
        step = Step(locked, to=move.to)
        yield step
        locked.state = step.to or before
        if locked.state in DONE and locked.ended_on is None:
            locked.ended_on = by.day
        locked.save()
        write_event(locked, act, before, step, by=by, seat=doing.seat)
        doing.target = locked
    message.refresh_from_db()


def write_event(
    message: Message,
    act: str,
    before: str,
    step: Step,
    *,
    by: Actor,
    seat: Seat | None,
    on: date | None = None,
) -> MessageEvent:
    """Write down what was done, inside the act."""
    serial = MessageEvent.objects.filter(message=message).count() + 1
    return MessageEvent.objects.create(
        message=message,
        serial=serial,
        act=act,
        from_state=before,
        to_state=message.state,
        on=on or by.day,
        at=timezone.now(),
        by=by.name[:60],
        seat=by.who(seat).seat,
        said=step.said,
        told=step.told,
    )


def needed(text: str, what: str, most: int = 3000) -> str:
    """The words without blanks around; raises `CannotDo` for none or too many."""
    text = text.strip()
    if not text:
        raise CannotDo(f"请写明{what}。")
    if len(text) > most:
        raise CannotDo(f"{what}最多 {most} 个字，现在有 {len(text)} 个字。")
    return text


def tell_handlers(message: Message, key: str, subject: str, body: str, day: date, *kinds: Kind) -> None:
    """Tell those who handle messages at its agency; nothing of who wrote goes into it."""
    url = reverse("desk:message", args=[message.agency.slug, message.pk])
    wanted = kinds or (Kind.CLERK, Kind.SUPERVISOR)
    for seat in Seat.objects.filter(agency=message.agency, kind__in=wanted, ended_on__isnull=True):
        tell(seat, subject=subject, body=body, key=f"message:{message.pk}:{key}:{seat.pk}", day=day, url=url)
