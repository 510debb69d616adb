"""The worker: sends what is due and runs the tick once a minute, until it is told to stop.

Any number may run at once, on both databases: a message and a job are each taken by one. It stops on SIGTERM and
Ctrl+C after the message in hand, and, when it was started beside the site, as soon as the site's process is gone.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from types import FrameType
from typing import Any

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone

from gongkai.outbox.sending import PASS, send_due

from .jobs import tick
from .models import JobRun

LOOK_EVERY = 5.0
"""Seconds between two looks for messages that are due."""
TICK_EVERY = 60.0
"""Seconds between two ticks."""
HEARTBEAT = "worker"
"""The row in which a worker says that it is running."""
QUIET_FOR = timedelta(minutes=3)
"""After this long without a sign no worker is running."""
_log = logging.getLogger(__name__)


@dataclass
class Worker:
    """One worker. `parent` is the process it must not outlive; 0 for none."""

    parent: int = 0
    look_every: float = LOOK_EVERY
    tick_every: float = TICK_EVERY
    claim_for: timedelta | None = None
    stopped: bool = False
    next_sign: float = 0.0

    def run(self) -> None:
        """Work until stopped. What goes wrong in one round is logged, and the next round begins as ever."""
        next_tick = time.monotonic()
        while not self.should_stop():
            if time.monotonic() >= next_tick:
                next_tick = time.monotonic() + self.tick_every
                self._safely(self._tick)
            self._safely(partial(self._send, next_tick))
            self._rest(next_tick)
        connections.close_all()

    def should_stop(self) -> bool:
        """True once told to stop, or once the process it was started beside is gone."""
        if self.parent and os.name == "posix" and os.getppid() != self.parent:
            self.stopped = True
        return self.stopped

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Stop after the message in hand; also the handler of SIGTERM and SIGINT."""
        self.stopped = True

    def _tick(self) -> None:
        self._sign()
        tick(timezone.now())

    def _send(self, next_tick: float) -> None:
        left = max(0.0, min(PASS, next_tick - time.monotonic()))
        send_due(stop=self._stop_or_sign, claim_for=self.claim_for, seconds=left)

    def _stop_or_sign(self) -> bool:
        # Asked before each message: however long the one before took, the sign of life comes in time.
        if time.monotonic() >= self.next_sign:
            self._sign()
        return self.should_stop()

    def _sign(self) -> None:
        now = timezone.now()
        JobRun.objects.update_or_create(name=HEARTBEAT, defaults={"next_at": now, "finished_at": now})
        self.next_sign = time.monotonic() + self.tick_every

    def _rest(self, until: float) -> None:
        # In short naps: a signal and the end of the parent are noticed within a second.
        end = min(time.monotonic() + self.look_every, until)
        while not self.should_stop() and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.5))

    def _safely(self, work: Callable[[], Any]) -> None:
        try:
            work()
        except (DatabaseError, InterfaceError):
            _log.exception("the database did not answer; trying again")
            connections.close_all()
            self._rest(time.monotonic() + self.look_every)
        except Exception:
            _log.exception("a round of the worker failed")
        finally:
            close_old_connections()


def run_until_told(parent: int = 0) -> None:
    """Run a worker in this process, with its signals. Beside the site on Windows, the end of standard input is the
    end of the parent."""
    worker = Worker(parent=parent)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    if parent and os.name != "posix":
        threading.Thread(target=_until_input_ends, args=(worker,), daemon=True).start()
    worker.run()


def last_sign(now: datetime) -> tuple[datetime | None, bool]:
    """When a worker was last heard of, and whether that is recent enough to say that one is running."""
    at = JobRun.objects.filter(name=HEARTBEAT).values_list("finished_at", flat=True).first()
    return at, at is not None and now - at < QUIET_FOR


def _until_input_ends(worker: Worker) -> None:
    sys.stdin.buffer.read()
    worker.stop()
