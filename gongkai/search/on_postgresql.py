"""The public index on PostgreSQL: pairs find the few; of what very many have, the newest are soon met.

The first statement takes whatever it finds by the pairs, in no order, and gives up beyond `FEW`. If it did not give
up, these are all of them. If it did, the newest are looked for: among the newest entries of all, where the word is so
common that it must be there, and else by the pairs once more, their numbers put in order before any text is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction

from .asked import Asked, Where, seen
from .folding import wanted
from .pairs import facet_grams, run_grams

FEW = 1000
"""Not below the number of answers that are counted: beyond it there are more than that."""
NEAR, FAR = 2_000, 30_000
"""So many of the newest are looked through to see how common a word is, and so many at most to find enough."""
NUMBERED = 5_000
"""Of so many with a document number as asked, the list is made before anything else is looked for."""
_is_planned: ContextVar[bool] = ContextVar("_is_planned", default=False)
Rows = Callable[[str, list[Any]], list[int]]
_PLAN = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0; "
_PLAN += "SET LOCAL work_mem = '16MB'"


@contextmanager
def planned() -> Iterator[None]:
    """How the statements are carried out. The database counts on any text having what is asked for soon, and would
    rather go through all of them; it is not to. One around many asks once."""
    if _is_planned.get():
        yield
        return
    with transaction.atomic():
        _set(_PLAN)
        before = _is_planned.set(True)
        try:
            yield
        finally:
            _is_planned.reset(before)


def _set(plan: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(plan)


def numbered(asked: Asked, rows: Rows) -> list[int] | None:
    """The numbers of the entries that have the document number, where one is asked for and few have it."""
    runs = wanted(asked.number)
    if not runs:
        return None
    bears = " AND ".join(["strpos(document_key, %s) > 0"] * len(runs))
    found = rows(
        f"SELECT id FROM search_publicentry WHERE NOT (document_key = '') AND {bears} LIMIT {NUMBERED + 1}",  # noqa: S608
        runs,
    )
    return found if len(found) <= NUMBERED else None


def of_these(asked: Asked, in_head: bool | None, numbers: list[int]) -> tuple[str, list[Any]]:
    """The statement for those of these entries."""
    words = _words(seen(asked), asked, in_head)
    return (
        f"SELECT e.id FROM search_publicentry e WHERE e.id = ANY(%s) AND {words.sql} ORDER BY e.id DESC",  # noqa: S608
        [numbers, *words.values],
    )


def some(asked: Asked, in_head: bool | None, limit: int) -> tuple[str, list[Any]]:
    """The statement for so many of them in no order: with every word in title or numbers, elsewhere, or anywhere."""
    where, words = _pairs(asked, in_head), _words(seen(asked), asked, in_head)
    return (
        f"SELECT e.id FROM (SELECT g.id FROM search_publicgrams g WHERE {where.sql} OFFSET 0) g "  # noqa: S608
        f"JOIN search_publicentry e ON e.id = g.id WHERE {words.sql} LIMIT {limit}",
        [*where.values, *words.values],
    )


def is_there(asked: Asked, rows: Rows) -> bool:
    """Whether anything has it: a common word stands among the newest, which is told sooner than all that have it."""
    near = rows(*among(asked, None, 1, NEAR))
    return bool(near or rows(*some(asked, None, 1)))


def newest(asked: Asked, in_head: bool, need: int, rows: Rows) -> list[int]:
    """So many of the newest of what more than `FEW` have."""
    _set("SET LOCAL enable_sort = off")  # the newest of all come in order from an index
    found = rows(*among(asked, in_head, need, NEAR))
    if len(found) < need <= len(found) * FAR // NEAR:
        found = rows(*among(asked, in_head, need, FAR))
    _set("SET LOCAL enable_sort = on")
    if len(found) < need:
        found = rows(*_in_order(asked, in_head, need))
    return found


def among(asked: Asked, in_head: bool | None, need: int, width: int) -> tuple[str, list[Any]]:
    """The statement for those among the newest so many that may be seen."""
    where, words = seen(asked), _words(Where("TRUE", []), asked, in_head)
    return (
        "SELECT e.id FROM (SELECT e.id, e.head, e.body FROM search_publicentry e "  # noqa: S608
        f"WHERE {where.sql} ORDER BY e.id DESC LIMIT {width}) e WHERE {words.sql} ORDER BY e.id DESC LIMIT {need}",
        [*where.values, *words.values],
    )


def _in_order(asked: Asked, in_head: bool, need: int) -> tuple[str, list[Any]]:
    """Those that have the pairs, the newest first."""
    where, words = _pairs(asked, in_head), _words(seen(asked), asked, in_head)
    return (
        "SELECT e.id FROM (SELECT g.id FROM search_publicgrams g "  # noqa: S608
        f"WHERE {where.sql} ORDER BY g.id DESC OFFSET 0) g JOIN search_publicentry e ON e.id = g.id "
        f"WHERE {words.sql} ORDER BY e.id DESC LIMIT {need}",
        [*where.values, *words.values],
    )


def _pairs(asked: Asked, in_head: bool | None) -> Where:
    """What the index by pairs can say of it. A document number stands in both columns, its signs kept there: of a
    part of it that may have left them out, the characters alone are there for certain."""
    column, where = "head" if in_head else "everything", Where("TRUE", [])
    common = [*facet_grams(asked.facets)]
    for run in wanted(asked.number):
        common += map(ord, run)
    for meanings in asked.runs:
        if len(meanings) == 1:
            common += run_grams(meanings[0])
        else:
            either = " OR ".join([f"g.{column} @> %s::integer[]"] * len(meanings))
            where = where.also(f"({either})", *map(run_grams, meanings))
    return where.also(f"g.{column} @> %s::integer[]", common) if common else where


def _words(where: Where, asked: Asked, in_head: bool | None) -> Where:
    if not asked.runs:
        return where
    head, in_title = _all(asked.runs, ("head",))
    if in_head:
        return where.also(head, *in_title)
    anywhere, values = _all(asked.runs, ("head", "body"))
    if in_head is None:
        return where.also(anywhere, *values)
    return where.also(f"{anywhere} AND NOT ({head})", *values, *in_title)


def _all(runs: list[list[str]], columns: tuple[str, ...]) -> tuple[str, list[str]]:
    """Every word or one that means the same in one of the columns."""
    parts, values = [], []
    for meanings in runs:
        looks = [(f"strpos(e.{column}, %s) > 0", word) for word in meanings for column in columns]
        parts.append("(" + " OR ".join(look for look, _ in looks) + ")")
        values += [word for _, word in looks]
    return " AND ".join(parts), values
