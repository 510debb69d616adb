"""JSON: the figures by the slugs of the glossary, and beside them all that a figure alone does not tell.

The shape is published as `schema/report.schema.json` (JSON Schema 2020-12). `readers.json.from_dict` reads it back
without loss.
"""

from __future__ import annotations

import json
from typing import Any

from ..editions import COLUMNS, edition
from ..figures import has_unit, number_text
from ..model import AmbiguousRun, AnnualReport, Cell, CellKind, Number, Paragraph, Section
from ..schema import ABSENT, bare_cell, bare_cells


def _number(value: Number) -> int | float:
    """A figure as JSON has it: whole numbers without a point, others without trailing zeros."""
    if isinstance(value, int) or value == value.to_integral_value():
        return int(value)
    return float(value)


def _cell(cell: Cell | None) -> Any:
    if cell is None or cell.kind in (CellKind.BLANK, CellKind.DASH):
        return None
    if cell.kind is CellKind.AMBIGUOUS:
        return {"ambiguous": cell.raw, "candidates": [_number(v) for v in cell.candidates]}
    if cell.kind is CellKind.TEXT or cell.value is None or has_unit(cell.raw):
        return cell.raw
    return _number(cell.value)


def _more(cell: Cell, shown: Any) -> dict[str, Any]:
    """What the bare figure does not tell of its cell; empty when it tells all."""
    plain = bare_cell(shown)
    more: dict[str, Any] = {}
    if cell.kind is not plain.kind:
        more["kind"] = cell.kind.value
    if cell.value is not None and cell.value != plain.value:
        more["value"] = number_text(cell.value)
    if cell.raw != plain.raw:
        more["raw"] = cell.raw
    if cell.candidates != plain.candidates:
        more["candidates"] = [number_text(v) for v in cell.candidates]
    more |= {name: text for name, text in (("where", cell.where), ("note", cell.note)) if text}
    return more


def _table2(report: AnnualReport) -> dict[str, Any]:
    rows: dict[str, Any] = {}
    for block in edition(report.edition).table2:
        for row in block.rows:
            if not report.has_row(f"t2.{row.slug}"):
                rows[row.slug] = ABSENT
            elif len(row.cells) == 1:
                rows[row.slug] = _cell(report.cells.get(row.cells[0]))
            else:
                values = (_cell(report.cells.get(c)) for c in row.cells)
                rows[row.slug] = dict(zip(block.columns, values, strict=True))
    return rows


def _table3(report: AnnualReport) -> dict[str, Any]:
    rows: dict[str, Any] = {}
    for row in edition("2021").table3:
        if row.slug:
            rows[row.slug] = _line(report, f"t3.{row.slug}", row.cells)
        if row.id == "r3_6_3" and report.has_row("t3.other_all"):
            rows["other_all"] = _line(report, "t3.other_all", tuple(f"t3.other_all.{c}" for c in COLUMNS))
    return rows


def _line(report: AnnualReport, row: str, cells: tuple[str, ...]) -> Any:
    return [_cell(report.cells.get(c)) for c in cells] if report.has_row(row) else ABSENT


def _table4(report: AnnualReport) -> dict[str, Any]:
    return {g.slug: _line(report, f"t4.{g.slug}", g.cells) for g in edition(report.edition).groups4}


def _paragraph(paragraph: Paragraph) -> dict[str, str]:
    return {"text": paragraph.text} | ({"where": paragraph.where} if paragraph.where else {})


def _section(section: Section) -> dict[str, Any]:
    found: dict[str, Any] = {
        "key": section.key,
        "ordinal": section.ordinal,
        "title": section.title,
        "text": section.text,
        "paragraphs": [_paragraph(p) for p in section.paragraphs],
    }
    return found | ({"where": section.where} if section.where else {})


def _run(run: AmbiguousRun) -> dict[str, Any]:
    return {
        "cells": list(run.cells),
        "raw": run.raw,
        "candidates": [[_number(v) for v in reading] for reading in run.candidates],
        "where": run.where,
    }


def _cells(report: AnnualReport, tables: dict[str, Any]) -> dict[str, Any]:
    """By cell id, what the tables do not tell; a cell that no table shows is told whole."""
    shown = bare_cells(report.edition, tables)
    found: dict[str, Any] = {}
    for cell_id, cell in report.cells.items():
        if cell_id in shown:
            more = _more(cell, shown[cell_id])
        else:
            more = _more(cell, None) | {"kind": cell.kind.value}
        if more:
            found[cell_id] = more
    return found


def to_dict(report: AnnualReport) -> dict[str, Any]:
    """The report as plain data. Blank and dash are null, an absent row is "absent", words stay words, an amount
    printed with its unit is that text; `cells` holds raw text, place, kind and note where there is more to say."""
    there = {name: name in report.tables or report.has_row(name) for name in ("t2", "t3", "t4")}
    two = _table2(report) if there["t2"] else None
    tables: dict[str, Any] = (
        {"table2": None, "table2_2019": two} if report.edition == "2019" else {"table2": two}
    )
    tables |= {
        "table3": _table3(report) if there["t3"] else None,
        "table4": _table4(report) if there["t4"] else None,
    }
    return {
        "agency": report.agency,
        "year": report.year,
        "edition": report.edition,
        "title": report.title,
        "period": [day.isoformat() for day in report.period] if report.period else None,
        "preface": [_paragraph(p) for p in report.preface],
        "sections": [_section(s) for s in report.sections],
        **tables,
        "ambiguous": [_run(run) for run in report.ambiguous],
        "cells": _cells(report, tables),
        "ledger": [list(row) for row in report.ledger],
        "notes": list(report.notes),
        "source": report.source,
        "source_format": report.source_format,
    }


def to_json(report: AnnualReport) -> bytes:
    """`to_dict` as UTF-8 JSON, indented, Chinese unescaped."""
    text = json.dumps(to_dict(report), ensure_ascii=False, indent=1)
    # A lone surrogate has no UTF-8 form; its escape is its JSON form.
    return text.encode("utf-8", "backslashreplace") + b"\n"
