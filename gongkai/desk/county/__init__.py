"""监督: an office's view of the agencies below it; and, at an agency's desk, the orders it was sent."""

from __future__ import annotations

from . import agency, answering, home, issuing, orders, owed  # noqa: F401 - owed says what is to be answered

PATTERNS = [
    *home.PATTERNS,
    *agency.PATTERNS,
    *issuing.PATTERNS,
    *orders.PATTERNS,
    *answering.PATTERNS,
]
