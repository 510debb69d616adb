"""Attachments looked through for what must not be public: each content once for each state of the word list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from gongkai.disclosure.found import Find
from gongkai.disclosure.models import Publication, PublicationFile
from gongkai.disclosure.scanning import public_file_finds
from gongkai.disclosure.scans import rules_version
from gongkai.files.queries import is_there
from gongkai.statute.leaks import Listed

from ..models import FileLook
from .found import Found, Round
from .items import cleared_of, grouped

KEPT = ("place", "where", "label", "blocks", "bound", "secret")


def file_rows(round_: Round) -> QuerySet[PublicationFile]:
    """The files that are public now, in the order in which a run goes through them."""
    live = Publication.objects.live(round_.now).filter(agency=round_.agency)
    rows = PublicationFile.objects.filter(publication__in=live, file__removed_at__isnull=True)
    return rows.order_by("pk").select_related("file", "publication__item").defer("publication__item__text")


def look_at_files(round_: Round, rows: Sequence[PublicationFile]) -> Iterator[Found]:
    """A lot of them. What cannot be opened is told of with the attachments."""
    cleared = cleared_of([row.publication.item_id for row in rows])
    keys = {row.pk: _key(row, round_.words) for row in rows}
    known = dict(FileLook.objects.filter(key__in=keys.values()).values_list("key", "finds"))
    new = []
    for row in rows:
        key = keys[row.pk]
        if key not in known and is_there(row.file):
            finds = public_file_finds(row.file, row.digest, round_.words)
            known[key] = [{name: getattr(find, name) for name in KEPT} for find in finds]
            new.append(FileLook(key=key, finds=known[key], at=round_.now))
        told = [Find(text="", why="", **one) for one in known.get(key, [])]
        mine = [find for find in told if find.bound not in cleared[row.publication.item_id]]
        for found in grouped(round_, row.publication, mine):
            yield Found(
                found.rule,
                f"{found.key[:80]}:{row.file_id.hex}"[:120],
                found.what,
                f"{found.where}（附件“{row.name}”）"[:300],
                found.url,
                found.item_id,
                found.section_id,
            )
    FileLook.objects.bulk_create(new, ignore_conflicts=True)


def _key(row: PublicationFile, words: tuple[Listed, ...]) -> str:
    said = "\0".join(f"{w.word}\1{w.instead}\1{w.severity.value}\1{w.why}" for w in words)
    return hashlib.sha256(f"{rules_version()}\0{row.digest}\0{row.file.name}\0{said}".encode()).hexdigest()
