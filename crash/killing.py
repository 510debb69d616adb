"""Processes that are killed, and fresh ones that look afterwards. POSIX only: they are forked from one that has loaded
everything and holds no connection, no thread and no open file of the database."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connections


@dataclass
class Process:
    """A forked process and what it has said so far."""

    pid: int
    pipe: int
    said: bytes = b""
    lines: list[str] = field(default_factory=list)

    def listen(self, seconds: float) -> bool:
        """Take in what it says for at most so long; False once it has ended."""
        if not select.select([self.pipe], [], [], seconds)[0]:
            return True
        heard = os.read(self.pipe, 65536)
        *lines, self.said = (self.said + heard).split(b"\n")
        self.lines += [line.decode() for line in lines]
        return bool(heard)

    def kill(self) -> None:
        """SIGKILL, then what it had still said before; raises RuntimeError for one that had ended by itself."""
        os.kill(self.pid, signal.SIGKILL)
        while self.listen(5):
            pass
        os.close(self.pipe)
        _, status = os.waitpid(self.pid, 0)
        if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
            raise RuntimeError(f"a process ended by itself before it was killed: {self.lines[-3:]}")

    def end(self) -> None:
        """Wait until it ends by itself; raises RuntimeError for one that failed."""
        while self.listen(60):
            pass
        os.close(self.pipe)
        _, status = os.waitpid(self.pid, 0)
        if status:
            raise RuntimeError(f"a process failed: {self.lines[-3:]}")


def start(work: Callable[[Callable[[str], None]], None]) -> Process:
    """Fork a process that does this work; what it says arrives line by line."""
    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Process(pid, reading)
    os.close(reading)
    status = 1
    try:
        # One write a line: a line is there whole or not at all.
        work(lambda line: os.write(writing, line.encode() + b"\n") and None)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def fresh(ask: Callable[[], Any]) -> Any:
    """What a process that knows nothing of the one before finds; the answer travels as JSON."""
    process = start(lambda say: say(json.dumps(ask())))
    process.end()
    return json.loads(process.lines[0])


def kill_at(processes: list[Process], moments: list[float]) -> None:
    """Kill each process at its moment, in seconds after all have said their first line."""
    while not all(process.lines for process in processes):
        for process in processes:
            if not process.listen(0.01) and not process.lines:
                raise RuntimeError("a process did not begin")
    began = time.monotonic()
    alive = list(processes)
    for moment, process in sorted(zip(moments, processes, strict=True), key=lambda pair: pair[0]):
        while (left := began + moment - time.monotonic()) > 0:
            for other in alive:
                other.listen(min(left, 0.01) / len(alive))
        process.kill()
        alive.remove(process)
