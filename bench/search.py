"""The public search at a hundred thousand items: recall against a scan of every text, and 95 of 100 pages come within.

`BENCH_ITEMS` sets another number, `BENCH_DATABASE_URL` an empty PostgreSQL database instead of SQLite. A million on
PostgreSQL: the items are put in by two processes, the texts scanned a lot at a time, and of what was found a bit a text
is kept, so that its own memory stays at some hundred megabytes; the longest query's answers are one list of numbers.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from bench.measure import Line
from bench.serving import Visitor, _free_port, _sample, environment, served
from bench.spent import Meter

COUNT, LIMIT_MS = int(os.environ.get("BENCH_ITEMS", "100000")), 200.0
_PATH = "/search/?q="


def run() -> Iterator[Line]:
    """Items indexed a second, recall by length of the query, and milliseconds within which 95 of 100 pages come."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        env = environment(Path(folder), _free_port())
        if url := os.environ.get("BENCH_DATABASE_URL"):
            env["GONGKAI_DATABASE_URL"] = url
        _sample(env)
        start = time.perf_counter()
        command = [sys.executable, "-m", "bench.search_filling", str(COUNT)]
        filled = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
        told = json.loads(filled.stdout)
        print(f"filled in {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
        yield Line("search_rebuild", round(COUNT / told["seconds"], 1), "items/s")
        yield Line("search_index_on_disk", round(told["megabytes"], 1), "MB")
        for length, recall in told["recall"].items():
            yield Line(f"search_recall_{length}", round(recall, 6), "of the scan's")
        yield Line("search_found_in_excess", told["wrong"], "items")
        yield Line("search_first_thousand_not_the_scans", told["misplaced"], "queries")
        yield Line("search_bench_memory", round(told["peak"], 1), "MB")
        with served(env) as (pid, _):
            yield from pages(
                int(env["PORT"]), told["queries"], Meter(pid, os.environ.get("BENCH_DATABASE_URL"))
            )


def pages(port: int, queries: dict[str, list[str]], meter: Meter) -> Iterator[Line]:
    """Each kind of page: milliseconds by the clock, and of processor time."""
    visitor = Visitor(port)
    visitor.get(_PATH + quote(queries["2"][0]))
    bare, _ = _p95(visitor, ["/healthz"] * 60, meter)
    yield Line("health_page_p95", round(bare, 1), "ms")
    common = queries["1"][:20] + queries["2"][:20]
    ways = {
        **{f"search_page_{length}": [quote(query) for query in asked] for length, asked in queries.items()},
        "search_page_two_words": [
            quote(f"{a} {b}") for a, b in zip(queries["2"], queries["3_4"], strict=True)
        ],
        "search_page_narrowed": [f"{quote(query)}&year=2024&column=czxx&validity=valid" for query in common],
        "search_page_by_number": [f"{quote(query)}&number={quote('测发〔2019〕')}" for query in common],
        "search_page_last": [f"{quote(query)}&page=50" for query in common],
        "search_page_nothing": [quote(query + "𠮷") for query in queries["6"]],
    }
    for name, paths in ways.items():
        found, spent = _p95(visitor, [_PATH + path for path in paths], meter)
        over = " OVER THE LIMIT" if found > LIMIT_MS else ""
        print(
            f"{name}: {found:.1f} ms of {LIMIT_MS:.0f}{over}, processor {spent:.1f}",
            file=sys.stderr,
            flush=True,
        )
        yield Line(f"{name}_p95", round(found, 1), "ms", "health_page_p95", round(found / bare, 2))
        yield Line(f"{name}_processor_p95", round(spent, 1), "ms")


def _p95(visitor: Visitor, paths: list[str], meter: Meter) -> tuple[float, float]:
    """Milliseconds within which 95 of 100 answers came, and that 95 of 100 took of the processor; every page is asked
    for once and none is kept anywhere."""
    clock, processor = [], []
    for path in paths:
        before, start = meter.milliseconds(), time.perf_counter()
        status, page = visitor.get(path)
        clock.append((time.perf_counter() - start) * 1000)
        processor.append(meter.milliseconds() - before)
        if status != 200:
            raise SystemExit(f"{status}: {path} {page[:300]}")
    at = int(len(paths) * 0.95) - 1
    return sorted(clock)[at], sorted(processor)[at]
