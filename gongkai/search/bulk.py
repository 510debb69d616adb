"""The indexes by pairs on PostgreSQL, out of the way while a public index that has hardly anything is filled, and put up again after.

To keep them up to date entry by entry takes several times as long as to make them of all entries together. They are
missing for as long as the filling takes, and longer where it was cut off: whoever rebuilds next puts them up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.utils import OperationalError

from .models import PublicEntry

INDEXES = {"search_publicgrams_head": "head", "search_publicgrams_everything": "everything"}
LOCK, WAIT = 0x5EA4C, "3s"
_THERE = "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'search_publicgrams'::regclass"
_MEMORY, _FEW = "1GB", 10


@contextmanager
def filling(expected: Callable[[], int] | None) -> Iterator[None]:
    """Around a rebuilding; `expected` tells how many entries there will be, and is asked where all may be filled at
    once. One at a time sees to the indexes; any other leaves them as they are."""
    if not can_share() or not _asked("pg_try_advisory_lock"):
        yield
        return
    try:
        if expected is not None and PublicEntry.objects.count() <= expected() // _FEW:
            _stand_aside()
        yield
        _put_up()
    finally:
        _asked("pg_advisory_unlock")


def can_share() -> bool:
    """Whether other connections can write beside this one, and see what it wrote."""
    return connection.vendor == "postgresql" and not connection.in_atomic_block


def _asked(function: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _stand_aside() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{WAIT}'")
        try:
            cursor.execute(f"DROP INDEX IF EXISTS {', '.join(INDEXES)}")
        except OperationalError:
            pass  # somebody reads for long, a backup perhaps: then it is filled as it stands
        finally:
            cursor.execute("RESET lock_timeout")


def _put_up() -> None:
    """Those that are missing. What is published meanwhile waits: made beside the writing (CONCURRENTLY), the database
    would sort every pair of every text once more."""
    with connection.cursor() as cursor:
        cursor.execute(_THERE)
        missing = INDEXES.keys() - {row[0] for row in cursor.fetchall()}
        if not missing:
            return
        cursor.execute(f"SET maintenance_work_mem = '{_MEMORY}'")
        for name in sorted(missing):
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {name} ON search_publicgrams USING gin ({INDEXES[name]})"
            )
        cursor.execute("RESET maintenance_work_mem")
        cursor.execute("VACUUM (ANALYZE) search_publicgrams, search_publicentry")
