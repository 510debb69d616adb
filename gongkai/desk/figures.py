"""One figure and what made it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.reports import queries as annual
from gongkai.reports.origins import KIND_WORDS, NoSuchFigure, origin_of

from .frame import of_agency, page
from .reports import work_or_404


@require_safe
@of_agency("report.view")
def figure(request: HttpRequest, agency: Agency, year: int, key: str) -> HttpResponse:
    """The items, requests, entry or parts behind a figure, and in words what was looked at."""
    work = work_or_404(agency, year)
    state = annual.state_of(work)
    try:
        origin = origin_of(state.made, work, key)
    except NoSuchFigure as error:
        raise Http404 from error
    return page(
        request,
        agency,
        "figure",
        "reports",
        work=work,
        origin=origin,
        kind=KIND_WORDS[origin.kind],
        findings=[f for f in state.findings if key in f.cells],
    )
