"""Rows of any engine as lines of JSON and back, by the models as they stood at the migrations applied.

What is written depends on neither the engine nor today's models: a backup made on SQLite is restored on
PostgreSQL, and one made by an older version is loaded as it was and then brought up to date by the migrations.
"""

from __future__ import annotations

import base64
import datetime
import json
import uuid
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connections, models
from django.db.migrations.loader import MigrationLoader
from django.utils.dateparse import parse_duration
from django.utils.duration import duration_string

NOT_KEPT = frozenset({"sessions.session", "sign_in.stay"})
"""Models whose rows stay out of a backup: after a restore everybody signs in again."""
REMADE = frozenset({"search"})
"""Rooms whose rows can be made anew from the others, and depend on the engine."""
_AT_ONCE = 1000


class UnknownMigrations(ValueError):
    """The database was made by a newer program than this one."""


def applied(alias: str) -> list[tuple[str, str]]:
    """The migrations applied to this database, in order of name."""
    return sorted(MigrationLoader(connections[alias]).applied_migrations)


def models_at(alias: str, migrations: Iterable[tuple[str, str]]) -> list[type[models.Model]]:
    """The models as they stood after these migrations, whose rows belong in a backup.

    Raises `UnknownMigrations` for migrations this program does not have.
    """
    loader = MigrationLoader(connections[alias])
    nodes = list(migrations)
    be_sure_known(loader, nodes)
    state = loader.project_state([node for node in nodes if node in loader.graph.nodes])
    return [
        model
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.label_lower not in NOT_KEPT
        and model._meta.app_label not in REMADE
    ]


def be_sure_known(loader: MigrationLoader, nodes: Iterable[tuple[str, str]]) -> None:
    """Raise `UnknownMigrations` when one of these is not among this program's migrations."""
    known = set(loader.disk_migrations or ())
    known |= {old for migration in (loader.disk_migrations or {}).values() for old in migration.replaces}
    if strange := [node for node in nodes if node not in known]:
        raise UnknownMigrations(".".join(strange[0]))


def fields_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns that are written; what the database works out by itself is not."""
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def lines(model: type[models.Model], alias: str) -> Iterator[bytes]:
    """Every row as a JSON list and a line end, by primary key, a bounded lot at a time."""
    names = [field.attname for field in fields_of(model)]
    rows = model._base_manager.using(alias).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=_AT_ONCE):
        yield (
            json.dumps([_out(value) for value in row], ensure_ascii=False, separators=(",", ":")).encode()
            + b"\n"
        )


def _out(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, datetime.timedelta):
        return duration_string(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime.date | datetime.time | Decimal | uuid.UUID):
        return str(value)
    return value


def load(model: type[models.Model], names: list[str], source: Iterable[bytes], alias: str) -> int:
    """Add the rows; how many there were. Values go in as they were: no default, no date of today is put for them."""
    by_name = {field.attname: field for field in fields_of(model)}
    chosen = [by_name[name] for name in names]
    at_once = max(1, min(_AT_ONCE, connections[alias].ops.bulk_batch_size(chosen, [None] * _AT_ONCE)))
    lot, count = iter(source), 0
    while batch := list(islice(lot, at_once)):
        rows = [
            model(**{f.attname: _in(f, v) for f, v in zip(chosen, json.loads(line), strict=True)})
            for line in batch
        ]
        model._base_manager.using(alias)._insert(rows, fields=chosen, using=alias, raw=True)  # type: ignore[attr-defined]
        count += len(rows)
    return count


def _in(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    if isinstance(field, models.DurationField):
        return parse_duration(value)
    return field.to_python(value)


def reset_counters(found: list[type[models.Model]], alias: str) -> None:
    """Let the numbers of new rows go on after the last one (PostgreSQL keeps them apart from the rows)."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), found):
            cursor.execute(statement)
