"""Reminders of the annual report (条例 49, 50): from 1 December of its year, nearer and nearer to its last day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Agency, Seat
from gongkai.dictionaries.queries import calendar
from gongkai.statute.workdays import WorkCalendar
from gongkai.tasks.jobs import register
from gongkai.tasks.queries import seats_that_may
from gongkai.tasks.telling import News, tell_many

from .models import ReportVersion, ReportYear
from .queries import Duty, duties_of

if TYPE_CHECKING:
    from .queries import YearWithVersion

STEPS = (1, 3, 7, 20)
"""Working days left, until the last working day before the date, at which a reminder goes out."""
BEGINS = (12, 1)
"""Month and day of the year told of from which its report is reminded of."""
LATE_FOR = 60
"""Calendar days past the date within which a missing report is still reminded of, once."""


def step_of(duty: Duty, day: date, days: WorkCalendar | None = None) -> str:
    """Which reminder the duty is at on this day: begin, 20, 7, 3, 1, late, or none."""
    if duty.late_by:
        return "late" if duty.late_by <= LATE_FOR else ""
    if day < date(duty.year, *BEGINS):
        return ""
    left = (days or calendar()).between(day, duty.aim)
    return next((str(step) for step in STEPS if left <= step), "begin")


def remind(now: datetime) -> str:
    """Tell those who prepare the report of each agency whose report is owed; each step once."""
    day = timezone.localdate(now)
    agencies = list(Agency.objects.filter(ended_on__isnull=True))
    seats: dict[int, list[Seat]] = defaultdict(list)
    for seat in seats_that_may("report.prepare", agencies):
        seats[seat.agency_id or 0].append(seat)
    works, days = _works(), calendar()
    told = [
        (seat, news)
        for agency in agencies
        for news in _news(agency, works[agency.pk], day, days)
        for seat in seats[agency.pk]
    ]
    with transaction.atomic():
        return f"发出提醒 {tell_many(told, day)} 条"


def _works() -> dict[int, list[YearWithVersion]]:
    newest = ReportVersion.objects.filter(report=OuterRef("pk")).order_by("-number")
    found: dict[int, list[YearWithVersion]] = defaultdict(list)
    for work in ReportYear.objects.annotate(
        public_number=Subquery(newest.values("number")[:1]),
        public_at=Subquery(newest.values("published_at")[:1]),
    ):
        found[work.agency_id].append(cast("YearWithVersion", work))
    return found


def _news(agency: Agency, works: list[YearWithVersion], day: date, days: WorkCalendar) -> Iterator[News]:
    # The level decides on the date, and an owed report of long ago may have been published elsewhere.
    for duty in duties_of(agency, works, day, days):
        step = step_of(duty, day, days)
        if not step:
            continue
        due = f"{duty.due.year}年{duty.due.month}月{duty.due.day}日"
        yield News(
            key=f"report:{agency.pk}:{duty.year}:{step}",
            subject=f"{'已逾期' if duty.late_by else '请准备'}：{duty.year}年政府信息公开工作年度报告",
            body=f"{duty.year}年年报最迟{due}提交并公布（《条例》第四十九条），{_time(duty)}。",
            url=_page(agency, duty),
            agency_id=agency.pk,
        )


def _time(duty: Duty) -> str:
    if duty.late_by:
        return f"已逾期 {duty.late_by} 天，请尽快补上"
    aim = duty.aim
    early = "" if aim == duty.due else f"，这一天不上班，请在{aim.year}年{aim.month}月{aim.day}日前办完"
    return f"还剩 {duty.days} 天{early}"


def _page(agency: Agency, duty: Duty) -> str:
    if duty.work is None:
        return reverse("desk:reports", args=[agency.slug])
    return reverse("desk:report", args=[agency.slug, duty.year])


def register_reminders() -> None:
    """Have the tick remind once an hour."""
    register("reports.remind", label="年报提醒", every=timedelta(hours=1), run=remind)
