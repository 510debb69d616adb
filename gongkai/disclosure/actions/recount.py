"""重新计算公开期限: after a notice on days off was entered, every item not yet public is counted anew."""

from __future__ import annotations

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.dictionaries.queries import calendar

from ..duedays import set_due
from ..models import Item


def recount(*, by: Actor) -> int:
    """Count anew; only what moved is written, each with its entry in the trail. How many moved.

    For the platform itself, once a day. Running it again changes nothing.
    """
    known, moved = calendar(), 0
    waiting = Item.objects.filter(publications__isnull=True, due_on__isnull=False)
    for item in waiting.select_related("agency").order_by("id").iterator(500):
        before = item.due_on
        if not set_due(item, known):
            continue
        with acting(by, "disclosure.recount", item, before=str(before), after=str(item.due_on)):
            Item.objects.filter(pk=item.pk).update(due_on=item.due_on, due_provisional=item.due_provisional)
        moved += 1
    return moved
