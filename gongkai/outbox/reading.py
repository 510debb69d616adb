"""Marking notices as read. Opening one's own notice is no act upon anybody's record, so the trail keeps none of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .models import Message
from .queries import notices_of

if TYPE_CHECKING:
    from gongkai.agencies.actor import Actor
    from gongkai.agencies.models import Agency


def mark_read(notice: Message, at: datetime) -> None:
    """The person has opened this notice; opening it again changes nothing."""
    if notice.read_at is None:
        Message.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)
        notice.read_at = at


def mark_settled(agency_id: int, key: str, at: datetime) -> int:
    """The notices whose key begins so ask for something that was done meanwhile, whoever did it: they are unread no
    more. Part of the act; how many there were."""
    unread = Message.objects.filter(
        channel=Message.Channel.DESK, read_at__isnull=True, agency_id=agency_id, key__startswith=key
    )
    return unread.update(read_at=at)


def mark_all_read(actor: Actor, agency: Agency | None, at: datetime) -> int:
    """All the actor's notices at this desk are read, or all there are for None; how many were not."""
    return notices_of(actor, agency).filter(read_at__isnull=True).order_by().update(read_at=at)
