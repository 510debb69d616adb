"""The year's page: its eight tasks; and the report as it would be today."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.reports import queries as annual
from gongkai.reports.charts import charts_of
from gongkai.reports.exports import FORMATS
from gongkai.reports.origins import origins_in_words
from gongkai.reports.pages import PartView, counted_by_level, parts_of
from gongkai.reports.workbench import Step, workbench_of
from gongkai.statute.report.checks import all_checks
from gongkai.statute.report.findings import Finding, Level

from ..frame import actor_of, of_agency, page
from ..links import link
from ..reports import work_or_404


@require_safe
@of_agency("report.view")
def workbench(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """The year as a list of tasks, each with how it stands; in any month."""
    work, day = work_or_404(agency, year), timezone.localdate()
    bench = workbench_of(work, day)
    return page(
        request,
        agency,
        "yearly/bench",
        "reports",
        work=work,
        bench=bench,
        duty=annual.duty_of(agency, year, day, work),
        tasks=[(step, _url(agency, year, step), _parts(agency, year, step)) for step in bench.steps],
        done=sum(step.mark == "done" for step in bench.steps),
        changed=bench.version is not None
        and not annual.is_as_published(bench.version, bench.state.made.report),
        formats=FORMATS,
    )


def _url(agency: Agency, year: int, step: Step) -> str:
    if not step.page:
        return ""
    return link(step.page, agency.slug, year, *([step.key] if step.key else []))


def _parts(agency: Agency, year: int, step: Step) -> list[tuple[Step, str]]:
    return [(part, _url(agency, year, part)) for part in step.parts]


@require_safe
@of_agency("report.view")
def preview(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
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
        over=timezone.localdate().year > year,
        origins=origins_in_words(made),
        version=version,
        changed=version is not None and not annual.is_as_published(version, made.report),
        may_prepare=bool(may(actor_of(request), "report.prepare", work)),
        formats=FORMATS,
        charts=charts_of(made.report, annual.published_before(agency, year)),
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
