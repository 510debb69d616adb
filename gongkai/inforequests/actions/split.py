"""拆分: one form with several matters becomes several requests, each answered on its own (一事一申请)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting

from ..models import InfoRequest, Requester, RequestEvent
from ..numbers import allot, tracking_code
from ..searching import index_request
from .base import CannotDo, set_due

_COPIED = (
    "agency_id",
    "section_id",
    "seat_id",
    "matter",
    "requester_kind",
    "applicant",
    "channel",
    "submitted_on",
    "arrived_on",
    "confirmed_on",
    "received_on",
    "form_wanted",
    "obtain",
    "purpose",
    "state",
)
_OF_REQUESTER = tuple(f.name for f in Requester._meta.fields if f.name not in ("id", "request"))


def split(request: InfoRequest, contents: Sequence[str], *, by: Actor) -> list[InfoRequest]:
    """Keep the first matter in the request and register each of the others with a number of its own, received on the
    same day. The clerk's act, before anything else was done with the request.

    `contents` are the matters in words, two at least. Raises `CannotDo`.
    """
    matters = [content.strip() for content in contents if content.strip()]
    if len(matters) < 2:
        raise CannotDo("拆分至少要有两项内容，每一项写清楚申请什么。")
    with acting(by, "requests.register", request.agency, split=request.number) as doing:
        locked = (
            InfoRequest.objects.select_for_update(no_key=True, of=("self",))
            .select_related("agency")
            .get(pk=request.pk)
        )
        events = list(locked.events.all())
        if locked.state not in ("handling", "unconfirmed") or len(events) > 2:
            raise CannotDo("已经开始办理的申请不能再拆分。")
        made = [_part(locked, content, events[-1], by) for content in matters[1:]]
        locked.content = matters[0]
        locked.save(update_fields=["content"])
        index_request(locked)
        doing.target = locked
        doing.detail["into"] = [one.number for one in made]
    request.refresh_from_db()
    return made


def _part(whole: InfoRequest, content: str, received: RequestEvent, by: Actor) -> InfoRequest:
    number = allot(whole.agency, by.day.year)
    part = InfoRequest(
        **{name: getattr(whole, name) for name in _COPIED},
        number=number.number,
        tracking_code=tracking_code(),
        content=content,
        split_from=whole,
    )
    part.save()
    number.request = part
    number.save(update_fields=["request"])
    given = getattr(whole, "requester", None)
    Requester.objects.create(request=part, **{name: getattr(given, name, "") for name in _OF_REQUESTER})
    event = RequestEvent.objects.create(
        request=part,
        serial=1,
        act="register_received" if whole.received_on else "register_arrival",
        from_state="unregistered",
        to_state=part.state,
        on=received.on,
        at=timezone.now(),
        by=by.name,
        said=f"由{whole.number}拆分",
        data={"split_from": whole.number},
    )
    set_due(part, [event])
    part.save(update_fields=["due_on", "due_provisional"])
    index_request(part)
    return part
