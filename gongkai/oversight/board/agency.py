"""One agency as the office above may look into it: its requests without persons, its columns, its findings, its reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from gongkai.agencies.models import Agency
from gongkai.disclosure.queries import live_items
from gongkai.inforequests.models import InfoRequest
from gongkai.reports.models import PublishedElsewhere, ReportVersion, ReportYear
from gongkai.reports.queries import public_years
from gongkai.statute.inspection import RULES, Rule, freshness
from gongkai.statute.states import RUNNING, STATES

from ..inspection.columns import NOT_UPDATED, limit_of, standings
from ..inspection.found import Round
from ..models import Finding, ReportLook
from .counting import of_state, report_states
from .lines import REPORT_STATES

REQUEST_STATES = {
    "overdue": "逾期没有答复的",
    "three": "3 个工作日内到期的",
    "seven": "7 个工作日内到期的",
    "open": "没有办结的",
    "unconfirmed": "还没有确认收到的",
    "closed": "今年办结的",
}
"""By what the list of requests may be asked for."""
_FIELDS = ("number", "state", "due_on", "due_provisional", "closed_on", "received_on", "section__name")


@dataclass(frozen=True, slots=True)
class Case:
    """A request as the office above sees it: nothing of who asks and for what."""

    number: str
    state: str
    due_on: date | None
    provisional: bool
    received_on: date | None
    closed_on: date | None
    section: str
    days_over: int


def cases_of(agency: Agency, state: str, day: date) -> QuerySet[Any, Any]:
    """The requests under a word of `REQUEST_STATES`, the most urgent first; nothing else of them is read."""
    rows = of_state(InfoRequest.objects.filter(agency=agency), state, day)
    by = ("-closed_on", "-id") if state == "closed" else (F("due_on").asc(nulls_last=True), "id")
    found: QuerySet[Any, Any] = rows.order_by(*by).values(*_FIELDS)
    return found


def told(rows: Iterable[dict[str, Any]], day: date) -> list[Case]:
    """Each as the page shows it; a request whose clock stands still is not over its day."""
    return [
        Case(
            row["number"],
            STATES[row["state"]].label if row["state"] in STATES else row["state"],
            row["due_on"],
            row["due_provisional"],
            row["received_on"],
            row["closed_on"],
            row["section__name"] or "",
            _over(row, day),
        )
        for row in rows
    ]


def _over(row: dict[str, Any], day: date) -> int:
    due, until = row["due_on"], row["closed_on"] or day
    if due is None or (row["closed_on"] is None and row["state"] not in RUNNING):
        return 0
    return max(0, int((until - due).days))


@dataclass(frozen=True, slots=True)
class Age:
    """A column and how long ago something came into it; `limit` and `verdict` are empty where no limit holds."""

    name: str
    kind: str
    slug: str
    items: int
    last: date | None
    days: int | None
    limit: int | None
    verdict: str


def ages_of(agency: Agency, now: datetime) -> list[Age]:
    """The columns in their order, counted now, by the same rule as the inspection's."""
    round_ = Round(agency, now)
    reports = [year.public_at for year in public_years(agency) if year.public_at]
    found = []
    for one in standings(round_, reports):
        limit = None if one.column.kind in NOT_UPDATED else limit_of(round_, one.column)
        last = one.last.astimezone(now.tzinfo).date() if one.last else None
        verdict = freshness(last, round_.day, limit) if limit and last else ("empty" if not one.items else "")
        days = (round_.day - last).days if last else None
        column = one.column
        found.append(
            Age(column.name, column.get_kind_display(), column.slug, one.items, last, days, limit, verdict)
        )
    return found


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding with its rule, and the page of the public that it is about, if it is about one."""

    finding: Finding
    rule: Rule | None
    item: int | None

    @property
    def where(self) -> str:
        """Where it is, for what the public can see; of drafts nothing is told."""
        return self.finding.where if self.item or not self.finding.item_id else ""


def findings_below(agency: Agency) -> QuerySet[Finding]:
    """What is open in the agency, the gravest first."""
    rows = Finding.objects.filter(agency=agency, state=Finding.State.OPEN).select_related("seat__section")
    return rows.order_by("gravity", "due_on", "id")


def problems(rows: Sequence[Finding]) -> list[Problem]:
    """Each with its public page; one query."""
    live = live_items({row.item_id for row in rows if row.item_id})
    return [Problem(row, RULES.get(row.rule), row.item_id if row.item_id in live else None) for row in rows]


@dataclass(frozen=True, slots=True)
class Report:
    """A year's report as the office sees it."""

    year: int
    state: str
    word: str
    published_at: datetime | None
    wrong: tuple[str, ...]
    looked: bool
    url: str = ""


def reports_below(agency: Agency) -> list[Report]:
    """Every year that was worked on or published elsewhere, the newest first; three queries."""
    works = ReportYear.objects.filter(agency=agency)
    newest = ReportVersion.objects.filter(report=OuterRef("pk")).order_by("-number")
    rows = {
        work.year: work
        for work in works.annotate(
            public_at=Subquery(newest.values("published_at")[:1]), public=Subquery(newest.values("pk")[:1])
        )
    }
    looks = {look.version_id: look for look in ReportLook.objects.filter(version__report__agency=agency)}
    states = {work: state for work, _, state, _ in report_states(works)}
    found = []
    for year, work in rows.items():
        state = states[work.pk]
        look = looks.get(work.public)
        found.append(
            Report(
                year,
                state,
                REPORT_STATES[state],
                work.public_at,
                tuple(look.wrong) if look else (),
                look is not None,
            )
        )
    for row in PublishedElsewhere.objects.filter(agency=agency).exclude(year__in=list(rows)):
        found.append(Report(row.year, "elsewhere", REPORT_STATES["elsewhere"], None, (), False, row.url))
    return sorted(found, key=lambda one: -one.year)
