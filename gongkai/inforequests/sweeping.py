"""What the tick does for requests: forms that were never submitted go after a day; after a new notice on days off the
periods are counted anew."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.tasks.jobs import register

from .actions.drafts import sweep
from .actions.recount import recount_after_notice


def register_sweeping() -> None:
    """Say so to the tick."""
    register("requests-drafts", label="清理没有提交的网上申请", every=timedelta(hours=1), run=_sweep)
    register("requests.recount", label="放假安排变动后重算期限", every=timedelta(minutes=1), run=_recount)


def _sweep(now: datetime) -> str:
    gone = sweep(now)
    return f"清理了 {gone} 份没有提交的网上申请" if gone else ""


def _recount(now: datetime) -> str:
    kept = recount_after_notice(now)
    return f"{kept.why}：{kept.moved.count()} 件申请的期限改了" if kept else ""
