"""The tick's work for signing in: stays that are over are closed within a minute, what is old is thrown away."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.tasks.jobs import register

from .actions.tidying import close_over, tidy


def register_tidying() -> None:
    """Add the two jobs to the tick."""
    register("sign-in-over", label="结束到期的登录", every=timedelta(minutes=1), run=_close)
    register("sign-in-tidy", label="清理登录的旧记录", every=timedelta(hours=1), run=_tidy)


def _close(now: datetime) -> str:
    return f"结束 {close_over(now)} 处登录。"


def _tidy(now: datetime) -> str:
    return f"清理 {tidy(now)} 条。"
