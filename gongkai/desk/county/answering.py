"""督办单 at the agency's own desk: what it was sent, and its answer."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may, require
from gongkai.oversight.actions.answer_order import answer
from gongkai.oversight.actions.orders import WORDS, CannotOrder
from gongkai.oversight.board import orders as queries

from ..frame import actor_of, of_agency, page
from .agency import ORDER_MARKS

ROWS = 30


class AnswerForm(forms.Form):
    """What was done."""

    use_required_attribute = False
    text = forms.CharField(
        label="答复",
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明办到哪里了、怎样办的、还差什么、哪一天办完。不要写申请人的姓名、电话。",
        error_messages={
            "required": "请写明办到哪里了、怎样办的、还差什么。",
            "max_length": f"答复最多 {WORDS} 个字，请写短一些。",
        },
    )


@require_safe
@of_agency("order.view")
def orders(request: HttpRequest, agency: Agency) -> HttpResponse:
    """All orders the agency was sent, thirty a page."""
    found = Paginator(queries.orders_to(agency), ROWS).get_page(request.GET.get("page"))
    rows = [(one, ORDER_MARKS[one.state]) for one in found]
    return page(request, agency, "county/received", "today", page=found, rows=rows, day=actor_of(request).day)


@require_http_methods(["GET", "HEAD", "POST"])
@of_agency("order.view")
def order(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """One of them, with the box for the answer to who may answer."""
    actor = actor_of(request)
    try:
        found = queries.order_to(agency, pk)
    except queries.NoOrder as error:
        raise Http404 from error
    answers = found.state == "open" and bool(may(actor, "order.answer", found))
    if request.method == "POST":
        require(actor, "order.answer", found)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            answer(found, form.cleaned_data["text"], by=actor)
        except CannotOrder as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{found.number}已经答复，{found.office.name}会看到。")
            return redirect("desk:order", agency.slug, pk)
    return page(
        request,
        agency,
        "county/answer",
        "today",
        order=found,
        mark=ORDER_MARKS[found.state],
        day=actor.day,
        events=queries.events_of(found),
        form=form if answers else None,
    )


PATTERNS = [
    path("<slug:agency>/orders/", orders, name="orders"),
    path("<slug:agency>/orders/<int:pk>/", order, name="order"),
]
