"""监督: an office's view of the agencies below it; and, at an agency's desk, the orders it was sent."""

from __future__ import annotations

from . import (  # noqa: F401 - owed says what is to be answered
    agency,
    answering,
    assessment,
    assessment_own,
    assessment_scoring,
    home,
    issuing,
    orders,
    owed,
)

PATTERNS = [
    *assessment.PATTERNS,
    *assessment_scoring.PATTERNS,
    *assessment_own.PATTERNS,
    *home.PATTERNS,
    *agency.PATTERNS,
    *issuing.PATTERNS,
    *orders.PATTERNS,
    *answering.PATTERNS,
]
