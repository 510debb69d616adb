"""How many items were published in a year, by column: the enumeration of the report's first part."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency

from .models import Publication


@dataclass(frozen=True, slots=True)
class ColumnCount:
    """A column and the number of its items published in the year (条)."""

    slug: str
    name: str
    items: int


def published_in(agency: Agency, year: int, column: str = "") -> QuerySet[Publication]:
    """The items first published in the year (agency's time), of one column's slug or of all, newest first, without
    their text.

    An item counts once, by its newest version: not when that was withdrawn; when it was taken off because its time
    was over, it was published all the same.
    """
    later = Publication.objects.filter(item=OuterRef("item"), pk__gt=OuterRef("pk"))
    found = (
        Publication.objects.filter(~Exists(later), agency=agency, first_at__year=year)
        .filter(Q(ended_at__isnull=True) | Q(ended=Publication.Ended.EXPIRED))
        .select_related("column")
        .defer("content")
    )
    return found.filter(column__slug=column) if column else found


def counts_by_column(agency: Agency, year: int) -> list[ColumnCount]:
    """Every column with at least one item of the year, in the columns' order."""
    rows = (
        published_in(agency, year)
        .select_related(None)
        .order_by("column__order", "column")
        .values_list("column__slug", "column__name")
        .annotate(n=Count("pk"))
    )
    return [ColumnCount(*row) for row in rows]
