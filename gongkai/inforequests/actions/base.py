"""The one way in which a request moves: lock, right, move of the law's table, event, state, due day, trail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.dictionaries.queries import calendar
from gongkai.statute.days import in_words
from gongkai.statute.states import CLOSED, ImpossibleMove, move
from gongkai.statute.workdays import WorkCalendar

from ..deadlines import deadline_of
from ..models import InfoRequest, RequestEvent
from ..passing_on import pass_on
from ..searching import index_request
from .errand_tasks import take_back_errands


class CannotDo(ValueError):
    """The act cannot be done as asked; the message says in Chinese what to do instead."""


@dataclass(slots=True)
class Step:
    """A move under way: the locked request, the event about to be written, what its act adds to it."""

    request: InfoRequest
    events: list[RequestEvent]
    on: date
    data: dict[str, Any] = field(default_factory=dict)
    said: str = ""
    outcome: str = ""
    """A row of table three, from the acts that close a request."""

    def done(self) -> list[str]:
        """The acts done since the case was last reopened."""
        return done_since_reopened(self.events)


def done_since_reopened(events: list[RequestEvent]) -> list[str]:
    """The acts that count for what is open only once."""
    last = max((n for n, event in enumerate(events) if event.act == "reopen"), default=-1)
    return [event.act for event in events[last + 1 :]]


@contextmanager
def moving(
    request: InfoRequest, act: str, *, by: Actor, right: str, on: date, said: str = "", **data: Any
) -> Iterator[Step]:
    """Make one move of `statute.states` on a request; the act's own work is done inside.

    In one transaction: the row is locked and read anew, the right asked, the move looked up, the act's own work
    done, the event written, the state set, the due day counted anew, who is next told, the trail written. `on` is the day that
    counts for the law, not later than today and not before the last event. Raises `NotAllowed`, `ImpossibleMove`,
    `CannotDo`; then nothing is changed.
    """
    with acting(by, right, request, move=act) as doing:
        locked = (
            InfoRequest.objects.select_for_update(no_key=True, of=("self",))
            .select_related("agency")
            .get(pk=request.pk)
        )
        events = list(locked.events.all())
        row = move(locked.state, act, done_since_reopened(events))
        _in_order(on, events, by.day)
        step = Step(locked, events, on, dict(data), said)
        yield step
        event = RequestEvent.objects.create(
            request=locked,
            serial=len(events) + 1,
            act=act,
            from_state=locked.state,
            to_state=row.to_state,
            on=on,
            at=timezone.now(),
            by=by.name,
            seat=by.who(doing.seat).seat,
            said=step.said,
            data=step.data,
        )
        events.append(event)
        _settle(locked, row.to_state, step, events)
        if row.to_state in CLOSED:
            take_back_errands(locked, by=by)
        pass_on(locked, event, by)
        doing.target = locked
    request.refresh_from_db()


def _in_order(on: date, events: list[RequestEvent], today: date) -> None:
    if on > today:
        raise CannotDo(f"日期{in_words(on)}还没有到，请填今天或者以前的日期。")
    if events and on < events[-1].on:
        raise CannotDo(
            f"日期{in_words(on)}早于上一步“{events[-1].act_label}”的{in_words(events[-1].on)}，请核对两个日期。"
        )


def _settle(request: InfoRequest, state: str, step: Step, events: list[RequestEvent]) -> None:
    """Set the state and what follows from it."""
    request.state = state
    if state in CLOSED and not request.closed_on and step.outcome:
        request.closed_on, request.outcome = step.on, step.outcome
    elif state not in CLOSED:
        request.closed_on, request.outcome = None, ""
    set_due(request, events)
    request.save()
    index_request(request)


def set_due(request: InfoRequest, events: list[RequestEvent], known: WorkCalendar | None = None) -> bool:
    """Count the due day anew and keep it on the row, not saved; True when it moved."""
    before = (request.due_on, request.due_provisional)
    counted = deadline_of(request, events, list(request.consultations.all()), known or calendar())
    if request.state not in CLOSED:
        request.due_on = counted.due if counted else None
        request.due_provisional = bool(counted and counted.provisional)
    return before != (request.due_on, request.due_provisional)


__all__ = ["CannotDo", "ImpossibleMove", "Step", "done_since_reopened", "moving", "set_due"]
