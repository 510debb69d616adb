"""The ledger as .xlsx, as on the form: title, twelve heads, rows, foot-note. Written row by row, whatever its length."""

from __future__ import annotations

import io
import math
import tempfile
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from ..ooxml import plain, settle_into
from .columns import COLUMNS, NOTE, title
from .reading import LedgerRead, RowProblem, UnreadableLedger, read_xlsx
from .rows import LedgerRow

__all__ = [
    "LedgerRead",
    "RowProblem",
    "UnreadableLedger",
    "read_xlsx",
    "to_xlsx",
    "write_table",
    "write_xlsx",
]

LONGEST = 32_000
"""Characters a cell holds; the rest of a longer text is left out."""
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)


class _Pen:
    """One look of a cell, made once: every cell of a hundred thousand rows shares it. `quoted` marks a text that
    begins like a formula and is none."""

    def __init__(
        self, sheet: Any, font: Font, border: Border | None = _BOX, wrap: Alignment = _MIDDLE
    ) -> None:
        self._cells: list[Any] = [WriteOnlyCell(sheet), WriteOnlyCell(sheet)]
        for cell, quoted in zip(self._cells, (False, True), strict=True):
            cell.font, cell.alignment = font, wrap
            if border is not None:
                cell.border = border
            cell.quotePrefix = quoted
        self._sheet = sheet

    def cell(self, text: str) -> Any:
        """A cell of this look with this text, which is text whatever it looks like."""
        cell: Any = WriteOnlyCell(self._sheet)
        cell._style = self._cells[text[:1] in ("=", "+", "-", "@")]._style
        if text:
            cell._value, cell.data_type = plain(text)[:LONGEST], "s"
        return cell


def _page(sheet: Any) -> None:
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "2:2"
    sheet.oddFooter.center.text = "— &P —"
    for n, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = round(column.width * 0.55, 1)


def _append(sheet: Any, at: int, cells: Sequence[Any], height: float | None = None) -> None:
    """Write a row and forget it; its height is kept no longer than it takes to write it."""
    if height is not None:
        sheet.row_dimensions[at].height = height
    sheet.append(cells)
    sheet.row_dimensions.pop(at, None)


def _height(texts: Sequence[str]) -> float:
    """High enough for its wrapped texts, within what a sheet allows."""
    lines = (math.ceil(len(text) * 4 / column.width) for text, column in zip(texts, COLUMNS, strict=True))
    return min(409.0, 16.0 * max(2, *lines))


def write_xlsx(out: IO[bytes], heading: str, rows: Iterable[LedgerRow]) -> int:
    """Write the ledger on one sheet as on the form: title across twelve columns, heads, rows, foot-note; A4
    landscape, heads on each page; how many rows. Texts stay texts; the same rows give the same bytes. However many
    rows there are, one is held at a time."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("台账")
    _page(sheet)
    big, plainly = Font(name="方正小标宋简体", size=18), Font(name="宋体", size=10.5)
    top = _Pen(sheet, big, None, Alignment(horizontal="center", vertical="center"))
    _append(sheet, 1, [top.cell(heading)], 36)
    sheet.merged_cells.add(f"A1:{get_column_letter(len(COLUMNS))}1")
    head, body = _Pen(sheet, Font(name="黑体", size=10.5)), _Pen(sheet, plainly)
    at = 1
    lines = chain([tuple(c.label for c in COLUMNS)], (row.texts for row in rows))
    for at, texts in enumerate(lines, start=2):
        pen = head if at == 2 else body
        _append(sheet, at, [pen.cell(text) for text in texts], _height(texts))
    foot = _Pen(sheet, plainly, None, Alignment())
    _append(sheet, at + 1, [foot.cell(NOTE)])
    sheet.merged_cells.add(f"A{at + 1}:{get_column_letter(len(COLUMNS))}{at + 1}")
    with tempfile.TemporaryFile() as package:
        book.save(package)
        package.seek(0)
        settle_into(package, out, heading)
    return at - 2


def write_table(
    out: IO[bytes], heading: str, heads: Sequence[str], lines: Iterable[Sequence[str]], foot: str = ""
) -> int:
    """Write any list on one sheet: title, heads, rows of texts, foot-note; how many rows. However many there are,
    one is held at a time."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("明细")
    for n in range(len(heads)):
        sheet.column_dimensions[get_column_letter(n + 1)].width = _WIDTH
    plainly = Font(name="宋体", size=10.5)
    _append(sheet, 1, [_Pen(sheet, Font(name="黑体", size=14), None, Alignment()).cell(heading)])
    head, body = _Pen(sheet, Font(name="黑体", size=10.5)), _Pen(sheet, plainly)
    _append(sheet, 2, [head.cell(text) for text in heads])
    at = 2
    for at, texts in enumerate(lines, start=3):
        _append(sheet, at, [body.cell(text) for text in texts])
    if foot:
        _append(sheet, at + 1, [_Pen(sheet, plainly, None, Alignment()).cell(foot)])
    with tempfile.TemporaryFile() as package:
        book.save(package)
        package.seek(0)
        settle_into(package, out, heading)
    return at - 2


_WIDTH = 22.0


def to_xlsx(agency: str, year: int, rows: Iterable[LedgerRow]) -> bytes:
    """The ledger of a year as the bytes of an .xlsx."""
    out = io.BytesIO()
    write_xlsx(out, title(agency, year), rows)
    return out.getvalue()
