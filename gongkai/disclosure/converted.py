"""转为主动公开: the items begun from requests for what is to be public for all (条例第四十四条). A request is known by its
number only: the rooms do not know each other."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.dictionaries.queries import calendar
from gongkai.statute.duties import publish_due
from gongkai.statute.workdays import WorkCalendar

from .models import Item, Publication

Named = Callable[[int], Collection[str]]
"""Given the number of a request, the names that must not go out with what comes of it."""
_NAMED: dict[str, Named] = {}


def items_from(agency: Agency, requests: Collection[int]) -> dict[int, Item]:
    """The agency's items begun from these requests, by the number of the request; one query."""
    rows = Item.objects.filter(agency=agency, request_id__in=list(requests), converted_on__isnull=False)
    return {row.request_id or 0: row for row in rows.select_related("column").defer("text")}


def public_from(requests: Collection[int], now: datetime | None = None) -> dict[int, Publication]:
    """What is public now of the items begun from these requests, by the number of the request; one query."""
    rows = Publication.objects.live(now or timezone.now()).filter(
        item__request_id__in=list(requests), item__converted_on__isnull=False
    )
    return {
        row.item.request_id or 0: row
        for row in rows.select_related("item", "column", "agency").defer("content")
    }


def converted_due(proposed_on: date, known: WorkCalendar | None = None) -> date:
    """By when what was proposed on this day is to be public, as long as nobody has said of what kind it is."""
    return publish_due("general", proposed_on, known or calendar()).last_day


def watch_names(name: str, ask: Named) -> None:
    """Ask this for the names that must not go out with an item begun from a request; naming it again replaces it."""
    _NAMED[name] = ask


def names_to_watch(request_id: int | None) -> list[str]:
    """The names that must not go out with what came of this request; none where there is no request."""
    if request_id is None:
        return []
    return [name for ask in _NAMED.values() for name in ask(request_id)]
