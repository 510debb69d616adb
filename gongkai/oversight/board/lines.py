"""One agency as the board shows it, in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.agencies.models import Agency

REPORT_STATES = {
    "none": "没有编写",
    "draft": "编写中",
    "signing": "签批中",
    "published": "已公布，没有报送",
    "elsewhere": "在别处公布",
    "handed_in": "已报送",
    "returned": "退回修改",
    "cleared": "核对通过",
}
"""How far an agency's report of the year is; what an office above concluded goes before the rest."""
REPORT_DONE = frozenset({"elsewhere", "handed_in", "cleared"})
"""States in which nothing is owed."""


@dataclass(slots=True)
class Line:
    """The figures of one agency; of requests: not closed, and of these past their day, due within three working days,
    within seven; `lost` are reconsiderations and suits of the year that put something right."""

    agency: Agency
    open: int = 0
    overdue: int = 0
    oldest: date | None = None
    in_three: int = 0
    in_seven: int = 0
    unconfirmed: int = 0
    closed: int = 0
    pending: int = 0
    lost_reviews: int = 0
    lost_suits: int = 0
    findings: int = 0
    vetoes: int = 0
    stale: int = 0
    inspected_at: datetime | None = None
    report: str = "none"
    report_wrong: int = 0
    report_due: date | None = None
    orders: int = 0
    orders_late: int = 0
    signed_in: datetime | None = None

    @property
    def lost(self) -> int:
        """Reconsiderations and suits lost in the year."""
        return self.lost_reviews + self.lost_suits

    @property
    def report_word(self) -> str:
        """The state of the report in words."""
        return REPORT_STATES.get(self.report, self.report)

    @property
    def report_owed(self) -> bool:
        """Whether the report of the year is still owed to the office."""
        return self.report not in REPORT_DONE

    def report_late(self, day: date) -> bool:
        """Whether it is owed and its last day is past."""
        return self.report_owed and self.report_due is not None and self.report_due < day

    def urgency(self, day: date) -> tuple[int, ...]:
        """The greater, the sooner it has to be seen to."""
        return (
            self.overdue,
            self.vetoes,
            self.report_wrong,
            self.orders_late,
            int(self.report_late(day)),
            self.in_three,
            self.lost,
            self.stale,
            self.in_seven,
            self.findings,
        )
