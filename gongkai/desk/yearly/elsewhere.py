"""年报已在别处公布: the page that says so, for a past year that nobody makes here."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import NotAllowed
from gongkai.design.fields import DayField
from gongkai.reports import queries as annual
from gongkai.reports.actions.elsewhere import CannotNote, note_elsewhere

from ..frame import actor_of, of_agency, page


class ElsewhereForm(forms.Form):
    """Where and when."""

    use_required_attribute = False
    url = forms.CharField(
        label="公布的网址",
        max_length=500,
        help_text="打开那一年年报的网页，把地址栏里的网址复制过来。例如：https://www.example.gov.cn/nb/2024.html",
        error_messages={"required": "请填写公布的网址。"},
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    on = DayField(label="公布日期", help_text="网页上写着的发布日期。")


@require_http_methods(["GET", "POST"])
@of_agency("report.prepare")
def elsewhere(request: HttpRequest, agency: Agency, year: int) -> HttpResponse:
    """For a year that is owed and that nobody has begun."""
    day = timezone.localdate()
    duties = annual.duties_of(agency, list(annual.reports_of(agency)), day)
    owed = {duty.year for duty in duties if duty.late_by and duty.work is None}
    if year not in owed:
        raise Http404
    form = ElsewhereForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            note_elsewhere(
                agency, year, url=data["url"], on=data["on"], by=actor_of(request), at=timezone.now()
            )
        except (CannotNote, NotAllowed) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已登记：{year}年年报在别处公布。本平台不再提醒编写。")
            return redirect("desk:reports", agency.slug)
    return page(request, agency, "yearly/elsewhere", "reports", form=form, year=year)
