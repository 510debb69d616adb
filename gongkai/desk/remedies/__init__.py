"""复议、诉讼: the register of remedies and the pages of a case."""

from __future__ import annotations

from . import case, listing, pack, register

PATTERNS = [*listing.PATTERNS, *register.PATTERNS, *case.PATTERNS, *pack.PATTERNS]
