"""The figures of all agencies below an office: each kind in one GROUP BY, however many agencies there are.

Nothing is kept: what is overdue is counted as of the day asked for. A test counts everything a second time, one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery

from gongkai.agencies.models import Agency, Kind, Seat
from gongkai.dictionaries.queries import calendar
from gongkai.inforequests.models import InfoRequest
from gongkai.remedies.models import Remedy
from gongkai.reports.models import PublishedElsewhere, ReportSheet, ReportVersion, ReportYear, Submission
from gongkai.reports.queries import duty_of
from gongkai.statute.states import RUNNING

from ..models import Finding, InspectionRun, Order, ReportLook
from .below import all_below
from .lines import Line

SOON, NEAR = 3, 7
"""Working days left from which a request is due soon, and from which it comes near."""
Conclusion = Callable[[Collection[int], int], Mapping[int, str]]
CONCLUSIONS: dict[str, Conclusion] = {}
"""What else says how an agency's report of a year stands (returned, cleared): by name, given the agencies and the year."""


def register_conclusion(name: str, ask: Conclusion) -> None:
    """Ask this as well from now on; naming it again replaces it."""
    CONCLUSIONS[name] = ask


def lines_of(office: Agency, day: date) -> list[Line]:
    """A line for each agency below the office, by name; a fixed number of queries."""
    return lines_for(all_below(office), day)


def lines_for(agencies: Iterable[Agency], day: date) -> list[Line]:
    """A line for each of these agencies, in their order."""
    lines = {row.pk: Line(row) for row in agencies}
    if lines:
        _requests(lines, day)
        _remedies(lines, day)
        _inspection(lines)
        _reports(lines, day)
        _orders(lines, day)
        _people(lines)
    return list(lines.values())


def report_year(day: date) -> int:
    """The year whose report is told of: the last one that is over."""
    return day.year - 1


def of_state(rows: QuerySet[InfoRequest], state: str, day: date) -> QuerySet[InfoRequest]:
    """Of these requests those that the board counts under a word: open, overdue, three, seven, unconfirmed, closed."""
    if state == "closed":
        return rows.filter(closed_on__range=(date(day.year, 1, 1), date(day.year, 12, 31)))
    return rows.filter(_OPEN).filter(_counted(day)[state])


_OPEN = Q(closed_on__isnull=True)


def _counted(day: date) -> dict[str, Q]:
    days = calendar()
    running = Q(state__in=RUNNING)
    return {
        "open": Q(),
        "overdue": running & Q(due_on__lt=day),
        "three": running & Q(due_on__gte=day, due_on__lte=days.add(day, SOON)),
        "seven": running & Q(due_on__gte=day, due_on__lte=days.add(day, NEAR)),
        "unconfirmed": Q(received_on__isnull=True),
    }


def _requests(lines: dict[int, Line], day: date) -> None:
    of = _counted(day)
    rows = InfoRequest.objects.filter(_OPEN, agency__in=list(lines)).order_by().values_list("agency")
    for pk, *told in rows.annotate(
        all=Count("id"),
        overdue=Count("id", filter=of["overdue"]),
        oldest=Min("due_on", filter=of["overdue"]),
        three=Count("id", filter=of["three"]),
        seven=Count("id", filter=of["seven"]),
        unconfirmed=Count("id", filter=of["unconfirmed"]),
    ):
        line = lines[pk]
        line.open, line.overdue, line.oldest, line.in_three, line.in_seven, line.unconfirmed = told
    closed = of_state(InfoRequest.objects.filter(agency__in=list(lines)), "closed", day)
    for pk, n in closed.order_by().values_list("agency").annotate(all=Count("*")):
        lines[pk].closed = n


def _remedies(lines: dict[int, Line], day: date) -> None:
    lost = Q(result=Remedy.Result.CORRECTED, decided_on__year=day.year)
    review = Q(track=Remedy.Track.RECONSIDERATION)
    rows = Remedy.objects.filter(agency__in=list(lines), cancelled="").order_by().values_list("agency")
    for pk, pending, reviews, suits in rows.annotate(
        pending=Count("id", filter=Q(decided_on__isnull=True)),
        reviews=Count("id", filter=lost & review),
        suits=Count("id", filter=lost & ~review),
    ):
        line = lines[pk]
        line.pending, line.lost_reviews, line.lost_suits = pending, reviews, suits


def _inspection(lines: dict[int, Line]) -> None:
    rows = Finding.objects.filter(agency__in=list(lines), state=Finding.State.OPEN)
    for pk, *told in (
        rows.order_by()
        .values_list("agency")
        .annotate(
            all=Count("id", filter=~Q(gravity=Finding.Gravity.HINT)),
            vetoes=Count("id", filter=Q(gravity=Finding.Gravity.VETO)),
            stale=Count("id", filter=Q(rule="column_stale")),
        )
    ):
        line = lines[pk]
        line.findings, line.vetoes, line.stale = told
    done = InspectionRun.objects.filter(agency__in=list(lines), state=InspectionRun.State.DONE)
    for pk, at in done.order_by().values_list("agency").annotate(last=Max("finished_at")):
        lines[pk].inspected_at = at


def _reports(lines: dict[int, Line], day: date) -> None:
    year, days = report_year(day), calendar()
    due = {}
    for line in lines.values():
        level = line.agency.level
        if level not in due:
            due[level] = duty_of(line.agency, year, day, days=days).due
        line.report_due = due[level]
    for pk in PublishedElsewhere.objects.filter(agency__in=list(lines), year=year).values_list(
        "agency", flat=True
    ):
        lines[pk].report = "elsewhere"
    for _, pk, state, wrong in report_states(ReportYear.objects.filter(agency__in=list(lines), year=year)):
        lines[pk].report, lines[pk].report_wrong = state, wrong
    returned = Order.objects.filter(agency__in=list(lines), kind=Order.Kind.RETURN, year=year)
    for pk in returned.exclude(state=Order.State.CLOSED).values_list("agency", flat=True):
        lines[pk].report = "returned"
    for ask in CONCLUSIONS.values():
        for pk, state in ask(list(lines), year).items():
            if pk in lines:
                lines[pk].report = state


def report_states(works: QuerySet[ReportYear]) -> Iterator[tuple[int, int, str, int]]:
    """Of these years of work: which, whose, how far, and how much does not agree in the newest public version; one query."""
    newest = ReportVersion.objects.filter(report=OuterRef("pk")).order_by("-number")
    told = works.annotate(
        public=Subquery(newest.values("pk")[:1]),
        wrong=Subquery(
            ReportLook.objects.filter(version__report=OuterRef("pk"))
            .order_by("-version__number")
            .values("wrong")[:1]
        ),
        handed_in=Exists(Submission.objects.filter(report=OuterRef("pk"))),
        signing=Exists(ReportSheet.objects.filter(report=OuterRef("pk"), result="open")),
    )
    for work in told:
        state = "draft"
        if work.handed_in:
            state = "handed_in"
        elif work.public is not None:
            state = "published"
        elif work.signing:
            state = "signing"
        yield work.pk, work.agency_id, state, len(work.wrong or ())


def _orders(lines: dict[int, Line], day: date) -> None:
    rows = Order.objects.filter(agency__in=list(lines)).exclude(state=Order.State.CLOSED)
    for pk, n, late in (
        rows.order_by()
        .values_list("agency")
        .annotate(all=Count("id"), late=Count("id", filter=Q(state=Order.State.OPEN, due_on__lt=day)))
    ):
        lines[pk].orders, lines[pk].orders_late = n, late


def _people(lines: dict[int, Line]) -> None:
    clerks = Seat.objects.filter(agency__in=list(lines), kind=Kind.CLERK, ended_on__isnull=True)
    for pk, at in clerks.order_by().values_list("agency").annotate(last=Max("person__last_login")):
        lines[pk].signed_in = at


def sums(lines: Iterable[Line], name: str) -> tuple[int, int]:
    """The sum of a figure over all agencies, and how many agencies have any of it."""
    values = [int(getattr(line, name)) for line in lines]
    return sum(values), sum(value > 0 for value in values)
