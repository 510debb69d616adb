"""登录安全: what the security administrator sees and does about signing in."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.sign_in import queries
from gongkai.sign_in.actions.attempts import unlock
from gongkai.sign_in.actions.factors import take_away
from gongkai.sign_in.asking import actor_of

from .frame import SITE_NAVIGATION, of_site, site_page

ROWS = 50
HERE = "site-sign-in"
SITE_NAVIGATION.append((HERE, "登录安全", "person.secure"))


@require_safe
@of_site("person.secure")
def locked(request: HttpRequest) -> HttpResponse:
    """What is locked now."""
    now = timezone.now()
    found = Paginator(queries.locked_counters(now), ROWS).get_page(request.GET.get("page"))
    rows = [(counter, queries.locked_until(counter, now)) for counter in found.object_list]
    return site_page(request, "sign_in", HERE, page=found, rows=rows)


@require_POST
@of_site("person.secure")
def unlock_counter(request: HttpRequest, pk: int) -> HttpResponse:
    """解锁."""
    try:
        counter = queries.counter_at(pk)
    except queries.NoCounter as error:
        raise Http404 from error
    unlock(counter, by=actor_of(request))
    messages.success(request, "已经解锁，可以马上再登录。")
    return redirect("desk:site-sign-in")


@require_safe
@of_site("person.secure")
def failures(request: HttpRequest) -> HttpResponse:
    """Sign-ins that failed, the newest first."""
    found = Paginator(queries.recent_failures(), ROWS).get_page(request.GET.get("page"))
    return site_page(request, "sign_in_failures", HERE, page=found)


@require_safe
@of_site("person.secure")
def with_factor(request: HttpRequest) -> HttpResponse:
    """Who signs in with a second factor."""
    found = Paginator(queries.people_with_factor(), ROWS).get_page(request.GET.get("page"))
    return site_page(request, "sign_in_factors", HERE, page=found)


@of_site("person.secure")
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """解除第二因素 of somebody who lost the telephone; asks once."""
    person = queries.people_with_factor().filter(pk=pk).first()
    if person is None:
        raise Http404
    if request.method == "POST" and "sure" in request.POST:
        take_away(person, by=actor_of(request))
        messages.success(request, f"{person.name}的第二因素已经解除，登录已经全部结束。")
        return redirect("desk:site-factors")
    return site_page(request, "sign_in_factor_remove", HERE, person=person)


PATTERNS = [
    path("site/sign-in/", locked, name=HERE),
    path("site/sign-in/<int:pk>/unlock/", unlock_counter, name="site-unlock"),
    path("site/sign-in/failures/", failures, name="site-failures"),
    path("site/sign-in/factors/", with_factor, name="site-factors"),
    path("site/sign-in/factors/<int:pk>/remove/", remove_factor, name="site-factor-remove"),
]
