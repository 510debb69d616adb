"""One moment of the database, while others go on writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection, connections, transaction

_ALIAS = "snapshot"


@contextmanager
def snapshot(scratch: Path) -> Iterator[str]:
    """The alias of a connection that sees the database as it is at this moment, for as long as wanted.

    SQLite: a copy made in one step by its online backup in the folder `scratch`; writers are not held up, and the
    site's IMMEDIATE transactions are not taken. PostgreSQL: one REPEATABLE READ, READ ONLY transaction.
    """
    if connection.vendor == "postgresql":
        with _beside(dict(connection.settings_dict)) as alias, transaction.atomic(using=alias):
            with connections[alias].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SELECT 1")
            yield alias
        return
    copy = scratch / "snapshot.sqlite3"
    copy_sqlite(Path(connection.settings_dict["NAME"]), copy)
    options = {"init_command": "PRAGMA query_only=ON"}
    with _beside({**connection.settings_dict, "NAME": str(copy), "OPTIONS": options}) as alias:
        yield alias


def copy_sqlite(source: Path, copy: Path) -> None:
    """A consistent copy of an SQLite database that others are writing to."""
    address = f"file:{quote(str(source.resolve()))}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True, timeout=60)) as old,
        closing(sqlite3.connect(copy)) as new,
    ):
        copy.chmod(0o600)
        old.backup(new, pages=-1)


@contextmanager
def _beside(entry: dict[str, object]) -> Iterator[str]:
    connections.settings[_ALIAS] = {**entry, "CONN_MAX_AGE": 0}
    try:
        yield _ALIAS
    finally:
        connections[_ALIAS].close()
        del connections[_ALIAS]
        del connections.settings[_ALIAS]
