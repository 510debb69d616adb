"""年报: every year whose report is public, the report itself as real tables, and as files."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.disclosure import queries as disclosure
from gongkai.reports import queries as annual
from gongkai.reports.charts import charts_of
from gongkai.reports.exports import FORMATS, file_name, published_file
from gongkai.reports.pages import parts_of

from .columns import items_page
from .frame import agency_here, column_page, in_full
from .keeping import public_page
from .tags import column_tags, content_tags


@public_page("page")
def reports(request: HttpRequest, agency: str) -> HttpResponse:
    """年报: every year whose report is public, each under the name of its year; older ones as the office put them."""
    found = agency_here(agency)
    return column_page(
        request,
        found,
        "reports",
        [("政府信息公开年报", "")],
        years=annual.public_years(found),
        formats=FORMATS,
        page=items_page(request, disclosure.public_items_of_kind(found, "reports")),
    )


@public_page()
def report(request: HttpRequest, agency: str, year: int) -> HttpResponse:
    """A published report as real tables, from the frozen version."""
    found = agency_here(agency)
    version = annual.public_version(found, year)
    if version is None:
        raise Http404
    told = annual.thaw(version)
    crumbs = [("政府信息公开年报", reverse("portal:reports", args=[agency])), (f"{year}年", "")]
    url = in_full(request, request.path)
    tags = column_tags("政府信息公开年报") + content_tags(
        told.title, version.published_at, told.agency, Keywords="政府信息公开,年度报告", Url=url
    )
    return column_page(
        request,
        found,
        "reports",
        crumbs,
        "report",
        tags=tags,
        report=told,
        version=version,
        parts=parts_of(told),
        charts=charts_of(told, annual.published_before(found, year)),
        formats=FORMATS,
    )


@require_safe
@login_not_required
def report_file(request: HttpRequest, agency: str, year: int, ending: str) -> HttpResponse:
    """A published report as a file."""
    found = agency_here(agency)
    version = annual.public_version(found, year)
    form = FORMATS.get(ending)
    if version is None or form is None:
        raise Http404
    etag = f'"{version.digest}-{ending}"'
    not_modified = get_conditional_response(request, etag)
    if not_modified is not None and not_modified.status_code == 304:
        assert isinstance(not_modified, HttpResponse)  # noqa: S101 - it is made here, never streamed
        return not_modified
    name = content_disposition_header(as_attachment=True, filename=file_name(annual.thaw(version), ending))
    headers = {"Content-Disposition": name, "ETag": etag, "Cache-Control": "public, max-age=300"}
    return HttpResponse(published_file(version, ending), content_type=form.content_type, headers=headers)


report_file.same_for_everybody = True  # type: ignore[attr-defined]
_HERE = "zfxxgk/<slug:agency>/reports/"
PATTERNS = [
    path(_HERE, reports, name="reports"),
    path(f"{_HERE}<int:year>/", report, name="report"),
    path(f"{_HERE}<int:year>/files/<slug:ending>/", report_file, name="report-file"),
]
