"""搜索: what is public, of one agency or of all whose columns are open, twenty a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import open_agencies
from gongkai.disclosure import queries as disclosure
from gongkai.disclosure.showing import file_names, own_words
from gongkai.reports.showing import told_by
from gongkai.search.answers import answer, entries
from gongkai.search.asked import MOST, Asked
from gongkai.search.folding import folded
from gongkai.search.showing import marked, snippet
from gongkai.search.similar import other_words, without_narrowing

from .frame import agency_here, site_words
from .keeping import public_page
from .search_form import SearchForm
from .search_page import shell

PAGE = 20
_KEPT = ("q", "agency", "column", "year", "number", "validity")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing found, as it is shown."""

    title: SafeString
    url: str
    words: SafeString
    day: Any
    agency: str
    column: str
    document_number: SafeString
    validity: str
    in_force_on: Any = None


@require_safe
@login_not_required
def search(request: HttpRequest) -> HttpResponse:
    """What has every word of the query: exact number or title first, then titles, then texts, the newest first."""
    agencies = list(open_agencies().order_by("name"))
    slugs = [one.slug for one in agencies]
    wanted = slugs[0] if len(slugs) == 1 else request.GET.get("agency")
    here = agency_here(str(wanted)) if wanted in slugs else None
    form = SearchForm(request.GET, agencies=agencies, here=here, now=timezone.now())
    asked = form.asked()
    number = _page_number(request)
    told = answer(asked, number, PAGE)
    pages = Paginator(range(told.count), PAGE)
    page = Page(told.ids, pages.validate_number(min(number, pages.num_pages)), pages)
    if told.count and not told.ids:
        page = Page(answer(asked, page.number, PAGE).ids, page.number, pages)
    own: dict[str, Any] = {
        "form": form,
        "here_agency": here,
        "query": asked.query,
        "asked": not asked.is_empty,
        "narrowed": asked.is_narrowed,
        "page": page,
        "more": told.more,
        "most": MOST,
        "rows": rows_of(asked, list(page.object_list), agencies),
        "filters_open": asked.is_narrowed,
        "everywhere": _address(request, agency="") if here and len(agencies) > 1 else "",
    }
    if not told.count and not asked.is_empty:
        own |= _help(request, asked)
    return shell(request, here, own)


def _page_number(request: HttpRequest) -> int:
    given = request.GET.get("page", "")
    return min(max(int(given), 1), MOST // PAGE) if given.isascii() and given.isdigit() else 1


def rows_of(asked: Asked, ids: list[int], agencies: list[Any]) -> list[Row]:
    """The things as they are shown. Each is asked for once more: only what is public at this moment is shown, in the
    words of the publication, whatever the index says."""
    found = entries(ids)
    names = {agency.pk: agency for agency in agencies}
    items = disclosure.live_items([entry.number for entry in found if entry.kind == "item"])
    reports = told_by([entry.number for entry in found if entry.kind == "report"])
    words = [meaning for run in asked.runs for meaning in run]
    rows = []
    for entry in found:
        agency = names[entry.agency_id]
        if entry.kind == "item" and entry.number in items:
            rows.append(_item_row(asked, entry, agency, items[entry.number], words))
        elif entry.kind == "report" and entry.number in reports:
            rows.append(_report_row(entry, agency, reports[entry.number], words))
    return rows


def _item_row(asked: Asked, entry: Any, agency: Any, shown: Any, words: list[str]) -> Row:
    return Row(
        title=marked(shown.title, words),
        url=reverse("portal:item", args=(agency.slug, entry.page)),
        words=snippet(_around(shown, words), words),
        day=entry.day,
        agency=agency.name,
        column=shown.column.name,
        document_number=marked(shown.document_number, words),
        validity=str(shown.validity_on(asked.today)),
        in_force_on=shown.in_force_on,
    )


def _report_row(entry: Any, agency: Any, told: tuple[str, str], words: list[str]) -> Row:
    title, prose = told
    return Row(
        title=marked(title, words),
        url=reverse("portal:report", args=(agency.slug, entry.page)),
        words=snippet(prose, words),
        day=entry.day,
        agency=agency.name,
        column="政府信息公开年报",
        document_number=SafeString(""),
        validity="",
    )


def _around(shown: Any, words: list[str]) -> str:
    """The words in which the hits are shown: the item's own; the names of its files where they are found in these."""
    own, names = own_words(shown), file_names(shown)
    if names and not any(word in folded(f"{shown.title}\n{own}") for word in words):
        return f"在附件里找到：{'、'.join(names)}"
    return own


def _help(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """Ways on where nothing was found."""
    wide = without_narrowing(asked)
    return {
        "wide": _address(request, column="", year="", number="", validity="") if wide else "",
        "other_words": [(word, _address(request, q=word, column="", year="", number="", validity=""))
                        for word in other_words(asked)],
    }  # fmt: skip


def _address(request: HttpRequest, **other: str) -> str:
    """This search with something else asked."""
    kept = {name: request.GET.get(name, "") for name in _KEPT} | other
    return f"{reverse('portal:search')}?{urlencode({k: v for k, v in kept.items() if v})}"


@public_page()
def search_help(request: HttpRequest) -> HttpResponse:
    """怎样搜索: what may be written, by number, what narrows, what is found and what is not."""
    crumbs = [("全部机关", reverse("portal:front")), ("搜索", reverse("portal:search")), ("怎样搜索", "")]
    return render(request, "portal/search_help.html", {**site_words(request), "crumbs": crumbs})


# Who asks is never asked, as on every public page: no cookie.
search.same_for_everybody = True  # type: ignore[attr-defined]
PATTERNS = [path("search/", search, name="search"), path("search/help/", search_help, name="search-help")]
