"""年报: the years, the workbench of one, its files, its publication."""

from __future__ import annotations

from collections.abc import Sequence
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
from gongkai.reports.actions.publish import CannotPublish, publish
from gongkai.reports.exports import FORMATS, file_name
from gongkai.reports.origins import origins_in_words
from gongkai.reports.pages import PartView, counted_by_level, parts_of
from gongkai.statute.report.checks import all_checks
from gongkai.statute.report.findings import Finding, Level

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


@require_safe
@of_agency("report.view")
def workbench(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """The report as it stands: findings, prose and tables with every figure opening to what made it."""
    work = work_or_404(agency, year)
    state = annual.state_of(work)
    made = state.made
    placed = parts_of(made.report, prose=made.prose, findings=state.findings)
    version = annual.public_version(agency, year)
    placed_in_tables = [f for part in placed for f in part.findings]
    general = [f for f in state.findings if f.level is not Level.NOTE and f not in placed_in_tables]
    return page(
        request,
        agency,
        "report",
        "reports",
        work=work,
        report=made.report,
        parts=placed,
        general=general,
        notes=state.at(Level.NOTE),
        levels=[
            (level, word, n, _first_of(level, general, placed, notes=bool(state.at(Level.NOTE))))
            for level, word, n in counted_by_level(state.findings)
        ],
        checks_run=len(all_checks()),
        blocked=bool(state.at(Level.ERROR)),
        origins=origins_in_words(made),
        version=version,
        changed=version is not None and not annual.is_as_published(version, made.report),
        may_publish=bool(may(actor_of(request), "report.publish", work)),
        formats=FORMATS,
    )


def _first_of(level: str, general: Sequence[Finding], placed: Sequence[PartView], *, notes: bool) -> str:
    """The id of the first box of findings on the page that holds one of this level; empty when none does."""
    if level == Level.NOTE.value:
        return "findings-notes" if notes else ""
    if any(f.level.value == level for f in general):
        return "findings-general"
    for part in placed:
        if part.table and any(f.level.value == level for f in part.findings):
            return f"findings-{part.table.key}"
    return ""


@require_POST
@of_agency("report.publish")
def publish_report(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """Publish the report as it stands; the head's button."""
    work = work_or_404(agency, year)
    try:
        version = publish(work, by=actor_of(request), at=timezone.now())
    except CannotPublish as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{year}年年报已发布，现在是第{version.number}版。")
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
