"""申请: the pages of requests, each module with its own list of addresses."""

from __future__ import annotations

from . import (
    acts,
    amending,
    case,
    conversions,
    correcting,
    deciding,
    drafting,
    errands,
    letter_templates,
    letters,
    listing,
    online,
    outgoing,
    papers,
    register,
    registers,
    reviewing,
    service,
)

PATTERNS = [
    *listing.PATTERNS,
    *register.PATTERNS,
    *case.PATTERNS,
    *acts.PATTERNS,
    *amending.PATTERNS,
    *correcting.PATTERNS,
    *deciding.PATTERNS,
    *drafting.PATTERNS,
    *reviewing.PATTERNS,
    *letters.PATTERNS,
    *letter_templates.PATTERNS,
    *service.PATTERNS,
    *outgoing.PATTERNS,
    *online.PATTERNS,
    *papers.PATTERNS,
    *errands.PATTERNS,
    *conversions.PATTERNS,
    *registers.PATTERNS,
]
