"""统计: messages of a year by month, kind and result, the average of working days; figures alone, no person in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.dictionaries.queries import calendar
from gongkai.reports.prose import Fact

from .models import OPEN, Message

KINDS = tuple(Message.Kind.values)
LABELS: dict[str, str] = dict(Message.Kind.choices)
ENDED = {
    **dict(Message.Result.choices),
    "answered": "已答复，没有登记结果",
    "refused": "不予受理",
    "passed": "转办",
    "guided": "引导申请公开",
    "open": "还在办理",
}
"""What became of a message, by slug, in the order of the table."""


@dataclass(slots=True)
class Counts:
    """The figures of a year: received by month and kind, what became of them by kind, working days to the answer."""

    year: int
    months: dict[tuple[int, str], int] = field(default_factory=dict)
    ends: dict[tuple[str, str], int] = field(default_factory=dict)
    days: dict[str, list[int]] = field(default_factory=dict)
    in_time: int = 0
    late: int = 0

    @property
    def received(self) -> int:
        """All that came in."""
        return sum(self.months.values())

    def of_kind(self, kind: str) -> int:
        """All of a kind that came in."""
        return sum(n for (_, k), n in self.months.items() if k == kind)

    def ended(self, end: str) -> int:
        """All that ended so."""
        return sum(n for (e, _), n in self.ends.items() if e == end)

    @property
    def answered(self) -> int:
        """All that were answered."""
        return sum(len(days) for days in self.days.values())

    def average(self, kind: str = "") -> float | None:
        """Working days from receipt to the answer, on the average, to one place; None where nothing was answered."""
        found = self.days.get(kind, []) if kind else [n for days in self.days.values() for n in days]
        return round(sum(found) / len(found), 1) if found else None


def end_of(state: str, result: str) -> str:
    """What became of a message."""
    if state == Message.State.CLOSED and result:
        return result
    if state in OPEN:
        return "open"
    return "answered" if state in (Message.State.ANSWERED, Message.State.CLOSED) else state


def counts_of(agency: Agency, year: int, until: date | None = None) -> Counts:
    """The figures of what an agency received in a year; one query."""
    rows = Message.objects.filter(agency=agency, received_on__year=year)
    if until is not None:
        rows = rows.filter(received_on__lte=until)
    return _counted(year, rows.values_list("kind", "state", "result", "received_on", "answered_on", "due_on"))


def _counted(year: int, rows: Iterable[tuple[Any, ...]]) -> Counts:
    known, found = calendar(), Counts(year)
    months: Counter[tuple[int, str]] = Counter()
    ends: Counter[tuple[str, str]] = Counter()
    for kind, state, result, received, answered, due in rows:
        months[received.month, kind] += 1
        ends[end_of(state, result), kind] += 1
        if answered is not None:
            found.days.setdefault(kind, []).append(known.between(received, answered))
            found.in_time += answered <= due
            found.late += answered > due
    found.months, found.ends = dict(months), dict(ends)
    return found


def counts_by_agency(agencies: Iterable[Agency], year: int) -> list[tuple[Agency, Counts]]:
    """The figures of several agencies; one query."""
    own = list(agencies)
    rows: dict[int, list[tuple[Any, ...]]] = {agency.pk: [] for agency in own}
    asked = Message.objects.filter(agency__in=own, received_on__year=year)
    for pk, *row in asked.values_list(
        "agency", "kind", "state", "result", "received_on", "answered_on", "due_on"
    ):
        rows[pk].append(tuple(row))
    return [(agency, _counted(year, rows[agency.pk])) for agency in own]


def years_of(agency: Agency, today: date) -> list[int]:
    """The years of which there are figures, the newest first; this year at least."""
    found = Message.objects.filter(agency=agency).order_by().values_list("received_on__year", flat=True)
    return sorted({today.year, *found.distinct()}, reverse=True)


def supervised(agency: Agency) -> list[Agency]:
    """The agencies directly under this one."""
    return list(Agency.objects.filter(supervisor=agency, ended_on__isnull=True).order_by("name"))


def facts(agency: Agency, year: int) -> Iterator[Fact]:
    """What the year's report may say of them (section one, section five); nothing where none was ever kept."""
    counts = counts_of(agency, year)
    if not counts.received and not Message.objects.filter(agency=agency).exists():
        return
    said = "按收到之日在这一年的留言和投诉统计，见“留言和投诉—统计”"
    yield Fact("messages.received", counts.received, "收到留言和投诉（件）", said)
    for kind in KINDS:
        yield Fact(f"messages.{kind}", counts.of_kind(kind), f"收到{LABELS[kind]}（件）", said)
    yield Fact("messages.answered", counts.answered, "答复留言和投诉（件）", said)
    yield Fact("messages.in_time", counts.in_time, "按期答复留言和投诉（件）", said)
    yield Fact("messages.refused", counts.ended("refused"), "不予受理留言和投诉（件）", said)
    yield Fact("messages.passed", counts.ended("passed"), "转办留言和投诉（件）", said)
    true = counts.ended("true") + counts.ended("partly")
    yield Fact("messages.true", true, "投诉举报属实、部分属实（件）", said)
