"""What the tick does for the search: brings the index in step, should something have been changed without it."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.search.keeping import look_through

from .jobs import register


def refresh(moment: datetime) -> str:
    """Look through what is new and a part of the rest; nothing is written for what is in step."""
    desk, public = look_through(moment)
    return f"核对了 {desk} 条，公众检索 {public} 条"


def register_refreshing() -> None:
    """Say so to the tick."""
    register("search-refresh", label="核对检索", every=timedelta(hours=1), run=refresh)
