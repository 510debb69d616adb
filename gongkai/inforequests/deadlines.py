"""The due day of a case: what it was put through, as events of the law's clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from gongkai.statute.clock import Clarified, Consulted, Deadline, Event, Extended, Paid, deadline
from gongkai.statute.days import in_words
from gongkai.statute.periods import opinion_ended_on
from gongkai.statute.refs import Ref
from gongkai.statute.workdays import WorkCalendar

from .models import Consultation, InfoRequest, RequestEvent

_STARTS = {"reopen"}
_LATER = Ref("ogi", 35)


def clock_events(
    events: Sequence[RequestEvent], consultations: Sequence[Consultation], calendar: WorkCalendar
) -> Iterator[Event]:
    """The events of the clock, since the case was last reopened. A consultation takes no more than the fifteen working
    days from the day the letter arrived, however late its end is written down."""
    latest = max((event.serial for event in events if event.act in _STARTS), default=0)
    for event in events:
        if event.serial <= latest:
            continue
        if event.act == "receive_clarification":
            yield Clarified(event.on)
        elif event.act == "receive_payment":
            yield Paid(event.on)
        elif event.act == "extend":
            yield Extended(event.on, int(event.data["days"]))
    for one in consulted_since(events, consultations):
        at_most = opinion_ended_on(one.reached_on, None, calendar) if one.reached_on else None
        yield Consulted(one.sent_on, one.ended_on, at_most)


def consulted_since(
    events: Sequence[RequestEvent], consultations: Sequence[Consultation]
) -> list[Consultation]:
    """The consultations begun since the case was last reopened. One that was still open when the request was withdrawn
    is awaited no more, should the case be reopened: neither for the clock nor for the last opinion to come in."""
    latest = max((event.serial for event in events if event.act in _STARTS), default=0)
    if not latest:
        return list(consultations)
    begun = {event.data.get("consultation") for event in events if event.serial > latest}
    return [one for one in consultations if one.pk in begun]


def day_zero(request: InfoRequest, events: Sequence[RequestEvent]) -> date | None:
    """The day from which the period runs: of receipt, or of the decision that had the case reopened."""
    return max((event.on for event in events if event.act in _STARTS), default=request.received_on)


def later_date(events: Sequence[RequestEvent]) -> date | None:
    """The later day notified to the requester (art. 35) since the case was last reopened, the last one if there were
    several: what was put off before belongs to the answer that was undone."""
    latest = max((event.serial for event in events if event.act in _STARTS), default=0)
    told = [event for event in events if event.act == "set_later_date" and event.serial > latest]
    return date.fromisoformat(told[-1].data["until"]) if told else None


def ordered_date(events: Sequence[RequestEvent]) -> date | None:
    """The day by which the organ or court that had the case reopened wants the answer; None where it set none."""
    ordered = [event for event in events if event.act == "reopen"]
    until = ordered[-1].data.get("until") if ordered else None
    return date.fromisoformat(until) if until else None


def deadline_of(
    request: InfoRequest,
    events: Sequence[RequestEvent],
    consultations: Sequence[Consultation],
    calendar: WorkCalendar,
    *,
    as_of: date | None = None,
) -> Deadline | None:
    """When the answer is due, with its steps; None while the request does not yet count as received."""
    start = day_zero(request, events)
    if start is None:
        return None
    found = deadline(start, clock_events(events, consultations, calendar), calendar, as_of=as_of)
    if any(event.act in _STARTS for event in events):
        first, *rest = found.steps
        found = replace(found, steps=(first.replace("收到申请", "重新办理", 1), *rest))
    ordered, later = ordered_date(events), later_date(events)
    if ordered is not None:
        told = f"复议决定或者判决要求在{in_words(ordered)}前重新答复，以这一天为准。"
        return _moved(found, ordered, told)
    if later is not None and later > found.due:
        return _moved(found, later, f"已告知申请人延迟到{in_words(later)}答复（{_LATER}）。")
    return found


def _moved(found: Deadline, due: date, told: str) -> Deadline:
    return Deadline(due, found.running, False, (*found.steps, told))
