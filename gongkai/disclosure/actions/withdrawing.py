"""撤回: take a publication back from the public, with the reason the public reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.agencies.actor import Actor
from gongkai.dictionaries.queries import calendar, slips
from gongkai.statute.days import in_words
from gongkai.statute.duties import LIMITS, publish_due
from gongkai.statute.leaks import find_leaks
from gongkai.statute.periods import PeriodEnd

from ..models import Item, NoticeWording, Publication
from ..showing import show_items
from ..telling import tell_withdrawn
from .base import CannotDo, on_item


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason for withdrawing, as it is chosen: what the public reads begins with its label."""

    slug: str
    label: str
    needs_day: bool = False


CAUSES: dict[str, Cause] = {
    cause.slug: cause
    for cause in (
        Cause("penalty", "行政处罚决定被变更、撤销、确认违法或者确认无效", needs_day=True),
        Cause("wrong", "内容有错误"),
        Cause("private", "涉及个人信息、商业秘密"),
        Cause("secret", "涉及不得公开的内容"),
        Cause("other", "其他原因"),
    )
}
"""Withdrawing a penalty decision has a limit of its own: within three working days, and with the reason made public
(行政处罚法第四十八条); `needs_day`: the day it was changed or annulled."""


def withdrawal_due(changed_on: date) -> PeriodEnd:
    """By when a penalty decision that was changed or annulled on this day has to be withdrawn."""
    return publish_due("penalty_withdrawal", changed_on, calendar())


def withdraw(
    item: Item, *, cause: str, reason: str, by: Actor, at: datetime, changed_on: date | None = None
) -> Publication:
    """End what is public of the item; it never comes back but as a new version through the gate.

    `reason` is read by the public in the item's place, so what must not go out is not taken in it. Who drafted and
    who publishes is told. For the OGI head, leader and head. Raises `NotAllowed`, `CannotDo`.
    """
    with on_item(item, "disclosure.withdraw", by=by, cause=cause) as (found, doing):
        chosen = CAUSES.get(cause)
        live = found.publications.filter(ended_at__isnull=True).first()
        if live is None:
            raise CannotDo("这条信息现在没有公开，不用撤回。")
        if chosen is None or not reason.strip():
            raise CannotDo("请选择撤回的原因，写明理由。理由会向公众公开。")
        _must_be_fit_for_the_public(found, reason)
        words = f"{chosen.label}：{reason.strip()}"
        if chosen.needs_day:
            if changed_on is None or changed_on > by.day:
                raise CannotDo("请填写处罚决定被变更、撤销或者确认违法、无效的日期。")
            due = withdrawal_due(changed_on).last_day
            words += f"（{in_words(changed_on)}变更或者撤销，{LIMITS['penalty_withdrawal'].ref}）"
            doing.detail |= {"due": due.isoformat(), "late": by.day > due}
        live.ended_at, live.ended = at, Publication.Ended.WITHDRAWN
        live.ended_reason, live.ended_by = words[:500], by.name
        live.save(update_fields=["ended_at", "ended", "ended_reason", "ended_by"])
        if found.state == Item.State.PUBLISHED:
            found.state = Item.State.WITHDRAWN
        found.publish_at = found.publish_until = None
        found.save(update_fields=["state", "publish_at", "publish_until"])
        show_items([found.pk])
        tell_withdrawn(found, by)
    return live


def reword(item: Item, *, reason: str, by: Actor, at: datetime) -> NoticeWording:
    """Put other words in the place of the reason the public reads for a withdrawn item; the first ones are kept.

    Same seats as `withdraw`. Raises `NotAllowed`, `CannotDo`.
    """
    with on_item(item, "disclosure.withdraw", by=by, reworded=True) as (found, _):
        gone = withdrawn(found)
        if gone is None:
            raise CannotDo("这条信息没有撤回，或者已经重新公开，没有撤回的理由可以改。")
        if not reason.strip():
            raise CannotDo("请写明撤回的理由。理由会向公众公开。")
        _must_be_fit_for_the_public(found, reason)
        return NoticeWording.objects.create(publication=gone, words=reason.strip()[:500], by=by.name, at=at)


def withdrawn(item: Item) -> Publication | None:
    """The withdrawn publication in whose place the public reads the reason; None where the item is public again."""
    last = item.publications.order_by("-id").first()
    return last if last is not None and last.ended == Publication.Ended.WITHDRAWN else None


def _must_be_fit_for_the_public(item: Item, reason: str) -> None:
    """The reason is not reviewed by anybody, so what the gate would stop is not taken at all."""
    grave = dict.fromkeys(one.label for one in find_leaks(reason, tuple(slips(item.agency))) if one.blocks)
    if grave:
        raise CannotDo(
            f"理由里有{'、'.join(grave)}。理由一写就向公众公开，没有人再审查。请删去，只写为什么撤回。"
        )
