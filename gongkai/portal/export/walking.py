"""Every address of the public site, written one after the other; nothing is held but numbers."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve, reverse

from gongkai.agencies.queries import Agency, open_agencies
from gongkai.disclosure import queries as disclosure
from gongkai.disclosure import statutory
from gongkai.reports import queries as annual
from gongkai.reports.exports import FORMATS

from ..columns import FIXED
from ..feeds import FORMS
from ..frame import Exporting
from ..sitemaps import RANGE
from .links import Links
from .places import place_of
from .writing import Folder

_NEXT = re.compile(r'rel="next" href="\?page=(\d+)"')
Progress = Callable[[str], None]


class Walk:
    """One export: to which folder, of which agencies, how."""

    def __init__(self, folder: Folder, how: Exporting, say: Progress) -> None:
        self.folder, self.how, self.say = folder, how, say
        self.statics: set[str] = set()
        self.places: set[str] = set()
        self.done = 0

    def run(self, slug: str = "") -> None:
        """Write everything, or one agency's part; then take away what is no longer public."""
        agencies = list(open_agencies().filter(slug=slug) if slug else open_agencies())
        if not slug and len(agencies) != 1:
            self._write(reverse("portal:front"))
        for agency in agencies:
            self._agency(agency)
            self._clear(agency)
        if not slug:
            self._clear_closed({agency.slug for agency in agencies})
        if len(agencies) == 1:
            self._alone(agencies[0])
        for name in ("sitemap", "robots"):
            self._write(reverse(f"portal:{name}"))
        for address in sorted(self.statics):
            self._static(address)

    def _agency(self, agency: Agency) -> None:
        self.say(f"{agency.name}：栏目和年报")
        self._numbers = array(
            "q",
            disclosure.public_items(agency)
            .order_by("item_id")
            .values_list("item_id", flat=True)
            .iterator(chunk_size=5000),
        )
        for address in _fixed(agency):
            self._list(address)
        for address in _single(agency, self._numbers[-1] if self._numbers else 0):
            self._write(address)
        self.say(f"{agency.name}：{len(self._numbers)} 条信息")
        for pk in self._numbers:
            self._item(agency, pk)
            self.done += 1
            if self.done % 500 == 0:
                self.say(f"已经写了 {self.done} 条")
        for pk in disclosure.withdrawn_numbers(agency).iterator(chunk_size=5000):
            self._item(agency, pk)

    def _list(self, address: str) -> None:
        """A page and those that follow it."""
        page = self._write(address)
        while found := _NEXT.search(page):
            page = self._write(f"{address}?page={found[1]}")

    def _item(self, agency: Agency, pk: int) -> None:
        """An item's page and its files, or the notice that it was withdrawn; files it no longer has go."""
        address = reverse("portal:item", args=[agency.slug, pk])
        page = self._write(address, counted=False)
        numbers = set(re.findall(rf'="{address}files/([0-9a-f.a-z]+)"', page))
        for number in sorted(numbers):
            self._write(f"{address}files/{number}", counted=False)
        for path in (self.folder.root / (place_of(address) or "")).parent.glob("files/*"):
            if path.name not in numbers:
                self.folder.remove(path)

    def _write(self, address: str, *, counted: bool = True) -> str:
        """Write the answer of an address; the page as text, empty for a file and for what is gone meanwhile."""
        place = place_of(address)
        assert place is not None, address  # noqa: S101 - only such are walked
        answer = answer_of(address, self.how)
        if answer is None:
            return ""
        if counted:
            self.places.add(place)
        if getattr(answer, "streaming", False):
            self.folder.write(place, answer.streaming_content)
            return ""
        content: bytes = answer.content
        if not answer.headers["Content-Type"].startswith("text/html"):
            self.folder.write(place, content)
            return ""
        links = Links(address, self.how.live)
        html = content.decode()
        self.folder.write(place, links.rewrite(html).encode())
        self.statics |= links.statics
        return html

    def _alone(self, agency: Agency) -> None:
        """Where one agency lives here the front leads to its column."""
        if self.how.fragments:
            return
        home = place_of(reverse("portal:home", args=[agency.slug]))
        title = f"{agency.name}政府信息公开"
        self.folder.write(
            "index.html",
            (
                '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
                f'<meta http-equiv="refresh" content="0; url={home}"><title>{title}</title></head>'
                f'<body><a href="{home}">{title}</a></body></html>\n'
            ).encode(),
        )

    def _static(self, address: str) -> None:
        """A style sheet, script or picture, as it was gathered."""
        name = urlsplit(address).path.removeprefix(f"/{settings.STATIC_URL.strip('/')}/")
        with staticfiles_storage.open(name) as file:
            self.folder.write(place_of(address) or "", file.read())

    def _clear(self, agency: Agency) -> None:
        """Take away the pages of items and lists that are no longer public."""
        root = self.folder.root / Path(place_of(reverse("portal:home", args=[agency.slug])) or "").parent
        gone = set(disclosure.withdrawn_numbers(agency).iterator(chunk_size=5000))
        for path in root.rglob("*"):
            inside = path.relative_to(root).parts
            if not path.is_file() or (
                len(inside) > 2 and inside[0] == "items" and self._is_there(inside[1], gone)
            ):
                continue
            if path.relative_to(self.folder.root).as_posix() not in self.places:
                self.folder.remove(path)

    def _clear_closed(self, opened: set[str]) -> None:
        """Take away the agencies whose columns are closed."""
        above = Path(place_of(reverse("portal:home", args=["x"])) or "").parent.parent
        for folder in (self.folder.root / above).glob("*"):
            if folder.name not in opened:
                for path in [path for path in folder.rglob("*") if path.is_file()]:
                    self.folder.remove(path)

    def _is_there(self, number: str, gone: set[int]) -> bool:
        if not number.isdecimal():
            return False
        pk = int(number)
        at = bisect_left(self._numbers, pk)
        return pk in gone or (at < len(self._numbers) and self._numbers[at] == pk)


def answer_of(address: str, how: Exporting) -> Any:
    """The answer of a public address as its view gives it; None where there is nothing (any more).

    The view is called by itself: it knows nobody and is the same for everybody, so nothing before it matters."""
    parts = urlsplit(address)
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", parts.path, parts.path
    request.GET = QueryDict(parts.query)
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "QUERY_STRING": parts.query}
    request.exporting = how  # type: ignore[attr-defined]
    found = resolve(parts.path)
    view = getattr(found.func, "as_made", found.func)
    try:
        answer: HttpResponse = view(request, *found.args, **found.kwargs)
    except Http404:
        return None
    return answer if answer.status_code in (200, 410) else None


def _fixed(agency: Agency) -> Iterator[str]:
    """The pages that may go on over several, first pages."""
    for name in (
        "home",
        "guide",
        "rules",
        "about",
        "columns",
        "reports",
        "policies",
        "requests",
        "request-help",
        "messages",
        "message-help",
    ):
        yield reverse(f"portal:{name}", args=[agency.slug])
    for column in disclosure.columns_of(agency):
        if column.kind not in FIXED:
            yield reverse("portal:column", args=[agency.slug, column.slug])
    for heading in statutory.filled_headings(agency):
        yield reverse("portal:heading", args=[agency.slug, heading])


def _single(agency: Agency, last: int) -> Iterable[str]:
    """What is one file each: feeds, reports, the form on paper, the lists of the map of the site."""
    yield reverse("portal:request-paper", args=[agency.slug])
    for form in FORMS:
        yield reverse("portal:feed", args=[agency.slug, form])
        for column in disclosure.columns_of(agency):
            yield reverse("portal:column-feed", args=[agency.slug, column.slug, form])
    for work in annual.public_years(agency):
        yield reverse("portal:report", args=[agency.slug, work.year])
        for ending in FORMATS:
            yield reverse("portal:report-file", args=[agency.slug, work.year, ending])
    for part in range(last // RANGE + 1):
        yield reverse("portal:sitemap-part", args=[agency.slug, part])
