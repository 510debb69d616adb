"""Writing the trail."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.utils import timezone

from .chain import FIRST, digest_of
from .models import Entry

_LOCK = 0x676F6E676B6169
"""The name of the trail's lock in PostgreSQL: one entry is written at a time, over all processes."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who did it, as the trail writes it down."""

    person_id: int | None
    name: str
    seat: str = ""
    agency_id: int | None = None
    address: str = ""


def record(who: Who, act: str, label: str, target: Any = None, result: str = "done", **detail: Any) -> Entry:
    """Add an entry. Must run inside the transaction of the act it tells of, as the last thing of it.

    `target` is a row or a text. `result` is done, refused or failed. Raises RuntimeError outside a transaction: an
    entry of an act that was rolled back would be a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an entry of the trail is written in the transaction of its act")
    kind, number, name = _named(target)
    if connection.vendor == "postgresql":
        _lock()
    last = Entry.objects.order_by("-number").values_list("number", "digest").first()
    entry = Entry(
        number=last[0] + 1 if last else 1,
        at=timezone.now(),
        person_id=who.person_id,
        person_name=who.name[:60],
        seat=who.seat[:200],
        agency_id=who.agency_id,
        act=act,
        label=label,
        object_kind=kind,
        object_id=number,
        object_name=name[:200],
        result=result,
        address=who.address[:60],
        detail=json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str),
        previous=last[1] if last else FIRST,
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    return entry


def _lock() -> None:
    """Wait for the turn to write. Keys of other tables are checked first: that waits for rows others have locked, and
    whoever holds the trail must wait for nobody. What is written after the entry is checked at the end again."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _named(target: Any) -> tuple[str, str, str]:
    if target is None:
        return "", "", ""
    if isinstance(target, models.Model):
        return target._meta.label_lower, str(target.pk or ""), str(target)
    return "", "", str(target)
