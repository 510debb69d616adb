"""What can be found of items: title, catalogue metadata and text."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from gongkai.search.indexing import Document, register

from .models import Item


def items() -> Iterator[Document]:
    """Every item, public or not, for those who may see the agency's items."""
    for item in Item.objects.select_related("agency", "column").order_by("pk").iterator(500):
        parts = (item.index_number, item.document_number, item.subject, item.summary, item.text)
        yield Document(
            kind="item",
            object_id=str(item.pk),
            agency_id=item.agency.pk,
            act="disclosure.view",
            title=item.title,
            url=reverse("desk:column", args=[item.agency.slug, item.column.slug]),
            day=item.published_on,
            text="\n".join(filter(None, parts)),
        )


def register_search() -> None:
    """Name it to the search."""
    register("item", items)
