"""When something was last done, as the trail has it."""

from __future__ import annotations

from .models import Entry


def last_entry(*acts: str) -> Entry | None:
    """The newest entry of a success in one of these acts; None when it was never done."""
    return Entry.objects.filter(act__in=acts, result="done").order_by("-number").first()


def newest_digest() -> str:
    """The digest of the newest entry: while it is the same, nobody did anything, so nothing looks different. Empty
    before the first entry."""
    return Entry.objects.order_by("-number").values_list("digest", flat=True).first() or ""
