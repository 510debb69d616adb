"""我的账号: password, second factor, where one is signed in, what was kept over a time-out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from gongkai.agencies.queries import Person
from gongkai.sign_in import queries
from gongkai.sign_in.actions import keeping
from gongkai.sign_in.actions.attempts import CannotSignIn, Locked, try_password
from gongkai.sign_in.actions.passwords import change_password
from gongkai.sign_in.actions.stays import KEPT_KEY, end_others, end_stay
from gongkai.sign_in.asking import actor_of, address_of
from gongkai.sign_in.marks import FACTOR, PASSWORD, VERIFY, leaves_idle, never_kept, open_during

from .account_forms import PasswordForm
from .sign_in import locked_words

ROWS = 20


def own_page(request: HttpRequest, name: str, here: str, **more: Any) -> HttpResponse:
    """Render a page of one's own account; `here` is the word of its navigation, none while a step is due."""
    actor = actor_of(request)
    own = {
        "here": here,
        "seats": actor.seats,
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, f"desk/account/{name}.html", {**own, **more})


def go_on(request: HttpRequest) -> HttpResponse:
    """To where the person was going, if that is on this site; to the desk otherwise."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted) if wanted and safe else redirect("desk:home")


def me(request: HttpRequest) -> Person:
    """Who is signed in."""
    return actor_of(request).somebody


@require_safe
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """我的账号: who one is here, and what can be seen to."""
    now = timezone.now()
    return own_page(request, "home", "account", held=queries.held_by(me(request), now))


@open_during(PASSWORD)
@never_kept
@sensitive_post_parameters()
@never_cache
def password(request: HttpRequest) -> HttpResponse:
    """修改密码; the first thing at a first sign-in."""
    person = me(request)
    due = queries.password_due(person)
    form = PasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_current(request, form):
        ended = change_password(request, person, form.cleaned_data["new"], request.stay)  # type: ignore[attr-defined]
        messages.success(request, "密码已经改好。" + (f"其他 {ended} 处登录已经结束。" if ended else ""))
        return go_on(request)
    return own_page(request, "password", "" if due else "password", form=form, due=due)


def _is_current(request: HttpRequest, form: PasswordForm) -> bool:
    """Ask for the present password by the same rules as at the sign-in, locks included."""
    try:
        try_password(request, form.person.username, form.cleaned_data["current"])
    except Locked as error:
        form.add_error("current", locked_words(error))
    except CannotSignIn:
        form.add_error("current", "现在的密码不对，请重新输入。")
    return not form.errors


@require_safe
@never_cache
def sessions(request: HttpRequest) -> HttpResponse:
    """登录情况: in which browsers one is signed in now."""
    found = Paginator(queries.open_stays(me(request), timezone.now()), ROWS)
    return own_page(request, "sessions", "sessions", page=found.get_page(request.GET.get("page")))


@require_POST
@never_kept
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """结束 one of one's own; the browser one sits at is signed out like any other."""
    person = me(request)
    stay = queries.open_stays(person, timezone.now()).filter(pk=pk).first()
    if stay is None:
        raise Http404
    end_stay(stay, by=person, address=address_of(request))
    messages.success(request, f"{stay.browser}的登录已经结束。")
    return redirect("desk:sessions")


@require_POST
@never_kept
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """全部结束, but for the browser one sits at."""
    ended = end_others(request.stay, address=address_of(request))  # type: ignore[attr-defined]
    messages.success(request, f"其他 {ended} 处登录已经结束。" if ended else "没有其他登录。")
    return redirect("desk:sessions")


@open_during(VERIFY, PASSWORD, FACTOR)
@leaves_idle
@require_safe
@never_cache
def session_left(request: HttpRequest) -> HttpResponse:
    """How many seconds are left; asking does not count as being there."""
    return JsonResponse({"left": queries.seconds_left(request.stay, timezone.now())})  # type: ignore[attr-defined]


@open_during(VERIFY, PASSWORD, FACTOR)
@never_kept
@require_POST
def session_stay(request: HttpRequest) -> HttpResponse:
    """继续工作."""
    return JsonResponse({"left": queries.seconds_left(request.stay, timezone.now())})  # type: ignore[attr-defined]


@require_POST
@leaves_idle
def keep_form(request: HttpRequest) -> HttpResponse:
    """The script of the page hands over what is typed in a form, just before the time runs out."""
    if keeping.keep(request, me(request)):
        request.session[KEPT_KEY] = True
    return JsonResponse({"left": queries.seconds_left(request.stay, timezone.now())})  # type: ignore[attr-defined]


@require_POST
@never_kept
def kept_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away what was kept."""
    keeping.drop(me(request), pk)
    messages.success(request, "保留的内容已经清除。")
    return go_on(request)


PATTERNS = [
    path("account/", account, name="account"),
    path("account/password/", password, name="password"),
    path("account/sessions/", sessions, name="sessions"),
    path("account/sessions/<int:pk>/end/", end_session, name="session-end"),
    path("account/sessions/end-others/", end_other_sessions, name="sessions-end"),
    path("account/session/", session_left, name="session-left"),
    path("account/session/stay/", session_stay, name="session-stay"),
    path("account/kept/", keep_form, name="kept"),
    path("account/kept/<int:pk>/drop/", kept_drop, name="kept-drop"),
]
