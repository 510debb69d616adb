"""Finding for the public: exact number or title first, then hits in title or number, then in the text; newest first.

No long list is sorted: the numbers of entries rise with time, and both databases hand them out from the newest.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
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
    need, exact = min(page * size, MOST), _exact(asked)
    found, known, more = [*exact], set(exact), False
    with planned():
        ways = _ways(asked)
        for in_head in (True, False) if asked.runs else (False,):
            # What is exact comes up once more among the hits in title or number.
            wanted = need - len(found) + len(exact) if len(found) < need else 0
            ids, more = ways(in_head, wanted, len(found) - len(exact))
            found += [pk for pk in ids if pk not in known]
            if more or len(found) > MOST:
                more = True
                break
    start = (page - 1) * size
    return Answer(found[:MOST][start : start + size], MOST if more else len(found), more)


def in_titles(asked: Asked, size: int) -> list[int]:
    """The newest so many with every word in title or number."""
    if asked.is_empty or not asked.runs:
        return []
    if connection.vendor != "postgresql":
        return _rows(*on_sqlite.newest(asked, True, size))
    with planned():
        found = _rows(*on_postgresql.among(asked, True, size, on_postgresql.NEAR))
        return found if len(found) == size else _by_pairs(asked, True, size, on_postgresql.FEW)[0][:size]


def any_of(asked: Asked) -> bool:
    """Whether there is any answer."""
    if asked.is_empty:
        return False
    if connection.vendor != "postgresql":
        return bool(_rows(*on_sqlite.newest(asked, None, 1)))
    with planned():
        numbers = on_postgresql.numbered(asked, _rows)
        if numbers is not None:
            return bool(_rows(*on_postgresql.of_these(asked, None, numbers)))
        return on_postgresql.is_there(asked, _rows)


def planned() -> AbstractContextManager[None]:
    """Around several questions, so that the database is told once how to answer them."""
    return on_postgresql.planned() if connection.vendor == "postgresql" else nullcontext()


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


def _ways(asked: Asked) -> Callable[[bool, int, int], tuple[list[int], bool]]:
    """How to ask for the newest so many with every word in title or numbers, or of those with every word but not all
    of them there, so many having been found before: all of them, and no more than are counted; or so many, and that
    there are more."""
    if connection.vendor != "postgresql":
        return lambda in_head, need, before: _cut(_rows(*on_sqlite.newest(asked, in_head, MOST + 1)))
    numbers = on_postgresql.numbered(asked, _rows)
    if numbers is not None:
        return lambda in_head, need, before: _cut(_rows(*on_postgresql.of_these(asked, in_head, numbers)))
    return lambda in_head, need, before: _by_pairs(asked, in_head, need, on_postgresql.FEW - before)


def _cut(found: list[int]) -> tuple[list[int], bool]:
    return found[:MOST], len(found) > MOST


def _by_pairs(asked: Asked, in_head: bool, need: int, room: int) -> tuple[list[int], bool]:
    few = _rows(*on_postgresql.some(asked, in_head, room + 1))
    if len(few) <= room:
        return sorted(few, reverse=True), False
    return (on_postgresql.newest(asked, in_head, need, _rows) if need else []), True


def _rows(sql: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [int(row[0]) for row in cursor.fetchall()]
