"""更正登记: what was copied wrongly from the paper is put right; the number stays, the period is counted anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting, several
from gongkai.statute.channels import BY_SLUG as CHANNELS
from gongkai.statute.channels import receipt
from gongkai.statute.days import in_words
from gongkai.statute.requesters import BY_SLUG as KINDS
from gongkai.statute.states import CLOSED

from ..models import Amendment, InfoRequest, Requester
from ..searching import index_request
from .base import CannotDo, moving, set_due

REQUESTER = tuple(f.name for f in Requester._meta.fields if f.name not in ("id", "request"))
"""Who asks and how to reach them: may be put right at any time, the letters already made keep what they say."""
LASTING = ("requester_kind", "form_wanted", "obtain", "purpose")
"""Neither the period nor the words of the answer rest on these."""
DAYS = ("channel", "submitted_on", "arrived_on", "confirmed_on")
UNTIL_SIGNED = (*DAYS, "applicant", "content")
"""The answer states these, or its period runs from them: open until it is signed."""
_SIGNED = CLOSED | {"signed"}
_KEPT_QUIET = frozenset(REQUESTER) | {"applicant", "content"}
"""Not told to the trail, which holds no personal data: there only that they were put right."""


@dataclass(frozen=True, slots=True)
class Amended:
    """What was put right, by label, and the due day before and after."""

    labels: tuple[str, ...]
    before: date | None
    after: date | None


def open_fields(request: InfoRequest) -> tuple[str, ...]:
    """The fields of the registration that may be put right now."""
    return (*REQUESTER, *LASTING, *(() if request.state in _SIGNED else UNTIL_SIGNED))


def label_of(name: str) -> str:
    """The field in words."""
    model = Requester if name in REQUESTER else InfoRequest
    words = {field.name: str(field.verbose_name) for field in model._meta.fields}
    return words[name].removesuffix("（可以不填）")


def amend(request: InfoRequest, given: Mapping[str, Any], *, by: Actor, reason: str) -> Amended:
    """Put right what was registered wrongly: the clerk's act, with a reason; who asked, when and for what stay as the
    paper says. The day of receipt follows from the channel and its days (art. 31), the period from that.

    `given` maps fields (of the request and of its requester) to what they should be; those left out stay. Raises
    `CannotDo` where nothing changes, for what the signed answer rests on, and for days that do not fit what was done
    since; `ReceiptError` for days in an impossible order. Then nothing is changed.
    """
    if not reason.strip():
        raise CannotDo("请写明为什么更正，例如“邮戳日期看错了”。")
    with several(), acting(by, "requests.register", request, amended=request.number) as doing:
        locked = (
            InfoRequest.objects.select_for_update(no_key=True, of=("self",))
            .select_related("agency")
            .get(pk=request.pk)
        )
        requester, _ = Requester.objects.get_or_create(request=locked)
        changes = _changes(locked, requester, given)
        _may_still(locked, changes)
        before, was_received = locked.due_on, locked.received_on
        for name, (_, value) in changes.items():
            setattr(requester if name in REQUESTER else locked, name, value)
        _sound(locked, by.day)
        if set(DAYS) & set(changes):
            _received_anew(locked)
        requester.save()
        set_due(locked, list(locked.events.all()))
        locked.save()
        index_request(locked)
        Amendment.objects.create(
            request=locked, on=by.day, at=timezone.now(), by=by.name, seat=by.who(doing.seat).seat,
            reason=reason.strip(),
            changes={name: [_word(name, old), _word(name, new)] for name, (old, new) in changes.items()},
        )  # fmt: skip
        doing.detail["fields"] = [label_of(name) for name in changes]
        for name, (old, new) in changes.items():
            if name not in _KEPT_QUIET:
                doing.detail[name] = f"{_word(name, old)} → {_word(name, new)}"
        doing.target = locked
        if locked.received_on and not was_received and locked.state == "unconfirmed":
            moving_on = moving(
                locked, "confirm_receipt", by=by, right="requests.handle", on=locked.received_on,
                said="更正登记的渠道或者日期以后，已经收到。",
            )  # fmt: skip
            with moving_on:
                pass
    request.refresh_from_db()
    return Amended(tuple(label_of(name) for name in changes), before, request.due_on)


def _changes(
    request: InfoRequest, requester: Requester, given: Mapping[str, Any]
) -> dict[str, tuple[Any, Any]]:
    found: dict[str, tuple[Any, Any]] = {}
    for name, value in given.items():
        old = getattr(requester if name in REQUESTER else request, name)
        new = value.strip() if isinstance(value, str) else value
        if (old or None) != (new or None):
            found[name] = (old, new)
    if not found:
        raise CannotDo("没有改动任何一项。登记没有错的，不用更正。")
    return found


def _may_still(request: InfoRequest, changes: Mapping[str, object]) -> None:
    closed = [label_of(name) for name in changes if name not in open_fields(request)]
    if closed:
        raise CannotDo(
            f"答复已经签发，{'、'.join(closed)}写进了答复，不能再更正。还没有送达的，先退回修改，再来更正。"
        )


def _sound(request: InfoRequest, today: date) -> None:
    """What must be there in any registration."""
    missing = [
        word
        for word, value in (("申请人姓名或者名称", request.applicant), ("申请内容", request.content))
        if not value
    ]
    if missing:
        raise CannotDo(f"请填写{'、'.join(missing)}。")
    if request.requester_kind not in KINDS:
        raise CannotDo("请选择申请人类别。")
    for name in DAYS[1:]:
        day = getattr(request, name)
        if day and day > today:
            raise CannotDo(f"{label_of(name)}还没有到，请填今天或者以前的日期。")


def _received_anew(request: InfoRequest) -> None:
    """The day of receipt by channel and days; it fits what was done with the request since."""
    found = receipt(request.channel, request.submitted_on, request.arrived_on, request.confirmed_on)
    if found.on is None and request.state != "unconfirmed":
        raise CannotDo("这种渠道要与申请人确认才算收到，请填写确认的日期。")
    later = [event for event in request.events.all() if event.act not in _REGISTERS]
    if found.on and later and found.on > later[0].on:
        raise CannotDo(
            f"收到之日会成为{in_words(found.on)}，晚于已经做过的“{later[0].act_label}”"
            f"（{in_words(later[0].on)}）。请核对日期。"
        )
    request.received_on = found.on


_REGISTERS = ("register_received", "register_arrival", "confirm_receipt", "take_over")


def _word(name: str, value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, date):
        return in_words(value)
    if name == "channel":
        return CHANNELS[value].label if value in CHANNELS else str(value)
    if name == "requester_kind":
        return KINDS[value].label if value in KINDS else str(value)
    return str(value or "没有填")


def amendments_of(request: InfoRequest) -> list[Amendment]:
    """The corrections of a registration, oldest first."""
    return list(request.amendments.all())
