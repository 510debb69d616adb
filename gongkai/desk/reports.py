"""年报: the years, the report of one as files. The workbench is in `yearly`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.reports import queries as annual
from gongkai.reports.actions.prepare import CannotPrepare, open_year
from gongkai.reports.exports import FORMATS, file_name

from .frame import actor_of, of_agency, page

if TYPE_CHECKING:
    from gongkai.reports.models import ReportYear


def work_or_404(agency: Agency, year: int) -> ReportYear:
    """The work on this year's report, or a page that is not there."""
    try:
        return annual.report_of(agency, year)
    except annual.NoReport as error:
        raise Http404 from error


@require_safe
@of_agency("report.view")
def years(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The years of which a report is made or was published."""
    day = timezone.localdate()
    works = list(annual.reports_of(agency))
    rows = [(work, annual.duty_of(agency, work.year, day, work)) for work in works]
    return page(
        request,
        agency,
        "reports",
        "reports",
        rows=rows,
        unbegun=[duty for duty in annual.duties_of(agency, works, day) if duty.work is None],
        elsewhere=annual.all_elsewhere(agency),
        may_begin=bool(may(actor_of(request), "report.prepare", agency)),
    )


@require_POST
@of_agency("report.prepare")
def begin_report(request: HttpRequest, agency: Agency) -> HttpResponse:
    """Begin the report of a year that is owed and that nobody has begun."""
    owed = annual.duties_of(agency, list(annual.reports_of(agency)), timezone.localdate())
    years_open = {str(duty.year): duty.year for duty in owed if duty.work is None}
    year = years_open.get(request.POST.get("year", ""))
    if year is None:
        messages.error(request, "请选择要开始编写的年度。")
        return redirect("desk:reports", agency.slug)
    try:
        open_year(agency, year, by=actor_of(request))
    except CannotPrepare as error:
        messages.error(request, str(error))
        return redirect("desk:reports", agency.slug)
    messages.success(
        request, f"{year}年年报已经开始编写。登记的申请和公开的信息已经统计进去，其余的数还空着。"
    )
    return redirect("desk:report", agency.slug, year)


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": disposition or ""}
    )


@require_safe
@of_agency("report.view")
def report_file(request: HttpRequest, agency: Agency, year: int, ending: str) -> HttpResponse:
    """The report as it stands, as a file."""
    form = FORMATS.get(ending)
    if form is None:
        raise Http404
    made = annual.made_of(agency, work_or_404(agency, year).year)
    return _download(form.write(made.report), file_name(made.report, ending), form.content_type)
