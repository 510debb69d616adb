"""待办, 申请, 公开."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency, agencies_of
from gongkai.disclosure import queries as disclosure
from gongkai.inforequests.queries import requests_of
from gongkai.reports import queries as annual
from gongkai.statute.report.writers.layout import TABLE_OF
from gongkai.statute.requesters import BY_SLUG

from .frame import of_agency, page

ROWS = 50
LAWSUITS = ("litigation_direct", "litigation_after_reconsideration")
TABLE_FOUR = next(section for section, table in TABLE_OF.items() if table == "t4")


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """To the desk of the person's agency; who holds no seat is told so."""
    own = agencies_of(request.user).first()
    if own is None:
        return render(request, "desk/no_seat.html", status=403)
    return redirect("desk:today", own.slug)


@require_safe
@of_agency
def today(request: HttpRequest, agency: Agency) -> HttpResponse:
    """今日待办 in its first form: the reports that are owed, and the newest year in figures."""
    works = list(annual.reports_of(agency))
    day = timezone.localdate()
    newest = works[0] if works else None
    return page(
        request,
        agency,
        "today",
        "today",
        day=day,
        owed=annual.duties_of(agency, works, day),
        done=[work for work in works if work.public_number],
        newest=newest,
        figures=_figures(agency, newest.year) if newest else [],
    )


def _figures(agency: Agency, year: int) -> list[tuple[str, str, str]]:
    """The year in eight figures: name, value, where it opens."""
    facts = annual.made_of(agency, year).facts
    keys = (
        ("主动公开（条）", "items"),
        ("新收申请（件）", "t3.new.total"),
        ("办结申请（件）", "t3.result_total.total"),
        ("上年结转（件）", "t3.carried_in.total"),
        ("结转下年（件）", "t3.carried_out.total"),
        ("行政处罚（件）", "t2.penalties"),
        ("因信息公开被申请行政复议（件）", "t4.reconsideration.total"),
    )
    told = [
        (
            name,
            str(facts[key].value) if key in facts else "未填报",
            reverse("desk:figure", args=[agency.slug, year, key]),
        )
        for name, key in keys
    ]
    sued = [facts.get(f"t4.{track}.total") for track in LAWSUITS]
    value = "未填报" if None in sued else str(sum(fact.value for fact in sued if fact))
    table_four = f"{reverse('desk:report', args=[agency.slug, year])}#part-{TABLE_FOUR}"
    return [*told, ("因信息公开被起诉（件）", value, table_four)]


@require_safe
@of_agency
def requests(request: HttpRequest, agency: Agency) -> HttpResponse:
    """申请: the registered requests, read only so far."""
    found = Paginator(requests_of(agency), ROWS).get_page(request.GET.get("page"))
    kinds = {slug: kind.label for slug, kind in BY_SLUG.items()}
    rows = [(row, kinds.get(row.requester_kind, row.requester_kind)) for row in found.object_list]
    return page(request, agency, "requests", "requests", page=found, rows=rows)


@require_safe
@of_agency
def columns(request: HttpRequest, agency: Agency) -> HttpResponse:
    """公开: the columns with the number of their items."""
    return page(request, agency, "columns", "columns", columns=disclosure.columns_of(agency))


@require_safe
@of_agency
def column(request: HttpRequest, agency: Agency, column: str) -> HttpResponse:
    """The items of a column."""
    try:
        where = disclosure.column_of(agency, column)
    except disclosure.NoColumn as error:
        raise Http404 from error
    found = Paginator(disclosure.items_in(where), ROWS).get_page(request.GET.get("page"))
    return page(request, agency, "column", "columns", column=where, page=found)
