"""The published JSON of a report: its schema, and what each bare value in it says of its cell."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib.resources import files
from typing import Any

from ..editions import COLUMNS, edition
from ..figures import number_text
from ..model import Cell, CellKind, Number

ABSENT = "absent"
"""Stands for a row of the form that the report does not have."""

LONGEST = 24
"""Digits of a figure before the point, and behind it."""


def schema() -> dict[str, Any]:
    """The schema as data (JSON Schema 2020-12)."""
    found: dict[str, Any] = json.loads(files(__package__).joinpath("report.schema.json").read_text("utf-8"))
    return found


def number(value: float | str) -> Number:
    """The exact figure of a JSON number or of its text. OverflowError for NaN, infinity, and figures of more than
    24 digits before or behind the point, which no report has."""
    if isinstance(value, bool):
        raise TypeError("a truth value is no figure")
    exact = Decimal(value if isinstance(value, int | str) else repr(value))
    if not exact:
        return 0
    if not exact.is_finite() or not -LONGEST <= exact.adjusted() < LONGEST or len(str(exact)) > 2 * LONGEST:
        raise OverflowError("no figure of a report")
    return int(exact) if exact == exact.to_integral_value() else exact


def bare_cell(shown: Any) -> Cell:
    """The cell that a value stands for when nothing more is told of it: null is blank, text is words."""
    if shown is None:
        return Cell(None, "", kind=CellKind.BLANK)
    if isinstance(shown, str):
        return Cell(None, shown, kind=CellKind.TEXT)
    if isinstance(shown, dict):
        values = tuple(number(v) for v in shown["candidates"])
        return Cell(None, shown["ambiguous"], kind=CellKind.AMBIGUOUS, candidates=values)
    value = number(shown)
    return Cell(value, number_text(value))


def bare_cells(edition_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """Cell id → the value shown for it in the tables. KeyError, TypeError or ValueError for another shape."""
    form = edition(edition_id)
    shown: dict[str, Any] = {}
    two = data.get("table2_2019" if edition_id == "2019" else "table2") or {}
    for block in form.table2:
        for row in block.rows:
            value = two.get(row.slug, ABSENT)
            if value != ABSENT:
                values = [value] if len(row.cells) == 1 else [value[c] for c in block.columns]
                shown |= zip(row.cells, values, strict=True)
    for slug, values in (data.get("table3") or {}).items():
        if values != ABSENT:
            shown |= zip((f"t3.{slug}.{c}" for c in COLUMNS), values, strict=True)
    four = data.get("table4") or {}
    for group in form.groups4:
        if four.get(group.slug, ABSENT) != ABSENT:
            shown |= zip(group.cells, four[group.slug], strict=True)
    return shown
