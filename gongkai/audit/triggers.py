"""Do the triggers that guard tables stand? While migrations run they are out of the way (SQLite rebuilds tables, and
refuses to where a trigger of another table names them); after every migration they are put up anew, and /readyz asks
for them. A change of a guard's rules therefore comes with a migration, be it an empty one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.signals import post_migrate, pre_migrate

_ASK = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    # One that has been switched off guards nothing.
    "postgresql": "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND n.nspname = current_schema()",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """A room's triggers: the migration that first put them up, their names and statements by engine."""

    app: str
    migration: str
    names: Callable[[str], set[str]]
    put_up: Callable[[str], list[str]]
    take_down: Callable[[str], list[str]]


GUARDS: dict[str, Guard] = {}
"""By the room's label."""


def keep(guard: Guard) -> None:
    """Look after this guard from now on: put it up again after every migration that lost a part of it."""
    GUARDS[guard.app] = guard
    pre_migrate.connect(_before_migrating, dispatch_uid="guards aside")
    post_migrate.connect(_after_migrating, dispatch_uid="guards")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of triggers that should stand in this database and do not; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_ASK[connection.vendor])
        there = {row[0] for row in cursor.fetchall()}
    return sorted(name for guard in GUARDS.values() for name in guard.names(connection.vendor) - there)


def take_down_all(connection: BaseDatabaseWrapper) -> None:
    """Take every guard down; those that do not stand are no error."""
    with connection.cursor() as cursor:
        for guard in GUARDS.values():
            for statement in guard.take_down(connection.vendor):
                cursor.execute(statement)


@contextmanager
def aside(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """All guards out of the way, and up again: for loading a backup, whose rows are not made by acts."""
    take_down_all(connection)
    yield
    # PostgreSQL puts no trigger on a table of which keys are still to be checked.
    connection.check_constraints()
    put_up_missing(connection)


def _before_migrating(*, sender: Any, using: str, plan: Any = None, **_: Any) -> None:
    # Said once for every room; once is enough, and only when something is to be done.
    if plan and sender.label == "audit":
        from django.db import connections  # noqa: PLC0415 - by the alias that is migrated

        take_down_all(connections[using])


def _after_migrating(*, using: str, **_: Any) -> None:
    from django.db import connections  # noqa: PLC0415 - by the alias that was migrated

    put_up_missing(connections[using])


def put_up_missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Put up what is missing where the migration that made it has been applied; the names put up."""
    lost = set(missing(connection))
    if not lost:
        return []
    applied = MigrationRecorder(connection).applied_migrations()
    found: list[str] = []
    for guard in GUARDS.values():
        gone = guard.names(connection.vendor) & lost
        if not gone or (guard.app, guard.migration) not in applied:
            continue
        with connection.cursor() as cursor:
            for statement in (*guard.take_down(connection.vendor), *guard.put_up(connection.vendor)):
                cursor.execute(statement)
        found += sorted(gone)
    return found
