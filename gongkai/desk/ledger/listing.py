"""台账: the twelve columns of the requests on screen and on paper, and the sheets of them."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.ledger import queries
from gongkai.ledger.actions.export import COPIES, FORMS, NothingToExport, export
from gongkai.statute.ledger.columns import LABELS, NOTE

from ..frame import actor_of, look_at_personal, of_agency, page
from .asking import LedgerForm

ROWS = 30
PRINTED = 1000
"""Rows on the page that is made for the printer; more are exported."""


@require_safe
@of_agency("requests.view")
def ledger(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The ledger, thirty rows a page; names and numbers masked unless opened, which is written down."""
    actor = actor_of(request)
    form = LedgerForm(request.GET, agency=agency, actor=actor)
    wanted = form.wanted()
    printed, opened = "print" in request.GET, "names" in request.GET
    found = Paginator(queries.asked_for(agency, wanted), PRINTED if printed else ROWS).get_page(
        request.GET.get("page")
    )
    if opened:
        look_at_personal(request, "requests.personal", agency, page=request.path, rows=len(found.object_list))
    empty = queries.is_empty_year(wanted, found.paginator.count)
    rows = queries.lines(agency, wanted, found.object_list, found.start_index(), names=opened)
    return page(
        request,
        agency,
        "ledger/ledger",
        "requests",
        form=form,
        wanted=wanted,
        title=queries.heading(agency, wanted),
        columns=LABELS,
        rows=queries.empty_lines() if empty else rows,
        empty=empty,
        foot=NOTE,
        page=found,
        opened=opened,
        printed=printed,
        asked=_without(request, "page", "names", "print"),
        may_open=form.by_name,
        may_import=bool(may(actor, "ledger.import", agency)),
    )


def _without(request: HttpRequest, *names: str) -> str:
    asked = request.GET.copy()
    for name in names:
        asked.pop(name, None)
    return asked.urlencode()


@require_safe
@of_agency("requests.view")
def ledger_export(request: HttpRequest, agency: Agency) -> HttpResponse:
    """导出: for whose eyes, in which form; each copy says what it holds and what it leaves out."""
    form = LedgerForm(request.GET, agency=agency, actor=actor_of(request))
    wanted = form.wanted()
    count = queries.asked_for(agency, wanted).count()
    return page(
        request,
        agency,
        "ledger/export",
        "requests",
        told=form.told(),
        count=count,
        nothing=not count and not queries.is_empty_year(wanted, count),
        asked=request.GET.urlencode(),
        may_own=bool(may(actor_of(request), COPIES["own"], agency)),
    )


@require_safe
@of_agency("requests.view")
def ledger_file(request: HttpRequest, agency: Agency, copy: str, ending: str) -> HttpResponse:
    """One copy as a file; who may, and that it was made, is asked and written down by the act itself."""
    if copy not in COPIES or ending not in FORMS:
        raise Http404
    actor = actor_of(request)
    wanted = LedgerForm(request.GET, agency=agency, actor=actor).wanted()
    try:
        sheet = export(agency, wanted, copy=copy, ending=ending, by=actor)
    except NothingToExport as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('desk:ledger', args=[agency.slug])}?{request.GET.urlencode()}")
    disposition = content_disposition_header(as_attachment=True, filename=sheet.name) or ""
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
    return cast(
        HttpResponse,
        StreamingHttpResponse(sheet.pieces, content_type=sheet.content_type, headers=headers),
    )


PATTERNS = [
    path("<slug:agency>/ledger/", ledger, name="ledger"),
    path("<slug:agency>/ledger/export/", ledger_export, name="ledger-export"),
    path("<slug:agency>/ledger/file/<slug:copy>/<slug:ending>/", ledger_file, name="ledger-file"),
]
