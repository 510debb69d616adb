"""Checking a file and making the copy that may go out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Section
from gongkai.agencies.rights import acting, require, several
from gongkai.dictionaries.queries import slips

from .. import inspecting
from ..inspecting import Marks, Refused
from ..models import Redaction, StoredFile
from ..queries import content_of, files_of_owner
from ..redaction.marks import Box
from .adding import add_file, examine
from .made import keep_made
from .removing import remove_file

__all__ = ["Refused", "begin", "discard", "make_copy", "mark", "mark_texts", "put_boxes"]
MOST_MARKS = 2000


def begin(
    *,
    by: Actor,
    agency: Agency,
    upload: UploadedFile[Any],
    confirmed: bool = False,
    section: Section | None = None,
    draft: bool = False,
) -> Redaction:
    """Keep the original, private, and begin to check it; for the seats that handle cases. With `draft` a file of what
    one drafts oneself: for the seats that draft as well, whose holder then goes on with it. Raises what `add_file`
    raises: `NotAllowed`, `NotTaken`, `NeedsConfirming`."""
    act = "file.redact_draft" if draft else "file.redact"
    seat = require(by, act, agency).seat
    judged = examine(by=by, agency=agency, upload=upload, confirmed=confirmed)
    with several():
        original = add_file(by=by, agency=agency, upload=judged, section=section)
        with acting(by, act, agency, file=str(original.pk)) as doing:
            made = Redaction.objects.create(
                agency=agency,
                section=section,
                seat=seat if draft else None,
                original=original,
                begun_at=timezone.now(),
                begun_by=by.name,
            )
            doing.target = made
    return made


def mark(redaction: Redaction, marks: Marks, *, by: Actor, reason: str | None = None) -> None:
    """Put marks in place of those there were; `reason` says why finds stay. Raises `NotAllowed`, `Refused`."""
    if len(marks.spots) + len(marks.boxes) > MOST_MARKS:
        raise Refused(f"标记太多，最多 {MOST_MARKS} 处。请把文件分成几份再来。")
    with acting(by, "file.redact", redaction, boxes=len(marks.boxes), left=len(marks.left)):
        redaction.marks, redaction.left = marks.as_data(), len(marks.left)
        if reason is not None:
            redaction.reason = reason
        redaction.save(update_fields=["marks", "left", "reason"])


def mark_texts(redaction: Redaction, texts: Sequence[str], *, by: Actor) -> int:
    """Mark every place of these texts; how many places that is. Raises `NotAllowed`, `Refused`."""
    require(by, "file.redact", redaction)
    spots = inspecting.where(_content(redaction.original), redaction.original.name, texts)
    marks = Marks.of(redaction.marks)
    more = [s for s in spots if s not in marks.spots]
    if more:
        mark(redaction, Marks((*marks.spots, *more), marks.boxes, marks.left), by=by)
    return len(spots)


def put_boxes(redaction: Redaction, page: int, boxes: Iterable[Box], *, by: Actor) -> None:
    """Put boxes on a page in place of those that a person drew there. Raises `NotAllowed`, `Refused`."""
    marks = Marks.of(redaction.marks)
    others = tuple(box for box in marks.boxes if box.page != page)
    mark(redaction, Marks(marks.spots, (*others, *boxes), marks.left), by=by)


def make_copy(redaction: Redaction, *, by: Actor) -> StoredFile:
    """Make the clean copy, prove it, keep it tied to its original. Copies made before stay with it.

    What is done to the file happens outside the transaction. Raises `NotAllowed`, and `Refused` with the reason when
    the copy cannot be made or proven; then nothing is kept.
    """
    require(by, "file.redact", redaction)
    marks = Marks.of(redaction.marks)
    if marks.left and not redaction.reason.strip():
        raise Refused("有的地方选了“留下”。请先写明留下的理由，再生成。")
    name, content, places, left = inspecting.clean(
        _content(redaction.original), redaction.original.name, slips(redaction.agency), marks
    )
    with several():
        made = keep_made(
            by=by,
            agency=redaction.agency,
            name=name,
            content=content,
            owner=redaction,
            section=redaction.section,
        )
        with acting(by, "file.redact", redaction, places=places, left=left, copy=str(made.pk)):
            redaction.copy, redaction.places, redaction.left = made, places, left
            redaction.made_at, redaction.made_by = timezone.now(), by.name
            redaction.save()
    return made


def discard(redaction: Redaction, *, by: Actor) -> None:
    """Destroy original and copies; the row stays and tells that there was one. Raises `NotAllowed`."""
    with several():
        for file in (*files_of_owner(redaction), redaction.original):
            remove_file(file, by=by, reason="不再需要的遮盖件")
        with acting(by, "file.redact", redaction, removed=True):
            redaction.marks, redaction.removed_at = {}, timezone.now()
            redaction.save(update_fields=["marks", "removed_at"])


def _content(file: StoredFile) -> bytes:
    return b"".join(content_of(file))
