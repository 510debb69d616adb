"""重新计算期限: after a notice on days off was entered, every open case is counted anew and what moved is listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.dictionaries.queries import calendar

from ..models import InfoRequest
from .base import set_due

_LOT = 500


@dataclass(frozen=True, slots=True)
class Moved:
    """A case whose due day moved, or is no longer (or now is) provisional."""

    request: InfoRequest
    before: date | None
    after: date | None
    provisional: bool


def recount(*, by: Actor) -> list[Moved]:
    """Count the due day of every open case anew; only those that moved are written, each with its entry in the trail.

    For the platform itself, after a notice. Running it again changes nothing.
    """
    known, moved = calendar(), []
    for request in _open():
        before = request.due_on
        if not set_due(request, list(request.events.all()), known):
            continue
        with acting(by, "requests.recount", request, before=str(before), after=str(request.due_on)):
            InfoRequest.objects.filter(pk=request.pk).update(
                due_on=request.due_on, due_provisional=request.due_provisional
            )
        moved.append(Moved(request, before, request.due_on, request.due_provisional))
    return moved


def _open() -> Iterator[InfoRequest]:
    found = InfoRequest.objects.filter(closed_on__isnull=True, received_on__isnull=False)
    yield from (
        found.select_related("agency")
        .prefetch_related("events", "consultations")
        .order_by("id")
        .iterator(chunk_size=_LOT)
    )
