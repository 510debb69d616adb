"""季度自查表: on the page, as .docx and .xlsx; 定稿."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.oversight.actions.sheet import CannotSettle, settle_sheet
from gongkai.oversight.sheet import HAN, quarters_until, settled_sheet, sheet_of
from gongkai.oversight.sheet_files import FORMS, file_of, notes, opening
from gongkai.statute.inspection import quarter_of

from ..frame import actor_of, of_agency, page


@require_safe
@of_agency("inspection.view")
def newest(request: HttpRequest, agency: Agency) -> HttpResponse:
    """To the sheet of this quarter."""
    return redirect("desk:inspection-sheet", agency.slug, *quarter_of(actor_of(request).day))


def _known(request: HttpRequest, year: int, quarter: int) -> None:
    """Only quarters that have begun, and not of long ago."""
    day = actor_of(request).day
    if quarter not in HAN or not year >= 2019 or (year, quarter) > quarter_of(day):
        raise Http404


@require_safe
@of_agency("inspection.view")
def sheet(request: HttpRequest, agency: Agency, year: int, quarter: int) -> HttpResponse:
    """The sheet of a quarter."""
    _known(request, year, quarter)
    actor, now = actor_of(request), timezone.now()
    content = sheet_of(agency, year, quarter, now)
    return page(
        request,
        agency,
        "inspection/sheet",
        "oversight",
        sheet=content,
        opening=opening(content),
        notes=notes(content),
        year=year,
        quarter=quarter,
        quarters=[(y, q, f"{y}年第{HAN[q]}季度") for y, q in quarters_until(actor.day)],
        settled=settled_sheet(agency, year, quarter),
        settles=bool(may(actor, "inspection.sheet", agency)),
    )


@require_safe
@of_agency("inspection.view")
def sheet_file(request: HttpRequest, agency: Agency, year: int, quarter: int, ending: str) -> HttpResponse:
    """The sheet as a file."""
    _known(request, year, quarter)
    if ending not in FORMS:
        raise Http404
    content = sheet_of(agency, year, quarter, timezone.now())
    name = content_disposition_header(True, f"{content['title']}.{ending}") or "attachment"
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    return HttpResponse(file_of(content, ending), content_type=FORMS[ending], headers=headers)


@require_POST
@of_agency("inspection.sheet")
def settle(request: HttpRequest, agency: Agency, year: int, quarter: int) -> HttpResponse:
    """定稿."""
    _known(request, year, quarter)
    try:
        settle_sheet(agency, by=actor_of(request), year=year, quarter=quarter, now=timezone.now())
    except CannotSettle as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "自查表已定稿，以后查到的问题不再改变这张表。")
    return redirect("desk:inspection-sheet", agency.slug, year, quarter)


_ONE = "<slug:agency>/oversight/sheets/<int:year>/<int:quarter>/"
PATTERNS = [
    path("<slug:agency>/oversight/sheets/", newest, name="inspection-sheets"),
    path(_ONE, sheet, name="inspection-sheet"),
    path(f"{_ONE}settle/", settle, name="inspection-sheet-settle"),
    path(f"{_ONE}files/<slug:ending>/", sheet_file, name="inspection-sheet-file"),
]
