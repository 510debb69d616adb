"""A whole self-inspection of BENCH_ITEMS items (100,000): seconds, items a second, peak memory; killed half-way once, it
goes on where it was. As many findings of yesterday are closed in its last step, which is measured by itself, and every
tenth item is past its end, so that there are findings to hand out. `BENCH_DATABASE_URL` for PostgreSQL, a scratch SQLite otherwise."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.measure import Line

ITEMS = int(os.environ.get("BENCH_ITEMS", "100000"))


def run() -> Iterator[Line]:
    """Fill, start, kill half-way, go on to the end."""
    with tempfile.TemporaryDirectory() as folder:
        own = {**os.environ, "GONGKAI_DATA_DIR": folder}
        url = os.environ.get("BENCH_DATABASE_URL")
        own["GONGKAI_DATABASE_URL"] = url or f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        _do(own, "manage.py", "migrate", "--verbosity", "0")
        _do(own, "manage.py", "sample")
        start = time.perf_counter()
        _do(own, "-m", "bench.portal_filling", str(ITEMS), "lapsed")
        _do(own, "-m", "bench.inspecting", str(ITEMS))
        print(f"filled in {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
        killed, _, first = _inspect(own, kill_at=ITEMS // 2)
        ended, told, second = _inspect(own, kill_at=0)
        assert told["state"] == "done", told
        assert told["items"] >= ITEMS, told
        yield Line("inspection, killed half-way and taken up again", round(killed + ended, 1), "s")
        yield Line("inspection", round(told["items"] / (killed + ended)), "items/s")
        yield Line("inspection, queries for an item", round(told["queries"] / told["looked"], 4), "queries")
        assert int(told["closed"]) >= ITEMS, told
        yield Line(f"inspection, last step: {told['closed']} closed", round(float(told["seconds"]), 2), "s")
        yield Line("inspection, peak memory", round(max(first, second), 1), "MiB")


def _do(own: dict[str, str], *what: str) -> None:
    subprocess.run([sys.executable, *what], env=own, check=True, stdout=subprocess.DEVNULL)


def _inspect(own: dict[str, str], kill_at: int) -> tuple[float, dict[str, Any], float]:
    """Seconds, what it told at its end, peak MiB; killed once so many items are done."""
    start, peak, last = time.perf_counter(), 0.0, b""
    command = [sys.executable, "-m", "bench.inspecting"]
    with subprocess.Popen(command, env=own, stdout=subprocess.PIPE) as process:
        assert process.stdout
        for line in process.stdout:
            last, peak = line, max(peak, json.loads(line)["peak"])
            if kill_at and json.loads(line)["done"] >= kill_at:
                process.send_signal(signal.SIGKILL)
                break
    return time.perf_counter() - start, json.loads(last), peak
