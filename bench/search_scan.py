"""What a search has to find, by looking through every text: Python's own `in`, and nothing of the index's."""

from __future__ import annotations

import multiprocessing
from array import array
from collections.abc import Iterator

_PROCESSES = 3
_TEXTS: list[list[tuple[int, str, str, str]]] = []
Hits = tuple["array[int]", "array[int]"]


def scanned(queries: list[str]) -> dict[str, Hits]:
    """For each query what has it in title or number, the newest first, and what has it in the text only."""
    rows = list(_rows())
    share = -(-len(rows) // _PROCESSES)
    _TEXTS[:] = [rows[at : at + share] for at in range(0, len(rows), share)]
    # Children have the texts of their parent and need no copy.
    with multiprocessing.get_context("fork").Pool(_PROCESSES) as pool:
        parts = pool.starmap(_scan, [(n, queries) for n in range(len(_TEXTS))])
    found = {}
    for query in queries:
        head, body = array("q"), array("q")
        for part in parts:
            head += part[query][0]
            body += part[query][1]
        found[query] = head, body
    return found


def _scan(part: int, queries: list[str]) -> dict[str, Hits]:
    found = {}
    for query in queries:
        head, body = array("q"), array("q")
        for pk, title, numbers, text in _TEXTS[part]:
            if query in title or query in numbers:
                head.append(pk)
            elif query in text:
                body.append(pk)
        found[query] = head, body
    return found


def _rows() -> Iterator[tuple[int, str, str, str]]:
    from gongkai.search.models import PublicEntry

    rows = PublicEntry.objects.order_by("-pk").values_list(
        "pk", "title", "document_number", "index_number", "text"
    )
    return (
        (pk, title, f"{number}\n{index}", text)
        for pk, title, number, index, text in rows.iterator(chunk_size=5000)
    )
