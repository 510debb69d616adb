"""At the door: the visitor's true address; whether a stay still lasts; what has to come before anything else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.rights import may

from .actions import keeping, stays
from .asking import actor_of
from .marks import FACTOR, PASSWORD, VERIFY
from .models import Stay
from .queries import is_over, password_due, seconds_left, stay_with_factor
from .refill import put_before_content, refilled

Answer = Callable[[HttpRequest], HttpResponse]


class ClientAddress:
    """Behind a declared proxy, the address asked from is the one the proxy saw: the last in X-Forwarded-For.

    What stands before it came with the request and may be made up. Without a declared proxy the header is ignored.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set REMOTE_ADDR right, for everything that follows."""
        if settings.BEHIND_PROXY:
            last = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
            with suppress(ValueError):
                request.META["REMOTE_ADDR"] = str(ip_address(last))
        return self.get_response(request)


class Gate:
    """Nobody gets further whose stay is over, who owes a new password, or who has to prove a second factor.

    It stands behind the check of the form's token, so that what is kept over a time-out was sent from our own page.
    Pages for the public are not looked at.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a page on which something was left unsent is filled in again."""
        response = self.get_response(request)
        if request.method == "GET" and getattr(request, "stay", None) and stays.KEPT_KEY in request.session:
            _fill_in(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None to let the request through. A page that is the same for everybody does not ask who is asking: what
        was never asked for needs no cookie, so that anybody on the way may keep the page."""
        if getattr(view, "same_for_everybody", False):
            request.user = AnonymousUser()
            return None
        pk = request.session.get(stays.SESSION_KEY)
        if not request.user.is_authenticated:
            if pk:
                stays.forget(request, pk)
            return None
        if not getattr(view, "login_required", True):
            return None
        now = timezone.now()
        stay = stay_with_factor(pk) if pk else None
        if stay is None and pk:
            return _over(request, view, None, Stay.End.ENDED)
        if stay is None:
            # Signed in by another way than our page: a stay like any other, not verified.
            stay = stay_with_factor(stays.begin(request, request.user, now).pk)
        assert stay is not None  # noqa: S101 - it was just made
        stay.person = request.user
        if why := is_over(stay, now):
            return _over(request, view, stay, why)
        if not getattr(view, "leaves_idle", False):
            stays.seen(stay, now)
        request.stay = stay  # type: ignore[attr-defined]
        request.idle_seconds = seconds_left(stay, now)  # type: ignore[attr-defined]
        step = _step(request, stay)
        if step and step not in getattr(view, "open_during", ()):
            return _first(request, view, step)
        if not step and request.method == "POST" and stays.KEPT_KEY in request.session:
            keeping.drop_sent(stay.person, request.path)
        return None


def _step(request: HttpRequest, stay: Any) -> str:
    """What has to come first; empty when nothing has."""
    if stay.has_factor and not stay.verified_at:
        return VERIFY
    if password_due(stay.person):
        return PASSWORD
    if not stay.has_factor and (settings.SECOND_FACTOR_FOR_ALL or may(actor_of(request), "site.view")):
        return FACTOR
    return ""


def _first(request: HttpRequest, view: Callable[..., Any], step: str) -> HttpResponse:
    page = "" if request.method == "GET" else _kept(request, view)
    if page:
        request.session[stays.KEPT_KEY] = True
    wanted = page or (request.get_full_path() if request.method == "GET" else "")
    to = reverse(settings.SIGN_IN_STEPS[step])
    return redirect(f"{to}?{urlencode({'next': wanted})}" if wanted else to)


def _kept(request: HttpRequest, view: Callable[..., Any]) -> str:
    if request.method != "POST" or getattr(view, "never_kept", False):
        return ""
    return keeping.keep(request, request.user)  # type: ignore[arg-type]


_WHY = {
    Stay.End.IDLE: "您有一段时间没有操作，已经自动退出。",
    Stay.End.LONG: "这次登录到了最长时间，已经自动退出。",
}


def _over(request: HttpRequest, view: Callable[..., Any], stay: Stay | None, why: str) -> HttpResponse:
    """Sign out, keep what was being sent, and say both on the sign-in page. Only asking how long is left ends
    nothing: the script hands over what was typed right after it."""
    if request.method == "GET" and getattr(view, "leaves_idle", False):
        return JsonResponse({"left": 0}, status=401)
    page = "" if stay is None or why not in _WHY else _kept(request, view)
    wants_words = request.headers.get("Accept", "").startswith("application/json")
    if stay is not None and not stay.ended_at:
        stays.run_out(request, stay, why)
    else:
        logout(request)
    if wants_words:
        return JsonResponse({"left": 0}, status=401)
    said = _WHY.get(Stay.End(why), "这次登录已经结束。")
    if page:
        said += "刚才提交的内容已经保留，登录以后会填回原来的页面。"
    elif request.method == "POST":
        said += "刚才的操作没有执行，请登录以后再做一次。"
    messages.info(request, said)
    wanted = page or (request.get_full_path() if request.method == "GET" else "")
    to = reverse(settings.LOGIN_URL)
    return redirect(f"{to}?{urlencode({'next': wanted})}" if wanted else to)


def _fill_in(request: HttpRequest, response: HttpResponse) -> None:
    if response.status_code != 200 or response.streaming:
        return
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    person = request.stay.person  # type: ignore[attr-defined]
    here = request.get_full_path()
    if not keeping.anything_kept(person):
        del request.session[stays.KEPT_KEY]
        return
    page = response.content.decode(response.charset)
    for typed in keeping.typed_on(person, here):
        page, left, found = refilled(page, request.path, typed.path, typed.fields)
        own = {"typed": typed, "left": left, "found": found, "page": here}
        page = put_before_content(page, render_to_string("sign_in/kept.html", own, request))
    response.content = page.encode(response.charset)
