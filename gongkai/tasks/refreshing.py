"""What the tick does for the search: brings the index in step, should something have been changed without it."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.search.indexing import rebuild
from gongkai.search.shown import rebuild_shown

from .jobs import register


def refresh(moment: datetime) -> str:
    """Look through all sources; nothing is written for what is in step."""
    return f"核对了 {sum(rebuild().values())} 条，公众检索 {sum(rebuild_shown().values())} 条"


def register_refreshing() -> None:
    """Say so to the tick."""
    register("search-refresh", label="核对检索", every=timedelta(hours=1), run=refresh)
