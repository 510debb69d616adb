"""What is asked about private files. Whether somebody may read one is asked in `rights`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.dictionaries.queries import slips

from .inspecting import Look, look, once, page_picture
from .models import Redaction, StoredFile
from .redaction.marks import Box, Marks, Refused
from .store import Sealed, is_whole, open_content

__all__ = [
    "Box",
    "Look",
    "Marks",
    "NoFile",
    "NoRedaction",
    "Redaction",
    "Refused",
    "Sealed",
    "StoredFile",
    "content_of",
    "covered_here",
    "file_of",
    "files_of",
    "files_of_owner",
    "is_there",
    "look_into",
    "owner_key",
    "picture_of",
    "redacted_in",
    "redaction_of",
    "redactions_of",
]
NoRedaction = Redaction.DoesNotExist
"""There is no such redaction, or it was removed."""
NoFile = StoredFile.DoesNotExist
"""There is no such file, or its content was removed."""


def owner_key(owner: Any) -> tuple[str, str]:
    """How the thing a file belongs to is written down; two empty texts for none."""
    return ("", "") if owner is None else (owner._meta.label_lower, str(owner.pk))


def files_of_owner(owner: Any) -> QuerySet[StoredFile]:
    """The files of a thing, oldest first, without the removed ones."""
    kind, number = owner_key(owner)
    return StoredFile.objects.filter(owner_kind=kind, owner_id=number, removed_at__isnull=True).order_by(
        "added_at", "id"
    )


def files_of(agency: Agency) -> QuerySet[StoredFile]:
    """The agency's files, newest first, without the removed ones."""
    return StoredFile.objects.filter(agency=agency, removed_at__isnull=True)


def file_of(number: UUID) -> StoredFile:
    """One file; raises `NoFile` for one that is not there or was removed."""
    return StoredFile.objects.select_related("agency").get(pk=number, removed_at__isnull=True)


def content_of(file: StoredFile) -> Iterator[bytes]:
    """The content in chunks, deciphered and checked; raises `Sealed`, at once where it can be told at once."""
    return open_content(file.pk, file.size)


def is_there(file: StoredFile) -> bool:
    """Whether the content of a file that was not removed lies in the store, as long as it should be; its head alone is
    read, and the database is not asked."""
    return file.removed_at is None and is_whole(file.pk, file.size)


def redactions_of(agency: Agency) -> QuerySet[Redaction]:
    """The agency's files under checking and redaction, newest first, without the removed ones."""
    return Redaction.objects.filter(agency=agency, removed_at__isnull=True).select_related("original", "copy")


def redaction_of(agency: Agency, number: int) -> Redaction:
    """One of them; raises `NoRedaction`."""
    return redactions_of(agency).select_related("agency").get(pk=number)


def look_into(redaction: Redaction) -> Look:
    """What its original holds, with the words this office and this site do not want to see."""
    file, words, marks = redaction.original, slips(redaction.agency), Marks.of(redaction.marks)
    found: Look = once(
        f"look {file.digest} {file.name} {words} {marks}",
        lambda: look(b"".join(content_of(file)), file.name, words, marks),
    )
    return found


def picture_of(redaction: Redaction, page: int) -> bytes:
    """A page of its original as PNG with the marks shaded; raises `Refused`."""
    file, words, marks = redaction.original, slips(redaction.agency), Marks.of(redaction.marks)
    made: bytes = once(
        f"page {page} {file.digest} {file.name} {words} {marks}",
        lambda: page_picture(b"".join(content_of(file)), file.name, page, words, marks),
    )
    return made


def redacted_in(agency: Agency, year: int) -> int:
    """How many files got a clean copy with something redacted in the year (agency's time)."""
    return Redaction.objects.filter(
        agency=agency, made_at__year=year, places__gt=0, removed_at__isnull=True
    ).count()


def covered_here(agency: Agency, digests: Iterable[str]) -> set[str]:
    """Those of the digests that are of clean copies made by covering on this platform for the agency."""
    made = Redaction.objects.filter(agency=agency, copy__digest__in=list(digests))
    return set(made.values_list("copy__digest", flat=True))
