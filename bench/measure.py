"""One line of output, and the two ways of measuring: rates of a function, peak memory of a process."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


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
    """Peak resident memory in MiB of a command with all its processes together, looked at every 20 ms.

    Needs Linux's /proc; raises SystemExit elsewhere, since a figure of the first process alone would mislead.
    """
    if not Path("/proc/self/status").exists():
        raise SystemExit("peak memory of a process tree is measured on Linux only")
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, sum(_resident(pid) for pid in _tree(process.pid)))
            time.sleep(0.02)
    return peak / 1024


def resident_mib(pid: int) -> float:
    """What one process holds in memory now, in MiB."""
    return _resident(pid) / 1024


def _tree(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return [pid]
    return [pid, *(n for child in text.split() for n in _tree(int(child)))]


def _resident(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS:")), 0)
