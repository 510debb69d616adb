"""What can be found of annual reports: the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.search.indexing import Document, index, register

from .models import ReportYear


def report(work: ReportYear) -> Document:
    """One year's report, for those who may see the agency's reports."""
    return Document(
        kind="report",
        object_id=str(work.pk),
        agency_id=work.agency.pk,
        act="report.view",
        title=f"{work.year}年政府信息公开工作年度报告",
        url=reverse("desk:report", args=[work.agency.slug, work.year]),
        day=date(work.year, 12, 31),
    )


def reports() -> Iterator[Document]:
    """Every report."""
    return map(report, ReportYear.objects.select_related("agency").order_by("pk").iterator(500))


def index_report(work: ReportYear) -> None:
    """Bring one report up to date in the index, in the transaction of the act that made it."""
    index(report(work))


def register_search() -> None:
    """Name it to the search."""
    register("report", reports)
