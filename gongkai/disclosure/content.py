"""What of an item is reviewed and published: one canonical text, and its digest.

Everything counts: text, metadata, relations, attachments with the digests of their contents. Whatever of it changes
reopens the whole review; that asks for nobody's judgement on what matters. Not part of it are where the item stands
(its column may be renamed or merged) and when it is published.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from .clean import clean_html
from .models import Attachment, Item, Relation

FORM = 1
"""The form of the canonical text; sheets keep the one they were made in."""
LATER = ("in_force_on",)
"""Fields that stand in it only where they say something: what was reviewed before there was such a field stays what it
was, to the letter."""
WORDS = (
    *("title", "summary", "index_number", "document_number", "formed_on", "subject", "source", "author"),
    *("keywords", "catalogue", "ways", "audience", "in_force_on"),
    *("validity", "validity_on", "validity_by", "lapses_on"),
    *("access", "access_reason", "access_basis", "origin", "responsible", "concerns", "deidentified", "duty"),
    *("request_id", "request_number", "correction_note"),
)
"""The fields of an item that stand in it as they are; `text` and what hangs on the item come on top."""


def content_of(item: Item) -> str:
    """The canonical text of the item as it stands in the database now: two queries."""
    attached = list(item.attachments.select_related("file").order_by("order", "id"))
    related = list(item.relations.order_by("kind", "to_id"))
    return canonical(item, attached, related)


def canonical(item: Item, attached: list[Attachment], related: list[Relation]) -> str:
    """The same, of what was fetched already."""
    own = {one.file.pk.hex for one in attached}
    told: dict[str, Any] = {
        "form": FORM,
        "item": item.pk,
        "version": item.version,
        "text": clean_html(item.text, own),
        **{
            name: _plain(getattr(item, name))
            for name in WORDS
            if name not in LATER or getattr(item, name) is not None
        },
        "relations": [[one.kind, one.to_id] for one in related],
        "attachments": [
            {
                "file": one.file.pk.hex,
                "name": one.name,
                "digest": one.file.digest,
                "size": one.file.size,
                "inline": one.inline,
            }
            for one in attached
        ],
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def digest_of(content: str) -> str:
    """What signatures are bound to: SHA-256 of the canonical text."""
    return hashlib.sha256(content.encode()).hexdigest()


def same_but_note(item: Item, content: str) -> bool:
    """True when the item says what this content says, whatever its version and its note on the correction."""
    now, then = json.loads(content_of(item)), json.loads(content)
    for told in (now, then):
        told.pop("version"), told.pop("correction_note")
    return bool(now == then)
