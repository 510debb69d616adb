"""The public pages of one agency's column. Every view is open; what it may show is decided by the queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.agencies.names import name_on
from gongkai.agencies.queries import Agency, NoAgency, open_agencies, open_agency
from gongkai.disclosure import queries as disclosure
from gongkai.reports import queries as annual
from gongkai.reports.exports import FORMATS, file_name, published_file
from gongkai.reports.pages import parts_of
from gongkai.statute.refs import instruments

PAGE = 20
NEWEST = 9
MENU = (
    ("guide", "政府信息公开指南"),
    ("rules", "政府信息公开制度"),
    ("columns", "法定主动公开内容"),
    ("reports", "政府信息公开年报"),
    ("requests", "依申请公开"),
)

RULES = (
    "ogi",
    "fee_2020",
    "report_format_2021",
    "platform_2019",
    "access_class_2016",
    "reply_2015_207",
    "reply_2016_235",
    "reply_2017_19",
    "ogi_judicial",
)
"""Instruments named on the 制度 page, in the order shown."""


def agency_here(slug: str) -> Agency:
    """The agency whose column is open under this name, or 404."""
    try:
        return open_agency(slug)
    except NoAgency as error:
        raise Http404 from error


def column_page(
    request: HttpRequest,
    agency: Agency,
    here: str,
    crumbs: list[tuple[str, str]],
    name: str = "",
    **more: Any,
) -> HttpResponse:
    """Render a page of the column: head, left menu, breadcrumb, foot, and its own part."""
    home = reverse("portal:home", args=[agency.slug])
    own = {
        "agency": agency,
        "site": settings.SITE,
        "menu": [(slug, label, reverse(f"portal:{slug}", args=[agency.slug])) for slug, label in MENU],
        "here": here,
        "crumbs": [*_above(agency), ("首页", home if crumbs else ""), *crumbs],
        "column_name": dict(MENU).get(here, "政府信息公开"),
        "url": request.build_absolute_uri(request.path),
    }
    return render(request, f"portal/{name or here}.html", {**own, **more})


def _above(agency: Agency) -> list[tuple[str, str]]:
    """The list of agencies, where there is one: the front of a site with one agency is its column itself."""
    others = open_agencies().exclude(pk=agency.pk).exists()
    return [("全部机关", "/")] if others else []


@require_safe
@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    """The site's front: the column itself where one agency lives here, a list of agencies otherwise."""
    agencies = list(open_agencies())
    if len(agencies) == 1:
        return redirect("portal:home", agencies[0].slug)
    return render(request, "portal/front.html", {"agencies": agencies, "site": settings.SITE})


@require_safe
@login_not_required
def home(request: HttpRequest, agency: str) -> HttpResponse:
    """The column's home: what is new, the columns, the newest annual report."""
    found = agency_here(agency)
    years = list(annual.public_years(found))
    return column_page(
        request,
        found,
        "home",
        [],
        newest=_newest(found, years),
        columns=disclosure.columns_of(found),
        report=years[0] if years else None,
    )


def _newest(agency: Agency, years: Sequence[Any]) -> list[tuple[str, str, datetime]]:
    """What was published last, items and annual reports alike: title, address, when."""
    told = [
        (
            work.public_title or "",
            reverse("portal:report", args=[agency.slug, work.year]),
            work.public_at,
        )
        for work in years
        if work.public_at is not None
    ]
    told += [
        (item.title, reverse("portal:item", args=[agency.slug, item.item_id]), item.first_at)
        for item in disclosure.public_items(agency)[:NEWEST]
    ]
    return sorted(told, key=lambda row: row[2], reverse=True)[:NEWEST]


@require_safe
@login_not_required
def guide(request: HttpRequest, agency: str) -> HttpResponse:
    """指南 (art. 12): who handles requests, where, when, how information is obtained."""
    found = agency_here(agency)
    return column_page(request, found, "guide", [("政府信息公开指南", "")])


@require_safe
@login_not_required
def rules(request: HttpRequest, agency: str) -> HttpResponse:
    """制度: the laws and official letters the work rests on."""
    found = agency_here(agency)
    laws = [instruments()[name] for name in RULES]
    return column_page(request, found, "rules", [("政府信息公开制度", "")], laws=laws)


@require_safe
@login_not_required
def columns(request: HttpRequest, agency: str) -> HttpResponse:
    """法定主动公开内容: all columns with the number of their items."""
    found = agency_here(agency)
    return column_page(
        request, found, "columns", [("法定主动公开内容", "")], columns=disclosure.columns_of(found)
    )


@require_safe
@login_not_required
def column(request: HttpRequest, agency: str, column: str) -> HttpResponse:
    """One column's items, twenty a page, the date at the right."""
    found = agency_here(agency)
    try:
        where = disclosure.column_of(found, column)
    except disclosure.NoColumn as error:
        return _moved(found, column, error)
    page = Paginator(disclosure.public_items(found, where), PAGE).get_page(request.GET.get("page"))
    crumbs = [("法定主动公开内容", reverse("portal:columns", args=[agency])), (where.name, "")]
    return column_page(
        request, found, "columns", crumbs, "column", column=where, page=page, column_name=where.name
    )


def _moved(agency: Agency, address: str, error: Exception) -> HttpResponse:
    """A column that was renamed or merged is still reached under its old address."""
    now = disclosure.moved_to(agency, address)
    if now is None:
        raise Http404 from error
    return redirect("portal:column", agency.slug, now.slug, permanent=True)


@require_safe
@login_not_required
def item(request: HttpRequest, agency: str, pk: int) -> HttpResponse:
    """One item with its catalogue box."""
    found = agency_here(agency)
    try:
        shown = disclosure.public_item(found, pk)
    except disclosure.NoItem as error:
        raise Http404 from error
    crumbs = [
        ("法定主动公开内容", reverse("portal:columns", args=[agency])),
        (shown.column.name, reverse("portal:column", args=[agency, shown.column.slug])),
        ("正文", ""),
    ]
    return column_page(
        request,
        found,
        "columns",
        crumbs,
        "item",
        item=shown,
        issuer=name_on(found, shown.formed_on),
        column=shown.column,
        column_name=shown.column.name,
    )


@require_safe
@login_not_required
def reports(request: HttpRequest, agency: str) -> HttpResponse:
    """年报: every year whose report is public, each under the name of its year."""
    found = agency_here(agency)
    return column_page(
        request,
        found,
        "reports",
        [("政府信息公开年报", "")],
        years=annual.public_years(found),
        formats=FORMATS,
    )


@require_safe
@login_not_required
def report(request: HttpRequest, agency: str, year: int) -> HttpResponse:
    """A published report as real tables, from the frozen version."""
    found = agency_here(agency)
    version = annual.public_version(found, year)
    if version is None:
        raise Http404
    told = annual.thaw(version)
    crumbs = [("政府信息公开年报", reverse("portal:reports", args=[agency])), (f"{year}年", "")]
    return column_page(
        request,
        found,
        "reports",
        crumbs,
        "report",
        report=told,
        version=version,
        parts=parts_of(told),
        formats=FORMATS,
    )


@require_safe
@login_not_required
def report_file(request: HttpRequest, agency: str, year: int, ending: str) -> HttpResponse:
    """A published report as a file."""
    found = agency_here(agency)
    version = annual.public_version(found, year)
    form = FORMATS.get(ending)
    if version is None or form is None:
        raise Http404
    name = content_disposition_header(as_attachment=True, filename=file_name(annual.thaw(version), ending))
    headers = {
        "Content-Disposition": name,
        "ETag": f'"{version.digest}-{ending}"',
        "Cache-Control": "public, max-age=300",
    }
    return HttpResponse(published_file(version, ending), content_type=form.content_type, headers=headers)
