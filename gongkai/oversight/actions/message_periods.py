"""Setting a period of the messages, which is a local rule, and back to the default."""

from __future__ import annotations

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting

from ..message_clock import BY_NAME
from ..models import MessagePeriod
from .message_base import CannotDo, needed


def set_period(agency: Agency, *, by: Actor, name: str, days: int, reason: str) -> MessagePeriod:
    """Set it for the agency and all under it; for messages that come in from now on. Raises `CannotDo`."""
    period = BY_NAME.get(name)
    if period is None:
        raise CannotDo("没有这个期限。")
    if not period.least <= days <= period.most:
        raise CannotDo(f"请填 {period.least} 到 {period.most} 之间的整数。")
    reason = needed(reason, "依据，例如：县政府办公室2026年通知", 200)
    with acting(by, "message.periods", agency, period=name, days=days, reason=reason):
        row, _ = MessagePeriod.objects.update_or_create(
            agency=agency,
            name=name,
            defaults={"days": days, "reason": reason, "by": by.name[:60], "at": timezone.now()},
        )
    return row


def clear_period(agency: Agency, *, by: Actor, name: str) -> bool:
    """Back to what holds without the agency's own; whether there was one."""
    with acting(by, "message.periods", agency, period=name, cleared=True):
        deleted, _ = MessagePeriod.objects.filter(agency=agency, name=name).delete()
    return bool(deleted)
