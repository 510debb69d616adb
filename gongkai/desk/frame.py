"""The frame of every desk page: whose desk it is, whether this person may, the navigation, the trail of looks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency, NoAgency, agency_at, seat_names
from gongkai.agencies.rights import ACTS, NotAllowed, may, note_refusal, note_view, require
from gongkai.outbox.queries import unread_count
from gongkai.sign_in.asking import actor_of as actor_of

P = ParamSpec("P")
NAVIGATION = (
    ("today", "待办", "desk.view"),
    ("county", "监督", "board.view"),
    ("requests", "申请", "requests.view"),
    ("items", "公开", "disclosure.view"),
    ("reports", "年报", "report.view"),
    ("oversight", "巡查", "inspection.view"),
    ("settings", "设置", "desk.view"),
)
"""The desk's words, as far as their rooms are built, with the act that opens each."""
PLACES = {
    "tasks": "today",
    "notices": "today",
    "agency": "settings",
    "templates": "settings",
    "people": "settings",
    "remedies": "requests",
    "messages": "oversight",
    "trail": "settings",
}
"""Under which word the pages stand that have none of their own."""


def of_agency(
    act: str,
) -> Callable[[Callable[Concatenate[HttpRequest, Agency, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Hand the view the agency named in the address, if the person may do `act` there.

    Not there for anybody without a seat in it; refused, and written down, for a seat that may not. A look at
    personal data is written down as well.
    """
    rule = ACTS[act]

    def guard(
        view: Callable[Concatenate[HttpRequest, Agency, P], HttpResponse],
    ) -> Callable[..., HttpResponse]:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, agency: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = actor_of(request)
            try:
                own = agency_at(actor, agency)
            except NoAgency as error:
                raise Http404 from error
            return _guarded(
                request, rule.slug, own, lambda: view(request, own, *args, **kwargs), personal=rule.personal
            )

        return guarded

    return guard


def of_site(
    act: str,
) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[..., HttpResponse]]:
    """For the three administrators: hand on if the person may do `act` for the site as a whole.

    Not there for anybody who holds no administrator seat; refused, and written down, for the wrong one.
    """
    rule = ACTS[act]

    def guard(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not may(actor_of(request), "site.view"):
                raise Http404
            return _guarded(
                request, rule.slug, None, lambda: view(request, *args, **kwargs), personal=rule.personal
            )

        return guarded

    return guard


def _guarded(
    request: HttpRequest, act: str, target: Any, go: Callable[[], HttpResponse], *, personal: bool
) -> HttpResponse:
    actor = actor_of(request)
    try:
        permission = require(actor, act, target)
        answer = go()
    except NotAllowed as refused:
        note_refusal(refused)
        raise
    if personal and answer.status_code == 200:
        note_view(actor, act, target, permission.seat, page=request.path)
    return answer


def look_at_personal(request: HttpRequest, act: str, target: Any, **detail: Any) -> None:
    """Before a view shows personal data of one thing: raises `NotAllowed`, or writes the look down."""
    actor = actor_of(request)
    note_view(actor, act, target, require(actor, act, target).seat, **detail)


def page(request: HttpRequest, agency: Agency, name: str, here: str, **more: Any) -> HttpResponse:
    """Render a desk page within its frame; `here` is the word of the navigation it belongs to."""
    actor = actor_of(request)
    here = PLACES.get(here, here)
    words = [
        (slug, word, reverse(f"desk:{slug}", args=[agency.slug]))
        for slug, word, act in NAVIGATION
        if may(actor, act, agency)
    ]
    own = {
        "agency": agency,
        "here": here,
        "navigation": words,
        "seats": seat_names(actor, agency),
        "desks": other_desks(actor, agency),
        "unread_notices": more["unread_notices"] if "unread_notices" in more else unread_count(actor, agency),
        "crumbs": _crumbs(request, agency, next((w for w in words if w[0] == here), None)),
    }
    return render(request, f"desk/{name}.html", {**own, **more})


def other_desks(actor: Actor, agency: Agency | None) -> list[tuple[str, str]]:
    """The actor's other desks: name and address."""
    found = [(a.name, reverse("desk:today", args=[a.slug])) for a in actor.agencies if a != agency]
    if agency is not None and may(actor, "site.view"):
        found.append(("系统管理", reverse("desk:site-home")))
    return found


def _crumbs(request: HttpRequest, agency: Agency, word: tuple[str, str, str] | None) -> list[tuple[str, str]]:
    """The way from the desk to the word this page belongs to; the page's own title is added by the template."""
    way = [(agency.short_name or agency.name, reverse("desk:today", args=[agency.slug]))]
    if word is not None and word[0] != "today" and word[2] != request.path:
        way.append((word[1], word[2]))
    return way


def site_page(request: HttpRequest, name: str, here: str, **more: Any) -> HttpResponse:
    """Render a page of the administrators within its frame."""
    actor = actor_of(request)
    words = site_navigation(actor)
    way = [("系统管理", reverse("desk:site-home"))]
    way += [(word, url) for slug, word, url in words if slug == here != "site-home" and url != request.path]
    own = {
        "here": here,
        "seats": seat_names(actor, None),
        "navigation": words,
        "desks": other_desks(actor, None),
        "unread_notices": unread_count(actor),
        "crumbs": way,
    }
    return render(request, f"desk/site/{name}.html", {**own, **more})


SITE_NAVIGATION: list[tuple[str, str, str]] = [("site-home", "待办", "site.view")]
"""The administrators' words: address, word, the act that opens it. A page adds its own where it is made."""
ORDER = (
    "site-home",
    "site-agencies",
    "site-people",
    "site-seats",
    "site-proposals",
    "site-sign-in",
    "dictionaries:index",
    "site-outbox",
    "site-audit",
)
"""The order in which the words stand; one that is not named comes last."""


def site_navigation(actor: Actor) -> list[tuple[str, str, str]]:
    """The administrators' words that this actor may open."""
    return [
        (slug, word, reverse(slug if ":" in slug else f"desk:{slug}"))
        for slug, word, act in sorted(
            SITE_NAVIGATION, key=lambda row: ORDER.index(row[0]) if row[0] in ORDER else len(ORDER)
        )
        if may(actor, act)
    ]
