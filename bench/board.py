"""The board of an office over a thousand agencies with a million requests, over HTTP from the served site: 95 of 100
answers within a second, at most twenty queries. `BENCH_DATABASE_URL` names a PostgreSQL database that is only for this."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Line
from bench.serving import Visitor, _free_port, environment, served

AGENCIES = int(os.environ.get("BENCH_AGENCIES", "1000"))
REQUESTS = int(os.environ.get("BENCH_ITEMS", "1000000"))
TIMES, LIMIT_MS, LIMIT_QUERIES = 40, 1000.0, 20
_BOARD = "/desk/bench-county/county/"
PAGES = {
    "board": _BOARD,
    "board_overdue": f"{_BOARD}?state=overdue&order=overdue",
    "board_last_page": f"{_BOARD}?order=name&page=34",
    "board_agency": f"{_BOARD}agencies/bench-1/",
    "board_agency_requests": f"{_BOARD}agencies/bench-1/requests/?state=closed",
}


def run() -> Iterator[Line]:
    """Fill, count the queries, serve, measure."""
    url = os.environ.get("BENCH_DATABASE_URL")
    if not url:
        print("board: left out, BENCH_DATABASE_URL names no PostgreSQL database", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        env = {**environment(Path(folder), _free_port()), "GONGKAI_DATABASE_URL": url}
        for what in (("migrate",), ("collectstatic", "--noinput")):
            subprocess.run([sys.executable, "manage.py", *what, "--verbosity", "0"], env=env, check=True)
        start = time.perf_counter()
        command = [sys.executable, "-m", "bench.board_filling", str(AGENCIES), str(REQUESTS), *PAGES.values()]
        told = json.loads(subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True).stdout)
        print(f"filled in {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
        for name, path in PAGES.items():
            yield Line(f"{name}_queries", told["queries"][path], "queries", "limit_20", None)
        with served(env):
            visitor = Visitor(int(env["PORT"]))
            visitor.sign_in("bench-supervisor", told["password"])
            for name, path in PAGES.items():
                found = _p95(visitor, path)
                yield Line(f"{name}_p95", round(found, 1), "ms", "limit_1_s", round(found / LIMIT_MS, 2))


def _p95(visitor: Visitor, path: str) -> float:
    """Milliseconds within which 95 of 100 answers came, after two that warm up."""
    spent = []
    for turn in range(TIMES + 2):
        start = time.perf_counter()
        status, page = visitor.get(path)
        if status != 200:
            raise SystemExit(f"{status}: {path} {page[:300]}")
        if turn > 1:
            spent.append((time.perf_counter() - start) * 1000)
    return sorted(spent)[int(TIMES * 0.95) - 1]
