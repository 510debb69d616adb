"""What programs may take of what is public: by number of publication, the newest first, a bounded lot at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from .models import Publication

AT_ONCE = 500


def public_versions(agencies: Collection[int], now: datetime | None = None) -> QuerySet[Publication]:
    """All that the public may read of these agencies, what was published last first. A new version has a new number:
    who comes again reads until he meets what he has."""
    found = Publication.objects.live(now or timezone.now()).filter(agency__in=list(agencies))
    return found.select_related("column", "agency").order_by("-pk")


def in_lots(rows: QuerySet[Publication]) -> Iterator[Publication]:
    """All rows with their files, a bounded lot at a time, whatever is published meanwhile."""
    last: int | None = None
    while True:
        here = rows if last is None else rows.filter(pk__lt=last)
        lot = list(here.prefetch_related("files")[:AT_ONCE])
        yield from lot
        if len(lot) < AT_ONCE:
            return
        last = lot[-1].pk


def state_of(rows: QuerySet[Publication]) -> tuple[int, int]:
    """How many there are and the number of the newest: another with every publication and every end of one."""
    found = rows.order_by().aggregate(count=Count("pk"), newest=Max("pk"))
    return found["count"], found["newest"] or 0
