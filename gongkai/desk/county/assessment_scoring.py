"""考核 at the office above: indicators written, an agency's points with their evidence, judging, objections decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.files.actions.adding import NeedsConfirming, NotTaken, examine
from gongkai.files.queries import StoredFile, content_of
from gongkai.oversight import assessment_queries as queries
from gongkai.oversight.actions import assessment_results as results
from gongkai.oversight.actions.assessment import CannotAssess, drop_indicator, keep_indicator

from ..frame import actor_of, of_agency, page
from .assessment import HERE, scheme_at

_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def _points(label: str, most: int, **more: Any) -> forms.DecimalField:
    wrong = f"请填 0 到 {most}，最多两位小数。"
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=most,
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6, "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places"), wrong
        ),
        **more,
    )


def _words(label: str, hint: str, most: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": f"请写明{label}。", "max_length": f"{label}最多 {most} 个字。"},
    )


class IndicatorForm(forms.Form):
    """What an indicator is called, how many points, how they come about."""

    use_required_attribute = False
    name = forms.CharField(
        label="指标名称",
        max_length=60,
        error_messages={"required": "请写指标的名称。", "max_length": "名称最多 60 个字。"},
    )
    points = forms.IntegerField(
        label="满分",
        min_value=1,
        max_value=100,
        help_text="各指标的满分加起来正好 100 分。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6, "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "满分请填 1 到 100 的整数。"
        ),
    )
    measure = forms.ChoiceField(label="怎样得分", widget=forms.RadioSelect, required=False)
    step = forms.DecimalField(
        label="每件扣几分，或者目标是多少",
        required=False,
        min_value=0,
        max_digits=6,
        decimal_places=1,
        help_text="按件扣分的填每件扣几分；培训学时填目标学时；百分比和由人评分的不用填。",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6, "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_digits", "max_decimal_places"), "请填数字，最多一位小数。"
        ),
    )
    rule = forms.CharField(
        label="评分标准",
        required=False,
        max_length=300,
        help_text="由人评分的必填，例如：解读形式多样 8—10 分，只有文字 5—7 分。",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "评分标准最多 300 个字。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counted = [(one.slug, f"平台统计：{one.label}（{one.counts}）") for one in queries.usable()]
        self.fields["measure"].choices = [("", "由主管部门评分，写理由、附依据"), *counted]  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@of_agency("assessment.edit")
def indicator(request: HttpRequest, agency: Agency, year: int, pk: int | None = None) -> HttpResponse:
    """A new indicator, or one written anew."""
    scheme = scheme_at(agency, year)
    row = scheme.indicators.filter(pk=pk).first() if pk is not None else None
    if pk is not None and row is None:
        raise Http404
    first = (
        {name: getattr(row, name) for name in ("name", "points", "measure", "step", "rule")} if row else {}
    )
    form = IndicatorForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        try:
            keep_indicator(scheme, by=actor_of(request), pk=pk, **form.cleaned_data)
        except CannotAssess as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已保存。")
            return redirect("desk:assessment", agency.slug, year)
    title = "改指标" if row else "加一个指标"
    more = {"year": year, "title": title, "lead": "", "drops": pk if row and scheme.state == "draft" else 0}
    return page(request, agency, "county/assessment/form", HERE, form=form, **more)


@require_POST
@of_agency("assessment.edit")
def drop(request: HttpRequest, agency: Agency, year: int, pk: int) -> HttpResponse:
    """Take an indicator out."""
    try:
        drop_indicator(scheme_at(agency, year), by=actor_of(request), pk=pk)
    except CannotAssess as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已删除这个指标。")
    return redirect("desk:assessment", agency.slug, year)


def _one(scheme: queries.AssessmentScheme, slug: str) -> Agency:
    """An agency that is assessed, or not there."""
    found = next((one for one in queries.agencies_of(scheme) if one.slug == slug), None)
    if found is None:
        raise Http404
    return found


@require_safe
@of_agency("assessment.view")
def points(request: HttpRequest, agency: Agency, year: int, other: str) -> HttpResponse:
    """One agency's points, each with what it was made of; nobody's data."""
    scheme = scheme_at(agency, year)
    one = _one(scheme, other)
    lines = queries.results_of(scheme, one)
    total = sum((line.result.points for line in lines if line.result), start=0)
    return page(
        request,
        agency,
        "county/assessment/points",
        HERE,
        scheme=scheme,
        other=one,
        lines=[
            (
                line,
                list(queries.files_with(line.result)) if line.result and not line.indicator.measure else [],
            )
            for line in lines
        ],
        total=total,
        judges=scheme.state == "in_force" and bool(may(actor_of(request), "assessment.score", scheme)),
        links=False,
    )


class JudgeForm(forms.Form):
    """The points, the reason, the evidence."""

    use_required_attribute = False
    reason = _words("理由", "照评分标准写为什么给这个分，机关看得到。不写个人信息。", 500)
    upload = forms.FileField(
        label="依据", required=False, help_text="检查记录、截图等；第一次评分必须附，改分可以不再附。"
    )
    no_secrets = forms.BooleanField(label="文件打开看过，没有国家秘密", required=False)
    field_order = ("points", "reason", "upload", "no_secrets")

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"] = _points(f"得分（满分 {most}）", most)
        self.order_fields(self.field_order)


@require_http_methods(["GET", "POST"])
@of_agency("assessment.score")
def judge(request: HttpRequest, agency: Agency, year: int, other: str, serial: int) -> HttpResponse:
    """评分."""
    scheme = scheme_at(agency, year)
    one, actor = _one(scheme, other), actor_of(request)
    line = next((li for li in queries.results_of(scheme, one) if li.indicator.serial == serial), None)
    if line is None or line.indicator.measure:
        raise Http404
    sent = request.method == "POST"
    first = {"points": line.result.points, "reason": line.result.reason} if line.result else {}
    form = JudgeForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        most=line.indicator.points,
        initial=first,
    )
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            file = (
                examine(by=actor, agency=agency, upload=given["upload"], confirmed=given["no_secrets"])
                if given["upload"]
                else None
            )
            results.judge(
                scheme,
                by=actor,
                agency=one,
                serial=serial,
                points=given["points"],
                reason=given["reason"],
                file=file,
            )
        except NeedsConfirming as error:
            form.add_error(
                "upload", f"{error.note}。请打开看一遍，没有国家秘密的，勾选下面的确认，再选一次文件。"
            )
        except NotTaken as error:
            form.add_error("upload", str(error))
        except CannotAssess as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已评分。")
            return redirect("desk:assessment-agency", agency.slug, year, other)
    lead = f"{one.name}：{line.indicator.says}"
    more = {"year": year, "title": line.indicator.name, "lead": lead, "files": True}
    return page(request, agency, "county/assessment/form", HERE, form=form, **more)


def hand_out(file: StoredFile) -> HttpResponse:
    """The evidence as a file to keep."""
    stream: HttpResponse = StreamingHttpResponse(  # type: ignore[assignment]
        content_of(file),
        content_type=file.content_type,
        headers={
            "Content-Length": str(file.size),
            "Content-Disposition": content_disposition_header(True, file.name) or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": _POLICY,
            "Cache-Control": "private, no-store",
        },
    )
    return stream


def evidence_at(scheme: queries.AssessmentScheme, agency: Agency, serial: int, number: UUID) -> StoredFile:
    """A file that backs this result, or not there."""
    result = queries.result_of(scheme, agency, serial)
    file = queries.files_with(result).filter(pk=number).first() if result else None
    if file is None:
        raise Http404
    return file


@require_safe
@of_agency("assessment.view")
def file(
    request: HttpRequest, agency: Agency, year: int, other: str, serial: int, number: UUID
) -> HttpResponse:
    """The evidence of a judged result."""
    scheme = scheme_at(agency, year)
    return hand_out(evidence_at(scheme, _one(scheme, other), serial, number))


class DecideForm(forms.Form):
    """Accepted or not, and why."""

    use_required_attribute = False
    accepted = forms.ChoiceField(
        label="这件异议",
        choices=(("yes", "采纳，改分"), ("no", "不采纳")),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选择采纳不采纳。"),
    )
    decision = _words("决定的理由", "机关看得到。", 2000)
    field_order = ("accepted", "points", "decision")

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"] = _points(f"采纳的，改成多少分（满分 {most}）", most, required=False)
        self.order_fields(self.field_order)


@require_http_methods(["GET", "POST"])
@of_agency("assessment.decide")
def objection(request: HttpRequest, agency: Agency, year: int, pk: int) -> HttpResponse:
    """对异议作决定."""
    scheme = scheme_at(agency, year)
    try:
        found = queries.objection_of(scheme, pk)
    except queries.NoObjection as error:
        raise Http404 from error
    one = next(i for i in queries.indicators_of(scheme) if i.serial == found.serial)
    form = DecideForm(request.POST if request.method == "POST" else None, most=one.points)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            results.decide(
                found,
                by=actor_of(request),
                accepted=given["accepted"] == "yes",
                decision=given["decision"],
                points=given["points"],
            )
        except CannotAssess as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已作决定，机关看得到。")
            return redirect("desk:assessment", agency.slug, year)
    result = queries.result_of(scheme, found.agency, found.serial)
    lead = f"{found.agency.name}对“{one.name}”（现在 {queries.plain(result.points) if result else '—'} 分）的异议：{found.reason}"
    more = {"year": year, "title": "对异议作决定", "lead": lead}
    return page(request, agency, "county/assessment/form", HERE, form=form, **more)


_ONE = "<slug:agency>/county/assessment/<int:year>/"
PATTERNS = [
    path(f"{_ONE}indicators/new/", indicator, name="assessment-indicator-new"),
    path(f"{_ONE}indicators/<int:pk>/", indicator, name="assessment-indicator"),
    path(f"{_ONE}indicators/<int:pk>/drop/", drop, name="assessment-indicator-drop"),
    path(f"{_ONE}agencies/<slug:other>/", points, name="assessment-agency"),
    path(f"{_ONE}agencies/<slug:other>/<int:serial>/", judge, name="assessment-judge"),
    path(f"{_ONE}agencies/<slug:other>/<int:serial>/<uuid:number>/", file, name="assessment-file"),
    path(f"{_ONE}objections/<int:pk>/", objection, name="assessment-objection"),
]
