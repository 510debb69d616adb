"""The ledger as it stands behind the report: title, head, rows, foot-note; and as plain text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from .columns import LABELS, NOTE, title
from .rows import LedgerRow


def annex(agency: str, year: int, rows: Sequence[LedgerRow]) -> list[list[str]]:
    """The annex as `AnnualReport.ledger` holds it: a title row, the twelve heads, the rows, the foot-note."""
    return [[title(agency, year)], list(LABELS), *(list(row.texts) for row in rows), [NOTE]]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def to_text(agency: str, year: int, rows: Sequence[LedgerRow]) -> str:
    """The ledger as text for a terminal or a mail: columns aligned, Chinese counted as two."""
    lines = [LABELS, *(row.texts for row in rows)]
    widths = [max(_width(line[n]) for line in lines) for n in range(len(LABELS))]
    out = [title(agency, year)]
    for line in lines:
        cells = (text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True))
        out.append("  ".join(cells).rstrip())
    return "\n".join([*out, NOTE]) + "\n"
