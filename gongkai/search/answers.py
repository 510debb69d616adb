"""Finding for the public: exact number or title first, then hits in title or number, then in the text; newest first.

No long list is sorted: the numbers of entries rise with time, and both databases hand them out from the newest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from . import on_postgresql, on_sqlite
from .asked import MOST, Asked, seen
from .folding import squeezed
from .models import PublicEntry

_MOST_EXACT = 100


@dataclass(slots=True)
class Answer:
    """A page of what was found, and how many there are; `more`: there are more than were counted."""

    ids: list[int] = field(default_factory=list)
    count: int = 0
    more: bool = False


def answer(asked: Asked, page: int, size: int) -> Answer:
    """A page of the answer, pages counted from one."""
    if asked.is_empty:
        return Answer()
    need, found, more = min(page * size, MOST), _exact(asked), False
    for in_head in (True, False) if asked.runs else (False,):
        ids, more = _hits(asked, in_head, need + len(found) + 1)
        known = set(found)
        found += [pk for pk in ids if pk not in known]
        if more or len(found) > MOST:
            more = True
            break
    start = (page - 1) * size
    return Answer(found[:MOST][start : start + size], MOST if more else len(found), more)


def any_of(asked: Asked) -> bool:
    """Whether there is any answer."""
    if asked.is_empty:
        return False
    look = on_postgresql.some if connection.vendor == "postgresql" else on_sqlite.newest
    return bool(_rows(*look(asked, None, 1)))


def entries(ids: list[int]) -> list[PublicEntry]:
    """The entries, in the order of the numbers as given."""
    rows = PublicEntry.objects.defer("head", "body").in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def _exact(asked: Asked) -> list[int]:
    """What bears exactly this number or title."""
    key = squeezed(asked.query)
    if not key:
        return []
    # Their numbers first, each part from its own index and written as the index has it: asked for together with all
    # other conditions, SQLite goes through every entry of the agency.
    same = " UNION ".join(
        f"SELECT id FROM search_publicentry WHERE NOT ({column} = '') AND {column} = %s"  # noqa: S608 - our own names
        for column in ("title_key", "document_key", "index_key")
    )
    sql = f"SELECT id FROM ({same}) AS same ORDER BY id DESC LIMIT 500"  # noqa: S608 - as above
    found = _rows(sql, [key[:300], key[:80], key[:80]])
    if not found:
        return []
    where = seen(asked).also(f"e.id IN ({', '.join(map(str, found))})")
    return _rows(
        f"SELECT e.id FROM search_publicentry e WHERE {where.sql} ORDER BY e.id DESC LIMIT {_MOST_EXACT}",  # noqa: S608
        where.values,
    )


def _hits(asked: Asked, in_head: bool, need: int) -> tuple[list[int], bool]:
    """The newest with every word in title or numbers, or those with every word but not all of them there; and whether
    there are more than the list has."""
    if connection.vendor == "postgresql":
        few = _rows(*on_postgresql.some(asked, in_head, on_postgresql.FEW + 1))
        if len(few) <= on_postgresql.FEW:
            return sorted(few, reverse=True), False
        found = _rows(*on_postgresql.newest(asked, in_head, need))
        return found, len(found) >= need
    found = _rows(*on_sqlite.newest(asked, in_head, MOST + 1))
    return found[:MOST], len(found) > MOST


def _rows(sql: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [int(row[0]) for row in cursor.fetchall()]
