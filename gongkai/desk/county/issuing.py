"""催办、督办意见、退回年报: the text stands in the form before it goes out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import require
from gongkai.design.fields import DayField
from gongkai.oversight.actions.orders import WORDS, CannotOrder, Wanted, issue, remind
from gongkai.oversight.board.agency import reports_below
from gongkai.oversight.board.counting import lines_for, lines_of
from gongkai.oversight.board.lines import Line
from gongkai.oversight.board.orders import answer_by, reminder, seats_to_answer

from ..frame import actor_of, of_agency, page
from .below import of_below

MOST = 200
"""Agencies that are reminded at once; the most overdue first."""


class OrderForm(forms.Form):
    """What is asked, and by when it is to be answered."""

    use_required_attribute = False
    title = forms.CharField(
        label="事项",
        max_length=120,
        help_text="一句话写明要办什么。",
        error_messages={"required": "请写明要办的事项。", "max_length": "事项最多 120 个字，请写短一些。"},
    )
    text = forms.CharField(
        label="原因和要求",
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="对方收到的就是这段话，一字不差。写明哪里不对、要怎样办。不要写申请人的姓名、电话。",
        error_messages={
            "required": "请写明原因和要求，对方照着办理。",
            "max_length": f"最多 {WORDS} 个字，请写短一些。",
        },
    )
    due_on = DayField(label="最迟哪一天答复")


class RemindForm(forms.Form):
    """The day of the answer; the text is each agency's own."""

    use_required_attribute = False
    due_on = DayField(label="最迟哪一天答复")


@require_http_methods(["GET", "HEAD", "POST"])
@of_below("order.issue")
def opinion(request: HttpRequest, agency: Agency, below: Agency) -> HttpResponse:
    """督办意见."""
    return _issued(request, agency, below, "opinion", {})


@require_http_methods(["GET", "HEAD", "POST"])
@of_below("order.issue")
def send_back(request: HttpRequest, agency: Agency, below: Agency, year: int) -> HttpResponse:
    """退回年报, with what the checks found as a draft of the reason."""
    found = next((one for one in reports_below(below) if one.year == year and one.published_at), None)
    if found is None:
        raise Http404
    wrong = "".join(f"{n}.{one}" for n, one in enumerate(found.wrong, 1))
    text = f"你单位{year}年政府信息公开工作年度报告核对发现：{wrong}请核对台账，改正以后重新公布、报送，并答复怎样改的。"
    return _issued(
        request, agency, below, "return", {"title": f"退回{year}年年报修改", "text": text[:WORDS]}, year
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_below("order.issue")
def remind_one(request: HttpRequest, agency: Agency, below: Agency) -> HttpResponse:
    """催办 one agency; what is overdue stands in the text."""
    (line,) = lines_for([below], actor_of(request).day)
    given: dict[str, Any] = {}
    if line.overdue:
        given["title"], given["text"] = reminder(line, actor_of(request).day)
    return _issued(request, agency, below, "remind", given)


def _issued(
    request: HttpRequest,
    agency: Agency,
    below: Agency,
    kind: str,
    given: dict[str, Any],
    year: int | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    form = OrderForm(
        request.POST if request.method == "POST" else None,
        initial={"due_on": answer_by(actor.day), **given},
    )
    if form.is_bound and form.is_valid():
        try:
            order = issue(agency, below, Wanted(kind=kind, year=year, **form.cleaned_data), by=actor)
        except CannotOrder as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{order.number}已经发给{below.name}。")
            return redirect("desk:county-order", agency.slug, order.pk)
    return page(
        request,
        agency,
        "county/issue",
        "county",
        below=below,
        kind=kind,
        year=year,
        form=form,
        seat=seats_to_answer([below.pk]).get(below.pk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("board.view")
def remind_all(request: HttpRequest, agency: Agency) -> HttpResponse:
    """催办 every agency that has requests past their day: each gets a text of its own, all of which are shown."""
    actor = actor_of(request)
    lines = _overdue(agency, request)
    for line in lines[:1]:
        require(actor, "order.issue", line.agency)
    form = RemindForm(
        request.POST if request.method == "POST" else None, initial={"due_on": answer_by(actor.day)}
    )
    texts = [(line, *reminder(line, actor.day)) for line in lines]
    if form.is_bound and form.is_valid() and lines:
        due_on = form.cleaned_data["due_on"]
        wanted = [(line.agency, Wanted("remind", title, text, due_on)) for line, title, text in texts]
        try:
            sent = remind(agency, wanted, by=actor)
        except CannotOrder as error:
            form.add_error("due_on", str(error))
        else:
            messages.success(request, f"已经催办 {len(sent)} 个机关，每个机关一张督办单。")
            return redirect("desk:county-orders", agency.slug)
    return page(request, agency, "county/remind", "county", form=form, texts=texts)


def _overdue(agency: Agency, request: HttpRequest) -> list[Line]:
    day = actor_of(request).day
    found = [line for line in lines_of(agency, day) if line.overdue]
    return sorted(found, key=lambda one: (-one.overdue, one.agency.name))[:MOST]


_ONE = "<slug:agency>/county/agencies/<slug:below>/"
PATTERNS = [
    path(f"{_ONE}opinion/", opinion, name="county-opinion"),
    path(f"{_ONE}remind/", remind_one, name="county-remind"),
    path(f"{_ONE}reports/<int:year>/return/", send_back, name="county-return"),
    path("<slug:agency>/county/remind/", remind_all, name="county-remind-all"),
]
