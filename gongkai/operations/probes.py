"""/healthz and /readyz: does the process live, is the site ready. Asked by machines, by address and over http."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from .health import OK, readiness


@login_not_required
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database: a database that is down is no reason to restart the site."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when everything the site needs is there, otherwise 503; either way one short word for each."""
    found = readiness()
    return JsonResponse(found, status=200 if set(found.values()) == {OK} else 503)


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/healthz": healthz, "/readyz": readyz}


class AnswerProbes:
    """Answers the probes before anything else looks at the request.

    A probe names the host by its number and comes over http; neither the list of allowed hosts nor the way to https
    is for it. Nothing is told that depends on the host, so that naming a false one gains nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The probe's answer, or the next in line."""
        probe = PROBES.get(request.path_info) if request.method in ("GET", "HEAD") else None
        return probe(request) if probe else self._next(request)
