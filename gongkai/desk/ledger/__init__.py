"""台账: the ledger live on screen, its sheets, the import of an old one."""

from __future__ import annotations

from . import importing, listing

PATTERNS = [*listing.PATTERNS, *importing.PATTERNS]
