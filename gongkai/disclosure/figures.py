"""What a year came to: items published by column, which the report enumerates, and the reviews before publication."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency

from .models import Column, Publication, ReviewSheet


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


def with_published(agencies: Collection[int], year: int) -> set[int]:
    """Which of these agencies published anything in the year; one query that looks for one row of each."""
    some = Publication.objects.filter(agency=OuterRef("pk"), first_at__year=year)
    return set(Agency.objects.filter(Exists(some), pk__in=agencies).order_by().values_list("pk", flat=True))


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


@dataclass(frozen=True, slots=True)
class ReviewYear:
    """What the review before publication came to in a year: reviews concluded (passed or sent back), items that
    passed, reviews that ended with the draft sent back, public items withdrawn."""

    held: int
    items: int
    sent_back: int
    withdrawn: int


def reviews_of_year(agency: Agency, year: int) -> ReviewYear:
    """The reviews concluded in the year (agency's time), those entered from paper among them by their day of
    publication; an item reviewed anew counts once among the items. Two queries."""
    passed, back = ReviewSheet.Result.PASSED, ReviewSheet.Result.SENT_BACK
    found = ReviewSheet.objects.filter(
        item__agency=agency, closed_at__year=year, result__in=(passed, back)
    ).aggregate(
        held=Count("pk"),
        items=Count("item", filter=Q(result=passed), distinct=True),
        sent_back=Count("pk", filter=Q(result=back)),
    )
    withdrawn = Publication.objects.filter(
        agency=agency, ended=Publication.Ended.WITHDRAWN, ended_at__year=year
    )
    return ReviewYear(**found, withdrawn=withdrawn.values("item").distinct().count())


def columns_named(agency: Agency) -> list[ColumnCount]:
    """Every column the agency has now, counting nothing: for a year in which nothing was published in it."""
    rows = Column.objects.filter(agency=agency).values_list("slug", "name")
    return [ColumnCount(slug, name, 0) for slug, name in rows]
