"""巡查: what is open, by gravity."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.oversight import queries

from ..frame import of_agency, page


@require_safe
@of_agency("inspection.view")
def home(request: HttpRequest, agency: Agency) -> HttpResponse:
    """巡查: the last run, and what is open."""
    return page(
        request,
        agency,
        "inspection/home",
        "oversight",
        run=queries.last_run(agency),
        findings=queries.findings_of(agency)[:50],
    )


PATTERNS = [path("<slug:agency>/oversight/", home, name="oversight")]
