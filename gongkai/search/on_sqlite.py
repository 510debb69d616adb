"""The public index on SQLite: FTS5 hands its rows out from the greatest number, so the newest come without sorting."""

from __future__ import annotations

from typing import Any

from .asked import Asked, seen
from .folding import wanted
from .pairs import facet_words, phrase

_HEAD, _ALL = "{title numbers}", "{title numbers body}"


def newest(asked: Asked, in_head: bool | None, limit: int) -> tuple[str, list[Any]]:
    """The statement for the newest so many: with every word in title or numbers, elsewhere but there, or anywhere."""
    where, match = seen(asked), _match(asked, in_head)
    tail = f"LIMIT {limit}"
    if not match:
        sql = f"SELECT e.id FROM search_publicentry e WHERE {where.sql} ORDER BY e.id DESC {tail}"  # noqa: S608
        return sql, where.values
    # Few have this document number: their list is made once and asked before anything else of a row.
    number, runs = "", wanted(asked.number)
    if runs:
        bears = " AND ".join(["instr(document_key, %s) > 0"] * len(runs))
        number = (
            f"AND i.rowid IN (SELECT id FROM search_publicentry WHERE NOT (document_key = '') AND {bears})"  # noqa: S608
        )
    # The index goes first, row after row from the newest; each costs one look by its number (CROSS JOIN keeps order).
    return (
        "SELECT i.rowid FROM search_publicindex i CROSS JOIN search_publicentry e ON e.id = i.rowid "  # noqa: S608
        f"WHERE i.search_publicindex MATCH %s {number} AND {where.sql} ORDER BY i.rowid DESC {tail}",
        [match, *runs, *where.values],
    )


def _match(asked: Asked, in_head: bool | None) -> str:
    parts = [f'facets : "{word}"' for word in facet_words(asked.facets).split()]
    if not asked.runs:
        return " AND ".join(parts)
    in_title = " AND ".join(_one(_HEAD, run) for run in asked.runs)
    if in_head:
        return " AND ".join([in_title, *parts])
    anywhere = " AND ".join([*(_one(_ALL, run) for run in asked.runs), *parts])
    return anywhere if in_head is None else f"({anywhere}) NOT ({in_title})"


def _one(where: str, meanings: list[str]) -> str:
    return f"{where} : (" + " OR ".join(map(phrase, meanings)) + ")"
