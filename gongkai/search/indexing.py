"""Putting things into the index and taking them out, in the transaction of the act that changes them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast

from .models import Entry, Part
from .tokens import parts_of

_BATCH = 100
AT_ONCE = 500
"""Things of a part."""
PARTS: dict[str, Callable[[int, int], list[Document]]] = {}
"""Of the kinds that may be large, what gives a part of them."""
SOURCES: dict[str, Callable[[], Iterable[Document]]] = {}
"""What there is to be found, by kind; a room adds its own with `register`."""


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found. Whoever may do `act` to things of this agency and section may find it: never put into
    `title` or `text` what these people may not see."""

    kind: str
    object_id: str
    agency_id: int
    act: str
    title: str
    url: str
    day: date | None = None
    section_id: int | None = None
    text: str = ""


def index(document: Document) -> None:
    """Put a thing into the index, or bring it up to date there; nothing is written when nothing changed."""
    index_many([document])


def index_many(documents: Collection[Document]) -> int:
    """The same for many of one kind; how many were written. One query finds out which differ, and only for these a
    transaction is opened."""
    wanted = {document.object_id: _fields(document) for document in documents}
    kinds = {document.kind for document in documents}
    there = {
        (entry.kind, entry.object_id): entry
        for entry in Entry.objects.filter(kind__in=kinds, object_id__in=list(wanted))
    }
    differing = [
        fields
        for fields in wanted.values()
        if (entry := there.get((fields["kind"], fields["object_id"]))) is None
        or any(getattr(entry, name) != value for name, value in fields.items())
    ]
    if differing:
        with transaction.atomic():
            for fields in differing:
                _write(fields)
    return len(differing)


def _fields(document: Document) -> dict[str, Any]:
    fields = {
        key: value.replace("\0", "") if isinstance(value, str) else value
        for key, value in asdict(document).items()
    }
    return fields | {"title": fields["title"][:300]}


def _write(fields: dict[str, Any]) -> None:
    key = {name: fields[name] for name in ("kind", "object_id")}
    entry = Entry.objects.filter(**key).first()
    old = None if entry is None else (entry.title, entry.text)
    entry, _ = Entry.objects.update_or_create(defaults=fields, **key)
    if old == (entry.title, entry.text):
        return
    entry.parts.all().delete()
    words = [(0, part) for part in parts_of(entry.title)]
    words += enumerate(parts_of(entry.text), start=1)
    Part.objects.bulk_create(Part(entry=entry, number=n, words=part) for n, part in words)


def remove(kind: str, object_id: str) -> None:
    """Take a thing out of the index; one that is not there is no error."""
    remove_many(kind, [object_id])


def remove_many(kind: str, object_ids: Collection[str]) -> None:
    """The same for many of one kind."""
    _delete(Entry.objects.filter(kind=kind, object_id__in=list(object_ids)))


def _delete(entries: QuerySet[Entry]) -> None:
    # Asked first: deleting nothing would still wait for the turn to write.
    if entries.exists():
        entries.delete()


def register(
    kind: str,
    source: Callable[[], Iterable[Document]],
    part: Callable[[int, int], list[Document]] | None = None,
) -> None:
    """Name what can be found of a kind; naming it again replaces it. `part` gives so many with the numbers after one,
    rising, of a kind that may be large."""
    SOURCES[kind] = source
    PARTS.pop(kind, None)
    if part is not None:
        PARTS[kind] = part


def remove_between(kind: str, after: int, last: int | None, there: Collection[int]) -> None:
    """Take out what the index has after a number, up to another one or to the end, and is not among these."""
    rows = Entry.objects.filter(kind=kind).annotate(place=Cast("object_id", BigIntegerField()))
    rows = rows.filter(place__gt=after) if last is None else rows.filter(place__gt=after, place__lte=last)
    known = set(there)
    gone = [pk for pk, place in rows.values_list("pk", "place") if place not in known]
    for at in range(0, len(gone), _BATCH):
        Entry.objects.filter(pk__in=gone[at : at + _BATCH]).delete()


def rebuild() -> dict[str, int]:
    """Bring the index in step with all sources, in small transactions while the site runs: how many there are of
    each kind."""
    counts = {kind: rebuild_kind(kind) for kind in SOURCES}
    _delete(Entry.objects.exclude(kind__in=SOURCES))
    return counts


def rebuild_kind(kind: str) -> int:
    """The same of one kind."""
    # What is indexed while this runs is not known to the source as it was read: only what stood before may go.
    before = dict(Entry.objects.filter(kind=kind).values_list("object_id", "pk"))
    seen, documents = set(), iter(SOURCES[kind]())
    while batch := list(islice(documents, _BATCH)):
        index_many(batch)
        seen |= {document.object_id for document in batch}
    gone = [pk for object_id, pk in before.items() if object_id not in seen]
    for at in range(0, len(gone), _BATCH):
        Entry.objects.filter(pk__in=gone[at : at + _BATCH]).delete()
    return len(seen)
