"""sitemap.xml and robots.txt: what there is to be found, and what a search engine need not look at.

One list while it is short; where it is long an index of lists, each of the items with numbers of one range, so that
no list is counted through to find its place and an item never moves from one to another.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone

from gongkai.agencies.queries import Agency, open_agencies
from gongkai.disclosure import queries as disclosure
from gongkai.disclosure import statutory
from gongkai.reports import queries as annual

from .columns import FIXED
from .frame import agency_here, exporting, in_full
from .keeping import public_page

SHORT = 5_000
"""Addresses that stand in one list; the protocol allows ten times as many in one file."""
RANGE = 10_000
"""Numbers of items of one list of the index."""
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
Place = tuple[str, datetime | None]


@public_page()
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page of every agency, or the index of the lists of them."""
    export, opened = exporting(request), open_agencies()
    agencies = list(opened.filter(slug=export.agency) if export and export.agency else opened)
    count = sum(disclosure.public_items(agency).count() for agency in agencies)
    if count <= SHORT:
        places = [place for agency in agencies for place in (*_fixed(agency), *_items(agency))]
        return _written(request, "urlset", "url", places)
    lists: list[Place] = []
    for agency in agencies:
        last = disclosure.public_items(agency).aggregate(last=Max("item_id"))["last"] or 0
        parts = range(last // RANGE + 1)
        lists += [(reverse("portal:sitemap-part", args=[agency.slug, n]), None) for n in parts]
    return _written(request, "sitemapindex", "sitemap", lists)


@public_page()
def sitemap_part(request: HttpRequest, agency: str, part: int) -> HttpResponse:
    """The pages of an agency whose items have numbers of this range; the first list has its other pages as well."""
    found = agency_here(agency)
    if part > 100_000:
        raise Http404
    places = [*(_fixed(found) if part == 0 else ()), *_items(found, part)]
    return _written(request, "urlset", "url", places)


def _fixed(agency: Agency) -> Iterator[Place]:
    for name in ("home", "guide", "rules", "columns", "reports", "requests", "about", "policies"):
        yield reverse(f"portal:{name}", args=[agency.slug]), None
    for column in disclosure.columns_of(agency):
        if column.kind not in FIXED:
            yield reverse("portal:column", args=[agency.slug, column.slug]), None
    for heading in statutory.filled_headings(agency):
        yield reverse("portal:heading", args=[agency.slug, heading]), None
    for work in annual.public_years(agency):
        yield reverse("portal:report", args=[agency.slug, work.year]), work.public_at


def _items(agency: Agency, part: int | None = None) -> Iterator[Place]:
    rows = disclosure.public_items(agency).select_related(None).order_by("item_id")
    if part is not None:
        rows = rows.filter(item_id__gte=part * RANGE, item_id__lt=(part + 1) * RANGE)
    for pk, at in rows.values_list("item_id", "published_at").iterator(chunk_size=2000):
        yield reverse("portal:item", args=[agency.slug, pk]), at


def _written(request: HttpRequest, outer: str, inner: str, places: list[Place]) -> HttpResponse:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<{outer} {_NAMESPACE}>"]
    for address, at in places:
        changed = f"<lastmod>{timezone.localtime(at).isoformat(timespec='seconds')}</lastmod>" if at else ""
        lines.append(f"<{inner}><loc>{escape(in_full(request, address))}</loc>{changed}</{inner}>")
    lines.append(f"</{outer}>\n")
    return HttpResponse("\n".join(lines), content_type="application/xml; charset=utf-8")


@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    """What a search engine need not look at: forms, what shows one's own case, the desk."""
    front = reverse("portal:front")
    barred = [
        "/desk/",
        f"{front}look/",
        f"{front}zfxxgk/*/requests/apply/",
        f"{front}zfxxgk/*/requests/track/",
    ]
    barred.append(f"{front}zfxxgk/*/items/*/print/")
    lines = ["User-agent: *", *(f"Disallow: {one}" for one in barred), ""]
    lines.append(f"Sitemap: {in_full(request, reverse('portal:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


PATTERNS = [
    path("sitemap.xml", sitemap, name="sitemap"),
    path("zfxxgk/<slug:agency>/sitemap-<int:part>.xml", sitemap_part, name="sitemap-part"),
    path("robots.txt", robots, name="robots"),
]
