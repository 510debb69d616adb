"""留言办理期限: local rules, set for the agency and all under it, with the reason."""

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
from gongkai.oversight import message_queries as queries
from gongkai.oversight.actions.message_base import CannotDo
from gongkai.oversight.actions.message_periods import clear_period, set_period

from ..frame import actor_of, of_agency, page
from .intake import said


@require_safe
@of_agency("message.count")
def periods(request: HttpRequest, agency: Agency) -> HttpResponse:
    """All periods as they hold here."""
    return page(
        request,
        agency,
        "messages/periods",
        "messages",
        periods=queries.periods_told(agency),
        local=queries.LOCAL,
        sets=bool(may(actor_of(request), "message.periods", agency)),
    )


class PeriodForm(forms.Form):
    """Another number, and on what grounds."""

    use_required_attribute = False
    reason = said("依据", "例如：县政府办公室2026年通知。写清楚，别人看得到。", most=200)
    field_order = ("days", "reason")

    def __init__(self, *args: Any, period: queries.Period, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wrong = f"请填 {period.least} 到 {period.most} 之间的整数。"
        self.fields["days"] = forms.IntegerField(
            label=f"{period.label}（{period.unit}）",
            min_value=period.least,
            max_value=period.most,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6, "autocomplete": "off"}),
            help_text=f"{period.least} 到 {period.most}；平台预设 {period.days}{period.unit}。",
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
        )
        self.order_fields(self.field_order)


@require_http_methods(["GET", "POST"])
@of_agency("message.periods")
def period(request: HttpRequest, agency: Agency, name: str) -> HttpResponse:
    """One period."""
    one = next((p for p in queries.periods_told(agency) if p.period.name == name), None)
    if one is None:
        raise Http404
    form = PeriodForm(
        request.POST if request.method == "POST" else None,
        period=one.period,
        initial={"days": one.days, "reason": one.reason if one.own else ""},
    )
    if form.is_bound and form.is_valid():
        try:
            set_period(agency, by=actor_of(request), name=name, **form.cleaned_data)
        except CannotDo as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "期限已改，以后收到的按新的期限；已经收到的不变。")
            return redirect("desk:message-periods", agency.slug)
    return page(request, agency, "messages/period", "messages", one=one, form=form, local=queries.LOCAL)


@require_POST
@of_agency("message.periods")
def clear(request: HttpRequest, agency: Agency, name: str) -> HttpResponse:
    """Back to what an office above has set, or to the default."""
    if clear_period(agency, by=actor_of(request), name=name):
        messages.success(request, "已取消本机关设的期限。")
    return redirect("desk:message-periods", agency.slug)


_ALL = "<slug:agency>/messages/periods/"
PATTERNS = [
    path(_ALL, periods, name="message-periods"),
    path(f"{_ALL}<slug:name>/", period, name="message-period"),
    path(f"{_ALL}<slug:name>/clear/", clear, name="message-period-clear"),
]
