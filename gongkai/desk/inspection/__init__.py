"""巡查: what the self-inspection found, a finding's page, the guide, the quarter's sheet, the limits."""

from __future__ import annotations

from . import finding, guide, home, limits, sheet

PATTERNS = [
    *home.PATTERNS,
    *finding.PATTERNS,
    *guide.PATTERNS,
    *sheet.PATTERNS,
    *limits.PATTERNS,
]
