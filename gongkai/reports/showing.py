"""What the public can find of annual reports: the published version, title and prose."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from django.db.models import OuterRef, Subquery

from gongkai.search.shown import Shown, bring_in_step, register_shown

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
        newest = ReportVersion.objects.filter(report=OuterRef("report")).order_by("-number").values("pk")[:1]
        rows = ReportVersion.objects.filter(report__in=list(numbers)).select_related("report")
        first = {row.report_id: row.published_at for row in rows.filter(number=1).defer("snapshot")}
        return [_shown(row, first[row.report_id]) for row in rows.filter(pk=Subquery(newest))]


def _shown(version: ReportVersion, at: datetime) -> Shown:
    told = thaw(version)
    parts = [part.text for part in told.preface]
    for section in told.sections:
        parts += [section.title, *(part.text for part in section.paragraphs)]
    year = version.report.year
    parts.append(f"{year}年年报 {year}年报 {year}年度报告 {year}年政府信息公开年报")  # as people call it
    return Shown(
        kind=KIND,
        number=version.report_id,
        agency_id=version.report.agency_id,
        at=at,
        title=told.title,
        page=str(year),
        text="\n".join(parts),
    )


def show_report(work: ReportYear) -> None:
    """Bring the public's index in step, in the transaction of the act that published."""
    bring_in_step(KIND, [work.pk])


def register_public_search() -> None:
    """Name it to the search."""
    register_shown(KIND, PublicReports())
