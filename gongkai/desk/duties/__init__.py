"""年度工作: the year's list by month, one duty with its tick, the plan on paper and as files, what an office arranges."""

from __future__ import annotations

from . import arranging, home, one, plan

PATTERNS = [*home.PATTERNS, *plan.PATTERNS, *arranging.PATTERNS, *one.PATTERNS]
