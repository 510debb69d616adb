"""The pages of gongkai/desk/files.py."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from gongkai.files import store
from gongkai.files.models import StoredFile
from tests.cast import Cast
from tests.matrix.answers import CASEWORKERS, Gets, absent, ours, theirs

own, other = {"agency": "xtxsfj"}, {"agency": "sample-office"}


def _kept(cast: Cast, name: str, **more: Any) -> UUID:
    file = StoredFile(
        name="a.txt",
        ending="txt",
        content_type="text/plain",
        added_at=timezone.now(),
        added_by="测试",
        **more,
    )
    written = store.put(file.pk, [b"x"])
    file.size, file.digest = written.size, written.digest
    file.cipher, file.key_id = written.cipher, written.key_id
    file.save()
    return file.pk


def our_file(cast: Cast) -> UUID:
    """A file of the bureau, of no section."""
    return _kept(cast, "our", agency=cast.agency)


def section_file(cast: Cast) -> UUID:
    """A file of the section in which nobody of the cast sits."""
    return _kept(cast, "section", agency=cast.agency, section=cast.other_section)


def their_file(cast: Cast) -> UUID:
    """A file of the neighbour's."""
    return _kept(cast, "their", agency=cast.other)


def no_file(cast: Cast) -> UUID:
    """No file at all."""
    return uuid4()


TABLE: dict[str, list[tuple[dict[str, Any], Gets]]] = {
    "desk:file": [
        (own | {"number": our_file}, ours(CASEWORKERS)),
        (own | {"number": section_file}, ours([who for who in CASEWORKERS if who != "section_head"])),
        (own | {"number": their_file}, absent()),
        (other | {"number": their_file}, theirs()),
        (own | {"number": no_file}, absent()),
    ],
}
