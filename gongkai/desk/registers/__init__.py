"""台账 of table two, what is looked at again every year, what is handed over: each module with its own addresses."""

from __future__ import annotations

from . import documents, entry, evaluating, importing, keeping, listing, transfers

# Those with words of their own before those that name a register.
PATTERNS = [
    *evaluating.PATTERNS,
    *transfers.PATTERNS,
    *listing.PATTERNS,
    *keeping.PATTERNS,
    *documents.PATTERNS,
    *importing.PATTERNS,
    *entry.PATTERNS,
]
