"""法定主动公开内容 by articles 20 and 21: what is public under each heading, item by item.

An item stands under the heading that was reviewed with it; one that names none, under that of its column, or of the
nearest column above that has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.statute.duties import CatalogueItem, statutory_catalogue

from .models import Column, Publication

FUNCTIONS = "functions"
"""机关职能、机构设置、办公地址、负责人姓名 (art. 20, item 2)."""
RULES = "rules"
"""行政法规、规章和规范性文件 (art. 20, item 1)."""


def headings(agency: Agency) -> list[CatalogueItem]:
    """The headings that hold for the agency, those of article 20 first."""
    return list(statutory_catalogue(township=agency.level == Agency.Level.TOWNSHIP))


def heading_of_columns(agency: Agency, columns: Iterable[Column] | None = None) -> dict[int, str]:
    """The heading of each column that has one, its own or from above; one query, none for columns handed in."""
    rows = list(Column.objects.filter(agency=agency) if columns is None else columns)
    by_slug = {f"fdzdgk-{one.slug.replace('_', '-')}": one.slug for one in headings(agency)}
    by_article = {f"ogi 20#{one.number}": one.slug for one in headings(agency) if one.ref.article == 20}
    own = {
        row.pk: by_slug.get(row.slug) or next((by_article[a] for a in row.articles if a in by_article), "")
        for row in rows
    }
    above = {row.pk: row.parent_id for row in rows}
    found = {}
    for pk in above:
        here: int | None = pk
        while here is not None and not own.get(here):
            here = above.get(here)
        if here is not None:
            found[pk] = own[here]
    return found


def count_by_heading(
    agency: Agency, of_columns: dict[int, str], now: datetime | None = None
) -> dict[str, int]:
    """How many items the public can read under each heading; one query."""
    rows = Publication.objects.live(now or timezone.now()).filter(agency=agency).order_by()
    found: dict[str, int] = {}
    for catalogue, column, n in rows.values_list("catalogue", "column").annotate(n=Count("pk")):
        heading = catalogue or of_columns.get(column, "")
        found[heading] = found.get(heading, 0) + n
    return found


def filled_headings(agency: Agency) -> list[str]:
    """The headings under which something is public, in order; two queries."""
    counted = count_by_heading(agency, heading_of_columns(agency))
    return [one.slug for one in headings(agency) if counted.get(one.slug)]


def items_under(
    agency: Agency, heading: str, of_columns: dict[int, str], now: datetime | None = None
) -> QuerySet[Publication]:
    """What the public may read under a heading, newest first; without the text."""
    columns = [pk for pk, slug in of_columns.items() if slug == heading]
    mine = Q(catalogue=heading) | Q(catalogue="", column__in=columns)
    rows = Publication.objects.live(now or timezone.now()).filter(mine, agency=agency)
    return rows.select_related("column").defer("content")
