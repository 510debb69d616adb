"""Acts at the same time, each on a connection of its own, for what PostgreSQL's locks are to be seen at."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

on_postgres = pytest.mark.skipif(
    "postgresql" not in settings.DATABASES["default"]["ENGINE"], reason="rows are locked on PostgreSQL only"
)
real = pytest.mark.django_db(transaction=True)
"""Transactions that end: keys of other tables are checked when they do."""
PATIENCE = 20


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each of them returned or raised; they begin at once."""
    ends: list[Any] = [TimeoutError("did not end")] * len(acts)

    def run(n: int) -> None:
        try:
            ends[n] = acts[n]()
        except Exception as error:
            ends[n] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return ends


def until_somebody_waits(seconds: float = 3, waiting: int = 1) -> bool:
    """Until so many other connections of this database wait for a lock, or so long; True when they do."""
    name = str(connection.settings_dict["NAME"])
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'",
                [name],
            )
            if cursor.fetchone()[0] >= waiting:
                return True
        time.sleep(0.05)
    return False
