"""The pages of gongkai/desk/people.py, people_site.py and seats_site.py."""

from __future__ import annotations

from typing import Any

from gongkai.agencies.models import Deputy, Seat
from tests.cast import Cast
from tests.matrix.answers import Gets, absent, of_site, ours, theirs

own, other = {"agency": "xtxsfj"}, {"agency": "sample-office"}
BOTH = of_site("sysadmin", "secadmin")
SYSTEM, SECURITY = of_site("sysadmin"), of_site("secadmin")


def clerks_seat(cast: Cast) -> int:
    return Seat.objects.get(person=cast.clerk).pk


def drafters_seat(cast: Cast) -> int:
    return Seat.objects.get(person=cast.drafter).pk


def heads_seat(cast: Cast) -> int:
    return Seat.objects.get(person=cast.head).pk


def others_seat(cast: Cast) -> int:
    return Seat.objects.get(person=cast.neighbour).pk


def deputy(cast: Cast) -> int:
    day = cast.actor("head").day
    seat = Seat.objects.get(person=cast.drafter)
    return Deputy.objects.create(seat=seat, person=cast.clerk, since=day, until=day, given_by="测试").pk


def clerk(cast: Cast) -> int:
    return cast.clerk.pk


OVER_CLERK = ours(("clerk", "ogi_head", "head"))
OVER_DRAFTER = ours(("drafter", "section_head", "ogi_head", "head"))
TABLE: dict[str, list[tuple[dict[str, Any], Gets]]] = {
    "desk:people": [(own, ours()), (other, theirs())],
    "desk:people-history": [(own, ours()), (other, theirs())],
    **{
        name: [
            (own | {"pk": clerks_seat}, OVER_CLERK),
            (own | {"pk": drafters_seat}, OVER_DRAFTER),
            (own | {"pk": heads_seat}, ours(("head",))),
            (own | {"pk": others_seat}, absent()),
            (other | {"pk": others_seat}, theirs()),
        ]
        for name in ("desk:people-hand-over", "desk:people-deputise")
    },
    # The clerk stands in for the drafter here, and does not thereby dispose of the seat.
    "desk:people-cancel": [(own | {"pk": deputy}, OVER_DRAFTER), (other | {"pk": deputy}, absent())],
    "desk:site-people": [({}, BOTH)],
    "desk:site-person": [({"pk": clerk}, BOTH)],
    "desk:site-person-new": [({}, SYSTEM)],
    "desk:site-person-edit": [({"pk": clerk}, SYSTEM)],
    "desk:site-person-close": [({"pk": clerk}, SYSTEM)],
    "desk:site-person-reopen": [({"pk": clerk}, SYSTEM)],
    "desk:site-person-password": [({"pk": clerk}, SECURITY)],
    "desk:site-person-seats": [({"pk": clerk}, SECURITY)],
    "desk:site-seats": [({}, BOTH)],
    "desk:site-seat-new": [({}, SECURITY)],
    "desk:site-seat-hand-over": [({"pk": clerks_seat}, SECURITY)],
    "desk:site-seat-deputise": [({"pk": clerks_seat}, SECURITY)],
    "desk:site-seat-end": [({"pk": clerks_seat}, SECURITY)],
    "desk:site-deputy-cancel": [({"pk": deputy}, SECURITY)],
}
