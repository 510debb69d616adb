"""What the tick does for online requests: forms that were never submitted go after a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.tasks.jobs import register

from .actions.drafts import sweep


def register_sweeping() -> None:
    """Say so to the tick."""
    register("requests-drafts", label="清理没有提交的网上申请", every=timedelta(hours=1), run=_sweep)


def _sweep(now: datetime) -> str:
    gone = sweep(now)
    return f"清理了 {gone} 份没有提交的网上申请" if gone else ""
