"""The tick: jobs that come round, each as often as it says, whoever calls and however often.

A room registers its jobs when it is loaded (its AppConfig.ready). A job must find out by itself what there is to be
done as of `now`, and doing it twice must change nothing: then a tick that was missed loses nothing. When a job is due
stands in the database, and the process that runs it holds a lease on it, so that two ticks at once run it once.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import Q

from .models import JobRun

LEASE = timedelta(minutes=15)
"""How long after its last sign a job is taken for dead; while it runs, the lease is renewed three times as often."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do again and again. `run` is given the time and says in a few words what it did."""

    name: str
    label: str
    every: timedelta
    run: Callable[[datetime], str]


class PartlyDone(Exception):
    """Some of what a job had to do failed and the rest was done; the words say what, and go before the operator."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run of a job ended."""

    job: Job
    result: str
    failed: bool = False


REGISTER: dict[str, Job] = {}
"""By name."""


def register(name: str, *, label: str, every: timedelta, run: Callable[[datetime], str]) -> None:
    """Add a job to the tick; adding it again replaces it. `every` is a minute at least."""
    REGISTER[name] = Job(name, label, max(every, timedelta(minutes=1)), run)


def tick(now: datetime) -> list[Ran]:
    """Run every job that is due and that nobody else is running; how each ended. One that fails stops no other."""
    known = set(JobRun.objects.values_list("name", flat=True))
    new = [JobRun(name=name, next_at=now) for name in REGISTER if name not in known]
    if new:
        JobRun.objects.bulk_create(new, ignore_conflicts=True)
    due = JobRun.objects.filter(_free(now), name__in=list(REGISTER)).order_by("next_at", "name")
    ran = [_run(REGISTER[name], now) for name in list(due.values_list("name", flat=True))]
    return [one for one in ran if one is not None]


def _free(now: datetime) -> Q:
    return Q(next_at__lte=now) & (Q(leased_until__isnull=True) | Q(leased_until__lt=now))


def _run(job: Job, now: datetime) -> Ran | None:
    lease = secrets.token_hex(16)
    # One statement: of two that try, the database lets one have it.
    taken = JobRun.objects.filter(_free(now), name=job.name).update(
        lease=lease, leased_until=now + LEASE, started_at=now
    )
    if not taken:
        return None
    try:
        with _renewed(job, lease, now):
            ran = Ran(job, job.run(now))
    except Exception as error:
        _log.exception("job %s failed", job.name)
        words = (
            str(error)
            if isinstance(error, PartlyDone)
            else f"没有做完（{type(error).__name__}），下一次再做。"
        )
        ran = Ran(job, words, failed=True)
        if not transaction.get_connection().in_atomic_block:
            close_old_connections()
    JobRun.objects.filter(name=job.name, lease=lease).update(
        lease="",
        leased_until=None,
        finished_at=now,
        next_at=now + job.every,
        result=ran.result[:300],
        failed=ran.failed,
    )
    return ran


@contextmanager
def _renewed(job: Job, lease: str, now: datetime) -> Iterator[None]:
    """While inside, the lease does not run out: a thread beside the job puts its end off again and again."""
    done, began = threading.Event(), time.monotonic()

    def renew() -> None:
        try:
            while not done.wait(LEASE.total_seconds() / 3):
                until = now + timedelta(seconds=time.monotonic() - began) + LEASE
                try:
                    JobRun.objects.filter(name=job.name, lease=lease).update(leased_until=until)
                except DatabaseError:
                    _log.warning("the lease of job %s could not be renewed just now", job.name)
                    connection.close()
        finally:
            connection.close()

    beside = threading.Thread(target=renew, daemon=True, name=f"lease of {job.name}")
    beside.start()
    try:
        yield
    finally:
        done.set()
        beside.join()
