"""法定主动公开内容: the columns as a tree and by article, and the page of a column."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from gongkai.agencies.queries import Agency
from gongkai.disclosure import queries as disclosure
from gongkai.disclosure import statutory

from .frame import agency_here, column_page
from .keeping import public_page
from .tags import Tags, column_tags

PAGE = 20
FIXED = {"guide": "guide", "rules": "rules", "reports": "reports", "on_request": "requests"}
"""Columns of these kinds have their place in the fixed menu, and are not listed again."""


def items_page(request: HttpRequest, items: QuerySet[Any]) -> Page[Any]:
    """The page asked for of a list of items, twenty each; the last one for a number too high."""
    return Paginator(items, PAGE).get_page(request.GET.get("page"))


@public_page()
def columns(request: HttpRequest, agency: str) -> HttpResponse:
    """法定主动公开内容: all columns with the number of their items, as a tree, and by articles 20 and 21."""
    found = agency_here(agency)
    every = disclosure.tree_of(found)
    tree = [(column, depth) for column, depth in every if column.kind not in FIXED]
    return column_page(
        request,
        found,
        "columns",
        [("法定主动公开内容", "")],
        tree=[(column, depth) for column, depth in tree if not column.slug.startswith("fdzdgk")],
        served=_served(found, [column for column, _ in every]),
    )


def _served(agency: Agency, columns: list[Any]) -> list[tuple[Any, int]]:
    """The headings of articles 20 and 21, each with the number of items that are public under it."""
    counted = statutory.count_by_heading(agency, statutory.heading_of_columns(agency, columns))
    return [(entry, counted.get(entry.slug, 0)) for entry in statutory.headings(agency)]


@public_page("page")
def heading(request: HttpRequest, agency: str, heading: str) -> HttpResponse:
    """What is public under one heading of articles 20 and 21, whatever column it stands in, twenty a page."""
    found = agency_here(agency)
    entry = next((one for one in statutory.headings(found) if one.slug == heading), None)
    if entry is None:
        raise Http404
    rows = statutory.items_under(found, heading, statutory.heading_of_columns(found))
    return column_page(
        request,
        found,
        "columns",
        [("法定主动公开内容", reverse("portal:columns", args=[agency])), (entry.label, "")],
        "heading",
        tags=column_tags(entry.label, f"{entry.ref}规定主动公开的信息", "法定主动公开内容"),
        entry=entry,
        page=items_page(request, rows),
    )


@public_page("page")
def column(request: HttpRequest, agency: str, column: str) -> HttpResponse:
    """One column's items, twenty a page, the date at the right; the columns below it."""
    found = agency_here(agency)
    try:
        where = disclosure.column_of(found, column)
    except disclosure.NoColumn as error:
        return _moved(found, column, error)
    if where.kind in FIXED:
        return redirect(f"portal:{FIXED[where.kind]}", agency)
    return column_page(
        request,
        found,
        "columns",
        [*up_to(found, where), (where.name, "")],
        "column",
        tags=tags_of(where),
        column=where,
        below=list(disclosure.columns_of(found).filter(parent=where)),
        page=items_page(request, disclosure.public_items(found, where)),
        feed=reverse("portal:column-feed", args=[agency, where.slug, "atom"]),
    )


def tags_of(column: Any) -> Tags:
    """The tags of a column."""
    return column_tags(column.name, column.description, column.keywords, column.column_type)


def up_to(agency: Agency, column: Any) -> list[tuple[str, str]]:
    """The way to a column, without itself: 法定主动公开内容 and the column it hangs on, as it was fetched along."""
    found = [("法定主动公开内容", reverse("portal:columns", args=[agency.slug]))]
    if column.parent and column.parent.slug != "fdzdgk":
        found.append((column.parent.name, reverse("portal:column", args=[agency.slug, column.parent.slug])))
    return found


def _moved(agency: Agency, address: str, error: Exception) -> HttpResponse:
    """A column that was renamed or merged is still reached under its old address."""
    now = disclosure.moved_to(agency, address)
    if now is None or now.slug == address:
        raise Http404 from error
    found = redirect("portal:column", agency.slug, now.slug, permanent=True)
    # A column may take its old address again: a browser that kept this answer for ever would then go round in a circle.
    found.headers["Cache-Control"] = f"public, max-age={settings.SITE_MAX_AGE}"
    return found


_HERE = "zfxxgk/<slug:agency>/"
PATTERNS = [
    path(f"{_HERE}items/", columns, name="columns"),
    path(f"{_HERE}catalogue/<slug:heading>/", heading, name="heading"),
    path(f"{_HERE}columns/<slug:column>/", column, name="column"),
]
