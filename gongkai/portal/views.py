"""The pages of the column that are not lists of items: front, home, guide, rules, the agency itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from gongkai.agencies.organs import former_names, sections_of
from gongkai.agencies.queries import Agency, open_agencies
from gongkai.disclosure import queries as disclosure
from gongkai.disclosure import statutory
from gongkai.reports import queries as annual
from gongkai.statute.refs import instruments

from .columns import items_page
from .frame import agency_here, column_page, site_words
from .keeping import public_page
from .tags import column_tags

NEWEST = 9
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


@public_page()
def front(request: HttpRequest) -> HttpResponse:
    """The site's front: the column itself where one agency lives here, a list of agencies otherwise."""
    agencies = list(open_agencies().order_by("level", "name"))
    if len(agencies) == 1:
        return redirect("portal:home", agencies[0].slug)
    groups: dict[str, list[Agency]] = {}
    for agency in agencies:
        label = "已经撤销或者并入的机关" if agency.ended_on else agency.get_level_display()
        groups.setdefault(label, []).append(agency)
    order = ["人民政府", "政府部门", "乡镇人民政府、街道办事处", "已经撤销或者并入的机关"]
    shown = sorted(groups.items(), key=lambda group: order.index(group[0]))
    return render(request, "portal/front.html", {**site_words(request), "groups": shown})


@public_page()
def home(request: HttpRequest, agency: str) -> HttpResponse:
    """The column's home: what is new, the columns, the newest annual report."""
    found = agency_here(agency)
    years = list(annual.public_years(found))
    return column_page(
        request,
        found,
        "home",
        [],
        tags=[],
        newest=_newest(found, years),
        columns=disclosure.columns_of(found, only_filled=True),
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


@public_page("page")
def guide(request: HttpRequest, agency: str) -> HttpResponse:
    """指南 (art. 12): who handles requests, where, when, how information is obtained; and the office's own items."""
    found = agency_here(agency)
    page = items_page(request, disclosure.public_items_of_kind(found, "guide"))
    return column_page(request, found, "guide", [("政府信息公开指南", "")], page=page)


@public_page("page")
def rules(request: HttpRequest, agency: str) -> HttpResponse:
    """制度: the laws and official letters the work rests on, and the office's own rules."""
    found = agency_here(agency)
    laws = [instruments()[name] for name in RULES]
    page = items_page(request, disclosure.public_items_of_kind(found, "rules"))
    return column_page(request, found, "rules", [("政府信息公开制度", "")], laws=laws, page=page)


@public_page("page")
def about(request: HttpRequest, agency: str) -> HttpResponse:
    """机构概况 (art. 20, item 2): where the agency is and how it is reached, its sections, and what it published on
    its duties and those who head it. Names come from what was reviewed and published, never from accounts."""
    found = agency_here(agency)
    rows = statutory.items_under(found, statutory.FUNCTIONS, statutory.heading_of_columns(found))
    page = items_page(request, rows)
    return column_page(
        request,
        found,
        "about",
        [("机构概况", "")],
        tags=column_tags(
            "机构概况", f"{found.name}的职能、机构设置、办公地址、办公时间、联系方式、负责人", "机构概况"
        ),
        sections=sections_of(found),
        former=former_names(found),
        page=page,
    )


_HERE = "zfxxgk/<slug:agency>/"
PATTERNS = [
    path("", front, name="front"),
    path(_HERE, home, name="home"),
    path(f"{_HERE}guide/", guide, name="guide"),
    path(f"{_HERE}rules/", rules, name="rules"),
    path(f"{_HERE}about/", about, name="about"),
]
