"""What the records tell of the duties of a year: done when and by what, or nothing to be done. Each source answers for
many agencies at once, in a query or two, so that the night's work does not grow with their number."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q
from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.disclosure.figures import with_published
from gongkai.disclosure.models import Evaluation, Item, Transfer
from gongkai.reports.models import PublishedElsewhere, ReportVersion

from ..models import DutyTick, GuideCheck, InspectionSheet

Place = tuple[int, str, int]
"""Agency, key of the duty, part of the year."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """That a duty is done, in words with its day; `idle` where there was nothing to do, `by_hand` where ticked."""

    words: str
    on: date | None = None
    idle: bool = False
    by_hand: bool = False


Source = Callable[[Collection[int], int], Iterator[tuple[Place, Evidence]]]


def known_of(agencies: Collection[int], year: int) -> dict[Place, Evidence]:
    """All that is known of a calendar year, the records before what was ticked by hand."""
    found: dict[Place, Evidence] = {}
    for source in SOURCES:
        for place, evidence in source(agencies, year):
            found.setdefault(place, evidence)
    return found


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _reports(agencies: Collection[int], year: int) -> Iterator[tuple[Place, Evidence]]:
    told = year - 1
    rows = ReportVersion.objects.filter(report__agency__in=agencies, report__year=told, number=1)
    for agency, at in rows.values_list("report__agency", "published_at"):
        on = timezone.localdate(at)
        yield (agency, "report", 0), Evidence(f"{told}年年报{on.year}年{_day(on)}已发布", on)
    gone = PublishedElsewhere.objects.filter(agency__in=agencies, year=told)
    for agency in gone.values_list("agency", flat=True):
        yield (agency, "report", 0), Evidence(f"{told}年年报已在别处公布")


def _transfers(agencies: Collection[int], year: int) -> Iterator[tuple[Place, Evidence]]:
    told = year - 1
    rows = Transfer.objects.filter(agency__in=agencies, year=told).order_by()
    for row in rows.values("agency", "to").annotate(on=Max("handed_on")):
        on = row["on"]
        yield (row["agency"], f"transfer_{row['to']}", 0), Evidence(f"{on.year}年{_day(on)}移交", on)
    some = with_published(agencies, told)
    for agency in agencies:
        if agency not in some:
            nothing = Evidence(f"{told}年没有在平台主动公开的信息，不用移交", idle=True)
            for to in Transfer.To.values:
                yield (agency, f"transfer_{to}", 0), nothing


def _sheets(agencies: Collection[int], year: int) -> Iterator[tuple[Place, Evidence]]:
    rows = InspectionSheet.objects.filter(agency__in=agencies, year=year)
    for agency, quarter, at in rows.values_list("agency", "quarter", "settled_at"):
        on = timezone.localdate(at)
        yield (agency, "inspection", quarter), Evidence(f"{_day(on)}自查表定稿", on)


def _guides(agencies: Collection[int], year: int) -> Iterator[tuple[Place, Evidence]]:
    checks = GuideCheck.objects.filter(agency__in=agencies, on__year=year).order_by()
    for row in checks.values("agency").annotate(last=Max("on")):
        yield (row["agency"], "guide", 0), Evidence(f"{_day(row['last'])}核对", row["last"])
    edits = Entry.objects.filter(agency_id__in=agencies, act="agency.edit", result="done", at__year=year)
    for agency, last in edits.order_by().values_list("agency_id").annotate(last=Max("at")):
        on = timezone.localdate(last)
        yield (agency or 0, "guide", 0), Evidence(f"{_day(on)}修改过本机关资料", on)


def _evaluations(agencies: Collection[int], year: int) -> Iterator[tuple[Place, Evidence]]:
    """Done when nothing that is kept back falls due until the year's end any more."""
    end = date(year, 12, 31)
    kept: dict[int, int] = dict(
        Item.objects.filter(agency__in=agencies, state=Item.State.KEPT)
        .order_by()
        .values_list("agency")
        .annotate(due=Count("id", filter=Q(evaluate_on__lte=end)))
    )
    done = {
        row["item__agency"]: row
        for row in Evaluation.objects.filter(item__agency__in=agencies, on__year=year)
        .order_by()
        .values("item__agency")
        .annotate(n=Count("id"), last=Max("on"))
    }
    for agency in agencies:
        if kept.get(agency):
            continue
        place = (agency, "evaluation", 0)
        if agency in done:
            last = done[agency]["last"]
            yield place, Evidence(f"评估{done[agency]['n']}次，最近一次{_day(last)}", last)
        elif agency not in kept:
            yield place, Evidence("没有不予公开的信息，不用评估", idle=True)
        else:
            yield place, Evidence("今年没有到期要评估的", idle=True)


def _ticks(agencies: Collection[int], year: int) -> Iterator[tuple[Place, Evidence]]:
    for row in DutyTick.objects.filter(agency__in=agencies, year=year):
        words = f"{row.by}{_day(row.on)}登记：{row.note}"
        yield (row.agency_id, row.key, row.part), Evidence(words, row.on, by_hand=True)


SOURCES: list[Source] = [_reports, _transfers, _sheets, _guides, _evaluations, _ticks]
"""Who is asked, in the order in which they are believed; what was ticked by hand comes last."""
