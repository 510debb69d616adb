"""Public addresses; they stay for ever."""

from __future__ import annotations

from . import (
    annual,
    columns,
    feeds,
    items,
    look,
    messages,
    messages_track,
    policies,
    requests_apply,
    requests_page,
    requests_track,
    search,
    sitemaps,
    views,
)
from .open_data.pages import PATTERNS as OPEN_DATA

app_name = "portal"
urlpatterns = [
    *views.PATTERNS,
    *columns.PATTERNS,
    *items.PATTERNS,
    *annual.PATTERNS,
    *policies.PATTERNS,
    *feeds.PATTERNS,
    *sitemaps.PATTERNS,
    *look.PATTERNS,
    *search.PATTERNS,
    *OPEN_DATA,
    *requests_page.PATTERNS,
    *requests_apply.PATTERNS,
    *requests_track.PATTERNS,
    *messages.PATTERNS,
    *messages_track.PATTERNS,
]
