"""The published reports are checked once each, by the tick: what does not agree in them is kept for the board."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import OuterRef, Subquery

from gongkai.reports.models import ReportVersion
from gongkai.reports.queries import public_version, thaw
from gongkai.statute.report.checks import check
from gongkai.statute.report.findings import Finding, Level

from ..models import ReportLook

LOT, KEPT = 50, 20
"""Reports looked at in one go; sentences kept of one."""
AGAINST_LAST_YEAR = "Y-"
"""How the numbers of the checks begin that compare a report with the one of the year before."""


def waiting() -> Sequence[ReportVersion]:
    """The newest public versions that were not looked at, or whose report of the year before has another version since."""
    newest = ReportVersion.objects.filter(report=OuterRef("report")).order_by("-number").values("pk")[:1]
    before = (
        ReportVersion.objects.filter(
            report__agency=OuterRef("report__agency"), report__year=OuterRef("report__year") - 1
        )
        .order_by("-number")
        .values("pk")[:1]
    )
    looks = ReportLook.objects.filter(version=OuterRef("pk")).values("before_id")[:1]
    rows = ReportVersion.objects.filter(pk=Subquery(newest)).annotate(
        before=Subquery(before), compared=Subquery(looks)
    )
    found = rows.select_related("report__agency").order_by("pk").defer("snapshot")
    seen = set(ReportLook.objects.filter(version__in=rows.values("pk")).values_list("version", flat=True))
    return [row for row in found if row.pk not in seen or row.before != row.compared][:LOT]


def wrong_in(version: ReportVersion) -> tuple[list[str], int | None]:
    """What does not agree in it, in sentences, and the version of the year before that it was compared with."""
    before = public_version(version.report.agency, version.report.year - 1)
    found = check(thaw(version), thaw(before) if before else None)
    return [one.message for one in found if _is_wrong(one)][:KEPT], before.pk if before else None


def _is_wrong(one: Finding) -> bool:
    against = one.code.startswith(AGAINST_LAST_YEAR) and one.level is not Level.NOTE
    return one.level is Level.ERROR or against
