"""The JSON of `writers.json` read back: the same report, cell by cell."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from ..blocks import Unreadable
from ..editions import editions
from ..model import AmbiguousRun, AnnualReport, Cell, CellKind, Paragraph, Section
from ..schema import bare_cell, bare_cells, number

_WRONG = "这个 JSON 文件不是公开年报数据，请使用本系统导出的 JSON，或按 report.schema.json 的格式改正。"

_ABSURD = "这个 JSON 文件里有不成立的数（NaN、Infinity 或长得离谱的数），请改成实际数字后再读。"
_YEARS = range(1900, 3000)


def from_bytes(data: bytes) -> AnnualReport:
    """The report in UTF-8 JSON bytes. `Unreadable` when it is no JSON or no report."""
    try:
        parsed = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable("这个文件不是完整的 JSON，请重新导出后再读。") from error
    return from_dict(parsed)


def from_dict(data: Any) -> AnnualReport:
    """The report that `writers.json.to_dict` told. `Unreadable` when the data have another shape."""
    try:
        return _report(data)
    except OverflowError as error:
        raise Unreadable(_ABSURD) from error
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        raise Unreadable(_WRONG) from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    # Half a character (a lone surrogate) can stand in JSON, but can be neither printed nor saved.
    value.encode()
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("whole number expected")
    return value


def _paragraph(data: Any) -> Paragraph:
    return Paragraph(_text(data["text"]), _text(data.get("where", "")))


def _section(data: Any) -> Section:
    ordinal = data["ordinal"]
    if ordinal is not None:
        _whole(ordinal)
    return Section(
        key=_text(data["key"]),
        title=_text(data["title"]),
        ordinal=ordinal,
        paragraphs=[_paragraph(p) for p in data["paragraphs"]],
        where=_text(data.get("where", "")),
    )


def _run(data: Any) -> AmbiguousRun:
    return AmbiguousRun(
        cells=tuple(_text(c) for c in data["cells"]),
        raw=_text(data["raw"]),
        candidates=tuple(tuple(number(v) for v in reading) for reading in data["candidates"]),
        where=_text(data.get("where", "")),
    )


def _cell(shown: Any, more: Any) -> Cell:
    """The bare cell with what `cells` tells beyond it."""
    bare = bare_cell(shown)
    _text(bare.raw)
    if not more:
        return bare
    kind = CellKind(more["kind"]) if "kind" in more else bare.kind
    value = number(more["value"]) if "value" in more else bare.value
    if kind is CellKind.NUMBER and value is None:
        raise ValueError("a figure without its value")
    candidates = tuple(number(v) for v in more["candidates"]) if "candidates" in more else bare.candidates
    return Cell(
        value=value if kind is CellKind.NUMBER else None,
        raw=_text(more.get("raw", bare.raw)),
        where=_text(more.get("where", "")),
        kind=kind,
        candidates=candidates,
        note=_text(more.get("note", "")),
    )


def _period(data: Any) -> tuple[date, date] | None:
    if data is None:
        return None
    first, last = data
    return date.fromisoformat(first), date.fromisoformat(last)


def _tables(edition_id: str, data: Any) -> set[str]:
    names = {"t2": "table2_2019" if edition_id == "2019" else "table2", "t3": "table3", "t4": "table4"}
    return {key for key, name in names.items() if data.get(name) is not None}


def _report(data: Any) -> AnnualReport:
    edition_id, year = data["edition"], data["year"]
    if edition_id not in editions() or (year is not None and _whole(year) not in _YEARS):
        raise ValueError("unknown edition or year")
    shown, more = bare_cells(edition_id, data), data.get("cells", {})
    cells = {cell_id: _cell(value, more.get(cell_id)) for cell_id, value in shown.items()}
    cells |= {_text(cell_id): _cell(None, told) for cell_id, told in more.items() if cell_id not in shown}
    return AnnualReport(
        agency=_text(data["agency"]),
        year=year,
        edition=edition_id,
        title=_text(data["title"]),
        preface=[_paragraph(p) for p in data.get("preface", [])],
        period=_period(data["period"]),
        sections=[_section(s) for s in data["sections"]],
        cells=cells,
        tables=_tables(edition_id, data),
        ambiguous=[_run(r) for r in data.get("ambiguous", [])],
        ledger=[[_text(c) for c in row] for row in data.get("ledger", [])],
        notes=[_text(n) for n in data.get("notes", [])],
        source=_text(data.get("source", "")),
        source_format=_text(data.get("source_format", "")),
    )
