"""What all public pages have in common: the agency, the menus, the way back up, the tags, addresses in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from gongkai.agencies.queries import Agency, NoAgency, open_agencies

from .tags import Tags, column_tags, site_tags

MENU = (
    ("guide", "政府信息公开指南"),
    ("rules", "政府信息公开制度"),
    ("columns", "法定主动公开内容"),
    ("reports", "政府信息公开年报"),
    ("requests", "依申请公开"),
)
"""The fixed menu of the platform (law.md §5.1), in its order."""
TOP = (
    ("home", "首页"),
    ("about", "机构概况"),
    ("columns", "政府信息公开"),
    ("policies", "政策文件"),
    ("requests", "依申请公开"),
    ("messages", "互动交流"),
)
"""The bar at the head of the site."""
_LONGEST_WAY_BACK = 300


@dataclass(frozen=True, slots=True)
class Exporting:
    """Set as `request.exporting` while the site is written to files: what needs a server is left out or leads to the
    one at `live` (empty where there is none); `base` is the address the files will have; `fragments`: without head
    and foot; `agency`: of this one alone, by its slug."""

    base: str = ""
    live: str = ""
    fragments: bool = False
    agency: str = ""


def agency_here(slug: str) -> Agency:
    """The agency whose column is open under this name, or 404; with `is_one_of_many`, asked for along with it."""
    others = open_agencies().exclude(pk=OuterRef("pk"))
    try:
        return (
            open_agencies().select_related("successor").annotate(is_one_of_many=Exists(others)).get(slug=slug)
        )
    except NoAgency as error:
        raise Http404 from error


def exporting(request: HttpRequest) -> Exporting | None:
    """How the site is being written to files; None when it is served."""
    found: Exporting | None = getattr(request, "exporting", None)
    return found


def in_full(request: HttpRequest, path: str) -> str:
    """An address of this site with scheme and host, as the public reaches it."""
    export = exporting(request)
    if export is not None and export.base:
        return f"{export.base}/{path.removeprefix(reverse('portal:front'))}"
    if settings.SITE_ADDRESS:
        return f"{settings.SITE_ADDRESS}{path}"
    if export is not None:
        return f"{'https' if settings.HTTPS else 'http'}://{settings.SITE['domain']}{path}"
    return f"{request.scheme}://{request.get_host()}{path}"


def column_page(
    request: HttpRequest,
    agency: Agency,
    here: str,
    crumbs: list[tuple[str, str]],
    name: str = "",
    *,
    tags: Tags | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Render a page of the column: head, left menu, breadcrumb, foot, and its own part. `here` is its place in the
    menus; `tags` are those of the site and of a column named as the menu names it, unless others are given."""
    home = reverse("portal:home", args=[agency.slug])
    label = dict(MENU).get(here) or dict(TOP).get(here) or "政府信息公开"
    own = {
        "agency": agency,
        "menu": [(slug, label, reverse(f"portal:{slug}", args=[agency.slug])) for slug, label in MENU],
        "top": [(slug, label, reverse(f"portal:{slug}", args=[agency.slug])) for slug, label in TOP],
        "here": here,
        "crumbs": [*_above(agency), ("首页", home if crumbs else ""), *crumbs],
        "tags": tags if tags is not None else column_tags(label),
        "feed": reverse("portal:feed", args=[agency.slug, "atom"]),
    }
    return render(
        request, f"portal/{name or here}.html", {**site_words(request), **own, **more}, status=status
    )


def site_words(request: HttpRequest) -> dict[str, Any]:
    """What every page needs to know of the site, of an agency or not."""
    export = exporting(request)
    full = request.get_full_path()
    return {
        "site": settings.SITE,
        "site_tags": site_tags(),
        "url": in_full(request, request.path),
        "back": full if len(full) <= _LONGEST_WAY_BACK else request.path,
        "search": _search(),
        "exporting": export,
        "online": export is None or bool(export.live),
        "frame": "portal/fragment.html" if export and export.fragments else "design/base.html",
    }


def _search() -> str:
    """Where the search is asked, if there is one."""
    try:
        return reverse("portal:search")
    except NoReverseMatch:
        return ""


def _above(agency: Agency) -> list[tuple[str, str]]:
    """The list of agencies, where there is one: the front of a site with one agency is its column itself. An agency
    that did not come by `agency_here`, that of a form being filled in, is asked for its fellows here."""
    many = getattr(agency, "is_one_of_many", None)
    if many is None:
        many = open_agencies().exclude(pk=agency.pk).exists()
    return [("全部机关", reverse("portal:front"))] if many else []
