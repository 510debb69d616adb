"""遮盖: an attachment goes to be redacted, and its proven copy comes back in its place."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import several
from gongkai.files.actions import redacting
from gongkai.files.actions.made import keep_made
from gongkai.files.models import Redaction
from gongkai.files.queries import content_of, redactions_of

from ..models import Attachment
from .attaching import replace_file
from .base import CannotDo


def begin_covering(attachment: Attachment, *, by: Actor) -> Redaction:
    """Begin to check and redact the file of an attachment; the one begun before, where there is one. For the seats
    that redact. Raises `NotAllowed`, `NotTaken`."""
    file, agency = attachment.file, attachment.item.agency
    begun = redactions_of(agency).filter(original__digest=file.digest).first()
    if begun is not None:
        return begun
    upload = SimpleUploadedFile(file.name, b"".join(content_of(file)))
    return redacting.begin(by=by, agency=agency, upload=upload, confirmed=bool(file.confirmed_by))


def covered_of(attachment: Attachment) -> Redaction | None:
    """The redaction of this very file whose copy has been made."""
    rows = redactions_of(attachment.item.agency).filter(original__digest=attachment.file.digest)
    return rows.filter(copy__isnull=False, copy__removed_at__isnull=True).first()


def take_copy(attachment: Attachment, *, by: Actor) -> None:
    """Put the redacted copy in the place of the file. Same seats as `replace_file`. Raises `NotAllowed`,
    `CannotDo`."""
    made = covered_of(attachment)
    if made is None or made.copy is None:
        raise CannotDo("还没有生成遮盖后的文件。请先遮盖，生成以后再来。")
    content = b"".join(content_of(made.copy))
    with several():
        file = keep_made(
            by=by,
            agency=attachment.item.agency,
            name=made.copy.name,
            content=content,
            owner=attachment.item,
            section=attachment.item.section,
        )
        replace_file(attachment, file, by=by)
