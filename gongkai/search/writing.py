"""The rows of the public index: what is public of a thing, folded and cut into pairs, and many written at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, models
from django.utils import timezone

from .folding import folded, squeezed
from .models import PublicEntry, PublicGrams, PublicWords
from .pairs import facet_grams, facet_words, grams, words

MOST_TEXT = 2_000_000
"""Letters of one thing that are looked through; the longest novels have fewer."""
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
    in_force_on: date | None = None
    until: datetime | None = None


def write(lot: list[dict[str, Any]]) -> None:
    """Write these, whatever the index had of them before."""
    if not lot:
        return
    for kind in {fields["kind"] for fields in lot}:
        take_out(kind, [fields["number"] for fields in lot if fields["kind"] == kind])
    if connection.vendor == "postgresql":
        _copy(PublicEntry, ([*fields.values()] for fields in lot), list(lot[0]))
        _copy(PublicGrams, map(_grams, lot), ["id", "head", "everything"])
        return
    entries = PublicEntry.objects.bulk_create([PublicEntry(**fields) for fields in lot], batch_size=50)
    PublicWords.objects.bulk_create(map(_words, entries, lot), batch_size=100)


def take_out(kind: str, numbers: Collection[int]) -> None:
    """Take these out; what is not there is no error."""
    PublicEntry.objects.filter(kind=kind, number__in=list(numbers)).only("pk").delete()


def key_of(kind: str, number: int, at: datetime) -> int:
    """Seconds, then kind and number: the newest are the greatest, and no two are the same."""
    low = number * len(KINDS) + KINDS.index(kind)
    return (max(0, int(at.timestamp())) << _LOW) | (low & ((1 << _LOW) - 1))


def first_key(year: int) -> int:
    """No entry of this year or a later one has a smaller number, none of an earlier one a greater."""
    return int(datetime(year, 1, 1, tzinfo=timezone.get_default_timezone()).timestamp()) << _LOW


def fields_of(one: Shown) -> dict[str, Any]:
    """The entry of a thing, by column."""
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
        "in_force_on": one.in_force_on,
        "until": one.until,
        "title_key": squeezed(title)[:300],
        "document_key": squeezed(one.document_number)[:80],
        "index_key": squeezed(one.index_number)[:80],
        "text": text,
        "head": folded(f"{title}\n{one.document_number}\n{one.index_number}"),
        "body": folded(text),
    }


def _facets(fields: dict[str, Any]) -> list[tuple[str, int]]:
    """By what a list can be narrowed in the index itself."""
    found = [("a", fields["agency_id"]), ("k", KINDS.index(fields["kind"])), ("y", fields["year"])]
    return [*found, ("c", fields["column_id"])] if fields["column_id"] is not None else found


def _words(entry: PublicEntry, fields: dict[str, Any]) -> PublicWords:
    numbers = folded(f"{entry.document_number}\n{entry.index_number}")
    return PublicWords(
        entry=entry,
        title=words(folded(entry.title)),
        numbers=words(numbers),
        body=words(entry.body),
        facets=facet_words(_facets(fields)),
    )


def _grams(fields: dict[str, Any]) -> list[Any]:
    facets, head = facet_grams(_facets(fields)), grams(fields["head"])
    everything = {*head, *grams(fields["body"]), *facets}
    return [fields["id"], _array({*head, *facets}), _array(everything)]


def _array(numbers: set[int]) -> str:
    """As PostgreSQL spells an array; psycopg takes a list apart number by number, which takes longer than all else."""
    return "{" + ",".join(map(str, sorted(numbers))) + "}"


def _copy(model: type[models.Model], rows: Iterator[list[Any]], names: list[str]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(map(connection.ops.quote_name, names))
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
