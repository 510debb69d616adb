"""The public index on PostgreSQL: pairs find the few; what very many have is met soon on the way back from the newest.

The first statement takes whatever it finds by the pairs, in no order, and gives up beyond `FEW`. If it did not give
up, these are all of them. If it did, the second walks from the newest and compares the texts: it has to look at few.
"""

from __future__ import annotations

from typing import Any

from .asked import Asked, Where, seen
from .pairs import facet_grams, run_grams

FEW = 5000


def some(asked: Asked, in_head: bool | None, limit: int) -> tuple[str, list[Any]]:
    """The statement for so many of them in no order: with every word in title or numbers, elsewhere, or anywhere."""
    column, where = "head" if in_head else "everything", _words(seen(asked), asked, in_head)
    common = [*facet_grams(asked.facets)]
    for meanings in asked.runs:
        if len(meanings) == 1:
            common += run_grams(meanings[0])
        else:
            either = " OR ".join([f"g.{column} @> %s::integer[]"] * len(meanings))
            where = where.also(f"({either})", *map(run_grams, meanings))
    if common:
        where = where.also(f"g.{column} @> %s::integer[]", common)
    return (
        "SELECT e.id FROM search_publicgrams g JOIN search_publicentry e ON e.id = g.id "  # noqa: S608
        f"WHERE {where.sql} LIMIT {limit}",
        where.values,
    )


def newest(asked: Asked, in_head: bool, need: int) -> tuple[str, list[Any]]:
    """The statement for the newest so many."""
    where = _words(seen(asked), asked, in_head)
    return (
        f"SELECT e.id FROM search_publicentry e WHERE {where.sql} ORDER BY e.id DESC LIMIT {need}",  # noqa: S608
        where.values,
    )


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
