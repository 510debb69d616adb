"""督办单 of an office: the list, one with its history, 销号 and 要求重新答复."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may, require
from gongkai.design.fields import DayField
from gongkai.oversight.actions.close_order import again, close
from gongkai.oversight.actions.orders import WORDS, CannotOrder
from gongkai.oversight.board import orders as queries

from ..frame import actor_of, of_agency, page
from .agency import ORDER_MARKS

ROWS = 30


class ListForm(forms.Form):
    """Which orders."""

    use_required_attribute = False
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *queries.STATES])


class WordsForm(forms.Form):
    """A word on it."""

    use_required_attribute = False
    words = forms.CharField(max_length=WORDS, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, label: str, asked: str, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["words"].label = label
        self.fields["words"].error_messages |= {
            "required": asked,
            "max_length": f"最多 {WORDS} 个字，请写短一些。",
        }


class AgainForm(WordsForm):
    """What is still wanted, and by when."""

    due_on = DayField(label="最迟哪一天答复")


@require_safe
@of_agency("board.view")
def orders(request: HttpRequest, agency: Agency) -> HttpResponse:
    """All orders of the office, thirty a page."""
    form = ListForm(request.GET)
    state = (form.cleaned_data.get("state") if form.is_valid() else "") or ""
    found = Paginator(queries.orders_from(agency, state), ROWS).get_page(request.GET.get("page"))
    return page(
        request,
        agency,
        "county/orders",
        "county",
        form=form,
        state=state,
        day=actor_of(request).day,
        page=found,
        rows=[(one, ORDER_MARKS[one.state]) for one in found],
    )


@require_safe
@of_agency("board.view")
def show(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """One order: what was asked, the answer, what happened."""
    found = _order(agency, pk)
    return page(
        request,
        agency,
        "county/order",
        "county",
        order=found,
        mark=ORDER_MARKS[found.state],
        day=actor_of(request).day,
        events=queries.events_of(found),
        closes=found.state != "closed" and bool(may(actor_of(request), "order.close", found)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("board.view")
def closing(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """销号."""
    found, actor = _order(agency, pk), actor_of(request)
    require(actor, "order.close", found)
    label = "为什么销号" if found.state == "answered" else "还没有答复，为什么销号"
    form = WordsForm(label, "请用一句话写明为什么销号。", request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            close(found, form.cleaned_data["words"], by=actor)
        except CannotOrder as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{found.number}已经销号。")
            return redirect("desk:county-order", agency.slug, pk)
    return page(request, agency, "county/close", "county", order=found, form=form, act="销号")


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("board.view")
def asking_again(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """要求重新答复."""
    found, actor = _order(agency, pk), actor_of(request)
    require(actor, "order.close", found)
    form = AgainForm(
        "还差什么、要怎样办",
        "请写明答复还差什么、要怎样办。",
        request.POST if request.method == "POST" else None,
        initial={"due_on": queries.answer_by(actor.day)},
    )
    if form.is_bound and form.is_valid():
        try:
            again(found, form.cleaned_data["words"], form.cleaned_data["due_on"], by=actor)
        except CannotOrder as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{found.number}已经要求重新答复。")
            return redirect("desk:county-order", agency.slug, pk)
    return page(request, agency, "county/close", "county", order=found, form=form, act="要求重新答复")


def _order(agency: Agency, pk: int) -> Any:
    try:
        return queries.order_from(agency, pk)
    except queries.NoOrder as error:
        raise Http404 from error


_ORDERS = "<slug:agency>/county/orders/"
PATTERNS = [
    path(_ORDERS, orders, name="county-orders"),
    path(f"{_ORDERS}<int:pk>/", show, name="county-order"),
    path(f"{_ORDERS}<int:pk>/close/", closing, name="county-order-close"),
    path(f"{_ORDERS}<int:pk>/again/", asking_again, name="county-order-again"),
]
