"""公开: the pages of proactive disclosure, each module with its own list of addresses."""

from __future__ import annotations

from . import (
    acts,
    attaching,
    batch,
    columns,
    converting,
    details,
    finding,
    item,
    listing,
    referring,
    reviewing,
    routes,
    submitting,
    writing,
)

PATTERNS = [
    *listing.PATTERNS,
    *batch.PATTERNS,
    *writing.PATTERNS,
    *converting.PATTERNS,
    *details.PATTERNS,
    *attaching.PATTERNS,
    *finding.PATTERNS,
    *submitting.PATTERNS,
    *acts.PATTERNS,
    *reviewing.PATTERNS,
    *referring.PATTERNS,
    *columns.PATTERNS,
    *routes.PATTERNS,
    *item.PATTERNS,
]
