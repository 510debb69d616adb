"""The ledger as .xlsx, as on the form: title, twelve heads, rows, foot-note."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from ..ooxml import plain, settle
from .columns import COLUMNS, NOTE, title
from .reading import LedgerRead, RowProblem, UnreadableLedger, read_xlsx
from .rows import LedgerRow

__all__ = ["LedgerRead", "RowProblem", "UnreadableLedger", "read_xlsx", "to_xlsx"]

_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def _put(cell: Any, text: str) -> None:
    cell.value = plain(text)[:32_000]
    cell.data_type = "s"
    if text[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True


def _line(sheet: Any, at: int, texts: Sequence[str]) -> None:
    """One row of the grid, high enough for its wrapped texts."""
    tall = 2
    for n, (text, column) in enumerate(zip(texts, COLUMNS, strict=True), start=1):
        cell = sheet.cell(at, n)
        if text:
            _put(cell, text)
        cell.border = _BOX
        cell.font = Font(name="黑体" if at == 2 else "宋体", size=10.5)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        tall = max(tall, math.ceil(len(text) * 4 / column.width))
    sheet.row_dimensions[at].height = min(409, 16 * tall)


def _page(sheet: Any) -> None:
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "2:2"
    sheet.oddFooter.center.text = "— &P —"


def to_xlsx(agency: str, year: int, rows: Sequence[LedgerRow]) -> bytes:
    """The ledger on one sheet as on the form: title across twelve columns, heads, rows, foot-note; A4 landscape,
    heads on each page. Texts stay texts; the same rows give the same bytes."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "台账"
    last = len(COLUMNS)
    _put(sheet.cell(1, 1), title(agency, year))
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last)
    sheet.cell(1, 1).font = Font(name="方正小标宋简体", size=18)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 36
    for n, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = round(column.width * 0.55, 1)
    lines = [tuple(c.label for c in COLUMNS), *(row.texts for row in rows)]
    for at, texts in enumerate(lines, start=2):
        _line(sheet, at, texts)
    foot = len(rows) + 3
    _put(sheet.cell(foot, 1), NOTE)
    sheet.merge_cells(start_row=foot, start_column=1, end_row=foot, end_column=last)
    _page(sheet)
    out = io.BytesIO()
    book.save(out)
    return settle(out.getvalue(), title(agency, year))
