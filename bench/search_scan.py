"""What a search has to find, by looking through every text: Python's own `in`, and nothing of the index's.

A lot of texts at a time, whatever their number; of each query one bit a text is kept, for its head and for its body.
"""

from __future__ import annotations

import multiprocessing
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

_PROCESSES, _LOT, _AHEAD = 3, 4000, 4
Text = tuple[int, str, str, str]


@dataclass(slots=True)
class Hits:
    """What has a query in title or number, and what has it in the text only: numbers whose n-th bit is the n-th text,
    the newest first."""

    head: bytearray = field(default_factory=bytearray)
    body: bytearray = field(default_factory=bytearray)

    def count(self) -> int:
        """How many there are."""
        return sum(byte.bit_count() for part in (self.head, self.body) for byte in part)

    def first(self, most: int) -> list[int]:
        """The places of those to be told first."""
        return [*islice((n for part in (self.head, self.body) for n in _bits(part)), most)]

    def has(self, place: int) -> bool:
        """Whether the text at this place is among them."""
        return bool((self.head[place >> 3] | self.body[place >> 3]) >> (place & 7) & 1)


@dataclass(slots=True)
class Truth:
    """Of every query what has it; `keys` are the numbers of the texts, falling."""

    keys: array[int]
    hits: dict[str, Hits]

    def place(self, key: int) -> int:
        """Where the text with this number stands; -1 where there is none."""
        at = bisect_left(self.keys, -key, key=lambda one: -one)
        return at if at < len(self.keys) and self.keys[at] == key else -1


def scanned(queries: list[str]) -> Truth:
    """The truth of all texts in the index."""
    return scan(_rows(), queries)


def scan(rows: Iterable[Text], queries: list[str], processes: int = _PROCESSES) -> Truth:
    """The same of these texts, the greatest number first."""
    found = Truth(array("q"), {query: Hits() for query in queries})
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        waiting = []
        lots = _lots(iter(rows))
        look = partial(_look, queries)
        # So many lots are under way, and no more wait in memory.
        for lot in lots:
            waiting.append(pool.apply_async(look, (lot,)))
            if len(waiting) >= processes + _AHEAD:
                _add(found, queries, waiting.pop(0).get())
        for one in waiting:
            _add(found, queries, one.get())
    return found


def _lots(rows: Iterator[Text]) -> Iterator[list[Text]]:
    while lot := [*islice(rows, _LOT)]:
        yield lot


Seen = tuple[list[int], list[tuple[bytes, bytes]]]


def _look(queries: list[str], lot: list[Text]) -> Seen:
    told = []
    for query in queries:
        head, body = bytearray(_LOT // 8), bytearray(_LOT // 8)
        for n, (_, title, numbers, text) in enumerate(lot):
            if query in title or query in numbers:
                head[n >> 3] |= 1 << (n & 7)
            elif query in text:
                body[n >> 3] |= 1 << (n & 7)
        told.append((bytes(head), bytes(body)))
    return [key for key, *_ in lot], told


def _add(found: Truth, queries: list[str], seen: Seen) -> None:
    keys, told = seen
    found.keys.extend(keys)
    for query, (head, body) in zip(queries, told, strict=True):
        found.hits[query].head += head
        found.hits[query].body += body


def _bits(part: bytearray) -> Iterator[int]:
    for at, byte in enumerate(part):
        for bit in range(8):
            if byte >> bit & 1:
                yield at * 8 + bit


def _rows() -> Iterator[Text]:
    from gongkai.search.models import PublicEntry

    rows = PublicEntry.objects.order_by("-pk").values_list(
        "pk", "title", "document_number", "index_number", "text"
    )
    return (
        (pk, title, f"{number}\n{index}", text)
        for pk, title, number, index, text in rows.iterator(chunk_size=_LOT)
    )
