"""留言和投诉: the list, a message with its acts, intake at the desk, figures, periods, accounts owed to the office above."""

from __future__ import annotations

from . import accounts, acts, counts, intake, listing, message, periods

PATTERNS = [
    *listing.PATTERNS,
    *intake.PATTERNS,
    *counts.PATTERNS,
    *periods.PATTERNS,
    *accounts.PATTERNS,
    *message.PATTERNS,
    *acts.PATTERNS,
]
