"""公开, and the way to one's own desk."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import may
from gongkai.disclosure import queries as disclosure

from .frame import actor_of, of_agency, page

ROWS = 50


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """To the desk of the person's agency, or of the administrators; who holds no seat is told so."""
    actor = actor_of(request)
    if actor.agencies:
        return redirect("desk:today", actor.agencies[0].slug)
    if may(actor, "site.view"):
        return redirect("desk:site-home")
    return render(request, "desk/no_seat.html", status=403)


@require_safe
@of_agency("disclosure.view")
def columns(request: HttpRequest, agency: Agency) -> HttpResponse:
    """公开: the columns with the number of their items."""
    return page(request, agency, "columns", "columns", columns=disclosure.columns_of(agency))


@require_safe
@of_agency("disclosure.view")
def column(request: HttpRequest, agency: Agency, column: str) -> HttpResponse:
    """The items of a column."""
    try:
        where = disclosure.column_of(agency, column)
    except disclosure.NoColumn as error:
        raise Http404 from error
    found = Paginator(disclosure.items_in(where), ROWS).get_page(request.GET.get("page"))
    return page(request, agency, "column", "columns", column=where, page=found)
