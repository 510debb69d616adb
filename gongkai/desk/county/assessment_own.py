"""考核 at the desk of who is assessed: its own points with their evidence, one objection, the comparison once known."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.oversight import assessment_queries as queries
from gongkai.oversight.actions.assessment import CannotAssess
from gongkai.oversight.actions.assessment_results import object_to

from ..frame import actor_of, of_agency, page
from .assessment import _lines
from .assessment_scoring import _words, evidence_at, hand_out

HERE = "oversight"


def _scheme(agency: Agency, year: int) -> queries.AssessmentScheme:
    try:
        return queries.own_scheme(agency, year)
    except queries.NoScheme as error:
        raise Http404 from error


@require_safe
@of_agency("assessment.own")
def own(request: HttpRequest, agency: Agency) -> HttpResponse:
    """The newest points, or those of the year asked for."""
    found, actor = list(queries.own_schemes(agency)), actor_of(request)
    asked = request.GET.get("year", "")
    scheme = next((one for one in found if str(one.year) == asked), found[0] if found else None)
    if scheme is None:
        return page(request, agency, "county/assessment/own", HERE, scheme=None)
    lines = queries.results_of(scheme, agency)
    final = scheme.state == "final"
    return page(
        request,
        agency,
        "county/assessment/own",
        HERE,
        scheme=scheme,
        schemes=found,
        other=agency,
        lines=[
            (
                line,
                list(queries.files_with(line.result)) if line.result and not line.indicator.measure else [],
            )
            for line in lines
        ],
        total=sum((line.result.points for line in lines if line.result), start=0),
        links=True,
        indicators=queries.indicators_of(scheme) if final else [],
        standings=_lines(scheme, queries.agencies_of(scheme)) if final else [],
        objection=queries.own_objection(scheme, agency),
        objects=bool(may(actor, "assessment.object", agency))
        and queries.may_object(scheme, agency, actor.day),
    )


class ObjectForm(forms.Form):
    """Against what, and why."""

    use_required_attribute = False
    serial = forms.TypedChoiceField(
        label="对哪个指标",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选择对哪个指标有异议。"),
    )
    reason = _words("理由", "写明哪里不对、有什么依据。一年只能提一次。", 2000)

    def __init__(self, *args: Any, lines: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (line.indicator.serial, f"{line.indicator.name}：{queries.plain(line.result.points)} 分")
            for line in lines
            if line.result
        ]
        self.fields["serial"].choices = choices  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@of_agency("assessment.object")
def objecting(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """提异议."""
    scheme, actor = _scheme(agency, year), actor_of(request)
    if not queries.may_object(scheme, agency, actor.day):
        messages.error(request, "现在不能提异议：期限已过，或者已经提过。")
        return redirect("desk:assessment-own", agency.slug)
    lines = queries.results_of(scheme, agency)
    form = ObjectForm(request.POST if request.method == "POST" else None, lines=lines)
    if form.is_bound and form.is_valid():
        try:
            object_to(scheme, by=actor, agency=agency, **form.cleaned_data)
        except CannotAssess as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "异议已提出，等主管部门决定。")
            return redirect("desk:assessment-own", agency.slug)
    more = {
        "title": "提异议",
        "lead": f"{scheme.agency.name}{scheme.year}年考核，一年只能提一次。",
        "back_own": True,
    }
    return page(request, agency, "county/assessment/form", HERE, form=form, year=year, **more)


@require_safe
@of_agency("assessment.own")
def own_file(request: HttpRequest, agency: Agency, year: int, serial: int, number: UUID) -> HttpResponse:
    """The evidence of a judged result of this agency."""
    return hand_out(evidence_at(_scheme(agency, year), agency, serial, number))


PATTERNS = [
    path("<slug:agency>/assessment/", own, name="assessment-own"),
    path("<slug:agency>/assessment/<int:year>/object/", objecting, name="assessment-object"),
    path(
        "<slug:agency>/assessment/<int:year>/<int:serial>/<uuid:number>/",
        own_file,
        name="assessment-own-file",
    ),
]
