"""The cast's rows, kept from the first time it was assembled in this process and put back for every later test.

Assembled anew it takes a tenth of a second, which is what most tests would spend their time on. The rows go in by
themselves; what they are is still decided by the real acts of tests/cast.py.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from gongkai.disclosure import guard
from gongkai.disclosure.guard_rules import RULES
from gongkai.reports import guard as report_guard

Made = TypeVar("Made")
_KEPT: dict[object, Kept] = {}


@dataclass(frozen=True, slots=True)
class Kept:
    """What was returned, the statements that bring its rows back, and when they were taken down."""

    made: bytes
    statements: tuple[str, ...]
    taken: datetime


def once(make: Callable[[], Made]) -> Made:
    """What `make` returns, with its rows in the database: made in earnest the first time on a day, then put back.

    Only in a database that holds what the migrations left: where a test has brought something else before, where
    the clock stands before the rows were taken, or on another day, it is made in earnest.
    """
    key = (make, connection.vendor, connection.in_atomic_block, timezone.localdate(), counts())
    kept = _KEPT.get(key)
    if kept is not None and kept.taken <= timezone.now():
        with transaction.atomic():
            _run(kept.statements)
        return pickle.loads(kept.made)  # type: ignore[no-any-return]  # noqa: S301 - our own bytes
    before = rows()
    made = make()
    statements = tuple(
        statement
        for table, literals in rows().items()
        if literals != before.get(table, ())
        for statement in _put_back(table, literals, emptied=bool(before.get(table)))
    )
    _KEPT[key] = Kept(pickle.dumps(made), statements, timezone.now())
    return made


def counts() -> tuple[int, ...]:
    """How many rows each table has, in one question."""
    each = ", ".join(f"(SELECT count(*) FROM {_named(m._meta.db_table)})" for m in _models())  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {each}")
        return tuple(cursor.fetchone())


def rows() -> dict[str, tuple[str, ...]]:
    """Every table that has rows, with its rows as literals of SQL, in the order they were written."""
    literal = {"sqlite": "quote({})", "postgresql": "quote_nullable({}::text)"}[connection.vendor]
    found: dict[str, tuple[str, ...]] = {}
    with connection.cursor() as cursor:
        for model in _models():
            table, key = model._meta.db_table, model._meta.pk.column
            row = " || ',' || ".join(literal.format(name) for name in _columns(model))
            cursor.execute(f"SELECT '(' || {row} || ')' FROM {_named(table)} ORDER BY {_named(key)}")  # noqa: S608
            if got := cursor.fetchall():
                found[table] = tuple(row[0] for row in got)
    return found


@cache
def _models() -> tuple[Any, ...]:
    """All that have a table of their own."""
    return tuple(
        m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy
    )


def _columns(model: Any) -> list[str]:
    return [_named(field.column) for field in model._meta.local_concrete_fields if not field.generated]


def _named(name: str) -> str:
    return connection.ops.quote_name(name)


def _put_back(table: str, literals: tuple[str, ...], *, emptied: bool) -> list[str]:
    """The statements that write these rows."""
    (model,) = [m for m in _models() if m._meta.db_table == table]
    columns, into = ", ".join(_columns(model)), _named(table)
    put = f"INSERT INTO {into} ({columns}) VALUES {', '.join(literals)}"  # noqa: S608 - quoted by the database
    return [f"DELETE FROM {into}", put] if emptied else [put]  # noqa: S608


def _run(statements: tuple[str, ...]) -> None:
    """Put the rows in, past the gate's triggers: a sheet is signed step by step, and these are signed already."""
    cursor: Any
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            aside, back = (f"SET LOCAL session_replication_role = {role}" for role in ("replica", "origin"))
            cursor.execute("; ".join((aside, *statements, back)))
            return
        for statement in (*_down(), *statements, *_up()):
            cursor.execute(statement)


_INSERTS = frozenset(rule.name for rule in (*RULES, *report_guard.RULES) if rule.verb == "insert")


def _down() -> list[str]:
    return [f"DROP TRIGGER {name}" for name in sorted(_INSERTS)]


@cache
def _up() -> tuple[str, ...]:
    standing = (*guard.put_up("sqlite"), *report_guard.put_up("sqlite"))
    return tuple(one for one in standing if one.split()[2] in _INSERTS)
