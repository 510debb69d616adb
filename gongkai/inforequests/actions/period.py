"""期限: extend it (art. 33), ask for reasons and set a later day where too much is asked (art. 35)."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.actor import Actor
from gongkai.statute.days import in_words
from gongkai.statute.events import MAX_EXTENSION

from ..models import InfoRequest, RequesterMessage
from .base import CannotDo, moving
from .waiting import nothing_waits

RIGHT = "requests.handle"


def extend(request: InfoRequest, *, by: Actor, on: date, days: int, reason: str) -> None:
    """Extend the period by 1 to 20 working days, once, before it is over; the OGI head's consent is this act.

    The requester has to be told (letter 延期答复告知书). Raises `CannotDo` after the due day or without a reason.
    """
    if not 1 <= days <= MAX_EXTENSION:
        raise CannotDo(f"延期最长{MAX_EXTENSION}个工作日，请填1到{MAX_EXTENSION}。")
    if not reason.strip():
        raise CannotDo("请写明延期的理由，告知书里要写。")
    with moving(
        request, "extend", by=by, right="requests.extend", on=on, days=days, reason=reason.strip()
    ) as step:
        if step.request.due_on and on > step.request.due_on:
            raise CannotDo(f"答复期限到{in_words(step.request.due_on)}已经届满，不能再延期；请尽快答复。")


def ask_reasons(request: InfoRequest, *, by: Actor, on: date, facts: str, until: date) -> None:
    """Ask why so much is requested, with the facts on number and frequency; the period runs on meanwhile (art. 35)."""
    if not facts.strip():
        raise CannotDo("请写明申请的数量、频次明显超过合理范围的具体情况。")
    if until <= on:
        raise CannotDo("说明理由的最后一天要在发出告知书之后。")
    with moving(
        request, "ask_reasons", by=by, right=RIGHT, on=on, facts=facts.strip(), until=until.isoformat()
    ):
        pass


def receive_reasons(request: InfoRequest, *, by: Actor, on: date, reasons: str) -> None:
    """Write down the reasons given; empty where none came in time."""
    with moving(request, "receive_reasons", by=by, right=RIGHT, on=on, given=bool(reasons.strip())) as step:
        nothing_waits(step.request, RequesterMessage.Kind.REASONS)
        step.said = reasons.strip()


def set_later_date(request: InfoRequest, *, by: Actor, on: date, until: date, reason: str) -> None:
    """Set a later day for the answer and tell the requester: the reasons are sound, the work cannot be done in time."""
    if not reason.strip():
        raise CannotDo("请写明延迟答复的理由。")
    with moving(
        request,
        "set_later_date",
        by=by,
        right="requests.extend",
        on=on,
        until=until.isoformat(),
        reason=reason.strip(),
    ) as step:
        if step.request.due_on and until <= step.request.due_on:
            raise CannotDo(f"延迟的日期要在现在的期限{in_words(step.request.due_on)}之后。")
