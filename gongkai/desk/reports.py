"""年报: the years, the workbench of one, its files, its ledger, its publication."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.queries import Agency, is_head
from gongkai.reports import queries as annual
from gongkai.reports.actions.publish import CannotPublish, MayNotPublish, publish
from gongkai.reports.exports import FORMATS, XLSX_TYPE, file_name
from gongkai.reports.ledgers import LABELS, NOTE, ledger_name, ledger_rows, ledger_title, ledger_xlsx
from gongkai.reports.origins import origins_in_words
from gongkai.reports.pages import PartView, counted_by_level, parts_of
from gongkai.statute.report.checks import all_checks
from gongkai.statute.report.findings import Finding, Level

from .frame import of_agency, page

if TYPE_CHECKING:
    from gongkai.reports.models import ReportYear


def work_or_404(agency: Agency, year: int) -> ReportYear:
    """The work on this year's report, or a page that is not there."""
    try:
        return annual.report_of(agency, year)
    except annual.NoReport as error:
        raise Http404 from error


@require_safe
@of_agency
def years(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The years of which a report is made or was published."""
    day = timezone.localdate()
    rows = [(work, annual.duty_of(agency, work.year, day, work)) for work in annual.reports_of(agency)]
    return page(request, agency, "reports", "reports", rows=rows)


@require_safe
@of_agency
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
        may_publish=is_head(request.user, agency),
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
@of_agency
def publish_report(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """Publish the report as it stands; the head's button."""
    work = work_or_404(agency, year)
    try:
        version = publish(work, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    except MayNotPublish as error:
        raise PermissionDenied from error
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
@of_agency
def report_file(request: HttpRequest, agency: Agency, year: int, ending: str) -> HttpResponse:
    """The report as it stands, as a file."""
    form = FORMATS.get(ending)
    if form is None:
        raise Http404
    made = annual.made_of(agency, work_or_404(agency, year).year)
    return _download(form.write(made.report), file_name(made.report, ending), form.content_type)


@require_safe
@of_agency
def ledger(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """The ledger of the year in its twelve columns."""
    work = work_or_404(agency, year)
    rows = ledger_rows(annual.made_of(agency, year).requests)
    return page(
        request,
        agency,
        "ledger",
        "reports",
        work=work,
        title=ledger_title(work),
        columns=LABELS,
        rows=rows,
        foot=NOTE,
    )


@require_safe
@of_agency
def ledger_file(request: HttpRequest, agency: Agency, year: int, copy: str) -> HttpResponse:
    """The ledger as .xlsx: own with names, public without."""
    if copy not in ("own", "public"):
        raise Http404
    work = work_or_404(agency, year)
    public = copy == "public"
    content = ledger_xlsx(work, annual.made_of(agency, year).requests, public=public)
    return _download(content, ledger_name(work, public=public), XLSX_TYPE)
