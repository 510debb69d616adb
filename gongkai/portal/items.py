"""The page of an item: catalogue box, text, attachments, what belongs to it, versions; its print view; the notice in
the place of one that was withdrawn; its files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path, register_converter, reverse
from django.urls.converters import IntConverter, StringConverter
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.agencies.names import name_on
from gongkai.agencies.queries import Agency
from gongkai.disclosure import queries as disclosure
from gongkai.disclosure.clean import with_addresses
from gongkai.disclosure.serving import reviewed_content
from gongkai.files.queries import Sealed

from .columns import tags_of, up_to
from .frame import agency_here, column_page, in_full
from .keeping import public_page
from .tags import content_tags

VALIDITY = {"valid": "有效", "not_yet": "尚未施行", "repealed": "废止", "lapsed": "失效"}
RELATED = {
    ("interprets", True): "解读的文件",
    ("interprets", False): "政策解读",
    ("form_of", True): "所属文件",
    ("form_of", False): "附表、表格",
    ("replaces", True): "代替的文件",
    ("replaces", False): "已被代替，新文件",
    ("repeals", True): "废止的文件",
    ("repeals", False): "废止本文件的文件",
    ("clarifies", True): "澄清的信息",
    ("clarifies", False): "澄清",
    ("see_also", True): "相关信息",
    ("see_also", False): "相关信息",
}
"""Kind of relation and whether it goes from this item to the other: what stands above the other."""
_ENDING = re.compile(r"[a-z0-9]{1,12}")
SHOWN_IN_PLACE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Kinds of files a browser may show by itself; all others are saved."""


class FileNumber(StringConverter):
    """The number of a stored file, 32 letters and digits, with or without its ending."""

    regex = r"[0-9a-f]{32}(?:\.[a-z0-9]{1,12})?"


class Number(IntConverter):
    """A number that a database can hold."""

    regex = "[0-9]{1,18}"


register_converter(FileNumber, "file_number")
register_converter(Number, "number")


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether a document holds today, in words; `said` tells since when and by what it does not."""

    kind: str
    label: str
    said: str


def validity_of(shown: Any, today: date) -> Validity:
    """The same of an item, as it was reviewed and as time has gone on."""
    kind, (last, then) = str(shown.validity_on(today)), shown.holds_until
    label, by = VALIDITY[kind], shown.told.get("validity_by") or ""
    if kind == "not_yet":
        return Validity(kind, label, f"本文件自{_said(shown.in_force_on)}起施行，现在还没有施行。")
    if kind == "valid":
        if last is None or (then == "lapsed" and shown.validity == "valid"):
            return Validity(kind, label, "")
        said = f"本文件将自{_said(last + timedelta(days=1))}起{VALIDITY[then]}"
    elif last is None:
        said = f"本文件已{label}"
    elif last.isoformat() == shown.told.get("lapses_on"):
        said, by = f"本文件有效期至{_said(last)}，现已失效", ""
    else:
        said = f"本文件自{_said(last + timedelta(days=1))}起{label}"
    return Validity(kind, label, f"{said}（{by}）。" if by else f"{said}。")


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@public_page()
def item(request: HttpRequest, agency: str, pk: int) -> HttpResponse:
    """One item with its catalogue box; in the place of a withdrawn one the notice, with 410."""
    found = agency_here(agency)
    try:
        shown = disclosure.public_item(found, pk)
    except disclosure.NoItem as error:
        return _withdrawn(request, found, pk, error)
    newer, older = disclosure.neighbours_of(shown)
    more = {
        "related": _grouped(disclosure.related_to(shown)),
        # A first version has none before it, and nothing is asked.
        "versions": disclosure.versions_of(found, pk) if shown.version > 1 else [],
        "newer": newer,
        "older": older,
        "feed": reverse("portal:column-feed", args=[agency, shown.column.slug, "atom"]),
    }
    return _page_of(request, found, shown, "item", **more)


@public_page()
def item_print(request: HttpRequest, agency: str, pk: int) -> HttpResponse:
    """打印版: the same text and box on an empty page."""
    found = agency_here(agency)
    try:
        shown = disclosure.public_item(found, pk)
    except disclosure.NoItem as error:
        raise Http404 from error
    answer = _page_of(request, found, shown, "item_print")
    return answer


def _page_of(request: HttpRequest, agency: Agency, shown: Any, name: str, **more: Any) -> HttpResponse:
    address = reverse("portal:item", args=[agency.slug, shown.item_id])
    files = list(shown.files.all())
    source = shown.told.get("source") or agency.name
    crumbs = [
        *up_to(agency, shown.column),
        (shown.column.name, reverse("portal:column", args=[agency.slug, shown.column.slug])),
        ("正文", ""),
    ]
    url = in_full(request, address)
    pictures = [
        in_full(request, _file_address(agency, shown, one.file_id.hex)) for one in files if one.inline
    ]
    tags = tags_of(shown.column) + content_tags(
        shown.title,
        shown.first_at,
        source,
        Keywords=shown.told.get("keywords") or shown.column.keywords or shown.column.name,
        Author=shown.told.get("author") or "",
        Description=shown.summary,
        Image=pictures[0] if pictures else "",
        Url=url,
    )
    own = {
        "item": shown,
        "text": with_addresses(shown.html, lambda number: _file_address(agency, shown, number)),
        "issuer": name_on(agency, shown.formed_on),
        "source": source,
        "validity": validity_of(shown, timezone.localdate()),
        "column": shown.column,
        "attached": [
            (one, one.name.rpartition(".")[2], _file_address(agency, shown, one.file_id.hex))
            for one in files
            if not one.inline
        ],
        "url": url,
    }
    return column_page(request, agency, "columns", crumbs, name, tags=tags, **own, **more)


def _file_address(agency: Agency, shown: Any, number: str) -> str:
    """Where a file is found: with its ending, by which one knows what it is wherever it is put."""
    name = next((one.name for one in shown.files.all() if one.file_id.hex == number), "")
    ending = name.rpartition(".")[2].lower()
    full = f"{number}.{ending}" if _ENDING.fullmatch(ending) else number
    return reverse("portal:item-file", args=[agency.slug, shown.item_id, full])


def _grouped(related: list[tuple[str, bool, Any]]) -> list[tuple[str, list[Any]]]:
    """What belongs to an item under its headings, each once."""
    groups: dict[str, dict[int, Any]] = {}
    for kind, outgoing, other in related:
        groups.setdefault(RELATED[kind, outgoing], {})[other.pk] = other
    return [(label, list(rows.values())) for label, rows in groups.items()]


def _withdrawn(request: HttpRequest, agency: Agency, pk: int, error: Exception) -> HttpResponse:
    """The notice in the place of an item that was withdrawn: its number, its days and the reason, never its text."""
    gone = disclosure.withdrawn_item(agency, pk)
    if gone is None:
        raise Http404 from error
    answer = column_page(
        request,
        agency,
        "columns",
        [
            *up_to(agency, gone.column),
            (gone.column.name, reverse("portal:column", args=[agency.slug, gone.column.slug])),
            ("已撤回", ""),
        ],
        "withdrawn",
        tags=tags_of(gone.column),
        gone=gone,
        status=410,
    )
    answer.headers["Cache-Control"] = f"public, max-age={settings.SITE_MAX_AGE}"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
@login_not_required
def item_file(
    request: HttpRequest, agency: str, pk: int, number: str
) -> HttpResponse | StreamingHttpResponse:
    """A file that is public with an item: the one reviewed, compared with its digest before a byte leaves."""
    found = agency_here(agency)
    try:
        shown = disclosure.public_file(found, pk, UUID(hex=number[:32]))
    except disclosure.NoItem as error:
        raise Http404 from error
    if number[32:] not in ("", f".{shown.file.ending}"):
        raise Http404
    kind = shown.file.content_type
    etag = f'"{shown.digest[:32]}"'
    not_modified = get_conditional_response(request, etag)
    if not_modified is not None and not_modified.status_code == 304:
        return not_modified
    try:
        content = reviewed_content(shown)
    except Sealed as error:
        raise Http404 from error
    headers = {
        "Content-Length": str(shown.size),
        "Content-Disposition": content_disposition_header(kind not in SHOWN_IN_PLACE, shown.name)
        or "attachment",
        "ETag": etag,
        "Cache-Control": "public, max-age=300",
    }
    return StreamingHttpResponse(content, content_type=kind, headers=headers)


item_file.same_for_everybody = True  # type: ignore[attr-defined]
_HERE = "zfxxgk/<slug:agency>/items/<number:pk>/"
PATTERNS = [
    path(_HERE, item, name="item"),
    path(f"{_HERE}print/", item_print, name="item-print"),
    path(f"{_HERE}files/<file_number:number>", item_file, name="item-file"),
]
