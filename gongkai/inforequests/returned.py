"""Drafts that came back: sent back by who reviews or signs, or taken back by who wrote them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .models import InfoRequest, RequestEvent

_ACTS = ("decide", "send_back", "reopen")


@dataclass(frozen=True, slots=True)
class Returned:
    """The day, the reason, who said so, the kind of reply of the draft that came back, and whether its own drafter
    took it back."""

    on: date
    reason: str
    by: str
    reply: str
    recalled: bool

    @property
    def words(self) -> str:
        """What happened to it, as the desk says it."""
        return "取回修改" if self.recalled else "退回修改"


def returned(request: InfoRequest, events: Sequence[RequestEvent]) -> Returned | None:
    """How the last draft came back; None where it did not or where the case went on since. Asks nothing."""
    done = [event for event in events if event.act in _ACTS]
    if request.state != "handling" or len(done) < 2 or done[-1].act != "send_back":
        return None
    draft, back = next((one for one in reversed(done) if one.act == "decide"), None), done[-1]
    if draft is None:
        return None
    return Returned(back.on, back.said, back.by, draft.data["reply"], bool(back.data.get("recalled")))


def returned_drafts(cases: Sequence[InfoRequest]) -> dict[int, Returned]:
    """The same for many cases, by number; one query however many."""
    events: dict[int, list[RequestEvent]] = defaultdict(list)
    of_these = [one.pk for one in cases]
    for event in RequestEvent.objects.filter(request__in=of_these, act__in=_ACTS).order_by("serial"):
        events[event.request_id].append(event)
    found = {one.pk: returned(one, events[one.pk]) for one in cases}
    return {number: one for number, one in found.items() if one}
