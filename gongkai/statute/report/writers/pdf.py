"""PDF by typst: PDF/A-2b, tagged, with bookmarks, in the embedded OFL fonts Noto Serif SC and Noto Sans SC."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from ..model import AnnualReport
from .flow import Annex, Heading, Item, Signature, Text, Title, flow, printed_title
from .glyphs import printable
from .layout import INSET_MM, Role, Table

FONTS = ("NotoSerifSC-Regular.ttf", "NotoSansSC-Regular.ttf")
_LONG_HEAD = 20
_ANNEX_MM = 237.0


@cache
def _font_folder() -> tempfile.TemporaryDirectory[str] | Path:
    """Where the carried fonts lie; copied out when the package is imported from an archive. The copy lives as
    long as the process, because typst reads a font only when it is first used."""
    home = files(__package__).joinpath("fonts")
    if isinstance(home, Path):
        return home
    folder = tempfile.TemporaryDirectory(prefix="gongkai-fonts-")
    for name in FONTS:
        Path(folder.name, name).write_bytes(home.joinpath(name).read_bytes())
    return folder


@cache
def _fonts() -> typst.Fonts:
    """The carried fonts and no others, loaded once."""
    folder = _font_folder()
    path = folder if isinstance(folder, Path) else Path(folder.name)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[path])


def _table(table: Table, width: float | None = None) -> dict[str, Any]:
    scale = (width or sum(table.widths)) / sum(table.widths)
    return {
        "size": table.points,
        "inset": INSET_MM,
        "key": table.key,
        "head": table.head_rows,
        "rows": table.row_count,
        "widths": [round(w * scale, 3) for w in table.widths],
        "cells": [
            {
                "x": p.column,
                "y": p.row,
                "columns": p.columns,
                "rows": p.rows,
                "text": printable(p.text),
                "size": table.points_of(p),
                "left": (p.role is Role.LABEL and table.key == "t3") or len(p.text) > _LONG_HEAD,
                "bold": p.role is Role.CAPTION or (p.role is Role.HEAD and len(p.text) <= _LONG_HEAD),
            }
            for p in table.places
        ],
    }


def _item(item: Item) -> dict[str, Any]:
    match item:
        case Title():
            return {"kind": "title", "lines": [printable(line) for line in item.halves if line]}
        case Heading():
            return {"kind": "heading", "level": 1, "text": printable(item.text)}
        case Text():
            if item.alone and item.level > 1:
                return {"kind": "heading", "level": item.level, "text": printable(item.text)}
            lead, rest = item.text[: item.lead], item.text[item.lead :]
            return {"kind": "text", "level": item.level, "lead": printable(lead), "rest": printable(rest)}
        case Table():
            return {"kind": "table", "table": _table(item)}
        case Signature():
            return {"kind": "signature", "lines": [printable(line) for line in item.lines]}
        case Annex():
            return {"kind": "annex", "table": _table(item.table, _ANNEX_MM)}


def _stamp(report: AnnualReport, signature: Signature | None) -> datetime:
    """The day PDF/A asks for: that of the signature, else the last day reported on; never that of the making."""
    if signature is not None and signature.day is not None:
        day = signature.day
    elif report.period is not None:
        day = report.period[1]
    else:
        day = date(report.year if report.year and 1 <= report.year <= 9999 else 1980, 12, 31)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def to_pdf(report: AnnualReport, *, signature: Signature | None = None) -> bytes:
    """The report as PDF/A-2b; the same report gives the same bytes. A character that neither font has is printed
    as 〓, the printer's mark for a missing one."""
    data = {
        "title": printable(printed_title(report)),
        "items": [_item(item) for item in flow(report, signature)],
    }
    source = files(__package__).joinpath("report.typ").read_bytes()
    return compiled(source, {"report": json.dumps(data, ensure_ascii=False)}, _stamp(report, signature))


def compiler(source: bytes, inputs: dict[str, str]) -> typst.Compiler:
    """What sets a typst source with its inputs in the carried fonts and no others."""
    return typst.Compiler(source, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)


def compiled(source: bytes, inputs: dict[str, str], stamp: datetime) -> bytes:
    """A typst source with its inputs as PDF/A-2b in the carried fonts; the same input gives the same bytes."""
    pdf = compiler(source, inputs).compile(format="pdf", pdf_standards=["a-2b"], timestamp=stamp)
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned no single document")
    return pdf
