"""Searching the trail. A page is found by number, never by counting: the millionth entry comes as fast as the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from .chain import digest_of
from .models import Entry
from .verifying import head

__all__ = ["RESULTS", "Found", "Shown", "Wanted", "count_up_to", "head", "look", "look_at", "stream"]
RESULTS = {"done": "成功", "refused": "拒绝", "failed": "失败"}
"""Results in words."""
SIZE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; empty means anything. Days include both ends; `what` is part of the object's name."""

    since: date | None = None
    until: date | None = None
    person: str = ""
    act: str = ""
    what: str = ""
    agency_id: int | None = None
    result: str = ""
    address: str = ""

    def rows(self) -> QuerySet[Entry]:
        """The entries wanted, the latest first."""
        rows = Entry.objects.all()
        if self.since:
            rows = rows.filter(at__gte=_midnight(self.since))
        if self.until:
            rows = rows.filter(at__lt=_midnight(self.until + timedelta(days=1)))
        exact = {
            "person_name": self.person,
            "act": self.act,
            "agency_id": self.agency_id,
            "address": self.address,
        }
        rows = rows.filter(**{name: value for name, value in exact.items() if value})
        if self.result == "done":
            rows = rows.filter(result="done")
        elif self.result:
            rows = rows.exclude(result="done").filter(result=self.result)
        if self.what:
            rows = rows.filter(object_name__contains=self.what)
        return rows.order_by("-number")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True, slots=True)
class Found:
    """One page: entries with the latest first; the numbers to go on from, None where there is nothing more."""

    rows: list[Entry]
    older: int | None
    newer: int | None


def look(wanted: Wanted, *, before: int | None = None, after: int | None = None, size: int = SIZE) -> Found:
    """A page of what is wanted: the latest, those before a number, or the next ones after a number."""
    rows = wanted.rows()
    if after is not None:
        lot = list(rows.filter(number__gt=after).order_by("number")[: size + 1])
        more, lot = len(lot) > size, lot[:size][::-1]
        return Found(lot, lot[-1].number if lot else after + 1, lot[0].number if more else None)
    lot = list((rows.filter(number__lt=before) if before is not None else rows)[: size + 1])
    more, lot = len(lot) > size, lot[:size]
    newer = None if before is None else lot[0].number if lot else before - 1
    return Found(lot, lot[-1].number if more else None, newer)


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry in full: with the numbers beside it, and whether it fits its digest and the entry before."""

    entry: Entry
    earlier: int | None
    later: int | None
    fits: bool


def look_at(number: int, agency_id: int | None = None) -> Shown | None:
    """The entry and its neighbours, all three of this agency's when one is given; None when there is no such."""
    rows = Entry.objects.all() if agency_id is None else Entry.objects.filter(agency_id=agency_id)
    entry = rows.filter(number=number).first()
    if entry is None:
        return None
    earlier = rows.filter(number__lt=number).order_by("-number").values_list("number", flat=True).first()
    later = rows.filter(number__gt=number).order_by("number").values_list("number", flat=True).first()
    before = Entry.objects.filter(number=number - 1).values_list("digest", flat=True).first()
    fits = digest_of(entry) == entry.digest and before in (None, entry.previous)
    return Shown(entry, earlier, later, fits)


def stream(wanted: Wanted, until: int, lot: int = 2000) -> Iterator[Entry]:
    """All entries wanted up to number `until`, the latest first, a bounded lot in memory at a time."""
    before = until + 1
    while True:
        rows = list(wanted.rows().filter(number__lt=before)[:lot])
        yield from rows
        if len(rows) < lot:
            return
        before = rows[-1].number


def count_up_to(wanted: Wanted, limit: int) -> int:
    """How many entries are wanted, counted no further than `limit`."""
    return wanted.rows()[:limit].count()
