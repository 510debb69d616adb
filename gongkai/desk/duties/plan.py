"""年度工作计划 on paper, as .xlsx for the wall, as .ics for a calendar."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.oversight.duties.files import FORMS, file_of, heading
from gongkai.oversight.duties.year import duties_of

from ..frame import actor_of, of_agency, page
from .home import MARKS, year_asked


@require_safe
@of_agency("duty.view")
def plan(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The year on one sheet."""
    actor, year = actor_of(request), year_asked(request)
    return page(
        request,
        agency,
        "duties/plan",
        "oversight",
        year=year,
        title=heading(agency, year),
        rows=[(due, MARKS[due.state(actor.day)][1]) for due in duties_of(agency, year)],
        day=actor.day,
    )


@require_safe
@of_agency("duty.view")
def plan_file(request: HttpRequest, agency: Agency, ending: str) -> HttpResponse:
    """The year as a file."""
    actor, year = actor_of(request), year_asked(request)
    if ending not in FORMS:
        raise Http404
    content = file_of(agency, year, duties_of(agency, year), actor.day, ending)
    name = content_disposition_header(True, f"{heading(agency, year)}.{ending}") or "attachment"
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=FORMS[ending], headers=headers)


PATTERNS = [
    path("<slug:agency>/oversight/duties/plan/", plan, name="duties-plan"),
    path("<slug:agency>/oversight/duties/files/<slug:ending>/", plan_file, name="duties-file"),
]
