"""Feeds of an agency and of a column, as Atom and RSS: the newest twenty, with their summaries."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, register_converter, reverse
from django.urls.converters import StringConverter
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from gongkai.agencies.queries import Agency
from gongkai.disclosure import queries as disclosure

from .frame import agency_here, in_full
from .keeping import public_page

NEWEST = 20
FORMS: dict[str, Any] = {"atom": Atom1Feed, "rss": Rss201rev2Feed}


class FormConverter(StringConverter):
    """The ending of a feed's address."""

    regex = "atom|rss"


register_converter(FormConverter, "feed")


@public_page()
def feed(request: HttpRequest, agency: str, form: str) -> HttpResponse:
    """What an agency published last."""
    found = agency_here(agency)
    home = reverse("portal:home", args=[agency])
    return _feed(request, found, form, f"{found.name}政府信息公开", home, disclosure.public_items(found))


@public_page()
def column_feed(request: HttpRequest, agency: str, column: str, form: str) -> HttpResponse:
    """What was published last in a column."""
    found = agency_here(agency)
    try:
        where = disclosure.column_of(found, column)
    except disclosure.NoColumn as error:
        raise Http404 from error
    there = reverse("portal:column", args=[agency, column])
    title = f"{found.name}·{where.name}"
    return _feed(request, found, form, title, there, disclosure.public_items(found, where))


def _feed(
    request: HttpRequest, agency: Agency, form: str, title: str, there: str, items: Any
) -> HttpResponse:
    made = FORMS[form](
        title=title,
        link=in_full(request, there),
        description=f"{title}，最近公开的{NEWEST}条信息",
        language=settings.LANGUAGE_CODE.replace("hans", "CN"),
        author_name=agency.name,
        feed_url=in_full(request, request.path),
    )
    rows = list(items[:NEWEST])
    for row in rows:
        link = in_full(request, reverse("portal:item", args=[agency.slug, row.item_id]))
        made.add_item(
            title=row.title,
            link=link,
            description=row.summary or row.title,
            unique_id=link,
            pubdate=row.first_at,
            updateddate=row.published_at,
            categories=[row.column.name],
        )
    # An empty feed would say "now" every time, and never be a 304.
    if not rows:
        made.latest_post_date = lambda: datetime(2000, 1, 1, tzinfo=UTC)
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


_HERE = "zfxxgk/<slug:agency>/"
PATTERNS = [
    path(f"{_HERE}feed.<feed:form>", feed, name="feed"),
    path(f"{_HERE}columns/<slug:column>/feed.<feed:form>", column_feed, name="column-feed"),
]
