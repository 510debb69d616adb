"""Workbooks → blocks: each sheet a grid, lone lines of text as paragraphs, values as saved."""

from __future__ import annotations

import contextlib
import io
import re
import warnings
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.cell.rich_text import CellRichText

from ..blocks import Block, Grid, GridCell, TextBlock, Unreadable
from ..figures import parse_figure
from ..model import Cell, CellKind
from . import refusals
from .rows import is_statutory_label

MAX_SHEET = 8 * 1024 * 1024
MAX_MERGED = 50_000
MAX_ROWS = 1500
MAX_COLUMNS = 40
MAX_SHEETS = 30
TOO_WIDE = "工作表太大，不像一份年度报告，请只保留年度报告的表格再试。"
_MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]{0,200}?ref\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})"
)


def blocks_from_xlsx(data: bytes) -> list[Block]:
    """The visible sheets in order. A formula counts with the value saved beside it; one without a saved value
    becomes a cell of words, so that no figure is invented.

    Raises `Unreadable` for damaged files and for sheets beyond all measure.
    """
    formulas, marks = _survey(data)
    try:
        # openpyxl prints what it finds odd in a style to standard output, where --json goes.
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False, rich_text=marks)
            shown = openpyxl.load_workbook(io.BytesIO(data), keep_links=False) if formulas else None
    except Exception as error:
        # openpyxl meets damaged packages with exceptions of every kind.
        raise Unreadable(refusals.DAMAGED) from error
    sheets = [s for s in book.worksheets if s.sheet_state == "visible"] or book.worksheets
    blocks: list[Block] = []
    for sheet in sheets[:MAX_SHEETS]:
        blocks += _sheet(sheet, shown[sheet.title] if shown is not None else None)
    return blocks


def _survey(data: bytes) -> tuple[bool, bool]:
    """Look over the sheets before any library unfolds them: is there a formula, is there struck or raised text."""
    formulas = marks = False
    with refusals.open_zip(data) as archive:
        for entry in archive.infolist():
            if not entry.filename.startswith("xl/") or not entry.filename.endswith(".xml"):
                continue
            if entry.filename.startswith("xl/worksheets/") or "sharedStrings" in entry.filename:
                part = _survey_part(archive, entry.filename)
                formulas = formulas or b"<f>" in part or b"<f " in part
                marks = marks or b"strike" in part or b"superscript" in part
    return formulas, marks


def _survey_part(archive: zipfile.ZipFile, name: str) -> bytes:
    part = refusals.part_bytes(archive, name)
    if len(part) > MAX_SHEET:
        raise Unreadable(TOO_WIDE)
    area = 0
    for left, top, right, bottom in _MERGE.findall(part):
        area += (abs(_column(right) - _column(left)) + 1) * (abs(int(bottom) - int(top)) + 1)
    if area > MAX_MERGED:
        raise Unreadable(TOO_WIDE)
    return part


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _sheet(sheet: Any, formulas: Any) -> list[Block]:
    merged = _merged(sheet)
    height, width = min(sheet.max_row, MAX_ROWS), min(sheet.max_column, MAX_COLUMNS)
    blocks: list[Block] = []
    grid = Grid([], f"工作表“{sheet.title}”")
    for r in range(1, height + 1):
        row = [_cell(sheet, formulas, merged, r, c) for c in range(1, width + 1)]
        texts = [c for c in row if not c.merged and (c.text or c.cell)]
        if not any(c.text or c.cell for c in row):
            continue
        if len(texts) == 1 and texts[0].cell is None and _is_line(texts[0].text):
            if grid.rows:
                blocks.append(grid)
                grid = Grid([], grid.where)
            blocks.append(TextBlock(texts[0].text, texts[0].where))
        else:
            grid.rows.append(row)
    return [*blocks, grid] if grid.rows else blocks


def _is_line(text: str) -> bool:
    """True for words alone in their row that are no label of the form: a title, a heading, a paragraph."""
    return not is_statutory_label(text) and bool(re.search(r"[\u4e00-\u9fff]{2}", text))


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Place → first place of the merged cell covering it."""
    found = {}
    for area in sheet.merged_cells.ranges:
        for r in range(area.min_row, min(area.max_row, MAX_ROWS) + 1):
            for c in range(area.min_col, min(area.max_col, MAX_COLUMNS) + 1):
                found[r, c] = (area.min_row, area.min_col)
    return found


def _cell(
    sheet: Any, formulas: Any, merged: dict[tuple[int, int], tuple[int, int]], r: int, c: int
) -> GridCell:
    row, col = merged.get((r, c), (r, c))
    cell = sheet.cell(row, col)
    where = f"工作表“{sheet.title}”{cell.coordinate}"
    text = "" if cell.has_style and cell.font.strike else _text(cell.value)
    known = None
    if not text and formulas is not None:
        formula = formulas.cell(row, col).value
        if isinstance(formula, str) and formula.startswith("="):
            note = "公式没有保存计算结果，请用表格软件打开并保存一次"
            known = Cell(None, formula, where, CellKind.TEXT, note=note)
    return GridCell(text, where, merged=(row, col) != (r, c), cell=known)


def _text(value: object) -> str:
    """A saved value as it would be printed; a float without the noise of its binary form."""
    if value is None:
        return ""
    if isinstance(value, CellRichText):
        return _rich(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return (
            str(int(value))
            if value.is_integer() and abs(value) < 1e15
            else format(Decimal(f"{value:.15g}"), "f")
        )
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value).strip()


def _rich(value: CellRichText) -> str:
    """Text with marked pieces: struck ones are left out, raised ones where the rest is a figure."""
    kept = [piece for piece in value if not getattr(getattr(piece, "font", None), "strike", None)]
    level = [p for p in kept if getattr(getattr(p, "font", None), "vertAlign", None) != "superscript"]
    bare = "".join(map(str, level)).strip()
    if parse_figure(bare, amount=True).kind is not CellKind.TEXT:
        return bare
    return "".join(map(str, kept)).strip()
