"""What the tick does for the file store: once an hour it clears away what belongs to nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.tasks.jobs import register

from .actions.keeping import tidy


def tidy_store(moment: datetime) -> str:
    """Clear away, and say how many."""
    by = Actor.system(timezone.localtime(moment).date(), "清理无主文件")
    cleared = tidy(by=by, now=moment.timestamp())
    return f"清理了 {cleared} 个没有用的文件" if cleared else ""


def register_tidying() -> None:
    """Say so to the tick."""
    register("files-tidy", label="清理无主文件", every=timedelta(hours=1), run=tidy_store)
