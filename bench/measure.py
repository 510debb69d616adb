"""One line of output, and the two ways of measuring: rates of a function, peak memory of a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement. `ratio` is value ÷ the value named by `ratio_to`, measured in the same run."""

    name: str
    value: float
    unit: str
    ratio_to: str | None = None
    ratio: float | None = None

    def as_json(self) -> str:
        """The line as {"name","value","unit","ratio_to","ratio"}."""
        return json.dumps(asdict(self), ensure_ascii=False)


def seconds(work: Callable[[], object], least: float = 1.0, rounds: int = 3) -> float:
    """Best seconds a call over `rounds` rounds of at least `least` ÷ rounds seconds each, after one warm-up."""
    work()
    best = float("inf")
    for _ in range(rounds):
        calls, start = 0, time.perf_counter()
        while (spent := time.perf_counter() - start) < least / rounds or calls == 0:
            work()
            calls += 1
        best = min(best, spent / calls)
    return best


def per_second(
    name: str, work: Callable[[], object], bare_name: str, bare: Callable[[], object], unit: str
) -> list[Line]:
    """The rate of `work` and of the bare floor under it, and their ratio in time."""
    ours, floor = seconds(work), seconds(bare)
    return [
        Line(name, round(1 / ours, 1), unit, bare_name, round(ours / floor, 2)),
        Line(bare_name, round(1 / floor, 1), unit),
    ]


def peak_mib(command: list[str]) -> float:
    """Peak resident memory in MiB of the largest process of a command, itself and its children."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command], capture_output=True, text=True, check=True, env={**os.environ}
    )
    return int(done.stdout.split()[-1]) / 1024
