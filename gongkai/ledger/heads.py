"""The first look at an uploaded ledger: its sheets, where the heads stand, which column is likely which of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from gongkai.statute.ledger.columns import COLUMNS, column_of, squeezed
from gongkai.statute.ledger.grid import Grid, UnreadableLedger, opened
from gongkai.statute.ledger.reading import heads_of

RECEIVED, KIND = "received_on", "requester"
FIELDS: dict[str, str] = {
    **{c.slug: c.label for c in COLUMNS if c.slug != "serial"},
    RECEIVED: "收到申请之日",
    KIND: "申请人类别",
}
"""What a column may be, by slug: our columns but the running number, and two that old ledgers often have besides."""
NEEDED = ("applicant", "submitted_on", "content", "number")
"""Without these there is no case."""
_MORE = {
    "申请人类别": KIND,
    "申请人类型": KIND,
    "申请主体类型": KIND,
    "申请人性质": KIND,
    "收到申请之日": RECEIVED,
}
_AHEAD, _SAMPLE = 30, 3
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen: the sheets, the one looked into, the row of the heads with their texts, some rows below it, and
    the guess by place."""

    sheets: list[str]
    sheet: str
    head_row: int
    heads: list[str]
    sample: list[list[str]]
    columns: dict[str, str]


def look(file: IO[bytes], wanted: str = "") -> Look:
    """Look into the wanted sheet, else into the first in which heads are found. Raises `UnreadableLedger`."""
    with opened(file) as grid:
        if wanted in grid.sheets:
            return _look(grid, wanted, must=False) or _nothing()
        for must in (True, False):
            for sheet in grid.sheets:
                found = _look(grid, sheet, must=must)
                if found is not None:
                    return found
    return _nothing()


def _nothing() -> Look:
    raise UnreadableLedger("表里没有内容，请选择有台账的文件。")


def _look(grid: Grid, sheet: str, *, must: bool) -> Look | None:
    """What stands in a sheet; without heads that are known, the first row with three texts serves for them."""
    first: list[tuple[int, list[str]]] = []
    for at, texts in grid.rows(sheet):
        if at > _AHEAD:
            break
        first.append((at, texts))
    known = next((n for n, (_, texts) in enumerate(first) if heads_of(texts)), None)
    if known is None and not must:
        known = next((n for n, (_, texts) in enumerate(first) if sum(map(bool, texts)) >= 3), None)
    if known is None:
        return None
    at, heads = first[known]
    width = max((n for n, text in enumerate(heads) if text), default=0) + 1
    below = [[text[:_SHORT] for text in texts[:width]] for _, texts in first[known + 1 :] if any(texts)]
    return Look(grid.sheets, sheet, at, heads[:width], below[:_SAMPLE], guess(heads[:width]))


def guess(heads: Sequence[str]) -> dict[str, str]:
    """Which of our columns each head names, by its place; what names none is left out, no column is named twice."""
    found: dict[str, str] = {}
    for n, head in enumerate(heads):
        slug = _MORE.get(squeezed(head)) or column_of(head)
        if slug == "submitted_on" and slug in found.values():
            slug = RECEIVED
        if slug in FIELDS and slug not in found.values():
            found[str(n)] = slug
    return found


def faults(columns: Mapping[str, str]) -> list[str]:
    """What is wrong with a choice of columns, in words."""
    said = []
    chosen = list(columns.values())
    missing = [FIELDS[slug] for slug in NEEDED if slug not in chosen]
    if missing:
        said.append(f"请指出哪一列是{'、'.join(missing)}。")
    twice = [FIELDS[slug] for slug in dict.fromkeys(chosen) if chosen.count(slug) > 1]
    if twice:
        said.append(f"{'、'.join(twice)}选了两次，请只留一列。")
    return said
