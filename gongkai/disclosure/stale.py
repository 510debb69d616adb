"""Attachments that stayed as they were while the text was corrected: often the same document, once in the text and once
as a file, of which only one was mended."""

from __future__ import annotations

import json

from .clean import clean_html
from .models import Attachment, Item, ReviewSheet


def stale_attachments(item: Item) -> list[Attachment]:
    """The listed attachments of the version worked on that are, to the byte, those of what is public now (or of the
    review before, where nothing is), while title or text are no longer the same; two or three queries."""
    before = _before(item)
    if before is None:
        return []
    told = json.loads(before)
    attached = list(item.attachments.select_related("file").order_by("order", "id"))
    own = {one.file.pk.hex for one in attached}
    if (told["title"], told["text"]) == (item.title, clean_html(item.text, own)):
        return []
    known = {one["digest"] for one in told["attachments"] if not one["inline"]}
    return [one for one in attached if not one.inline and one.file.digest in known]


def _before(item: Item) -> str | None:
    live = item.publications.filter(ended_at__isnull=True).values_list("content", flat=True).first()
    if live is not None:
        return str(live)
    closed = item.sheets.exclude(result=ReviewSheet.Result.OPEN).order_by("-serial")
    return closed.values_list("content", flat=True).first()
