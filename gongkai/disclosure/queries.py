"""What is asked about columns and items."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.models import Agency

from .models import Column, Item

__all__ = ["NoColumn", "NoItem", "column_of", "columns_of", "items_in", "public_item", "public_items"]
NoColumn = Column.DoesNotExist
"""The agency has no such column."""
NoItem = Item.DoesNotExist
"""There is no such item, or not for the public."""


def columns_of(agency: Agency) -> QuerySet[Column]:
    """The agency's columns in order, each with `public_items`, the number of its public items."""
    return Column.objects.filter(agency=agency).annotate(
        public_items=Count("items", filter=Q(items__is_public=True))
    )


def column_of(agency: Agency, slug: str) -> Column:
    """One column of the agency; raises `NoColumn`."""
    return Column.objects.get(agency=agency, slug=slug)


def items_in(column: Column) -> QuerySet[Item]:
    """All items of a column, newest first, for staff."""
    return Item.objects.filter(column=column)


def public_items(agency: Agency, column: Column | None = None) -> QuerySet[Item]:
    """What the public may read, newest first; of one column or of all."""
    found = Item.objects.filter(agency=agency, is_public=True).select_related("column")
    return found.filter(column=column) if column else found


def public_item(agency: Agency, pk: int) -> Item:
    """One item the public may read; raises `NoItem` for anything else."""
    return public_items(agency).get(pk=pk)
