"""An item as it was published, from the publication itself."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import DateField

from ..content import LATER, WORDS
from ..models import Attachment, Item, Publication, Relation

_FIXED = {"index_number"}


def put_back(item: Item, live: Publication) -> None:
    """Give the item, not saved, the words, attachments and relations of this publication; inside an act."""
    told = live.told
    for name in WORDS:
        if name in _FIXED or (name not in told and name not in LATER):
            continue
        value = told.get(name)
        if value is not None and isinstance(Item._meta.get_field(name), DateField):
            value = date.fromisoformat(value)
        setattr(item, name, value)
    item.text = told["text"]
    item.column_id = live.column_id
    item.attachments.all().delete()
    Attachment.objects.bulk_create(
        Attachment(item=item, file_id=UUID(one["file"]), name=one["name"], order=n, inline=one["inline"])
        for n, one in enumerate(told["attachments"], 1)
    )
    item.relations.all().delete()
    Relation.objects.bulk_create(Relation(item=item, kind=kind, to_id=to) for kind, to in told["relations"])
