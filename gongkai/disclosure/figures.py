"""How many items were published in a year, by column: the enumeration of the report's first part."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.models import Agency

from .models import Column, Item


@dataclass(frozen=True, slots=True)
class ColumnCount:
    """A column and the number of its items published in the year (条)."""

    slug: str
    name: str
    items: int


def published_in(agency: Agency, year: int, column: str = "") -> QuerySet[Item]:
    """The public items published in the year (agency's time), of one column's slug or of all."""
    found = Item.objects.filter(agency=agency, is_public=True, published_at__year=year).select_related(
        "column"
    )
    return found.filter(column__slug=column) if column else found


def counts_by_column(agency: Agency, year: int) -> list[ColumnCount]:
    """Every column with at least one item of the year, in the columns' order."""
    columns = Column.objects.filter(agency=agency).annotate(
        n=Count("items", filter=Q(items__is_public=True, items__published_at__year=year))
    )
    return [ColumnCount(c.slug, c.name, c.n) for c in columns if c.n]
