"""The year's requests as its tables count them: in groups by the database, and cell by cell as lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.statute.outcomes import BY_SLUG as OUTCOMES
from gongkai.statute.records import RequestGroup
from gongkai.statute.requesters import BY_SLUG as KINDS

from .models import InfoRequest, RequestEvent
from .queries import touching_year
from .records import first_answers

_Key = tuple[str, date | None, date | None, str]
"""Requester kind, a day of receipt like that of all in the group, day of closing, outcome."""
FLOW = ("new", "carried_in", "carried_out")
"""The rows of table three that no outcome names."""
_MERGED = ("other_no_correction", "other_no_fee", "other_other")
"""The three rows that are one on the form of 2019."""


@dataclass(frozen=True, slots=True)
class _Reopened:
    """A request that was closed in one year and taken up again in a later one: as it stands now, and as it counts."""

    pk: int
    now: _Key
    counts: _Key


def groups_for(agency: Agency, year: int) -> Iterator[RequestGroup]:
    """The requests that a report on the year is counted from, so many at once: the weighted form of what
    `records.records_for` streams one by one. A handful of queries, whatever their number."""
    found: Counter[_Key] = Counter()
    for closed_on, kind, outcome, many_in_all, before, new in _grouped(agency, year):
        for day, many in ((None, many_in_all - before - new), (_before(year), before), (_within(year), new)):
            found[kind, day, closed_on, outcome] += many
    for one in _reopened(agency):
        for key, sign in ((one.now, -1), (one.counts, 1)):
            if _touches(key, year):
                found[_alike(key, year)] += sign
    for (kind, day, closed_on, outcome), many in found.items():
        if many:
            number = _number_of(agency, year, kind, outcome)
            yield RequestGroup(kind, day, closed_on, outcome or None, many, number)


def _grouped(agency: Agency, year: int) -> QuerySet[InfoRequest, tuple[Any, ...]]:
    """(closed_on, requester kind, outcome, how many, of them received before the year, in it). What was closed and
    what is open are asked apart, so that both come in the order of the index and nothing has to be sorted."""
    first = date(year, 1, 1)
    counted = {
        "all": Count("*"),
        "before": Count("received_on", filter=Q(received_on__lt=first)),
        "new": Count("received_on", filter=Q(received_on__gte=first)),
    }
    mine = touching_year(agency, year).order_by()
    closed, open_ones = (
        mine.filter(part).values("closed_on", "requester_kind", "outcome").annotate(**counted)
        for part in (Q(closed_on__gte=first), Q(closed_on__isnull=True))
    )
    return closed.union(open_ones, all=True).values_list("closed_on", "requester_kind", "outcome", *counted)


def _before(year: int) -> date:
    return date(year - 1, 12, 31)


def _within(year: int) -> date:
    return date(year, 1, 1)


def _alike(key: _Key, year: int) -> _Key:
    kind, received, closed, outcome = key
    if received is not None:
        received = _within(year) if received >= _within(year) else _before(year)
    return kind, received, closed, outcome


def _touches(key: _Key, year: int) -> bool:
    """Whether a report on the year must know the request; as `queries.touching_year` asks."""
    _, received, closed, _ = key
    return (received is None or received <= date(year, 12, 31)) and (
        closed is None or closed >= _within(year)
    )


def _reopened(agency: Agency) -> Iterator[_Reopened]:
    """The few that count as they were first answered (`records.first_answers`), as they are now and as they count."""
    first = first_answers(agency)
    if not first:
        return
    undone = RequestEvent.objects.filter(request__agency=agency, act="reopen").values("request")
    mine = InfoRequest.objects.filter(pk__in=undone, matter=InfoRequest.Matter.DISCLOSURE).order_by()
    facts = ("pk", "requester_kind", "received_on", "closed_on", "outcome")
    for pk, kind, received, closed, outcome in mine.values_list(*facts).iterator(2000):
        if one := first.get(pk):
            now, counts = (kind, received, closed, outcome), (kind, received, one.closed_on, one.outcome)
            yield _Reopened(pk, now, counts)


def _number_of(agency: Agency, year: int, kind: str, outcome: str) -> str:
    """One request of a group that no column or row takes, so that it can be named; nothing is asked of others."""
    if kind in KINDS and (not outcome or outcome in OUTCOMES):
        return ""
    found = touching_year(agency, year).filter(requester_kind=kind, outcome=outcome)
    return found.values_list("number", flat=True).first() or ""


def counted_in(agency: Agency, year: int, row: str, column: str) -> QuerySet[InfoRequest]:
    """The requests behind a cell of table three, as one query to be paged: `row` is a row of the form, `column` a kind
    of requester or total. The oldest receipt first."""
    moved = [
        one
        for one in _reopened(agency)
        if _in_cell(one.now, year, row, column) != _in_cell(one.counts, year, row, column)
    ]
    gone = [one.pk for one in moved if _in_cell(one.now, year, row, column)]
    come = [one.pk for one in moved if _in_cell(one.counts, year, row, column)]
    mine = InfoRequest.objects.filter(agency=agency, matter=InfoRequest.Matter.DISCLOSURE)
    found = _row(year, row) & (Q() if column == "total" else Q(requester_kind=column))
    return mine.filter((found & ~Q(pk__in=gone)) | Q(pk__in=come)).order_by("received_on", "id")


def _row(year: int, row: str) -> Q:
    first, last = date(year, 1, 1), date(year, 12, 31)
    unclosed = Q(closed_on__isnull=True) | Q(closed_on__gte=first)
    if row == "new":
        return Q(received_on__range=(first, last)) & unclosed
    if row == "carried_in":
        return Q(received_on__lt=first) & unclosed
    if row == "carried_out":
        return Q(received_on__lte=last) & (Q(closed_on__isnull=True) | Q(closed_on__gt=last))
    found = Q(received_on__lte=last, closed_on__range=(first, last))
    if row == "result_total":
        return found
    return found & Q(outcome__in=_MERGED if row == "other_all" else (row,))


def _in_cell(key: _Key, year: int, row: str, column: str) -> bool:
    """The same as `_row`, of one request."""
    kind, received, closed, outcome = key
    last = date(year, 12, 31)
    if received is None or not _touches(key, year) or column not in ("total", kind):
        return False
    if row == "new":
        return received.year == year
    if row == "carried_in":
        return received.year < year
    if row == "carried_out":
        return closed is None or closed > last
    done = closed is not None and closed.year == year
    return done and row in ("result_total", outcome, "other_all" if outcome in _MERGED else outcome)
