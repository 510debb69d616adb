"""批量导入: drafts from the rows of a workbook and the files of a .zip; each goes through the gate like any other."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.uploadedfile import TemporaryUploadedFile

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import several
from gongkai.files.actions.adding import Examined, NotTaken, add_file, examine

from ..batches import Packed, Row
from ..models import Item
from .attaching import attach
from .base import CannotDo
from .drafting import draft


def bring_rows(
    agency: Agency, rows: Sequence[Row], packed: Packed, *, by: Actor, confirmed: bool
) -> list[Item]:
    """Make a draft of every row, with its files (of `packed`, one at a time from disk), all or none. `confirmed` is the word
    that what could not be searched in the files bears no secrecy mark.

    Same seats as `draft`. Raises `NotAllowed`; `CannotDo` with the row and what is wrong.
    """
    judged = [
        (row, [_judged(agency, row, name, packed, by, confirmed) for name in row.files]) for row in rows
    ]
    section = next((seat.section for seat in by.seats if seat.section_id), None)
    made = []
    with several():
        for row, files in judged:
            if row.wrong:
                raise CannotDo(f"第{row.number}行：{row.wrong[0]}。")
            fields = dict(row.fields)
            column, title = fields.pop("column"), fields.pop("title")
            item = draft(agency, column, title=title, section=section, by=by, **fields)
            for file in files:
                attach(item, add_file(by=by, agency=agency, upload=file, owner=item), by=by)
            made.append(item)
    return made


def _judged(agency: Agency, row: Row, name: str, packed: Packed, by: Actor, confirmed: bool) -> Examined:
    try:
        upload = TemporaryUploadedFile(name.rsplit("/", 1)[-1], "application/octet-stream", 0, None)
        for chunk in packed.chunks(name):
            upload.write(chunk)
        upload.size = upload.tell()
        upload.seek(0)
        return examine(by=by, agency=agency, upload=upload, confirmed=confirmed)
    except NotTaken as error:
        raise CannotDo(f"第{row.number}行的附件“{name}”：{error}") from error
