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
    """The last day, whether it is provisional, and how it was counted, in words.

    What was asked for and is made public for all is published promptly (条例第四十四条, which sets no number of days):
    of an old document the limit of its kind runs from the day that was proposed. What was kept from publication and is
    found, at an evaluation or a revision, to be public unasked (条例第十八条) has changed on that day: the limit, twenty
    working days unless its kind has another (条例第二十六条), runs from it.
    """
    start = max(day for day in (item.formed_on, item.converted_on, item.disclosable_on) if day is not None)
    return publish_due(item.duty, start, known or calendar())


def set_due(item: Item, known: WorkCalendar | None = None) -> bool:
    """Keep the due day on the item, not saved; True when it moved. What is not disclosed unasked has none."""
    before = (item.due_on, item.due_provisional)
    if item.access == Item.Access.PROACTIVE:
        end = due_day(item, known)
        item.due_on, item.due_provisional = end.last_day, end.provisional
    else:
        item.due_on, item.due_provisional = None, False
    return before != (item.due_on, item.due_provisional)
