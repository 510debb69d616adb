"""One agency below: its figures, and what is behind them without any person."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.oversight.board import agency as looking
from gongkai.oversight.board.counting import lines_for, report_year
from gongkai.oversight.board.orders import orders_to

from ..frame import actor_of, page
from ..inspection.home import MARKS
from .below import of_below
from .home import REPORT_MARKS

ROWS, FEW = 30, 8
AGE_MARKS = {
    "stale": ("late", "超期"),
    "empty": ("due", "空白"),
    "fresh": ("done", "按时"),
    "soon": ("doing", "快到期"),
}
ORDER_MARKS = {"open": "due", "answered": "doing", "closed": "done"}


@require_safe
@of_below("board.view")
def show(request: HttpRequest, agency: Agency, below: Agency) -> HttpResponse:
    """The figures and the first of what is behind each."""
    actor = actor_of(request)
    day, now = actor.day, timezone.localtime()
    (line,) = lines_for([below], day)
    first = "overdue" if line.overdue else "seven" if line.in_seven else "open"
    found = list(looking.findings_below(below)[:FEW])
    ages = looking.ages_of(below, now)
    return page(
        request,
        agency,
        "county/agency",
        "county",
        below=below,
        line=line,
        day=day,
        year=report_year(day),
        tiles=[
            ("overdue", line.overdue, "逾期没有答复（件）"),
            ("three", line.in_three, "3 个工作日内到期（件）"),
            ("seven", line.in_seven, "7 个工作日内到期（件）"),
            ("open", line.open, "没有办结（件）"),
            ("closed", line.closed, "今年办结（件）"),
        ],
        first=first,
        first_word=looking.REQUEST_STATES[first],
        cases=looking.told(looking.cases_of(below, first, day)[:FEW], day),
        problems=[(one, MARKS[one.finding.gravity]) for one in looking.problems(found)],
        ages=[(one, *AGE_MARKS.get(one.verdict, ("plain", "不计期限"))) for one in ages],
        reports=[(one, REPORT_MARKS[one.state]) for one in looking.reports_below(below)],
        orders=[(one, ORDER_MARKS[one.state]) for one in orders_to(below)[:FEW]],
        own_office=agency.pk,
        issues=bool(may(actor, "order.issue", below)),
    )


class CasesForm(forms.Form):
    """Which requests."""

    use_required_attribute = False
    state = forms.ChoiceField(label="哪些申请", required=False, choices=list(looking.REQUEST_STATES.items()))


@require_safe
@of_below("board.view")
def cases(request: HttpRequest, agency: Agency, below: Agency) -> HttpResponse:
    """The requests of the agency, thirty a page: number, state, days, section."""
    day = actor_of(request).day
    form = CasesForm({"state": "overdue", **request.GET.dict()})
    state = (form.cleaned_data.get("state") if form.is_valid() else "") or "overdue"
    found = Paginator(looking.cases_of(below, state, day), ROWS).get_page(request.GET.get("page"))
    return page(
        request,
        agency,
        "county/cases",
        "county",
        below=below,
        form=form,
        state=state,
        page=found,
        cases=looking.told(list(found), day),
    )


@require_safe
@of_below("board.view")
def findings(request: HttpRequest, agency: Agency, below: Agency) -> HttpResponse:
    """What the self-inspection found there and is open, thirty a page."""
    found = Paginator(looking.findings_below(below), ROWS).get_page(request.GET.get("page"))
    return page(
        request,
        agency,
        "county/findings",
        "county",
        below=below,
        day=actor_of(request).day,
        page=found,
        problems=[(one, MARKS[one.finding.gravity]) for one in looking.problems(list(found))],
    )


_ONE = "<slug:agency>/county/agencies/<slug:below>/"
PATTERNS = [
    path(_ONE, show, name="county-agency"),
    path(f"{_ONE}requests/", cases, name="county-cases"),
    path(f"{_ONE}findings/", findings, name="county-findings"),
]
