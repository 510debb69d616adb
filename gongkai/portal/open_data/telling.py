"""From what is kept to what is answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.queries import Agency, open_agencies
from gongkai.disclosure.clean import plain_text, with_addresses
from gongkai.reports import queries as annual
from gongkai.statute.report.editions import COLUMNS, edition

from ..frame import in_full

COLUMNS_OF_ITEMS = {
    "number": "信息编号",
    "publication": "发布编号",
    "version": "版本",
    "agency": "机关",
    "column": "栏目",
    "title": "标题",
    "summary": "内容概述",
    "index_number": "索引号",
    "document_number": "发文字号",
    "subject": "主题分类",
    "formed_on": "成文日期",
    "first_published_at": "首次发布时间",
    "published_at": "发布时间",
    "validity": "有效性",
    "in_force_on": "施行之日",
    "url": "网址",
}
"""The columns of the table, and what stands above them."""


def agencies(slug: str | None = None) -> list[Agency]:
    """Those whose columns are open; the one of this name, or none."""
    rows = open_agencies().order_by("slug")
    return list(rows.filter(slug=slug) if slug else rows)


def item(request: HttpRequest, row: Any, today: date) -> dict[str, Any]:
    """An item without its text."""
    return {
        "number": row.item_id,
        "publication": row.pk,
        "version": row.version,
        "agency": row.agency.slug,
        "column": row.column.slug,
        **{
            name: getattr(row, name)
            for name in (
                "title",
                "summary",
                "index_number",
                "document_number",
                "subject",
                "formed_on",
                "published_at",
            )
        },
        "first_published_at": row.first_at,
        "validity": row.validity_on(today),
        "in_force_on": row.in_force_on,
        "url": in_full(request, reverse("portal:item", args=[row.agency.slug, row.item_id])),
    }


def whole_item(request: HttpRequest, row: Any, today: date) -> dict[str, Any]:
    """An item with text and attachments."""
    told = row.told

    def address(number: str) -> str:
        return in_full(request, reverse("portal:item-file", args=[row.agency.slug, row.item_id, number]))

    return {
        **item(request, row, today),
        **{name: told.get(name) or "" for name in ("keywords", "source", "correction_note")},
        "html": with_addresses(row.html, address),
        "text": plain_text(row.html),
        "attachments": [
            {"name": one.name, "size": one.size, "digest": one.digest, "url": address(one.file_id.hex)}
            for one in row.files.all()
            if not one.inline
        ],
    }


def report(request: HttpRequest, agency: Agency, work: Any) -> dict[str, Any]:
    """A year's report by its name."""
    address = reverse("portal:report", args=[agency.slug, work.year])
    return {
        "year": work.year,
        "title": work.public_title or "",
        "published_at": work.public_at,
        "url": in_full(request, address),
    }


def whole_report(request: HttpRequest, agency: Agency, work: Any, version: Any) -> dict[str, Any]:
    """A published report with its figures."""
    told = annual.thaw(version)
    return {
        **report(request, agency, work),
        "version": version.number,
        "edition": told.edition,
        "sections": [{"title": one.title, "text": one.text} for one in told.sections],
        "cells": {name: figure(cell) for name, cell in told.cells.items()},
    }


def figure(cell: Any) -> int | float | str | None:
    """A cell as a number; what was no number as it was printed, blank as null."""
    if cell.value is None:
        return cell.raw or None
    return int(cell.value) if cell.value == int(cell.value) else float(cell.value)


def statistics(agency: Agency) -> Iterator[dict[str, Any]]:
    """Table three of every published report, the newest year first."""
    for work in annual.public_years(agency):
        told = annual.published_report(agency, work.year)
        if told is None:
            continue
        rows = [
            {"row": row.slug, "label": row.label, "figures": _figures(told, row.slug)}
            for row in edition(told.edition).table3
            if row.slug
        ]
        yield {"year": work.year, "rows": rows}


def _figures(told: Any, row: str) -> dict[str, int | None]:
    found = {}
    for column in COLUMNS:
        cell = told.cells.get(f"t3.{row}.{column}")
        found[column] = int(cell.value) if cell is not None and cell.value is not None else None
    return found


def today() -> date:
    """The day in the agencies' time."""
    return timezone.localdate()
