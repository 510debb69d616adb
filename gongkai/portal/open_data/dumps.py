"""Everything at once: a table for people with a spreadsheet, lines of JSON for programs; never more than a lot in memory."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from gongkai.disclosure.harvest import in_lots, public_versions, state_of

from . import telling
from .serving import readable_by_all

_KINDS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}


class _Line:
    """What the csv writer writes to: hands the line on."""

    def write(self, line: str) -> str:
        return line


@readable_by_all
def dump(request: HttpRequest, ending: str) -> HttpResponseBase:
    """All public items of one agency or of all, the newest first; the table without texts, the lines with them."""
    slug = request.GET.get("agency", "").replace("\0", "") or None
    where = telling.agencies(slug)
    if ending not in _KINDS or (slug and not where):
        return JsonResponse(
            {"error": "没有这个机关，或者没有这种格式。"},
            status=404,
            json_dumps_params={"ensure_ascii": False},
        )
    rows = public_versions([one.pk for one in where])
    day = telling.today()
    mark = f"{state_of(rows)} {ending} {day} {request.get_host()} {[(o.pk, o.slug) for o in where]}"
    etag = f'W/"{hashlib.sha256(mark.encode()).hexdigest()[:32]}"'
    fresh = get_conditional_response(request, etag=etag)
    if fresh is not None:
        return fresh
    make: Callable[..., Iterator[str]] = _csv if ending == "csv" else _lines
    response = StreamingHttpResponse(make(request, rows, day), content_type=_KINDS[ending])
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=300"
    name = f"{slug or 'items'}-{day.isoformat()}.{ending}"
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    return response


def _csv(request: HttpRequest, rows: Any, day: Any) -> Iterator[str]:
    """With a mark at the beginning that lets spreadsheets read it as UTF-8; nothing in it is a formula."""
    table = csv.writer(_Line())
    yield "\ufeff" + table.writerow(telling.COLUMNS_OF_ITEMS.values())
    for row in in_lots(rows):
        told = telling.item(request, row, day)
        yield table.writerow([_plain(told[name]) for name in telling.COLUMNS_OF_ITEMS])


def _plain(value: Any) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _lines(request: HttpRequest, rows: Any, day: Any) -> Iterator[str]:
    for row in in_lots(rows):
        told = telling.whole_item(request, row, day)
        yield json.dumps(told, ensure_ascii=False, cls=DjangoJSONEncoder) + "\n"


PATTERNS = [path("items.<slug:ending>", dump, name="data-dump")]
