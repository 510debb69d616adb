"""Which agencies below an office owe it a report of a year, and what each has handed in."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.agencies.models import Agency
from gongkai.reports.models import ReportVersion, Submission
from gongkai.reports.queries import thaw

from ..board.below import all_below
from .adding import Party


@dataclass(frozen=True, slots=True)
class Owing:
    """An agency and the version it handed in last, None where it handed in nothing."""

    agency: Agency
    version: ReportVersion | None


def owing(office: Agency, year: int) -> list[Owing]:
    """Every agency below that stood at any time of the year, by name, also one that ended in it or since; two
    queries. The texts of the reports are not read."""
    below = all_below(office, ended_from=year)
    rows = (
        Submission.objects.filter(report__agency__in=below, report__year=year)
        .select_related("version__report")
        .defer("version__snapshot")
        .order_by("at", "pk")
    )
    handed_in = {row.version.report.agency_id: row.version for row in rows}
    return [Owing(agency, handed_in.get(agency.pk)) for agency in below]


def missing(rows: list[Owing]) -> list[Agency]:
    """Those that handed in nothing."""
    return [row.agency for row in rows if row.version is None]


def parties_of(rows: list[Owing]) -> list[Party]:
    """What was handed in, to be added up; with each the version that the public read of the year before. Two queries."""
    pks = [row.version.pk for row in rows if row.version is not None]
    versions = list(ReportVersion.objects.filter(pk__in=pks).select_related("report"))
    years = {version.report.year - 1 for version in versions}
    agencies = [version.report.agency_id for version in versions]
    earlier = ReportVersion.objects.filter(report__agency__in=agencies, report__year__in=years)
    before = {row.report.agency_id: row for row in earlier.select_related("report").order_by("number")}
    by_pk = {version.pk: version for version in versions}
    out = []
    for pk in pks:
        version = by_pk[pk]
        old = before.get(version.report.agency_id)
        out.append(Party(thaw(version), version.digest, thaw(old) if old else None))
    return out
