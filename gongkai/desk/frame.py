"""The frame of every desk page: which agency, may this person see it, the left navigation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from gongkai.agencies.queries import Agency, NoAgency, agency_for, seat_names

P = ParamSpec("P")
NAVIGATION = (("today", "待办"), ("requests", "申请"), ("columns", "公开"), ("reports", "年报"))
"""The desk's words, as far as their rooms are built."""


def of_agency(
    view: Callable[Concatenate[HttpRequest, Agency, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Hand the view the agency named in the address; not there for anybody without a seat in it."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, agency: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            own = agency_for(request.user, agency)
        except NoAgency as error:
            raise Http404 from error
        return view(request, own, *args, **kwargs)

    return guarded


def page(request: HttpRequest, agency: Agency, name: str, here: str, **more: Any) -> HttpResponse:
    """Render a desk page within its frame; `here` is the word of the navigation it belongs to."""
    own = {
        "agency": agency,
        "here": here,
        "navigation": [
            (slug, word, reverse(f"desk:{slug}", args=[agency.slug])) for slug, word in NAVIGATION
        ],
        "seats": seat_names(request.user, agency),
    }
    return render(request, f"desk/{name}.html", {**own, **more})
