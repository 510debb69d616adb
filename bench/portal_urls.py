"""The site's addresses and the empty view."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from gongkai.config.urls import urlpatterns as _ours


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    """Nothing but an answer."""
    return HttpResponse("ok")


empty.same_for_everybody = True  # type: ignore[attr-defined]
urlpatterns = [path("bench-empty/", empty), *_ours]
