"""遮盖: an attachment goes to be redacted, and its proven copy comes back in its place."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import may, several
from gongkai.files.actions import redacting
from gongkai.files.actions.made import keep_made
from gongkai.files.models import Redaction
from gongkai.files.queries import content_of, redactions_of

from ..models import Attachment
from .attaching import replace_file
from .base import CannotDo
from .drafting import EDITABLE

MOST_PLACES = 5


def begin_covering(attachment: Attachment, *, by: Actor) -> Redaction:
    """Begin to check and redact the file of an attachment; the one begun before, where there is one that the actor
    may go on with. For the seats that draft, and those that redact. Raises `NotAllowed`, `NotTaken`."""
    file, item = attachment.file, attachment.item
    for begun in redactions_of(item.agency).filter(original__digest=file.digest):
        if may(by, "file.redact", begun):
            return begun
    upload = SimpleUploadedFile(file.name, b"".join(content_of(file)))
    return redacting.begin(
        by=by,
        agency=item.agency,
        upload=upload,
        confirmed=bool(file.confirmed_by),
        section=item.section,
        draft=True,
    )


def attached_as(redaction: Redaction) -> list[Attachment]:
    """Where the file under redaction is attached to what can still be changed: its copy is put in place there."""
    rows = Attachment.objects.filter(
        item__agency=redaction.agency_id, file__digest=redaction.original.digest, item__state__in=EDITABLE
    )
    return list(rows.select_related("item", "file").order_by("item", "order")[:MOST_PLACES])


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
