"""核对已发布的年报: what does not agree in a published report is written down for the board."""

from __future__ import annotations

from datetime import datetime

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.reports.models import ReportVersion

from ..board.looking import wrong_in
from ..models import ReportLook


def look(version: ReportVersion, *, by: Actor, at: datetime) -> ReportLook:
    """Check one published version against itself and the year before. For the platform's own job."""
    wrong, before = wrong_in(version)
    with acting(by, "board.look", version.report.agency, year=version.report.year, wrong=len(wrong)):
        row, _ = ReportLook.objects.update_or_create(
            version=version, defaults={"wrong": wrong, "before_id": before, "at": at}
        )
    return row
