"""The way to one's own desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.agencies.rights import may

from .frame import actor_of


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """To the desk of the person's agency, or of the administrators; who holds no seat is told so. Who only supervises
    there begins with the agencies below."""
    actor = actor_of(request)
    if actor.agencies:
        first = actor.agencies[0]
        only = may(actor, "board.view", first) and not may(actor, "requests.view", first)
        return redirect("desk:county" if only else "desk:today", first.slug)
    if may(actor, "site.view"):
        return redirect("desk:site-home")
    return render(request, "desk/no_seat.html", status=403)
