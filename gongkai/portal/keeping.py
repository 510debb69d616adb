"""Public pages kept made, and what lets browsers and proxies keep them: the same page for everybody.

A page is kept in the process with the stamp it was made under, the digest of the newest entry of the trail. Every act
writes its entry in its own transaction, so as long as the stamp is the same no act changed anything, and after an act
every page is made anew when it is next asked for. The stamp is looked up once a second at most, and no page is kept
longer than a minute: what changes by itself (an end of validity, a new day) shows by then.

`ETag` is the digest of the page itself, so that what was made anew and came out the same is still a 304.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from gongkai.audit.latest import newest_digest

View = Callable[..., HttpResponse]
STAMP_SECONDS = 1.0
"""How long a stamp is believed, in seconds."""
KEPT_SECONDS = 60.0
"""How long a page is kept at most, in seconds."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was made: under which stamp, until when it may be shown (monotonic seconds), and since when it
    looks as it does (seconds of the calendar's clock)."""

    stamp: str
    until: float
    content: bytes
    content_type: str
    etag: str
    since: int

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page, or 304 for who has it."""
        response = HttpResponse(self.content, content_type=self.content_type)
        response.headers["ETag"] = self.etag
        response.headers["Last-Modified"] = http_date(self.since)
        response.headers["Cache-Control"] = f"public, max-age={settings.SITE_MAX_AGE}"
        found = get_conditional_response(request, self.etag, self.since, response)
        assert isinstance(found, HttpResponse)  # noqa: S101 - it gives back what it got, or a 304
        return found


class Pages:
    """The pages kept in this process, those asked for last; bounded in bytes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Page] = OrderedDict()
        self._size = 0
        self._stamp, self._stamped = "", -STAMP_SECONDS

    def forget(self) -> None:
        """Keep nothing of what was kept; for tests and commands that change the database past the acts."""
        self.__init__()  # type: ignore[misc]

    def stamp(self) -> str:
        """The digest of the newest entry, as of a second ago at most."""
        now = time.monotonic()
        if now - self._stamped >= STAMP_SECONDS:
            self._stamp, self._stamped = newest_digest(), now
        return self._stamp

    def find(self, key: str) -> Page | None:
        """The page as it was last made, however long ago."""
        with self._lock:
            page = self._kept.get(key)
            if page is not None:
                self._kept.move_to_end(key)
            return page

    @property
    def size(self) -> int:
        """The bytes of all pages kept."""
        return self._size

    def keep(self, key: str, page: Page) -> None:
        """Keep a page; what was not asked for longest goes when there is no room."""
        with self._lock:
            before = self._kept.pop(key, None)
            self._size += len(page.content) - (len(before.content) if before else 0)
            self._kept[key] = page
            while self._size > settings.SITE_KEPT_MB * 1024 * 1024:
                _, gone = self._kept.popitem(last=False)
                self._size -= len(gone.content)


PAGES = Pages()


def public_page(*asked: str) -> Callable[[View], View]:
    """A view that is the same for everybody. `asked` are the names it takes in the query; a page asked for with any
    other is made, but not kept."""

    def decorate(view: View) -> View:
        @require_safe
        @login_not_required
        @wraps(view)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            key = _key(request, asked)
            stamp = PAGES.stamp() if settings.SITE_KEPT_MB else ""
            page = PAGES.find(key)
            if page is None or page.stamp != stamp or page.until <= time.monotonic():
                response = view(request, *args, **kwargs)
                if response.status_code != 200 or response.streaming:
                    return response
                page = _made(response, stamp, page)
                if settings.SITE_KEPT_MB and set(request.GET) <= set(asked) and len(key) < 400:
                    PAGES.keep(key, page)
            return page.answer(request)

        shown.as_made = view  # type: ignore[attr-defined]
        shown.same_for_everybody = True  # type: ignore[attr-defined]
        return shown

    return decorate


def _key(request: HttpRequest, asked: tuple[str, ...]) -> str:
    """Host and scheme count where they stand in the page."""
    place = settings.SITE_ADDRESS or f"{request.scheme}://{request.get_host()}"
    return f"{place} {request.get_full_path() if asked else request.path}"


def _made(response: HttpResponse, stamp: str, before: Page | None) -> Page:
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    since = int(time.time())
    if before is not None:
        # Within one second a page may change twice: then the later one is of the next second.
        since = before.since if before.etag == etag else max(since, before.since + 1)
    return Page(
        stamp,
        time.monotonic() + KEPT_SECONDS,
        response.content,
        response.headers["Content-Type"],
        etag,
        since,
    )
