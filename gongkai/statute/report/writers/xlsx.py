"""Excel: the prose on one sheet and each table on its own, merged as on the form, figures as numbers."""

from __future__ import annotations

import io
import math
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from ...ooxml import settle
from ..model import AnnualReport
from .flow import Annex, Heading, Item, Text, Title, flow, printed_title
from .layout import Role, Table, clean_number

SHEETS = {"t2": "主动公开", "t3": "收到和处理申请", "t4": "复议诉讼"}
PROSE = "总体情况"
_EXACT_DIGITS = 15
"""What a spreadsheet keeps of a number; a longer figure is written as text."""
_LONGEST = 32_000
_LINE_CHARACTERS = 40
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def put(cell: Any, text: str) -> None:
    """Writes a text that stays a text: =1+1 or @x is never a formula, not even after the cell was edited."""
    cell.value = text
    cell.data_type = "s"
    if text[:1] in "=+-@" and text:
        cell.quotePrefix = True


def _number(value: int | Decimal | None) -> int | Decimal | None:
    """The value when a spreadsheet keeps it exactly."""
    if value is None or len(Decimal(value).normalize().as_tuple().digits) > _EXACT_DIGITS:
        return None
    return value if abs(value) < 10**_EXACT_DIGITS else None


def _page(sheet: Any, title: str, *, landscape: bool) -> None:
    """A4, one page wide, with the title and page number printed at head and foot."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.oddHeader.center.text = title.replace("&", "&&")[:200]
    sheet.oddFooter.center.text = "— &P —"


def _prose(sheet: Any, items: list[Item]) -> None:
    sheet.column_dimensions["A"].width = 2.2 * _LINE_CHARACTERS
    row = 0
    for item in items:
        if not isinstance(item, Title | Heading | Text):
            continue
        heavy = isinstance(item, Title | Heading) or item.alone
        for start in range(0, len(item.text), _LONGEST):
            row += 1
            cell = sheet.cell(row, 1)
            put(cell, item.text[start : start + _LONGEST])
            size = 16 if isinstance(item, Title) else 12
            cell.font = Font(name="黑体" if heavy else "宋体", size=size)
            align = "center" if isinstance(item, Title) else "left"
            indent = 0 if isinstance(item, Title) else 2
            cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True, indent=indent)
            lines = math.ceil((len(cell.value) + 2) / _LINE_CHARACTERS)
            sheet.row_dimensions[row].height = min(409, max(1.7 * size, 18 * lines + 4))


def _draw(sheet: Any, table: Table) -> None:
    scale = 1.0 if len(table.widths) < 12 else 1.3
    for n, width in enumerate(table.widths, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = round(width * scale * 0.55 + 1, 1)
    for place in table.places:
        cell = sheet.cell(place.row + 1, place.column + 1)
        number = _number(clean_number(place))
        if number is not None:
            cell.value = number
        elif place.text:
            put(cell, place.text)
        head = place.role in (Role.HEAD, Role.CAPTION) and len(place.text) <= 20
        left = (place.role is Role.LABEL and table.key == "t3") or len(place.text) > 20
        for row in sheet.iter_rows(
            place.row + 1, place.row + place.rows, place.column + 1, place.column + place.columns
        ):
            for covered in row:
                covered.border = _BOX
        cell.font = Font(name="黑体" if head else "宋体", size=11)
        cell.alignment = Alignment(horizontal="left" if left else "center", vertical="center", wrap_text=True)
        if place.rows * place.columns > 1:
            sheet.merge_cells(
                start_row=place.row + 1,
                start_column=place.column + 1,
                end_row=place.row + place.rows,
                end_column=place.column + place.columns,
            )
    _heights(sheet, table)
    if table.head_rows:
        sheet.print_title_rows = f"1:{table.head_rows}"


def _heights(sheet: Any, table: Table) -> None:
    """Enough height for wrapped labels: a sheet does not measure merged cells itself."""
    for n, line in enumerate(table.lines(), start=1):
        need = 1
        for place in line:
            if place.rows == 1:
                room = sum(table.widths[place.column : place.column + place.columns]) / 4.0
                need = max(need, math.ceil(len(place.text) / max(room, 1)))
        sheet.row_dimensions[n].height = 6 + 15 * need


def to_xlsx(report: AnnualReport) -> bytes:
    """The report as a workbook: 总体情况 with all prose, then one sheet a table; the same report gives the same
    bytes."""
    title = printed_title(report)
    items = flow(report)
    book = Workbook()
    sheet: Any = book.active
    sheet.title = PROSE
    _prose(sheet, items)
    _page(sheet, title, landscape=False)
    for item in items:
        if isinstance(item, Table):
            sheet = book.create_sheet(SHEETS[item.key])
            _draw(sheet, item)
            _page(sheet, f"{title} {item.caption}", landscape=item.key == "t4")
        elif isinstance(item, Annex):
            sheet = book.create_sheet("台账")
            _draw(sheet, item.table)
            _page(sheet, f"{title} {item.table.caption}", landscape=True)
    out = io.BytesIO()
    book.save(out)
    return settle(out.getvalue(), title)
