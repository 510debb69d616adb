"""How rows, columns, cells and places are called in messages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from ..editions import COLUMN_LABELS, edition, row_label
from ..model import AnnualReport, Number

TABLES = {"t2": "第二表", "t3": "第三表", "t4": "第四表"}
_NUMBERED = re.compile(r"^(?:[一二三四]、|（[一二三四五六七]）|\d\.)")


@cache
def row_words(edition_id: str, slug: str) -> str:
    """A row of table three as the form calls it: （三）1.属于国家秘密, without the bracketed remark."""
    if slug == "other_all":
        return "（六）其他处理"
    for row in edition(edition_id).table3_data:
        if row.slug == slug:
            number = _NUMBERED.match(row.label)
            head = number.group(0) if number else ""
            body = row.label[len(head) :].split("（")[0]
            parent = row.number[1:4] if row.id.count("_") == 2 else ""
            return parent + head + body
    return slug


@cache
def cell_words(edition_id: str, cell_id: str) -> str:
    """A cell in words: 第三表“（一）予以公开”行“自然人”列."""
    table, slug, *rest = cell_id.split(".")
    if table == "t3" and rest:
        return f"第三表“{row_words(edition_id, slug)}”行“{COLUMN_LABELS.get(rest[0], rest[0])}”列"
    try:
        return f"{TABLES.get(table, table)}“{row_label(edition_id, cell_id)}”"
    except (KeyError, ValueError, StopIteration):
        return f"{TABLES.get(table, table)}“{cell_id}”"


def several(names: Iterable[str], most: int = 4) -> str:
    """A short list: 甲、乙、丙等7处; the number only when some are left out."""
    all_names = list(dict.fromkeys(names))
    if len(all_names) <= most:
        return "、".join(all_names)
    return "、".join(all_names[:most]) + f"等{len(all_names)}处"


def places(report: AnnualReport, cells: Iterable[str]) -> str:
    """Where these cells were read, in words; empty when nothing is known."""
    found = (report.cells[c].where for c in cells if c in report.cells)
    return several(w for w in found if w)


def shown(value: Number) -> str:
    """A figure as people write it: no trailing zeros, no exponent."""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)
