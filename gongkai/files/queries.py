"""What is asked about private files. Whether somebody may read one is asked in `rights`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gongkai.agencies.models import Agency

from .models import StoredFile
from .store import Sealed, open_content

__all__ = [
    "NoFile",
    "Sealed",
    "StoredFile",
    "content_of",
    "file_of",
    "files_of",
    "files_of_owner",
    "owner_key",
]
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
