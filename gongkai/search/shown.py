"""What the public may find: put in and taken out in the transaction of the act that publishes, replaces or withdraws.

A room names a source for each of its kinds. Whatever is changed, `bring_in_step` asks the source anew what of it is
public now, within the transaction, and writes that: there is no other way into the index.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Protocol

from django.db import connection, transaction
from django.utils import timezone

from .folding import folded, squeezed
from .models import PublicEntry, PublicGrams, PublicWords
from .pairs import facet_grams, facet_words, grams, words

MOST_TEXT = 2_000_000
"""Letters of one thing that are looked through; the longest novels have fewer."""
BATCH = 200
KINDS = ("item", "report")
_LOW = 29


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing that is public: nothing stands here that the public may not read. `at`: when it was first published;
    `page`: the number in its public address, where it is not its own."""

    kind: str
    number: int
    agency_id: int
    at: datetime
    title: str
    text: str = ""
    page: str = ""
    column_id: int | None = None
    document_number: str = ""
    index_number: str = ""
    validity: str = ""
    lapses_on: date | None = None
    until: datetime | None = None


class Source(Protocol):
    """Where the things of a kind come from."""

    def numbers(self) -> Iterator[int]:
        """The numbers of all that is public, rising."""

    def prepare(self, numbers: Collection[int]) -> None:
        """Whatever takes long (reading attachments), before the transaction."""

    def shown(self, numbers: Collection[int]) -> Iterable[Shown]:
        """Those of them that are public now, kept from changing until the transaction ends, where there is one."""


SOURCES: dict[str, Source] = {}


def register_shown(kind: str, source: Source) -> None:
    """Name a source; naming it again replaces it."""
    SOURCES[kind] = source


def bring_in_step(kind: str, numbers: Collection[int]) -> None:
    """Write what the public may find of these now: call it last in the transaction of the act that changed them."""
    with transaction.atomic():
        now = list(SOURCES[kind].shown(numbers))
        _write([_fields(one) for one in now])
        gone = set(numbers) - {one.number for one in now}
        if gone:
            _take_out(kind, gone)


def rebuild_shown(tell: Callable[[str, int], None] = lambda kind, done: None) -> dict[str, int]:
    """Bring the index in step with all sources, a bounded lot at a time while the site runs; nothing is written for
    what is in step. How many there are of each kind; `tell` hears how far it is."""
    counts = {}
    for kind, source in SOURCES.items():
        done, numbers, last = 0, iter(source.numbers()), -1
        while lot := list(islice(numbers, BATCH)):
            source.prepare(lot)
            _mend(kind, source, lot, between=(last, lot[-1]))
            done, last = done + len(lot), lot[-1]
            tell(kind, done)
        _mend(kind, source, [], between=(last, None))
        counts[kind] = done
    strange = PublicEntry.objects.exclude(kind__in=SOURCES)
    if strange.exists():
        strange.delete()
    return counts


def _mend(kind: str, source: Source, lot: list[int], *, between: tuple[int, int | None]) -> None:
    """Bring a lot in step, and whatever the index has between its numbers that is not among them."""
    low, high = between
    there = PublicEntry.objects.filter(kind=kind, number__gt=low)
    there = there.filter(number__lte=high) if high is not None else there
    if not lot:
        stray = list(there.values_list("number", flat=True)[:BATCH])
        while stray:
            bring_in_step(kind, stray)
            stray = list(there.filter(number__gt=stray[-1]).values_list("number", flat=True)[:BATCH])
        return
    rows = {row.number: row for row in there}
    wanted = {one.number: _fields(one) for one in source.shown(lot)}
    differing = [
        number
        for number, fields in wanted.items()
        if (row := rows.get(number)) is None or any(getattr(row, k) != v for k, v in fields.items())
    ]
    if differing := sorted({*differing, *(rows.keys() - wanted.keys())}):
        bring_in_step(kind, differing)


def _take_out(kind: str, numbers: Collection[int]) -> None:
    PublicEntry.objects.filter(kind=kind, number__in=list(numbers)).only("pk").delete()


def key_of(kind: str, number: int, at: datetime) -> int:
    """Seconds, then kind and number: the newest are the greatest, and no two are the same."""
    low = number * len(KINDS) + KINDS.index(kind)
    return (max(0, int(at.timestamp())) << _LOW) | (low & ((1 << _LOW) - 1))


def _fields(one: Shown) -> dict[str, Any]:
    day = timezone.localtime(one.at).date()
    title, text = one.title.replace("\0", "")[:300], one.text.replace("\0", "")[:MOST_TEXT]
    return {
        "id": key_of(one.kind, one.number, one.at),
        "kind": one.kind,
        "number": one.number,
        "page": one.page or str(one.number),
        "agency_id": one.agency_id,
        "column_id": one.column_id,
        "year": day.year,
        "day": day,
        "title": title,
        "document_number": one.document_number,
        "index_number": one.index_number,
        "validity": one.validity,
        "lapses_on": one.lapses_on,
        "until": one.until,
        "title_key": squeezed(title)[:300],
        "document_key": squeezed(one.document_number)[:80],
        "index_key": squeezed(one.index_number)[:80],
        "text": text,
        "head": folded(f"{title}\n{one.document_number}\n{one.index_number}"),
        "body": folded(text),
    }


def _write(lot: list[dict[str, Any]]) -> None:
    if not lot:
        return
    for kind in {fields["kind"] for fields in lot}:
        _take_out(kind, [fields["number"] for fields in lot if fields["kind"] == kind])
    entries = PublicEntry.objects.bulk_create([PublicEntry(**fields) for fields in lot], batch_size=50)
    if connection.vendor == "postgresql":
        PublicGrams.objects.bulk_create([_grams(entry) for entry in entries], batch_size=100)
    else:
        PublicWords.objects.bulk_create([_words(entry) for entry in entries], batch_size=100)


def facets_of(entry: PublicEntry) -> list[tuple[str, int]]:
    """By what a list can be narrowed in the index itself."""
    found = [("a", entry.agency_id), ("k", KINDS.index(entry.kind)), ("y", entry.year)]
    return [*found, ("c", entry.column_id)] if entry.column_id is not None else found


def _words(entry: PublicEntry) -> PublicWords:
    numbers = folded(f"{entry.document_number}\n{entry.index_number}")
    return PublicWords(
        entry=entry,
        title=words(folded(entry.title)),
        numbers=words(numbers),
        body=words(entry.body),
        facets=facet_words(facets_of(entry)),
    )


def _grams(entry: PublicEntry) -> PublicGrams:
    facets, head = facet_grams(facets_of(entry)), grams(entry.head)
    everything = sorted({*head, *grams(entry.body), *facets})
    return PublicGrams(entry=entry, head=sorted({*head, *facets}), everything=everything)
