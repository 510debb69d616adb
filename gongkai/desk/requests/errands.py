"""指定承办、交股室查找: a case or a part of it is handed to a seat; the section's answer comes back on its own page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.organs import sections_of
from gongkai.agencies.queries import Agency, Seat
from gongkai.agencies.rights import ACTS, may, require
from gongkai.design.fields import DayField
from gongkai.files.actions.adding import Examined, NeedsConfirming, NotTaken, examine
from gongkai.inforequests.actions.errands import answer_errand, ask_section, assign, withdraw_errand
from gongkai.inforequests.errands import Errand, errand_of
from gongkai.tasks.actions.tasks import CannotTask
from gongkai.tasks.queries import seats_to_give

from ..frame import actor_of, of_agency, page
from .acts import REFUSALS, bound, case_at
from .deciding_forms import SearchRows

_REFUSALS = (*REFUSALS, CannotTask)


NONE = "none"
"""Nobody in particular, chosen on purpose."""


def _seats(agency: Agency) -> dict[str, Seat]:
    """The seats that may see cases, by number."""
    able = ACTS["requests.view"].own
    return {str(seat.pk): seat for seat in seats_to_give(agency) if seat.kind in able}


def _named(seat: Seat) -> str:
    where = f"{seat.section}·" if seat.section else ""
    return f"{where}{seat.get_kind_display()}，{seat.person}"


class AssignForm(forms.Form):
    """To which section, and which seat is reminded."""

    use_required_attribute = False

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats, self.sections = _seats(agency), {str(s.pk): s for s in sections_of(agency)}
        self.fields["section"] = forms.ChoiceField(
            label="承办股室",
            choices=[(NONE, "不指定"), *((pk, s.name) for pk, s in self.sections.items())],
            help_text="指定以后，这个股室的负责人和经办人员能看案卷材料，别的股室不能。",
        )
        self.fields["seat"] = forms.ChoiceField(
            label="经办岗位",
            choices=[(NONE, "不指定，提醒所有经办员"), *((pk, _named(s)) for pk, s in self.seats.items())],
            help_text="期限快到时提醒这个岗位和代班的人。",
        )


class ErrandForm(forms.Form):
    """Who, what, by when."""

    use_required_attribute = False
    about = forms.CharField(
        label="请查找什么、答复什么",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="写清楚信息的名称、年份。不要写申请人是谁。",
        error_messages={"required": "请写明要查找什么、答复什么。"},
    )
    due_on = DayField(label="请在哪一天前答复", help_text="给拟稿、审核、签发留出时间。")

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = _seats(agency)
        self.fields["seat"] = forms.ChoiceField(
            label="交给谁办",
            choices=[("", "请选择"), *((pk, _named(s)) for pk, s in self.seats.items())],
            error_messages={"required": "请选择交给谁办。", "invalid_choice": "请从列表里选择交给谁办。"},
        )
        self.order_fields(["seat", "about", "due_on"])

    def clean_due_on(self) -> object:
        """A day, always."""
        if not self.cleaned_data["due_on"]:
            raise forms.ValidationError("请填写请对方答复的日期。")
        return self.cleaned_data["due_on"]


class AnswerForm(forms.Form):
    """What the section says, and one file it found."""

    use_required_attribute = False
    said = forms.CharField(
        label="答复意见",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=3000,
        help_text="找到没有；找到的能不能公开、为什么；没有的，哪里还可能有。",
    )
    file = forms.FileField(
        label="找到的文件",
        required=False,
        help_text="放进案卷，公开不公开由经办员再选。有几份的，答复以后在案件页“案卷材料”里再放。",
        error_messages={"empty": "文件是空的，请重新选择。"},
    )
    no_secrets = forms.BooleanField(label="文件我打开看过，没有国家秘密", required=False)


@require_http_methods(["GET", "POST"])
@of_agency("requests.handle")
def assign_page(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """指定承办: the section and the seat of the case."""
    case = case_at(agency, pk)
    first = {"section": case.section_id or NONE, "seat": case.seat_id or NONE}
    form = AssignForm(bound(request), agency=agency, initial=first)
    if form.is_bound and form.is_valid():
        section = form.sections.get(form.cleaned_data["section"])
        seat = form.seats.get(form.cleaned_data["seat"])
        try:
            assign(case, by=actor_of(request), section=section, seat=seat)
        except _REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已指定承办。")
            return redirect("desk:request", agency.slug, case.pk)
    return page(
        request, agency, "requests/paper_new", "requests", case=case, form=form, label="指定承办",
        lead="整件申请交给谁办。只请股室查一部分的，用“交股室查找”。", button="指定承办",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@of_agency("requests.handle")
def ask(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """交股室查找: a task on the seat's desk with its day."""
    case = case_at(agency, pk)
    form = ErrandForm(bound(request), agency=agency, initial={"about": case.content})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            ask_section(
                case, by=actor_of(request), seat=form.seats[given["seat"]], about=given["about"],
                due_on=given["due_on"],
            )  # fmt: skip
        except _REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已交办，对方的工作台上有这件事，快到期时自动提醒。")
            return redirect("desk:request", agency.slug, case.pk)
    return page(
        request, agency, "requests/paper_new", "requests", case=case, form=form, label="交股室查找",
        lead="请股室查找有没有申请的信息，把检索的情况填回来。答复期限照常在走。", button="交办",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@of_agency("requests.view")
def errand(request: HttpRequest, agency: Agency, pk: int, number: int) -> HttpResponse:
    """What was asked; the seat that was asked answers here, the clerk reads the answer or takes it back."""
    case = case_at(agency, pk)
    found = errand_of(case, number)
    if found is None:
        raise Http404
    actor = actor_of(request)
    answers = found.is_open and bool(may(actor, "requests.answer", found))
    if request.method == "POST":
        if "withdraw" in request.POST:
            require(actor, "requests.handle", case)
        else:
            require(actor, "requests.answer", found)
    answering = request.POST if request.method == "POST" and "withdraw" not in request.POST else None
    form = AnswerForm(answering, request.FILES if answering is not None else None)
    rows = SearchRows(answering, prefix="search", initial=[], must=False)
    if "withdraw" in request.POST and _withdrawn(request, found):
        return redirect("desk:request", agency.slug, case.pk)
    if answering is not None and form.is_valid() & rows.is_valid() and _answered(request, found, form, rows):
        messages.success(request, "已答复，经办员会收到通知。")
        return redirect("desk:request-errand", agency.slug, case.pk, found.pk)
    return page(
        request, agency, "requests/errand", "requests", case=case, errand=found, form=form, rows=rows,
        answers=answers, takes_back=found.is_open and bool(may(actor, "requests.handle", case)),
    )  # fmt: skip


def _withdrawn(request: HttpRequest, found: Errand) -> bool:
    try:
        withdraw_errand(found, by=actor_of(request), reason=request.POST.get("reason", ""))
    except _REFUSALS as error:
        messages.error(request, str(error))
        return False
    messages.success(request, "已撤回，对方不用再办。")
    return True


def _answered(request: HttpRequest, found: Errand, form: AnswerForm, rows: SearchRows) -> bool:
    by, given = actor_of(request), form.cleaned_data
    papers: list[Examined] = []
    try:
        if given["file"]:
            confirmed = given["no_secrets"]
            papers.append(
                examine(by=by, agency=found.request.agency, upload=given["file"], confirmed=confirmed)
            )
        answer_errand(found, by=by, search=rows.given(), said=given["said"], papers=papers)
    except NeedsConfirming as error:
        form.add_error(
            "file", f"{error.note}。请打开文件看一遍，没有国家秘密的，勾选下面的确认，再选一次文件。"
        )
    except NotTaken as error:
        form.add_error("file", str(error))
    except _REFUSALS as error:
        form.add_error("said", str(error))
    return not form.errors


_CASE = "<slug:agency>/requests/<int:pk>/"
PATTERNS = [
    path(f"{_CASE}assign/", assign_page, name="request-assign"),
    path(f"{_CASE}errands/new/", ask, name="request-errand-new"),
    path(f"{_CASE}errands/<int:number>/", errand, name="request-errand"),
]
