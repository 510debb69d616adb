"""An office that brings its report to the public: the whole way, by the people of the cast."""

from __future__ import annotations

from datetime import datetime

from gongkai.reports.models import ReportVersion, ReportYear
from gongkai.sample.publishing import publish_signed
from tests.cast import Cast


def published(cast: Cast, work: ReportYear, at: datetime, note: str = "") -> ReportVersion:
    """Explained and handed in by the clerk, reviewed by the head of the office, signed by the leader, published."""
    signers = [cast.ogi_head, cast.leader]
    return publish_signed(work, clerk=cast.clerk, signers=signers, at=at, note=note)
