"""What follows when something under review changes: the review is over, and all of it begins anew."""

from __future__ import annotations

from django.utils import timezone

from gongkai.agencies.actor import Actor

from ..models import Drafter, Item, ReviewSheet


def wrote(item: Item, by: Actor) -> None:
    """Write down who wrote on this version, inside an act: that person signs no level of it."""
    if by.person is not None:
        Drafter.objects.get_or_create(item=item, version=item.version, person=by.person)


def reopen(item: Item, why: str) -> None:
    """Close the review under way and make a draft again of what was under review, passed or sent back; inside an act.

    A sheet that passed stays as it is: it tells of other content than the item now has, and lets nothing through.
    """
    close_open(item, ReviewSheet.Result.CHANGED, why)
    item.state = Item.State.DRAFT
    item.publish_at = item.publish_until = None


def close_open(item: Item, result: ReviewSheet.Result, words: str) -> None:
    """Close the sheet that is open, if one is."""
    ReviewSheet.objects.filter(item=item, result=ReviewSheet.Result.OPEN).update(
        result=result, closed_at=timezone.now(), closed_words=words
    )
