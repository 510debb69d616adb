"""The worker beside the site: one command runs both, and the worker ends when the site does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

STOPS_WITHIN = 10
"""Seconds the worker has to finish the message in hand."""


@contextmanager
def worker_beside(*, wanted: bool) -> Iterator[None]:
    """Run `gongkai worker` in a process of its own for as long as the block runs.

    It is an interpreter of its own, not a fork, and starts no thread in this process, whose forks are the site's
    workers. Should this process be killed, the worker notices by itself that its parent is gone.
    """
    if not wanted:
        yield
        return
    command = [sys.executable, "-m", "gongkai", "worker", "--parent", str(os.getpid())]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - our own interpreter and module
    try:
        yield
    finally:
        _stop(worker)


def _stop(worker: subprocess.Popen[bytes]) -> None:
    if worker.stdin is not None:
        worker.stdin.close()
    if os.name == "posix":
        worker.terminate()
    try:
        worker.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
