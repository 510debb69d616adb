"""The agency below that an address names: not there for any other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.agencies.queries import Agency, NoAgency
from gongkai.agencies.rights import require
from gongkai.oversight.board.below import agency_below

from ..frame import actor_of, of_agency

P = ParamSpec("P")


def of_below(
    act: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Agency, Agency, P], HttpResponse]], Callable[..., HttpResponse]
]:
    """Hand the view the office and the agency below it, if the person may look from the one and do `act` in the
    other. An agency that does not stand below the office is not there, whatever its name."""

    def guard(
        view: Callable[Concatenate[HttpRequest, Agency, Agency, P], HttpResponse],
    ) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(
            request: HttpRequest, agency: Agency, below: str, *args: Any, **more: Any
        ) -> HttpResponse:
            try:
                found = agency_below(agency, below)
            except NoAgency as error:
                raise Http404 from error
            require(actor_of(request), act, found)
            return view(request, agency, found, *args, **more)

        return of_agency("board.view")(guarded)

    return guard
