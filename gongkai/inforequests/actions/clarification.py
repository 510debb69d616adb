"""补正: ask once for what is unclear, receive it, or let the request lapse (art. 30)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.agencies.actor import Actor
from gongkai.statute.days import in_words

from ..models import InfoRequest, RequesterMessage
from .base import CannotDo, moving
from .waiting import nothing_waits

RIGHT = "requests.handle"


def ask_clarification(
    request: InfoRequest, *, by: Actor, on: date, points: Sequence[str], until: date, guidance: str = ""
) -> None:
    """Tell the requester once, within seven working days of receipt, all that is unclear and by which day to mend it.

    `points` are the unclear points, each a sentence; `until` the last day given, `guidance` how to mend it. A notice
    after the seven working days is taken (the requester needs it all the same); `asked_in_time` tells of it, by the day
    on which its letter went out. Raises `CannotDo` without a point or with a day that leaves no time.
    """
    told = [point.strip() for point in points if point.strip()]
    if not told:
        raise CannotDo("请写明要补正的内容，每一点写一句。")
    if until <= on:
        raise CannotDo(f"补正的最后一天{in_words(until)}要在发出告知书的{in_words(on)}之后。")
    with moving(request, "ask_clarification", by=by, right=RIGHT, on=on, points=told) as step:
        step.data |= {"until": until.isoformat(), "guidance": guidance.strip()}


def receive_clarification(request: InfoRequest, *, by: Actor, on: date, content: str, said: str = "") -> None:
    """Write down the corrected request; the period for the answer begins anew on the day after (art. 30).

    `content` is the request as corrected: what was asked before is kept in the course of the case. Raises `CannotDo`
    for words that are those of before, and while an answer sent online waits unread.
    """
    if not content.strip():
        raise CannotDo("请填写补正后的申请内容。")
    with moving(request, "receive_clarification", by=by, right=RIGHT, on=on, said=said) as step:
        nothing_waits(step.request, RequesterMessage.Kind.CLARIFICATION)
        if content.split() == step.request.content.split():
            raise CannotDo("内容和补正以前一样。请照申请人补正的写进去：原来的内容加上补正的内容。")
        step.data["before"] = step.request.content
        step.request.content = content.strip()


def lapse_no_clarification(request: InfoRequest, *, by: Actor, on: date) -> None:
    """Handle the request no further: the time for correcting is over without good reason (art. 30, row （六）1)."""
    with moving(request, "lapse_no_clarification", by=by, right=RIGHT, on=on) as step:
        nothing_waits(step.request, RequesterMessage.Kind.CLARIFICATION)
        asked = next(event for event in reversed(step.events) if event.act == "ask_clarification")
        until = date.fromisoformat(asked.data["until"])
        if on <= until:
            raise CannotDo(f"补正期限到{in_words(until)}为止，这一天以后才能按逾期不补正处理。")
        step.outcome = step.request.reply = "other_no_correction"
