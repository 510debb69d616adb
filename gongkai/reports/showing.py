"""What the public can find of annual reports: the published version, title and prose."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from gongkai.search.shown import Shown, bring_in_step, register_shown
from gongkai.statute.report.model import AnnualReport

from .models import ReportVersion, ReportYear
from .queries import thaw

KIND = "report"


class PublicReports:
    """Years with a published report."""

    def numbers(self) -> Iterator[int]:
        """All of them, rising."""
        rows = ReportYear.objects.filter(versions__number=1).order_by("pk").values_list("pk", flat=True)
        return rows.iterator(chunk_size=2000)

    def prepare(self, numbers: Collection[int]) -> None:
        """Nothing takes long."""

    def shown(self, numbers: Collection[int]) -> Iterable[Shown]:
        """The newest version of each, under the day of the first. Versions never change and never go."""
        first = ReportVersion.objects.filter(report__in=list(numbers), number=1)
        since = dict(first.values_list("report", "published_at"))
        return [_shown(row, since[row.report_id]) for row in _newest(numbers)]


def _newest(numbers: Collection[int]) -> QuerySet[ReportVersion]:
    newest = ReportVersion.objects.filter(report=OuterRef("report")).order_by("-number").values("pk")[:1]
    rows = ReportVersion.objects.filter(report__in=list(numbers)).select_related("report")
    return rows.filter(pk=Subquery(newest))


def told_by(numbers: Collection[int]) -> dict[int, tuple[str, str]]:
    """Title and prose of the published reports with these numbers: of this, and of nothing that the index holds, the
    public is shown the words around a hit; one query."""
    rows = ((row.report_id, thaw(row)) for row in _newest(numbers))
    return {number: (told.title, _prose(told)) for number, told in rows}


def _prose(told: AnnualReport) -> str:
    parts = [part.text for part in told.preface]
    for section in told.sections:
        parts += [section.title, *(part.text for part in section.paragraphs)]
    return "\n".join(parts)


def _shown(version: ReportVersion, at: datetime) -> Shown:
    told = thaw(version)
    year = version.report.year
    called = f"{year}年年报 {year}年报 {year}年度报告 {year}年政府信息公开年报"  # as people call it
    return Shown(
        kind=KIND,
        number=version.report_id,
        agency_id=version.report.agency_id,
        at=at,
        title=told.title,
        page=str(year),
        text=f"{_prose(told)}\n{called}",
    )


def show_report(work: ReportYear) -> None:
    """Bring the public's index in step, in the transaction of the act that published."""
    bring_in_step(KIND, [work.pk])


def register_public_search() -> None:
    """Name it to the search."""
    register_shown(KIND, PublicReports())
