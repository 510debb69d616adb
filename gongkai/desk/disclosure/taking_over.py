"""转为主动公开, its end: what was begun from a request is public, and the request's proposal says where."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import may
from gongkai.disclosure.converted import public_from, watch_names
from gongkai.disclosure.listing import Item
from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.actions.conversion import take_over
from gongkai.inforequests.conversions import (
    Conversion,
    names_of_requester,
    waiting_conversions,
    waiting_everywhere,
)
from gongkai.tasks.jobs import register

log = logging.getLogger(__name__)
AT_ONCE = 200


def take_over_of(item: Item, *, by: Actor) -> bool:
    """Write down that the proposal this item was begun for is done, now that it is public; for who publishes by hand."""
    if item.request_id is None or item.converted_on is None or not may(by, "requests.convert", item):
        return False
    return bool(_take_over(waiting_conversions(item.agency).filter(request=item.request_id), by))


def take_over_all(now: datetime) -> str:
    """The same of all that has become public meanwhile, at a set time for instance; what the tick says of it."""
    by = Actor.system(timezone.localtime(now).date(), "登记转为主动公开")
    done = _take_over(waiting_everywhere()[:AT_ONCE], by)
    return f"登记转为主动公开 {done} 件" if done else ""


def _take_over(waiting: Iterable[Conversion], by: Actor) -> int:
    rows = list(waiting)
    there = public_from([row.request_id for row in rows]) if rows else {}
    done = 0
    for row in rows:
        found = there.get(row.request_id)
        if found is None or found.agency_id != row.agency_id:
            continue
        address = reverse("portal:item", args=[found.agency.slug, found.item_id])
        try:
            take_over(row, by=by, item=f"{found.column.name}：{found.title}", url=address)
        except CannotDo as error:
            log.info("conversion %s: %s", row.pk, error)
        else:
            done += 1
    return done


def register_taking_over() -> None:
    """Have the tick do so, and the search for what must not go out know who asked."""
    register("conversions-public", label="登记转为主动公开", every=timedelta(minutes=1), run=take_over_all)
    watch_names("requester", names_of_requester)
