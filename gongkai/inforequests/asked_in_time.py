"""Whether the notice of clarification went out within its seven working days (art. 30): by mail the day of posting
counts, by hand the day of the signature (国办公开办函〔2016〕235号), not the day on which the act was written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.dictionaries.queries import calendar
from gongkai.statute.periods import PERIODS

from .letters.from_acts import LETTER_OF_ACT
from .models import Dispatch, InfoRequest, RequestEvent

_ACT = "ask_clarification"


@dataclass(frozen=True, slots=True)
class Notice:
    """The last working day for the notice, the day that counts as its going out (None while nothing proves one), and
    whether the last day is provisional."""

    limit: date
    out_on: date | None
    provisional: bool

    def is_late(self, day: date) -> bool:
        """Went out after the last day, or has not gone out and the last day is over."""
        return (self.out_on or day) > self.limit


def clarification_notice(request: InfoRequest, events: Sequence[RequestEvent]) -> Notice | None:
    """The notice that was sent last; None where none was or nobody knows when the request was received. One query,
    and none for a case without a notice.

    The first sending counts, also of a letter that the post brought back. A letter that was set aside was handed over
    otherwise, on the day of the act.
    """
    event = next((one for one in reversed(events) if one.act == _ACT), None)
    if event is None or request.received_on is None:
        return None
    limit = PERIODS["clarification_notice"].end(request.received_on, calendar())
    return Notice(limit.last_day, _out_on(request, event), limit.provisional)


def _out_on(request: InfoRequest, event: RequestEvent) -> date | None:
    letters = request.letters.filter(kind=LETTER_OF_ACT[_ACT], made_at__gte=event.at)
    sent = Dispatch.objects.filter(letter__in=letters).order_by("sent_on", "id").first()
    if sent is not None:
        return sent.answered_on
    return event.on if letters.exclude(set_aside="").exists() else None
