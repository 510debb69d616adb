"""Documents that something public repeals or replaces, and that still say that they hold."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.agencies.models import Agency

from .models import Item, Publication, PublishedRelation, Relation

ENDING = (Relation.Kind.REPEALS, Relation.Kind.REPLACES)
"""What ends the other document."""


def still_said_to_hold(agency: Agency, by: Item | None = None) -> QuerySet[Item]:
    """The agency's public items that a public one repeals or replaces, said to be in force both by what is public and
    by what is worked on; only those that `by` ends, where it is named."""
    live = Publication.objects.filter(ended_at__isnull=True)
    ends = PublishedRelation.objects.filter(
        to=OuterRef("pk"), kind__in=ENDING, publication__ended_at__isnull=True
    )
    ends = ends.filter(publication__item=by) if by is not None else ends
    holds = Q(validity=Item.Validity.VALID) & Q(
        Exists(live.filter(item=OuterRef("pk"), validity=Item.Validity.VALID))
    )
    rows = Item.objects.filter(holds, Exists(ends), agency=agency)
    return rows.select_related("column", "section").defer("text").order_by("id")
