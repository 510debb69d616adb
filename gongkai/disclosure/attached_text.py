"""The words of public attachments, read once and kept: reading takes seconds, and a stored file never changes."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.files.inspecting import Refused, words
from gongkai.files.models import StoredFile
from gongkai.files.queries import Sealed, content_of
from gongkai.search.models import ReadText

MOST = 1_000_000
"""Letters of one file that are looked through."""


def read_attached(files: Iterable[StoredFile]) -> None:
    """Read what was not read yet, outside the transaction of an act: a file that takes long holds nobody up."""
    wanted = {file.pk.hex: file for file in files if file.removed_at is None}
    known = set(ReadText.objects.filter(key__in=wanted).values_list("key", flat=True))
    for key in wanted.keys() - known:
        ReadText.objects.get_or_create(key=key, defaults={"text": words_in(wanted[key])})


def words_in(file: StoredFile) -> str:
    """What people who open the file see in it; empty where nothing can be read, as in a scan."""
    try:
        return words(b"".join(content_of(file)), file.name, MOST)
    except (Sealed, OSError, Refused):
        return ""


def texts_of(keys: Iterable[str]) -> dict[str, str]:
    """The words of these files that were read."""
    return dict(ReadText.objects.filter(key__in=list(keys)).values_list("key", "text"))
