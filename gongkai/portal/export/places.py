"""Where in the folder the answer of an address is written; None for what needs a server."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve, reverse

PAGES = frozenset(
    {
        *("front", "home", "guide", "rules", "about", "columns", "column", "heading", "item", "reports"),
        *("report", "policies", "requests", "request-help", "messages", "message-help"),
    }
)
"""Pages: each a folder with its index.html; further pages of a list beside it."""
AS_THEY_ARE = frozenset({"feed", "column-feed", "sitemap", "sitemap-part", "robots", "request-paper"})
"""What has a file's address already."""
_PAGE = re.compile(r"[1-9][0-9]{0,6}\Z")


def static_prefix() -> str:
    """The path under which style sheets, scripts and fonts are served."""
    return f"/{settings.STATIC_URL.strip('/')}/"


def place_of(address: str) -> str | None:
    """The file of an address of this site, relative to the folder; None for what is not written."""
    parts = urlsplit(address)
    path, front = parts.path, reverse("portal:front")
    if path.startswith(static_prefix()):
        return f"static/{path.removeprefix(static_prefix())}"
    if not path.startswith(front):
        return None
    try:
        found = resolve(path)
    except Resolver404:
        return None
    if found.app_names != ["portal"]:
        return None
    inside, name = unquote(path.removeprefix(front)), found.url_name
    if name in PAGES:
        return _page(inside, parts.query)
    if name in AS_THEY_ARE:
        return inside
    if name == "report-file":
        return f"{inside.removesuffix('/')}.{found.kwargs['ending']}"
    return inside if name == "item-file" else None


def _page(inside: str, query: str) -> str | None:
    """A list's page by its number; any other question needs a server."""
    asked = parse_qs(query)
    number = asked.pop("page", ["1"])[-1]
    if asked or not _PAGE.match(number):
        return None
    return f"{inside}index.html" if number == "1" else f"{inside}page-{number}.html"
