"""`make simulate`: REQUESTS=10000 SEED=1 WORKERS=(processors), each worker with an office of its own; one line of JSON, exit
1 when a judge disagrees or when an act of the law's table never happened."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

ENOUGH = 1000
"""Requests from which on every act of the table has to have happened."""


def main() -> int:
    """Share the requests out, wait, add up."""
    count, seed = int(os.environ.get("REQUESTS", "10000")), int(os.environ.get("SEED", "1"))
    workers = max(1, min(count, int(os.environ.get("WORKERS", str(os.cpu_count() or 1)))))
    start = time.perf_counter()
    shares = [count // workers + (n < count % workers) for n in range(workers)]
    seeds = [seed * 1000 + n for n in range(workers)]
    with tempfile.TemporaryDirectory(prefix="gongkai-simulate-") as folder:
        parts = [_start(share, own, Path(folder)) for share, own in zip(shares, seeds, strict=True)]
        told = [part.communicate()[0] for part in parts]
    for part, words in zip(parts, told, strict=True):
        if part.returncode:
            print(words, end="")
            return 1
    whole = added_up([json.loads(words) for words in told])
    whole |= {"seed": seed, "offices": workers, "seconds": round(time.perf_counter() - start)}
    print(json.dumps(whole, ensure_ascii=False))
    return int(bool(whole["never"]) and count >= ENOUGH)


def _start(count: int, seed: int, folder: Path) -> subprocess.Popen[str]:
    own = folder / str(seed)
    own.mkdir()
    command = [sys.executable, "-m", "simulate.part", str(count), str(seed), str(own)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")  # noqa: S603 - our own words


def added_up(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """The offices' numbers together; `never` is what happened in none."""
    whole: dict[str, Any] = {}
    for name, first in parts[0].items():
        values = [part[name] for part in parts]
        if isinstance(first, dict):
            whole[name] = dict(sum((Counter(value) for value in values), Counter()))
        elif isinstance(first, list):
            whole[name] = sorted(set.intersection(*map(set, values)))
        else:
            whole[name] = sum(values)
    return whole


if __name__ == "__main__":
    sys.exit(main())
