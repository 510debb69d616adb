"""The operations: agencies, columns, items, reports, statistics."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from gongkai.agencies.queries import Agency
from gongkai.disclosure import queries as disclosure
from gongkai.disclosure.harvest import public_versions
from gongkai.reports import queries as annual

from ..frame import in_full
from . import telling
from .shapes import (
    AgencyOut,
    ColumnOut,
    ItemsPage,
    Problem,
    ReportOut,
    StatisticsYear,
    WholeItem,
    WholeReport,
)

MOST = 200
_LARGEST = 2**62
_SLUG = r"^[-a-zA-Z0-9_]+$"


class Renderer(JSONRenderer):
    """Chinese as it is written."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012 - as its base has it


API = NinjaAPI(
    title="政府信息公开开放数据",
    version="1",
    description="已经公开的政府信息，供程序读取，不用登记，不用密钥。没有公开的、已经撤回的、到期下线的，这里都没有。",
    docs_url=None,
    openapi_url=None,
    urls_namespace="open-data",
    renderer=Renderer(),
)
Slug = Annotated[str, Path(title="机关的网址代号", pattern=_SLUG, max_length=50)]
Refused: Any = {404: Problem, 422: Problem}


class Missing(Exception):
    """What was asked for is not public, or not there; the message says which."""


@API.exception_handler(Missing)
def missing(request: HttpRequest, error: Missing) -> HttpResponse:
    """404 with the reason."""
    return API.create_response(request, {"error": str(error)}, status=404)


@API.exception_handler(Http404)
def no_page(request: HttpRequest, error: Http404) -> HttpResponse:
    """The same where a page is not there."""
    return API.create_response(request, {"error": "没有这个网址。"}, status=404)


@API.exception_handler(ValidationError)
def misunderstood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422 naming the parameters that cannot be understood."""
    names = dict.fromkeys(str(one["loc"][-1]) for one in error.errors)
    return API.create_response(
        request, {"error": f"参数 {'、'.join(names)} 不对，请看接口说明。"}, status=422
    )


def _agency(slug: str) -> Agency:
    found = telling.agencies(slug)
    if not found:
        raise Missing("没有这个机关，或者它没有开设专栏。")
    return found[0]


@API.get("agencies", response={200: list[AgencyOut]}, summary="机关", url_name="data-agencies")
def agencies(request: HttpRequest) -> Any:
    """开设了政府信息公开专栏的机关。"""
    return [
        {
            "slug": one.slug,
            "name": one.name,
            "level": one.get_level_display(),
            "ended_on": one.ended_on,
            "url": in_full(request, reverse("portal:home", args=[one.slug])),
        }
        for one in telling.agencies()
    ]


@API.get(
    "agencies/{agency}/columns",
    response={200: list[ColumnOut], **Refused},
    summary="栏目",
    url_name="data-columns",
)
def columns(request: HttpRequest, agency: Slug) -> Any:
    """一个机关的栏目，上级在前。"""
    found = _agency(agency)
    rows = [column for column, _ in disclosure.tree_of(found)]
    slugs = {column.pk: column.slug for column in rows}
    return [
        {
            "slug": one.slug,
            "name": one.name,
            "parent": slugs.get(one.parent_id or 0),
            "kind": one.get_kind_display(),
            "description": one.description,
            "items": one.public_items,  # type: ignore[attr-defined]
            "url": in_full(request, reverse("portal:column", args=[found.slug, one.slug])),
        }
        for one in rows
    ]


@API.get("items", response={200: ItemsPage, **Refused}, summary="信息", url_name="data-items")
def items(
    request: HttpRequest,
    agency: Annotated[str | None, Query(title="机关的网址代号", pattern=_SLUG, max_length=50)] = None,
    column: Annotated[str | None, Query(title="栏目的网址代号", pattern=_SLUG, max_length=40)] = None,
    year: Annotated[int | None, Query(title="首次发布的年份", ge=1990, le=2999)] = None,
    cursor: Annotated[int | None, Query(title="上一页给的 next_cursor", ge=1, le=_LARGEST)] = None,
    limit: Annotated[int, Query(title="一页几条", ge=1, le=MOST)] = 50,
) -> Any:
    """公开的信息，后发布的在前，一页一页取。改过的信息重新发布后排到最前面，取到见过的发布编号就可以停。"""
    where = [_agency(agency)] if agency else telling.agencies()
    rows = public_versions([one.pk for one in where])
    if column:
        rows = rows.filter(column__slug=column)
    if year:
        rows = rows.filter(first_at__year=year)
    if cursor:
        rows = rows.filter(pk__lt=cursor)
    found = list(rows[: limit + 1])
    today, shown = telling.today(), found[:limit]
    return {
        "items": [telling.item(request, row, today) for row in shown],
        "next_cursor": shown[-1].pk if len(found) > limit else None,
    }


@API.get("items/{number}", response={200: WholeItem, **Refused}, summary="一条信息", url_name="data-item")
def one_item(request: HttpRequest, number: Annotated[int, Path(title="信息编号", ge=1, le=_LARGEST)]) -> Any:
    """一条公开的信息，有正文和附件的网址。"""
    rows = public_versions([one.pk for one in telling.agencies()])
    row = rows.filter(item=number).prefetch_related("files").first()
    if row is None:
        raise Missing("没有这条信息，或者它现在没有公开。")
    return telling.whole_item(request, row, telling.today())


@API.get(
    "agencies/{agency}/reports",
    response={200: list[ReportOut], **Refused},
    summary="年报",
    url_name="data-reports",
)
def reports(request: HttpRequest, agency: Slug) -> Any:
    """一个机关已经发布的年报，新的在前。"""
    found = _agency(agency)
    return [telling.report(request, found, work) for work in annual.public_years(found)]


@API.get(
    "agencies/{agency}/reports/{year}",
    response={200: WholeReport, **Refused},
    summary="一份年报",
    url_name="data-report",
)
def one_report(
    request: HttpRequest, agency: Slug, year: Annotated[int, Path(title="年份", ge=1990, le=2999)]
) -> Any:
    """一份年报，三张表的数按格子列出。"""
    found = _agency(agency)
    version = annual.public_version(found, year)
    work = annual.public_years(found).filter(year=year).first()
    if version is None or work is None:
        raise Missing("这个年度的年报没有发布。")
    return telling.whole_report(request, found, work, version)


@API.get(
    "agencies/{agency}/statistics",
    response={200: list[StatisticsYear], **Refused},
    summary="申请统计",
    url_name="data-statistics",
)
def statistics(request: HttpRequest, agency: Slug) -> Any:
    """各年收到和处理政府信息公开申请的件数，没有个人信息。来自已经发布的年报，没有发布的年度没有。"""
    return list(telling.statistics(_agency(agency)))
