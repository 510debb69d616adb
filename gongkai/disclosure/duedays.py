"""When an item is due to be public: counted from the day it was formed, by the limit of its kind (条例第二十六条)."""

from __future__ import annotations

from gongkai.dictionaries.queries import calendar
from gongkai.statute.duties import LIMITS, publish_due
from gongkai.statute.periods import PeriodEnd
from gongkai.statute.workdays import WorkCalendar

from .models import Item

DUTIES: dict[str, str] = {
    slug: f"{limit.label}（{limit.period}，{limit.ref}）"
    for slug, limit in LIMITS.items()
    if slug != "penalty_withdrawal"
}
"""The limits an item can be under, by slug; withdrawing has its own."""


def due_day(item: Item, known: WorkCalendar | None = None) -> PeriodEnd:
    """The last day, whether it is provisional, and how it was counted, in words."""
    return publish_due(item.duty, item.formed_on, known or calendar())


def set_due(item: Item, known: WorkCalendar | None = None) -> bool:
    """Keep the due day on the item, not saved; True when it moved. What is not disclosed unasked has none."""
    before = (item.due_on, item.due_provisional)
    if item.access == Item.Access.PROACTIVE:
        end = due_day(item, known)
        item.due_on, item.due_provisional = end.last_day, end.provisional
    else:
        item.due_on, item.due_provisional = None, False
    return before != (item.due_on, item.due_provisional)
