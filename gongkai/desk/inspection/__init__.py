"""巡查: what the self-inspection found, a finding's page, the quarter's sheet, the limits."""

from __future__ import annotations

from . import home

PATTERNS = [*home.PATTERNS]
