"""考核 at the office above: its schemes, one scheme with its indicators and standings, what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.design.fields import DayField
from gongkai.oversight import assessment_queries as queries
from gongkai.oversight.actions import assessment_results as results
from gongkai.oversight.actions.assessment import CannotAssess, as_indicator, begin, put_in_force
from gongkai.oversight.assessment_files import FORMS, result_file, title_of

from ..frame import actor_of, of_agency, page

HERE = "county"
MARKS = {"draft": "doing", "in_force": "doing", "told": "due", "final": "done"}


def scheme_at(agency: Agency, year: int) -> queries.AssessmentScheme:
    """The office's scheme of a year, or not there."""
    try:
        return queries.scheme_of(agency, year)
    except queries.NoScheme as error:
        raise Http404 from error


class YearForm(forms.Form):
    """Of which year."""

    use_required_attribute = False
    year = forms.IntegerField(
        label="考核哪一年",
        min_value=2019,
        max_value=2199,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6, "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), "请填四位数的年份。"),
    )


@require_http_methods(["GET", "POST"])
@of_agency("assessment.view")
def schemes(request: HttpRequest, agency: Agency) -> HttpResponse:
    """All schemes; beginning one, with the indicators of the newest."""
    actor = actor_of(request)
    form = YearForm(request.POST if request.method == "POST" else None, initial={"year": actor.day.year})
    found = list(queries.schemes_of(agency))
    if form.is_bound and form.is_valid():
        year = form.cleaned_data["year"]
        try:
            begin(agency, by=actor, year=year, like=found[0] if found else None)
        except CannotAssess as error:
            form.add_error("year", str(error))
        else:
            messages.success(request, "已经开始编写。" + ("指标照搬上一个方案，可以改。" if found else ""))
            return redirect("desk:assessment", agency.slug, year)
    return page(
        request,
        agency,
        "county/assessment/schemes",
        HERE,
        form=form,
        rows=[(one, MARKS[one.state]) for one in found],
        edits=bool(may(actor, "assessment.edit", agency)),
    )


@require_safe
@of_agency("assessment.view")
def scheme(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """One scheme: while written its indicators and their sum, later the standings."""
    found, actor = scheme_at(agency, year), actor_of(request)
    written = list(found.indicators.all()) if found.state == "draft" else []
    drafts = [(row, as_indicator(row, n)) for n, row in enumerate(written, start=1)]
    agencies = queries.agencies_of(found) if found.frozen else []
    return page(
        request,
        agency,
        "county/assessment/scheme",
        HERE,
        scheme=found,
        mark=MARKS[found.state],
        drafts=drafts,
        total=sum(row.points for row in written),
        full=queries.FULL,
        indicators=queries.indicators_of(found),
        lines=_lines(found, agencies),
        objections=list(queries.objections_of(found)),
        missing=results.missing(found) if found.state == "in_force" else 0,
        over=found.object_until is not None and actor.day > found.object_until,
        edits=bool(may(actor, "assessment.edit", agency)),
        scores=bool(may(actor, "assessment.score", agency)),
        decides=bool(may(actor, "assessment.decide", agency)),
    )


def _lines(found: queries.AssessmentScheme, agencies: list[Agency]) -> list[tuple[Any, list[str], str]]:
    """The standings, points in the order of the indicators."""
    serials = [one.serial for one in queries.indicators_of(found)]
    return [
        (
            one,
            [queries.plain(one.points[n]) if n in one.points else "—" for n in serials],
            queries.plain(one.total),
        )
        for one in queries.standings(found, agencies)
    ]


@require_POST
@of_agency("assessment.edit")
def force(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """生效."""
    found = scheme_at(agency, year)
    _said(request, lambda: put_in_force(found, by=actor_of(request)), "方案已生效，指标不能再改。")
    return redirect("desk:assessment", agency.slug, year)


@require_POST
@of_agency("assessment.decide")
def known(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """公布结果, to the agencies."""
    found = scheme_at(agency, year)
    _said(request, lambda: results.make_known(found, by=actor_of(request)), "结果已公布给各机关。")
    return redirect("desk:assessment", agency.slug, year)


def _said(request: HttpRequest, do: Callable[[], None], said: str) -> None:
    try:
        do()
    except CannotAssess as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)


class CutForm(forms.Form):
    """As of which day."""

    use_required_attribute = False
    day = DayField(label="统计截止哪一天", help_text="记录算到这一天，通常是 12 月 31 日；不晚于今天。")


class UntilForm(forms.Form):
    """Until when one may object."""

    use_required_attribute = False
    day = DayField(label="最迟哪一天提异议")


def _dated(
    request: HttpRequest, agency: Agency, year: int, form: forms.Form, do: Callable[[date], None], **more: Any
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            do(form.cleaned_data["day"])
        except CannotAssess as error:
            form.add_error("day", str(error))
        else:
            messages.success(request, more["done"])
            return redirect("desk:assessment", agency.slug, year)
    return page(request, agency, "county/assessment/form", HERE, form=form, year=year, **more)


@require_http_methods(["GET", "POST"])
@of_agency("assessment.score")
def compute(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """统计得分 as of a day."""
    found, actor = scheme_at(agency, year), actor_of(request)
    first = min(actor.day, date(year, 12, 31))
    form = CutForm(
        request.POST if request.method == "POST" else None, initial={"day": found.cut_off or first}
    )
    return _dated(
        request,
        agency,
        year,
        form,
        lambda day: results.compute(found, by=actor, cut_off=day),
        title="统计得分",
        lead="从各机关的记录里统计，每个数都能打开看依据。征求意见以前可以重新统计；由人评的分不变。",
        done="已经统计。点机关名称看每个数的依据。",
    )


@require_http_methods(["GET", "POST"])
@of_agency("assessment.score")
def ask(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """征求机关意见."""
    found, actor = scheme_at(agency, year), actor_of(request)
    first = actor.day + timedelta(days=7)
    form = UntilForm(request.POST if request.method == "POST" else None, initial={"day": first})
    return _dated(
        request,
        agency,
        year,
        form,
        lambda day: results.ask_agencies(found, by=actor, until=day),
        title="征求机关意见",
        lead="各机关看到自己的得分和依据，可以提一次异议。以后不能再统计、再评分，只能按异议改。",
        done="已经请各机关看得分。",
    )


@require_safe
@of_agency("assessment.view")
def export(request: HttpRequest, agency: Agency, year: int, ending: str) -> HttpResponse:
    """The results as a file."""
    found = scheme_at(agency, year)
    if ending not in FORMS or not found.frozen:
        raise Http404
    lines = queries.standings(found, queries.agencies_of(found))
    content = result_file(found, queries.indicators_of(found), lines, ending)
    name = content_disposition_header(True, f"{title_of(found)}.{ending}") or "attachment"
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=FORMS[ending], headers=headers)


_ALL = "<slug:agency>/county/assessment/"
_ONE = f"{_ALL}<int:year>/"
PATTERNS = [
    path(_ALL, schemes, name="assessments"),
    path(_ONE, scheme, name="assessment"),
    path(f"{_ONE}in-force/", force, name="assessment-force"),
    path(f"{_ONE}compute/", compute, name="assessment-compute"),
    path(f"{_ONE}ask/", ask, name="assessment-ask"),
    path(f"{_ONE}known/", known, name="assessment-known"),
    path(f"{_ONE}files/<slug:ending>/", export, name="assessment-export"),
]
