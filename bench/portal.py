"""The public site under load: a column's and an item's page beside an empty view of the same framework, in one run;
how many of the answers to who honours the caching headers are 304; how long a page takes that is made anew.

The empty view stands behind the same middleware and answers with two letters. All four are asked in turn, in rounds,
so that whatever else the machine does befalls them alike.
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Line
from bench.serving import _free_port, _sample, environment, served

ITEMS = int(os.environ.get("BENCH_ITEMS", "2000"))
ROUNDS, EACH = 8, 150
OWN = "/zfxxgk/xtxsfj/"
PAGES = {"column_page": f"{OWN}columns/xzfy/", "item_page": f"{OWN}items/20/", "home_page": OWN}


class Asker:
    """One connection that stays open; keeps what it was told about each address."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._tags: dict[str, str] = {}

    def ask(self, path: str, *, again: bool = False) -> int:
        """The status; `again`: as a browser asks that has the page."""
        headers = {"If-None-Match": self._tags[path]} if again and path in self._tags else {}
        self._line.request("GET", path, headers=headers)
        answer = self._line.getresponse()
        answer.read()
        if tag := answer.getheader("ETag"):
            self._tags[path] = tag
        return answer.status

    def rate(self, path: str, count: int = EACH) -> float:
        """Requests a second."""
        start = time.perf_counter()
        for _ in range(count):
            if self.ask(path) != 200:
                raise SystemExit(f"not 200: {path}")
        return count / (time.perf_counter() - start)


def run() -> Iterator[Line]:
    """Requests a second and their ratio to the empty view's; the share of 304; milliseconds of a page made anew."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        env = environment(Path(folder), _free_port())
        _sample(env)
        subprocess.run([sys.executable, "-m", "bench.portal_filling", str(ITEMS)], env=env, check=True)
        env["DJANGO_SETTINGS_MODULE"] = "bench.portal_settings"
        with served(env):
            asker = Asker(int(env["PORT"]))
            yield from _anew(asker)
            yield from _rates(asker)
            yield from _conditional(asker)


def _anew(asker: Asker) -> Iterator[Line]:
    """A page nobody asked for before: pages of the column far back, items by their numbers."""
    for name, paths in (
        ("column_page_made", [f"{OWN}columns/xzfy/?page={n}" for n in range(2, 40)]),
        ("item_page_made", [f"{OWN}items/{n}/" for n in range(21, 59)]),
    ):
        start = time.perf_counter()
        for path in paths:
            asker.ask(path)
        yield Line(name, round((time.perf_counter() - start) / len(paths) * 1000, 2), "ms")


def _rates(asker: Asker) -> Iterator[Line]:
    best = dict.fromkeys((*PAGES, "empty_view"), 0.0)
    for path in (*PAGES.values(), "/bench-empty/"):
        asker.rate(path, 20)
    for _ in range(ROUNDS):
        for name, path in (*PAGES.items(), ("empty_view", "/bench-empty/")):
            best[name] = max(best[name], asker.rate(path))
    for name in PAGES:
        share = round(best[name] / best["empty_view"], 2)
        yield Line(name, round(best[name], 1), "requests/s", "empty_view", share)
    yield Line("empty_view", round(best["empty_view"], 1), "requests/s")


def _conditional(asker: Asker) -> Iterator[Line]:
    """A thousand looks of who comes back to fifty pages, each first look included."""
    paths = [
        *PAGES.values(),
        *(f"{OWN}items/{n}/" for n in range(21, 59)),
        f"{OWN}reports/2024/",
        f"{OWN}guide/",
    ]
    statuses = [asker.ask(paths[n % len(paths)], again=True) for n in range(1000)]
    yield Line("not_modified", round(statuses.count(304) / len(statuses) * 100, 1), "%", "limit_90_%")
