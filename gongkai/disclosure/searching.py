"""What can be found of items by staff: title, catalogue metadata and the words of the text."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from gongkai.search.indexing import Document, index, register, remove

from .clean import plain_text
from .models import Item

KIND = "item"
ACT = "disclosure.view"


def document_of(item: Item) -> Document:
    """An item as the index holds it, public or not, for those who may see the agency's items."""
    parts = (item.index_number, item.document_number, item.subject, item.summary, plain_text(item.text))
    return Document(
        kind=KIND,
        object_id=str(item.pk),
        agency_id=item.agency_id,
        act=ACT,
        title=item.title,
        url=reverse("desk:item", args=[item.agency.slug, item.pk]),
        day=item.formed_on,
        text="\n".join(filter(None, parts)),
    )


def items() -> Iterator[Document]:
    """Every item, for the index made anew."""
    for item in Item.objects.select_related("agency", "column").order_by("pk").iterator(500):
        yield document_of(item)


def part(after: int, most: int) -> list[Document]:
    """So many of them after a number."""
    rows = Item.objects.filter(pk__gt=after).select_related("agency", "column").order_by("pk")
    return [document_of(item) for item in rows[:most]]


def index_item(item: Item) -> None:
    """Bring the index up to date, in the transaction of the act that changed the item."""
    index(document_of(item))


def forget_item(pk: int) -> None:
    """Take an item out of the index that was thrown away."""
    remove(KIND, str(pk))


def register_search() -> None:
    """Name it to the search."""
    register(KIND, items, part)
