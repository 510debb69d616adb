"""One figure and what made it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.reports import queries as annual
from gongkai.reports.actions.export_list import FORMS, NothingToExport, export_list
from gongkai.reports.origins import KIND_WORDS, NoSuchFigure, origin_of

from .frame import actor_of, of_agency, page
from .links import link
from .reports import work_or_404

ROWS = 20


@require_safe
@of_agency("report.view")
def figure(request: HttpRequest, agency: Agency, year: int, key: str) -> HttpResponse:
    """In words what was looked at, and the records, entry or parts behind a figure, twenty records a page."""
    work = work_or_404(agency, year)
    state = annual.state_of(work)
    try:
        origin = origin_of(state.made, work, key)
    except NoSuchFigure as error:
        raise Http404 from error
    found: Any = None
    rows: list[tuple[str, list[tuple[str, str]]]] = []
    if origin.behind is not None:
        found = Paginator(origin.behind.records, ROWS).get_page(request.GET.get("page"))
        for line in map(origin.behind.line, found.object_list):
            name, *pk = line.opens or ("",)
            cells = list(zip(origin.behind.heads, line.texts, strict=True))
            rows.append((link(str(name), agency.slug, *pk) if name else "", cells))
    return page(
        request,
        agency,
        "figure",
        "reports",
        work=work,
        origin=origin,
        kind=KIND_WORDS[origin.kind],
        findings=[f for f in state.findings if key in f.cells],
        page=found,
        rows=rows,
        endings=list(FORMS),
    )


@require_safe
@of_agency("report.view")
def figure_file(request: HttpRequest, agency: Agency, year: int, key: str, ending: str) -> HttpResponse:
    """The same list as a file, however long it is; that it was made is written down by the act."""
    if ending not in FORMS:
        raise Http404
    work = work_or_404(agency, year)
    try:
        sheet = export_list(work, key, ending=ending, by=actor_of(request))
    except NoSuchFigure as error:
        raise Http404 from error
    except NothingToExport as error:
        messages.error(request, str(error))
        return redirect("desk:figure", agency.slug, year, key)
    disposition = content_disposition_header(as_attachment=True, filename=sheet.name) or ""
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
    return cast(
        HttpResponse,
        StreamingHttpResponse(sheet.pieces, content_type=sheet.content_type, headers=headers),
    )


_FIGURE = "<slug:agency>/reports/<int:year>/figures/<str:key>/"
PATTERNS = [
    path(_FIGURE, figure, name="figure"),
    path(f"{_FIGURE}list.<slug:ending>", figure_file, name="figure-file"),
]
