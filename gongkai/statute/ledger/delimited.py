"""The ledger as .csv: heads and rows, UTF-8 with a mark at its beginning so that WPS and Excel open it right."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from ..ooxml import plain
from .columns import LABELS
from .rows import LedgerRow

_FORMULA = ("=", "+", "-", "@")
_LOT = 500


def to_csv(rows: Iterable[LedgerRow]) -> Iterator[bytes]:
    """The ledger in pieces; see `table_csv`."""
    return table_csv(LABELS, (row.texts for row in rows))


def table_csv(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The file in pieces. A text that begins like a formula, or like one so guarded, gets an apostrophe before it:
    a table program would calculate it otherwise."""
    out = io.StringIO()
    writer = csv.writer(out)
    yield "\ufeff".encode()
    writer.writerow(heads)
    for n, texts in enumerate(lines, start=1):
        writer.writerow([_guarded(plain(text)) for text in texts])
        if n % _LOT == 0:
            yield out.getvalue().encode("utf-8", "replace")
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode("utf-8", "replace")


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that `to_csv` put before it."""
    return text[1:] if text[:1] == "'" and text[1:].startswith((*_FORMULA, "'")) else text
