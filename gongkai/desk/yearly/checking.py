"""检查: every finding with what to do and where, a sentence to each warning."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may, require
from gongkai.reports import queries as annual
from gongkai.reports.actions.base import CannotPrepare
from gongkai.reports.actions.steps import WORDS_MOST, explain
from gongkai.reports.entering import TABLES
from gongkai.reports.findings import answered
from gongkai.statute.report.checks import all_checks
from gongkai.statute.report.findings import LEVEL_WORDS, Finding, Level

from ..frame import actor_of, of_agency, page
from ..links import link
from ..reports import work_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("report.view")
def checks(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """Errors, warnings each with its sentence, what could not be judged."""
    work, actor = work_or_404(agency, year), actor_of(request)
    wrong = ""
    typed = {k[5:]: str(v) for k, v in request.POST.items() if k.startswith("said-")}
    if request.method == "POST":
        require(actor, "report.prepare", work)
        try:
            changed = explain(work, typed, by=actor, at=timezone.now())
        except CannotPrepare as error:
            wrong = str(error)
        else:
            messages.success(request, f"已保存 {changed} 条说明。" if changed else "没有改动。")
            return redirect("desk:report-checks", agency.slug, year)
    found = answered(work, annual.state_of(work).findings)
    rows = [
        (one, typed.get(one.key, one.answer.words if one.answer else ""), _place(agency, year, one.finding))
        for one in found
    ]
    groups = [
        (level.value, LEVEL_WORDS[level], [row for row in rows if row[0].finding.level is level])
        for level in Level
    ]
    return page(
        request,
        agency,
        "yearly/checks",
        "reports",
        work=work,
        groups=groups,
        wrong=wrong,
        owed=sum(one.owed for one in found),
        errors=sum(one.finding.level is Level.ERROR for one in found),
        checks_run=len(all_checks()),
        most=WORDS_MOST,
        over=timezone.localdate().year > year,
        may_prepare=bool(may(actor, "report.prepare", work)) and work.archived_at is None,
    )


def _place(agency: Agency, year: int, finding: Finding) -> tuple[str, str]:
    """Where it is mended: address and words; empty where no page is meant."""
    if finding.code.startswith("Y-0") and finding.code != "Y-02":
        return reverse("desk:report-opening", args=[agency.slug, year]), "去核对上年结转"
    if finding.code.startswith("L-"):
        return f"{reverse('desk:ledger', args=[agency.slug])}?year={year}", "打开台账"
    for cell in finding.cells:
        key = cell.partition(".")[0]
        if key in TABLES:
            return reverse("desk:report-table", args=[agency.slug, year, key]), f"去{TABLES[key][0]}的表"
    url = link("report-prose", agency.slug, year)
    return (
        (url, "去改文字") if url else (reverse("desk:report-preview", args=[agency.slug, year]), "看年报全文")
    )
