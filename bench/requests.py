"""The pages of requests at a hundred thousand of them, over HTTP from the served site: 95 of 100 answers come within."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from bench.measure import Line
from bench.serving import Visitor, _free_port, _sample, environment, served

COUNT, TIMES, LIMIT_MS = 100_000, 60, 150.0
_DESK = "/desk/xtxsfj/"
_LIST = f"{_DESK}requests/"
_COLUMN = "/zfxxgk/xtxsfj/"


def pages(busy: dict[str, str]) -> dict[str, str]:
    """What a clerk opens, by name."""
    return {
        "requests_list": _LIST,
        "requests_list_all": f"{_LIST}?state=all",
        "requests_list_all_last_page": f"{_LIST}?state=all&page=100",
        "requests_list_by_state": f"{_LIST}?state=answered",
        "requests_list_overdue": f"{_LIST}?state=overdue",
        "requests_list_by_year": f"{_LIST}?state=all&year=2020",
        "requests_list_by_rare_words": f"{_LIST}?state=all&q={quote('第976号地块')}",
        "requests_list_by_common_words": f"{_LIST}?state=all&q={quote('项目批复')}",
        "requests_list_by_words_and_year": f"{_LIST}?state=all&year=2020&q={quote('项目批复')}",
        "requests_list_by_nothing_found": f"{_LIST}?state=all&q={quote('无此字样')}",
        "requests_list_by_name": f"{_LIST}?state=all&q={quote('甲某77')}",
        "requests_case": f"{_LIST}{busy['plain']}/",
        "requests_busy_case": f"{_LIST}{busy['pk']}/",
        "desk_today": _DESK,
    }


def run() -> Iterator[Line]:
    """Milliseconds within which 95 of 100 answers come, each beside the bare probe of the same site."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        env = environment(Path(folder), _free_port())
        port, passwords = int(env["PORT"]), _sample(env)
        command = [sys.executable, "-m", "bench.filling", str(COUNT)]
        start = time.perf_counter()
        filled = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
        busy = json.loads(filled.stdout)
        print(f"filled in {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
        with served(env):
            yield from _measured(port, passwords, busy)


def _measured(port: int, passwords: dict[str, str], busy: dict[str, str]) -> Iterator[Line]:
    clerk, requester = Visitor(port), Visitor(port)
    bare = _p95(lambda: _got(clerk, "/healthz"))
    yield Line("health_page_p95", round(bare, 1), "ms")
    clerk.sign_in("clerk", passwords["clerk"])
    empty = _p95(lambda: _got(clerk, f"{_DESK}settings/"))
    yield Line(
        "desk_page_without_requests_p95", round(empty, 1), "ms", "health_page_p95", round(empty / bare, 2)
    )
    for name, path in pages(busy).items():
        yield _line(name, _p95(lambda path=path: _got(clerk, path)), empty)  # type: ignore[misc]
    requester.track(_COLUMN, busy["number"], busy["code"])
    case = f"{_COLUMN}requests/track/case/"
    yield _line("portal_tracking", _p95(lambda: _got(requester, case)), empty)


def _line(name: str, found: float, empty: float) -> Line:
    over = " OVER THE LIMIT" if found > LIMIT_MS else ""
    print(f"{name}: {found:.1f} ms of {LIMIT_MS:.0f}{over}", file=sys.stderr, flush=True)
    return Line(
        f"{name}_p95", round(found, 1), "ms", "desk_page_without_requests_p95", round(found / empty, 2)
    )


def _got(visitor: Visitor, path: str) -> None:
    status, page = visitor.get(path)
    if status != 200:
        raise SystemExit(f"{status}: {path} {page[:300]}")


def _p95(ask: Callable[[], None]) -> float:
    """Milliseconds within which 95 of 100 answers came, after two that warm up."""
    ask(), ask()
    spent = []
    for _ in range(TIMES):
        start = time.perf_counter()
        ask()
        spent.append((time.perf_counter() - start) * 1000)
    return sorted(spent)[int(TIMES * 0.95) - 1]
