"""Debian's Chromium on the site as the tests' database has it; what it complains about, and what it asks for.

A plug-in of the tests as a whole: the driver starts once in a process, whichever folder asks for it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass
class Visit:
    """A page of the browser with what went wrong on it."""

    page: Any
    address: str
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return overflow(self.page)


def overflow(page: Any) -> int:
    """By how many pixels the page is wider than the window."""
    found: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found


def through(page: Any, target: Any) -> None:
    """Click what leads to another page, and wait until that page stands whole in the window.

    A click comes back before the answer does: who measures or counts at once does it on the page that is going,
    or on none at all. So the page that goes is marked, and the wait is for a whole one without the mark.

    Raises:
        TimeoutError: no other page came in half a minute.
    """
    from playwright.sync_api import Error

    page.evaluate("document.documentElement.dataset.going = 'yes'")
    target.click()
    until = monotonic() + 30
    while monotonic() < until:
        try:
            if page.evaluate(STANDS):
                return
        except Error:
            # The page was taken away while it was asked: the next one is on its way.
            pass
        page.wait_for_timeout(20)
    raise TimeoutError(f"no other page after the click; still at {page.url}")


STANDS = """document.readyState === 'complete' && document.documentElement !== null
    && document.documentElement.dataset.going === undefined"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed here: apt-get install chromium")
    # The driver runs an event loop in the tests' thread, where the database is then used as ever.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(Path(CHROMIUM)), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def site(transactional_db: None, static_files: None) -> Iterator[str]:
    """The address of the site in a thread of its own, static files served as in earnest: by whitenoise."""
    from django.db import connections
    from django.test.testcases import LiveServerThread

    shared = {c.alias: c for c in connections.all() if c.vendor == "sqlite" and c.is_in_memory_db()}
    for connection in shared.values():
        connection.inc_thread_sharing()
    thread = LiveServerThread("127.0.0.1", lambda application: application, connections_override=shared)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    # The sharing stays: a request the browser gave up on may still be closing its connection.
    thread.terminate()


@pytest.fixture
def desk_size() -> dict[str, int]:
    return {"width": 1366, "height": 768}


@pytest.fixture
def visit(chromium: Any, site: str, desk_size: dict[str, int]) -> Iterator[Visit]:
    context = chromium.new_context(viewport=desk_size, locale="zh-CN")
    page = context.new_page()
    seen = Visit(page, site)
    page.on("console", lambda m: seen.complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: seen.complaints.append(str(e)))
    page.on(
        "request",
        lambda r: None if r.url.startswith((site, "data:")) else seen.outside.append(r.url),
    )
    yield seen
    context.close()
    assert seen.complaints == []
    assert seen.outside == []
