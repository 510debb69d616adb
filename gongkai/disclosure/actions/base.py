"""What every act on an item begins with: the row locked and read anew, its state fit for the act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import Doing, acting

from ..models import Item
from ..searching import index_item


class CannotDo(ValueError):
    """The act cannot be done as asked; the message says in Chinese what to do instead."""


@contextmanager
def on_item(item: Item, right: str, *, by: Actor, **detail: Any) -> Iterator[tuple[Item, Doing]]:
    """An act on one item: the right is asked, the row locked and read anew, the search and the trail written after.

    The item handed in is brought up to date as well. Raises `NotAllowed`.
    """
    with acting(by, right, item, **detail) as doing:
        found = locked(item)
        doing.target = found
        yield found, doing
        if found.pk is not None:
            index_item(found)
    if found.pk is not None:
        item.refresh_from_db()


def locked(item: Item) -> Item:
    """The item as it stands, kept from changing until the transaction ends."""
    rows = Item.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("agency", "column", "section").get(pk=item.pk)


def must_be(item: Item, words: str, *states: str) -> None:
    """Raise `CannotDo` unless the item is in one of these states."""
    if item.state not in states:
        raise CannotDo(f"这条信息现在是“{item.get_state_display()}”，{words}")
