"""The pages of gongkai/desk/redaction.py and redaction_words.py."""

from __future__ import annotations

import io
from typing import Any

from django.utils import timezone
from PIL import Image

from gongkai.agencies.models import Agency, Seat
from gongkai.dictionaries.models import OfficeWord
from gongkai.files import store
from gongkai.files.models import Redaction, StoredFile
from tests.cast import Cast
from tests.matrix.answers import CASEWORKERS, POST, Row, absent, ours, signed_in, theirs

own, other = {"agency": "xtxsfj"}, {"agency": "sample-office"}
KEEPERS = ("clerk", "ogi_head")
REMOVERS = ("clerk", "section_head", "ogi_head")


def _dot() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2), "white").save(out, "PNG")
    return out.getvalue()


DOT = _dot()
"""A picture, so that there is a page."""


def _begun(agency: Agency, section: Any = None) -> int:
    file = StoredFile(name="a.png", ending="png", content_type="image/png", agency=agency, section=section)
    written = store.put(file.pk, [DOT])
    file.size, file.digest, file.added_at = written.size, written.digest, timezone.now()
    file.cipher, file.key_id, file.added_by = written.cipher, written.key_id, "测试"
    file.save()
    made = Redaction.objects.create(
        agency=agency, section=section, original=file, begun_at=timezone.now(), begun_by="测试"
    )
    return made.pk


def our_redaction(cast: Cast) -> int:
    """A file of the bureau under checking."""
    return _begun(cast.agency)


def draft_redaction(cast: Cast) -> int:
    """One that the drafter sent in of a draft."""
    made = _begun(cast.agency)
    Redaction.objects.filter(pk=made).update(seat=Seat.objects.get(person=cast.people["drafter"]))
    return made


def section_redaction(cast: Cast) -> int:
    """One of the section in which nobody of the cast sits."""
    return _begun(cast.agency, cast.other_section)


def their_redaction(cast: Cast) -> int:
    """One of the neighbour's."""
    return _begun(cast.other)


def our_word(cast: Cast) -> int:
    """A word of the bureau's list."""
    return OfficeWord.objects.create(agency=cast.agency, word="测试的词").pk


def no_word(cast: Cast) -> int:
    """A number that no word bears."""
    return 0


OTHERS = [who for who in CASEWORKERS if who != "section_head"]
TABLE: dict[str, list[Row]] = {
    "desk:redaction": [(own, ours(CASEWORKERS)), (other, theirs())],
    "desk:redaction-one": [
        (own | {"pk": our_redaction}, ours(CASEWORKERS)),
        (own | {"pk": section_redaction}, ours(OTHERS)),
        (own | {"pk": draft_redaction}, ours((*CASEWORKERS, "drafter"))),
        (own | {"pk": their_redaction}, ours(status=404)),
        (other | {"pk": our_redaction}, absent()),
        (other | {"pk": their_redaction}, theirs()),
    ],
    "desk:redaction-page": [
        (own | {"pk": our_redaction, "number": 1}, ours(CASEWORKERS)),
        (own | {"pk": draft_redaction, "number": 1}, ours((*CASEWORKERS, "drafter"))),
        (own | {"pk": our_redaction, "number": 2}, ours(CASEWORKERS, 404)),
        (other | {"pk": their_redaction, "number": 1}, theirs()),
    ],
    "desk:redaction-picture": [
        (own | {"pk": our_redaction, "number": 1}, ours(CASEWORKERS)),
        (own | {"pk": draft_redaction, "number": 1}, ours((*CASEWORKERS, "drafter"))),
        (own | {"pk": their_redaction, "number": 1}, ours(status=404)),
    ],
    "desk:redaction-remove": [
        (own | {"pk": our_redaction}, ours(REMOVERS)),
        (own | {"pk": their_redaction}, ours(REMOVERS, 404)),
    ],
    "desk:redaction-words": [(own, ours(KEEPERS)), (other, theirs())],
    "desk:redaction-word-stop": [
        (own | {"pk": our_word}, signed_in(405)),
        (own | {"pk": our_word}, ours(KEEPERS, 302), POST),
        (own | {"pk": no_word}, ours(KEEPERS, 404), POST),
    ],
}
