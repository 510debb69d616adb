"""What is asked about annual reports: the work of a year, its state now, and what is public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, TypedDict

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT

from gongkai.agencies.models import Agency
from gongkai.dictionaries.queries import calendar, slips
from gongkai.statute.duties import YEARLY
from gongkai.statute.report.findings import Finding, Level
from gongkai.statute.report.model import AnnualReport
from gongkai.statute.report.readers.json import from_dict
from gongkai.statute.report.writers.json import to_dict
from gongkai.statute.workdays import WorkCalendar

from .composition import Composition, compose
from .findings import found_in
from .lastyear import Before, brought, brought_report
from .models import PublishedElsewhere as PublishedElsewhere
from .models import ReportSheet as ReportSheet
from .models import ReportVersion, StepMark, Submission
from .models import ReportYear as ReportYear
from .signing import without_annex

NoReport = ReportYear.DoesNotExist
"""There is no work on a report of this year."""


@dataclass(slots=True)
class ReportState:
    """A report as it stands now: what it is made of, and what the checks find."""

    made: Composition
    findings: list[Finding]

    def at(self, level: Level) -> list[Finding]:
        """The findings of this level."""
        return [f for f in self.findings if f.level is level]


class Version(TypedDict):
    """What a year of work is annotated with: number, day and title of its public version, None where there is none."""

    public_number: int | None
    public_at: datetime | None
    public_title: str | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    YearWithVersion = WithAnnotations[ReportYear, Version]


@dataclass(frozen=True, slots=True)
class Duty:
    """A report to be handed in and published: the year told of, the last day, how many calendar days are left
    (negative once past), the last working day until then, whether that one is only assumed (暂定), and the
    work on it, None where nobody began."""

    year: int
    due: date
    days: int
    aim: date
    provisional: bool
    work: ReportYear | None = None

    @property
    def late_by(self) -> int:
        """Calendar days past the last day; 0 while there is time."""
        return max(0, -self.days)


def reports_of(agency: Agency) -> QuerySet[YearWithVersion]:
    """The agency's years of work, newest first, each with `public_number`, `public_at` and `public_title` of its
    public version, whose title bears the name the agency had then."""
    newest = ReportVersion.objects.filter(report=OuterRef("pk")).order_by("-number")
    return (
        ReportYear.objects.filter(agency=agency)
        .select_related("agency")
        .annotate(
            public_number=Subquery(newest.values("number")[:1]),
            public_at=Subquery(newest.values("published_at")[:1]),
            public_title=Subquery(newest.values(title=KT("snapshot__title"))[:1]),
        )
    )


def report_of(agency: Agency, year: int) -> ReportYear:
    """The work on one year; raises `NoReport`."""
    return ReportYear.objects.select_related("agency").get(agency=agency, year=year)


def state_of(work: ReportYear) -> ReportState:
    """Compose the report and check it against the form and against last year's report."""
    made, before = compose(work), before_of(work)
    return ReportState(made, found_in(made, before.report if before else None, slips(work.agency)))


def before_of(work: ReportYear) -> Before | None:
    """Last year's report as this one is compared with it: what was brought in, else the public version here."""
    row = brought(work)
    if row is not None:
        return Before(brought_report(row), row.source, row)
    version = public_version(work.agency, work.year - 1)
    if version is None:
        return None
    return Before(thaw(version), f"本平台发布的{work.year - 1}年年报（第{version.number}版）")


def made_of(agency: Agency, year: int) -> Composition:
    """The report of the year as it stands, without checking it; raises `NoReport`."""
    return compose(report_of(agency, year))


def duty_of(
    agency: Agency,
    year: int,
    today: date,
    work: ReportYear | None = None,
    days: WorkCalendar | None = None,
) -> Duty:
    """By when the report on `year` is to be handed in and published: departments 31 January, governments
    31 March of the following year (art. 49)."""
    government = agency.level == Agency.Level.GOVERNMENT
    duty = YEARLY["government_report" if government else "department_report"]
    days = days or calendar()
    due = duty.due(year + 1)
    aim = duty.aim(year + 1, days)
    return Duty(year, due, (due - today).days, aim, days.provisional(aim), work)


def duties_of(
    agency: Agency, works: Sequence[YearWithVersion], today: date, days: WorkCalendar | None = None
) -> list[Duty]:
    """What is owed on the given day: every past year since the agency's first year of work whose report is not
    published, here or elsewhere, and whose day is over, the oldest first, and last the next report to come."""
    by_year = {work.year: work for work in works}
    first, days = min(by_year, default=today.year), days or calendar()
    owed: list[Duty] = []
    for year in count(min(first, today.year - 1)):
        work = by_year.get(year)
        duty = duty_of(agency, year, today, work, days)
        if work is not None and work.public_number is not None:
            continue
        if not duty.late_by:
            return [*owed, duty]
        if year >= first and (work is not None or not elsewhere(agency, year)):
            owed.append(duty)
    raise AssertionError("the years do not end")


def elsewhere(agency: Agency, year: int) -> PublishedElsewhere | None:
    """Where the report of the year was published, if not here."""
    return PublishedElsewhere.objects.filter(agency=agency, year=year).first()


def without_receipt(agency: Agency) -> list[Submission]:
    """The newest hand-in of each year not closed yet, where its receipt was not written down; one query."""
    newest = Submission.objects.filter(report=OuterRef("report")).order_by("-at").values("pk")[:1]
    found = Submission.objects.filter(
        pk=Subquery(newest), report__agency=agency, report__archived_at__isnull=True, received_on__isnull=True
    )
    return list(found.select_related("report").order_by("report__year"))


def all_elsewhere(agency: Agency) -> list[PublishedElsewhere]:
    """The years whose report was published elsewhere, newest first."""
    return list(PublishedElsewhere.objects.filter(agency=agency))


def is_as_published(version: ReportVersion, report: AnnualReport) -> bool:
    """True when the records still give the published report."""
    return bool(without_annex(version.snapshot) == without_annex(to_dict(report)))


def public_version(agency: Agency, year: int) -> ReportVersion | None:
    """The version of this year that the public reads, or None."""
    return (
        ReportVersion.objects.filter(report__agency=agency, report__year=year)
        .select_related("report", "published_by")
        .order_by("-number")
        .first()
    )


def published_report(agency: Agency, year: int) -> AnnualReport | None:
    """The report of this year as published, or None."""
    version = public_version(agency, year)
    return thaw(version) if version else None


def thaw(version: ReportVersion) -> AnnualReport:
    """The frozen report as an object."""
    return from_dict(version.snapshot)


def public_years(agency: Agency) -> QuerySet[YearWithVersion]:
    """The years of which a report is public, newest first, with `public_at`."""
    return reports_of(agency).filter(versions__number=1)


def sheets_of(work: ReportYear) -> list[ReportSheet]:
    """Every handing in of the year, the newest first, with its signatures."""
    rows = ReportSheet.objects.filter(report=work).select_related("submitted_by")
    return list(rows.prefetch_related("signatures").order_by("-serial"))


NoSheet = ReportSheet.DoesNotExist
"""There is no such handing in."""


def sheet_of(work: ReportYear, serial: int) -> ReportSheet:
    """One handing in; raises `NoSheet`."""
    return ReportSheet.objects.select_related("report__agency", "submitted_by").get(
        report=work, serial=serial
    )


def thaw_sheet(sheet: ReportSheet) -> AnnualReport:
    """The report as it was handed in, as an object."""
    return from_dict(sheet.snapshot)


def versions_of(work: ReportYear) -> list[ReportVersion]:
    """Every public version of the year, the newest first."""
    return list(
        ReportVersion.objects.filter(report=work).select_related("published_by", "sheet").order_by("-number")
    )


NoSubmission = Submission.DoesNotExist
"""There is no such handing in to the office above."""


def submissions_of(work: ReportYear) -> list[Submission]:
    """Every handing in to the office above, the newest first."""
    return list(Submission.objects.filter(report=work).select_related("version", "by"))


def submission_of(work: ReportYear, pk: int) -> Submission:
    """One of them; raises `NoSubmission`."""
    return Submission.objects.select_related("report__agency", "version").get(report=work, pk=pk)


def marks_of(work: ReportYear) -> dict[str, StepMark]:
    """The newest confirmation of each step, whether or not it still counts."""
    return {mark.step: mark for mark in work.marks.select_related("by").order_by("id")}


def sheets_in_hand(agency: Agency) -> list[ReportSheet]:
    """What is being signed, and what was signed last and is not public yet, the oldest year first; one query."""
    rows = (
        ReportSheet.objects.filter(report__agency=agency, result__in=("open", "signed"))
        .select_related("report__agency", "submitted_by", "published")
        .defer("snapshot")
        .order_by("report__year", "serial")
    )
    newest = {row.report_id: row for row in rows}
    return [row for row in newest.values() if not hasattr(row, "published")]


def not_handed_in(agency: Agency) -> list[ReportVersion]:
    """The public version of each year that nobody handed in to the office above yet, the newest year first."""
    newest = ReportVersion.objects.filter(report=OuterRef("report")).order_by("-number").values("pk")[:1]
    return list(
        ReportVersion.objects.filter(report__agency=agency, pk=Subquery(newest), submissions__isnull=True)
        .select_related("report")
        .defer("snapshot")
        .order_by("-report__year")
    )


def published_before(agency: Agency, year: int, years: int = 4) -> list[AnnualReport]:
    """The public reports of the years before, the newest version of each, oldest first. One query."""
    newest = ReportVersion.objects.filter(report=OuterRef("report")).order_by("-number").values("pk")[:1]
    rows = ReportVersion.objects.filter(
        pk=Subquery(newest), report__agency=agency, report__year__range=(year - years, year - 1)
    ).order_by("report__year")
    return [thaw(version) for version in rows]
