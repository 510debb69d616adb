"""撤回、归档、重新办理."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.actor import Actor

from ..models import InfoRequest
from .base import CannotDo, moving

RIGHT = "requests.handle"


def withdraw(request: InfoRequest, *, by: Actor, on: date, how: str) -> None:
    """Write down that the requester takes the request back; what was received counts under （六）3 其他."""
    if not how.strip():
        raise CannotDo("请写明申请人怎样撤回的，例如“书面撤回，附撤回申请”。")
    with moving(request, "withdraw", by=by, right=RIGHT, on=on, how=how.strip()) as step:
        step.outcome = "other_other"
        step.request.reply = "other_withdrawn"


def archive(request: InfoRequest, *, by: Actor, on: date, place: str = "") -> None:
    """Put the finished case into the archive (art. 45)."""
    with moving(request, "archive", by=by, right=RIGHT, on=on, place=place.strip()) as step:
        step.outcome = ""


def reopen(request: InfoRequest, *, by: Actor, on: date, ordered_by: str, until: date | None = None) -> None:
    """Handle the request again because a reconsideration organ or a court ordered it, within the period it set."""
    if not ordered_by.strip():
        raise CannotDo("请写明是哪个机关的哪份决定或者判决要求重新办理。")
    with moving(request, "reopen", by=by, right=RIGHT, on=on, ordered_by=ordered_by.strip()) as step:
        if until is not None:
            step.data["until"] = until.isoformat()
        step.data["closed_before"] = step.request.closed_on.isoformat() if step.request.closed_on else ""
        step.data["outcome_before"] = step.request.outcome
