"""Setting a limit of the self-inspection stricter or looser than the national one, and back."""

from __future__ import annotations

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting
from gongkai.statute.inspection import FIX_DAYS, RULES

from ..limits import FIX, FIX_MOST
from ..models import InspectionLimit


class CannotSet(ValueError):
    """No such limit, or not so; says what to do."""


def bounds(rule: str, name: str) -> tuple[int, int]:
    """The least and the most it may be set to. Raises `CannotSet`."""
    if rule == FIX and name in FIX_DAYS:
        return 1, FIX_MOST
    try:
        limit = RULES[rule].limit(name)
    except KeyError as error:
        raise CannotSet("没有这个限值。") from error
    return limit.least, limit.most


def set_limit(agency: Agency, *, by: Actor, rule: str, name: str, value: int, reason: str) -> InspectionLimit:
    """Set it for the agency and all under it, with the reason. For the head of the office and of the agency.

    Raises `CannotSet`.
    """
    least, most = bounds(rule, name)
    if not least <= value <= most:
        raise CannotSet(f"请填 {least} 到 {most} 之间的整数。")
    if not reason.strip():
        raise CannotSet("请写明为什么改，例如：县政府办公室2025年考核要求。")
    with acting(by, "inspection.limits", agency, rule=rule, name=name, value=value, reason=reason.strip()):
        row, _ = InspectionLimit.objects.update_or_create(
            agency=agency,
            rule=rule,
            name=name,
            defaults={
                "value": value,
                "reason": reason.strip()[:200],
                "by": by.name[:60],
                "at": timezone.now(),
            },
        )
    return row


def clear_limit(agency: Agency, *, by: Actor, rule: str, name: str) -> bool:
    """Go back to what holds without the agency's own number; whether there was one."""
    with acting(by, "inspection.limits", agency, rule=rule, name=name, cleared=True):
        deleted, _ = InspectionLimit.objects.filter(agency=agency, rule=rule, name=name).delete()
    return bool(deleted)
