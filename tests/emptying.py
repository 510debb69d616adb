"""How the database is emptied after a test that commits.

Django empties every table, and then writes content types and permissions anew, which takes longer than most such
tests. Here only tables with rows are emptied, by DELETE (a TRUNCATE of a hundred empty tables waits for the disk a
hundred times), and what belongs to the models themselves stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.management.commands import flush
from django.db import connection

from gongkai.audit.triggers import GUARDS

OF_THE_MODELS = ("django_content_type", "auth_permission")
"""Written by the migrations and never by a test."""


def empty_quickly() -> None:
    """From now on. The guards step aside for just that."""
    # On the class: a thread of its own, as the browser driver's, has a connection of its own.
    operations: Any = type(connection.ops)
    operations.sql_flush = _sql_flush
    flush.emit_post_migrate_signal = lambda *args, **options: None  # type: ignore[assignment]


def _sql_flush(self: Any, style: Any, tables: Sequence[str], **options: Any) -> list[str]:
    """The statements, keys checked when all of them are done; numbers go on, as in Django's own way."""
    wanted = [f"DELETE FROM {self.quote_name(table)}" for table in _with_rows(self.connection, tables)]  # noqa: S608
    if not wanted:
        return []
    vendor = self.connection.vendor
    down = [one for guard in GUARDS.values() for one in guard.take_down(vendor)]
    up = [one for guard in GUARDS.values() for one in guard.put_up(vendor)]
    return [*down, *wanted, *up]


def _with_rows(connection: Any, tables: Sequence[str]) -> list[str]:
    names = [table for table in tables if table not in OF_THE_MODELS]
    asked = ", ".join(f"EXISTS (SELECT 1 FROM {connection.ops.quote_name(name)})" for name in names)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        return [name for name, some in zip(names, cursor.fetchone(), strict=True) if some]
