"""人员: who sits where in an agency, who stands in, who sat there; hand over, arrange and call off stand-ins."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from gongkai.agencies import staff
from gongkai.agencies.queries import Agency
from gongkai.agencies.rights import require
from gongkai.agencies.staff import Deputy, Seat

from . import people_site, seats_site
from .frame import actor_of, of_agency, page
from .seat_acts import cancel_page, deputise_page, hand_over_page

ROWS = 50


def _seat(agency: Agency, pk: int) -> Seat:
    try:
        return staff.seat_at(pk, agency)
    except staff.NoSeat as error:
        raise Http404 from error


@require_safe
@of_agency("seat.view")
def people(request: HttpRequest, agency: Agency) -> HttpResponse:
    """人员: the seats by section, with who holds them and who stands in."""
    actor = actor_of(request)
    found = Paginator(staff.seats_in(agency), ROWS).get_page(request.GET.get("page"))
    may_do = staff.acts_open_to(actor, found.object_list)
    rows = [
        {
            "seat": seat,
            "place": seat.section.name if seat.section else "全机关",
            "mine": seat.person_id == actor.somebody.pk,
            "now": [deputy for deputy in seat.standing_in if deputy.stands_in_on(actor.day)],  # type: ignore[attr-defined]
            "may": may_do[seat.pk],
        }
        for seat in found.object_list
    ]
    coming = staff.deputies_from(agency, actor.day)
    may_cancel = staff.acts_open_to(actor, [deputy.seat for deputy in coming])
    deputies = [(d, d.stands_in_on(actor.day), may_cancel[d.seat_id][1]) for d in coming]
    return page(
        request,
        agency,
        "people/list",
        "people",
        page=found,
        rows=rows,
        deputies=deputies,
        anything=any(any(row["may"]) for row in rows),  # type: ignore[arg-type]
    )


@require_safe
@of_agency("seat.view")
def history(request: HttpRequest, agency: Agency) -> HttpResponse:
    """任职和代班记录: who held which seat from when to when, and who stood in."""
    found = Paginator(staff.tenures_in(agency), ROWS).get_page(request.GET.get("page"))
    stood_in = Paginator(staff.past_deputies(agency, actor_of(request).day), ROWS).get_page(
        request.GET.get("deputies")
    )
    return page(request, agency, "people/history", "people", page=found, deputies=stood_in)


@of_agency("seat.view")
def hand_over(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """移交岗位."""
    seat = _seat(agency, pk)
    require(actor_of(request), "seat.hand_over", seat)
    return hand_over_page(request, seat, _home(agency), agency, staff.colleagues(agency))


@of_agency("seat.view")
def deputise(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """安排代班."""
    seat = _seat(agency, pk)
    require(actor_of(request), "seat.deputise", seat)
    return deputise_page(request, seat, _home(agency), agency, staff.colleagues(agency))


@of_agency("seat.view")
def cancel(request: HttpRequest, agency: Agency, pk: int) -> HttpResponse:
    """取消代班."""
    try:
        deputy: Deputy = staff.deputy_at(pk, agency, actor_of(request).day)
    except staff.NoDeputy as error:
        raise Http404 from error
    require(actor_of(request), "seat.deputise", deputy.seat)
    return cancel_page(request, deputy, _home(agency), agency)


def _home(agency: Agency) -> str:
    return reverse("desk:people", args=[agency.slug])


PATTERNS = [
    *people_site.PATTERNS,
    *seats_site.PATTERNS,
    path("<slug:agency>/people/", people, name="people"),
    path("<slug:agency>/people/history/", history, name="people-history"),
    path("<slug:agency>/people/<int:pk>/hand-over/", hand_over, name="people-hand-over"),
    path("<slug:agency>/people/<int:pk>/deputise/", deputise, name="people-deputise"),
    path("<slug:agency>/people/deputies/<int:pk>/cancel/", cancel, name="people-cancel"),
]
