"""Lists beside the list of requests: the year's processing fees, cancelled numbers, periods that moved; 编号作废."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.inforequests.actions.cancel_number import cancel_number
from gongkai.inforequests.charges import fee_notices, fee_year
from gongkai.inforequests.listing import years_of
from gongkai.inforequests.registers import cancelled_numbers, moved_cases

from ..frame import actor_of, of_agency, page
from .acts import REFUSALS, bound, case_at

ROWS = 30
ENDS = {"paid": "已缴清", "lapsed": "逾期未缴，不再处理", "withdrawn": "申请人撤回"}


@require_safe
@of_agency("requests.view")
def fees(request: HttpRequest, agency: Agency) -> HttpResponse:
    """信息处理费: the notices of a year and what they came to, as part six of the annual report tells it."""
    day = actor_of(request).day
    years = years_of(agency, day)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else day.year
    rows = [(one, ENDS.get(one.ended, "等待缴费")) for one in fee_notices(agency, year)]
    found = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return page(
        request, agency, "requests/fees", "requests", year=year, years=years, sums=fee_year(agency, year),
        page=found, unsure=any(not one.sure and not one.ended for one, _ in found),
    )  # fmt: skip


@require_safe
@of_agency("requests.view")
def numbers(request: HttpRequest, agency: Agency) -> HttpResponse:
    """作废的编号: each with its day and reason."""
    found = Paginator(cancelled_numbers(agency), ROWS).get_page(request.GET.get("page"))
    return page(request, agency, "requests/numbers", "requests", page=found)


@require_safe
@of_agency("requests.view")
def moved(request: HttpRequest, agency: Agency) -> HttpResponse:
    """期限变动: which cases a notice on days off moved, from which day to which."""
    found = Paginator(moved_cases(agency), ROWS).get_page(request.GET.get("page"))
    return page(request, agency, "requests/moved", "requests", page=found)


class CancelForm(forms.Form):
    """Why."""

    use_required_attribute = False
    reason = forms.CharField(
        label="作废的原因",
        max_length=200,
        help_text="例如：同一申请重复登记，另一件的编号是……",
        error_messages={"required": "请写明作废的原因。", "max_length": "最多 200 个字，请写短一些。"},
    )


@require_http_methods(["GET", "POST"])
@of_agency("requests.cancel")
def cancel(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """编号作废: what was registered by mistake is taken out; its number stays in the register."""
    case = case_at(agency, pk)
    form = CancelForm(bound(request))
    if form.is_bound and form.is_valid():
        try:
            gone = cancel_number(case, by=actor_of(request), reason=form.cleaned_data["reason"])
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{gone.number}已作废，这个编号不会再用。")
            return redirect("desk:request-numbers", agency.slug)
    return page(
        request, agency, "requests/paper_new", "requests", case=case, form=form, label="编号作废",
        lead="登记错了的申请从列表里去掉，连同材料一起删除，不能恢复；编号留在登记簿里，写明作废。申请人不要了的，请用“登记申请人撤回”。",
        button="作废这个编号",
    )  # fmt: skip


_HERE = "<slug:agency>/requests/"
PATTERNS = [
    path(f"{_HERE}fees/", fees, name="request-fees"),
    path(f"{_HERE}numbers/", numbers, name="request-numbers"),
    path(f"{_HERE}moved/", moved, name="request-moved"),
    path(f"{_HERE}<int:pk>/cancel/", cancel, name="request-cancel"),
]
