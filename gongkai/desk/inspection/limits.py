"""自查限值: from when something counts as found; set stricter or looser, said where and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.oversight import queries
from gongkai.oversight.actions.limits import CannotSet, clear_limit, set_limit

from ..frame import actor_of, of_agency, page


@require_safe
@of_agency("inspection.view")
def limits(request: HttpRequest, agency: Agency) -> HttpResponse:
    """All limits by group."""
    groups: dict[str, list[queries.Set]] = {}
    for one in queries.limits_told(agency):
        groups.setdefault(one.group, []).append(one)
    return page(
        request,
        agency,
        "inspection/limits",
        "oversight",
        groups=list(groups.items()),
        sets=bool(may(actor_of(request), "inspection.limits", agency)),
    )


class LimitForm(forms.Form):
    """Another number, and why."""

    use_required_attribute = False
    reason = forms.CharField(
        label="为什么改",
        max_length=200,
        help_text="例如：县政府办公室年度考核要求。写清楚，别人看得到。",
        error_messages={"required": "请写明为什么改。", "max_length": "最多 200 个字，请写短一些。"},
    )
    field_order = ("value", "reason")

    def __init__(self, *args: Any, one: queries.Set, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrong = f"请填 {one.least} 到 {one.most} 之间的整数。"
        self.fields["value"] = forms.IntegerField(
            label=f"{one.label}（{one.unit}）",
            min_value=one.least,
            max_value=one.most,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6, "autocomplete": "off"}),
            help_text=f"{one.least} 到 {one.most}；标准是 {one.standard}{one.unit}。",
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
        )
        self.order_fields(self.field_order)


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("inspection.limits")
def limit(request: HttpRequest, agency: Agency, rule: str, name: str) -> HttpResponse:
    """One limit."""
    one = next((s for s in queries.limits_told(agency) if (s.rule, s.name) == (rule, name)), None)
    if one is None:
        raise Http404
    form = LimitForm(
        request.POST if request.method == "POST" else None,
        one=one,
        initial={"value": one.value, "reason": one.reason if one.own else ""},
    )
    if form.is_bound and form.is_valid():
        try:
            set_limit(agency, by=actor_of(request), rule=rule, name=name, **form.cleaned_data)
        except CannotSet as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "限值已改，下一次检查开始按新的限值。")
            return redirect("desk:inspection-limits", agency.slug)
    return page(request, agency, "inspection/limit", "oversight", one=one, form=form)


@require_POST
@of_agency("inspection.limits")
def clear(request: HttpRequest, agency: Agency, rule: str, name: str) -> HttpResponse:
    """Back to the standard, or to what an office above has set."""
    if clear_limit(agency, by=actor_of(request), rule=rule, name=name):
        messages.success(request, "已取消本机关的限值。")
    return redirect("desk:inspection-limits", agency.slug)


_ALL = "<slug:agency>/oversight/limits/"
PATTERNS = [
    path(_ALL, limits, name="inspection-limits"),
    path(f"{_ALL}<slug:rule>/<slug:name>/", limit, name="inspection-limit"),
    path(f"{_ALL}<slug:rule>/<slug:name>/clear/", clear, name="inspection-limit-clear"),
]
