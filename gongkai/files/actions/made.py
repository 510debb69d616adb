"""Keep a file the platform made itself: a letter, a PDF, an export. Nothing is examined; it is enciphered alike."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Section
from gongkai.agencies.rights import acting

from .. import store
from ..content.examine import ending_of
from ..content.kinds import BY_ENDING
from ..models import StoredFile
from ..names import clean_name
from ..queries import owner_key


def keep_made(
    *, by: Actor, agency: Agency, name: str, content: bytes, owner: Any, section: Section | None = None
) -> StoredFile:
    """Keep what the platform made for a thing of the agency, under this name with its ending.

    For the seats that may add files. When the transaction around it fails, the content stays behind without a row
    and is cleared away later. Raises `NotAllowed`, OSError as the disk does.
    """
    file = StoredFile(agency=agency, section=section, name=clean_name(name), added_by=by.name)
    file.ending = ending_of(file.name)
    file.content_type = BY_ENDING[file.ending].content_type
    file.owner_kind, file.owner_id = owner_key(owner)
    written = store.put(file.pk, [content])
    file.size, file.digest = written.size, written.digest
    file.cipher, file.key_id = written.cipher, written.key_id
    try:
        with acting(by, "file.add", file, size=file.size, digest=file.digest, made=True):
            file.added_at = timezone.now()
            file.save(force_insert=True)
    except BaseException:
        store.wipe(file.pk)
        raise
    return file
