"""What every page that writes on an item begins with: the item found, the right asked, its state fit."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import require
from gongkai.disclosure.actions.base import CannotDo
from gongkai.disclosure.actions.drafting import EDITABLE
from gongkai.disclosure.gate import GateClosed
from gongkai.disclosure.listing import Item
from gongkai.disclosure.queries import item_of

from ..frame import actor_of, of_agency, page

P = ParamSpec("P")
REFUSALS = (CannotDo, GateClosed, ValueError)
STEPS = (
    ("item-text", "标题和正文"),
    ("item-catalogue", "目录信息"),
    ("item-access", "公开属性"),
    ("item-attachments", "附件"),
    ("item-relations", "相关信息"),
    ("item-findings", "不能公开的内容"),
    ("item-submit", "检查和送审"),
)
"""The steps of writing an item, in order: the name of the page and its word."""


def item_at(agency: Agency, pk: int) -> Item:
    """The item of the agency, or not there."""
    try:
        return item_of(agency, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def bound(request: HttpRequest) -> Any:
    """What was typed, or None when the page is opened."""
    return request.POST if request.method == "POST" else None


def on_draft(
    view: Callable[Concatenate[HttpRequest, Agency, Item, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A page that changes an item: for who may draft it, while it can be changed."""

    @wraps(view)
    def found(
        request: HttpRequest, agency: Agency, pk: int, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        item = item_at(agency, pk)
        require(actor_of(request), "disclosure.draft", item)
        if item.state not in EDITABLE:
            messages.error(request, f"这条信息现在是“{item.get_state_display()}”，要改请先点“修订”。")
            return redirect("desk:item", agency.slug, item.pk)
        return view(request, agency, item, *args, **kwargs)

    plain: Any = found
    return require_http_methods(["GET", "POST"])(of_agency("disclosure.draft")(plain))


def onward(request: HttpRequest, agency: Agency, item: Item, here: str) -> HttpResponse:
    """After saving a step: to the next one, or back to the item where that was wished."""
    if "back" in request.POST:
        return redirect("desk:item", agency.slug, item.pk)
    names = [name for name, _ in STEPS]
    following = names[min(names.index(here) + 1, len(names) - 1)]
    return redirect(f"desk:{following}", agency.slug, item.pk)


def step_page(
    request: HttpRequest,
    agency: Agency,
    item: Item,
    here: str,
    form: forms.Form,
    name: str = "step",
    **more: Any,
) -> HttpResponse:
    """The page of one step."""
    names = [step for step, _ in STEPS]
    return page(
        request,
        agency,
        f"disclosure/{name}",
        "items",
        item=item,
        form=form,
        label=dict(STEPS)[here],
        number=names.index(here) + 1,
        many=len(names),
        before=reverse(f"desk:{names[names.index(here) - 1]}", args=[agency.slug, item.pk])
        if names.index(here)
        else "",
        reopens=item.state in ("in_review", "passed"),
        **more,
    )
