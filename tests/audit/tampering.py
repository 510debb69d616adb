"""Tampering as somebody with the database's password would: the guard taken down, plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from gongkai.audit.chain import digest_of
from gongkai.audit.guard import put_up, take_down
from gongkai.audit.models import Entry
from gongkai.audit.trail import Who, record

WHO = Who(7, "测试员", "测试局·经办员", 3, "192.0.2.9")


def write(count: int) -> list[Entry]:
    """Some entries, one transaction each."""
    made = []
    for n in range(count):
        with transaction.atomic():
            made.append(record(WHO, "test.act", "测试", f"对象{n}", n=n))
    return made


@contextmanager
def without_guard() -> Iterator[None]:
    """The triggers away, and back."""
    for part in take_down(connection.vendor):
        sql(part)
    yield
    for part in put_up(connection.vendor):
        sql(part)


def sql(text: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values or None)


def tamper(text: str, *values: Any) -> None:
    """One statement while the guard is away."""
    with without_guard():
        sql(text, *values)


def put_in(number: int, **fields: Any) -> None:
    """A made-up entry under this number, its digest computed as it should be unless given."""
    entry = Entry(
        **{
            "number": number,
            "at": Entry.objects.order_by("number").first().at,  # type: ignore[union-attr]
            "person_name": "插入的人",
            "act": "test.act",
            "label": "插入",
            "result": "done",
            "detail": "{}",
            "previous": Entry.objects.get(number=number - 1).digest if number > 1 else "0" * 64,
            **fields,
        }
    )
    entry.digest = fields.get("digest", digest_of(entry))
    entry.save(force_insert=True)


def shift(since: int, by: int) -> None:
    """Renumber all entries from `since` on, without a clash on the way."""
    sql("UPDATE audit_entry SET number = number + 1000000 WHERE number >= %s", since)
    sql("UPDATE audit_entry SET number = number - 1000000 + %s WHERE number >= 1000000", by)
