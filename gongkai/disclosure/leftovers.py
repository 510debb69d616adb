"""Files of drafts that were thrown away: nothing leads to them any more, and what they hold is destroyed a day later."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import BigIntegerField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.files.actions.removing import StillNeeded, remove_file
from gongkai.files.models import StoredFile
from gongkai.tasks.jobs import register

from .models import Attachment, Item, PublicationFile

_AT_ONCE = 200
_DAY = timedelta(days=1)


def clear_leftovers(now: datetime) -> str:
    """Remove the files that were uploaded for an item that is no more, a lot at a time."""
    by = Actor.system(timezone.localtime(now).date(), "清理已删除草稿的附件")
    removed = 0
    for file in _left_behind(now):
        try:
            remove_file(file, by=by, reason="草稿已经删除")
            removed += 1
        except StillNeeded:
            continue
    return f"清理了 {removed} 个已删除草稿的附件" if removed else ""


def _left_behind(now: datetime) -> list[StoredFile]:
    rows = StoredFile.objects.filter(
        owner_kind=Item._meta.label_lower, removed_at__isnull=True, added_at__lt=now - _DAY
    ).annotate(item_number=Cast("owner_id", BigIntegerField()))
    used = Exists(PublicationFile.objects.filter(file=OuterRef("pk"))) | Exists(
        Attachment.objects.filter(file=OuterRef("pk"))
    )
    gone = rows.exclude(Exists(Item.objects.filter(pk=OuterRef("item_number")))).exclude(used)
    return list(gone.order_by("added_at", "pk")[:_AT_ONCE])


def register_leftovers() -> None:
    """Say so to the tick."""
    register(
        "disclosure-leftovers", label="清理已删除草稿的附件", every=timedelta(hours=1), run=clear_leftovers
    )
