"""Excel: each table on a sheet of its own under its heading, merged as on the form, figures as numbers."""

from __future__ import annotations

import io
import itertools
import math
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from ...ooxml import settle
from ..model import AnnualReport
from .flow import Annex, Heading, Item, Text, Title, flow, printed_title
from .layout import Place, Role, Table, clean_number

SHEETS = {"t2": "主动公开", "t3": "收到和处理申请", "t4": "复议诉讼"}
PROSE, REST, LEDGER = "总体情况", "问题和其他事项", "台账"
_EXACT_DIGITS = 15
"""What a spreadsheet keeps of a number; a longer figure is written as text."""
_LONGEST = 32_000
_LONG_HEAD = 20
_PROSE_WIDTH = 79.0
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


def _groups(items: list[Item]) -> list[tuple[str, list[Item]]]:
    """The items in reading order, a group a sheet: each part with a table has a sheet of its own, what stands
    before, between and behind goes on sheets of prose."""
    groups: list[tuple[str, list[Item]]] = [(PROSE, [])]
    for n, item in enumerate(items):
        if isinstance(item, Annex):
            groups.append((LEDGER, [item.table]))
        elif isinstance(item, Heading):
            following = itertools.takewhile(lambda i: not isinstance(i, Heading), items[n + 1 :])
            table = next((i for i in following if isinstance(i, Table)), None)
            if table is not None:
                groups.append((SHEETS[table.key], []))
            elif groups[-1][0] in SHEETS.values():
                groups.append((REST, []))
        if not isinstance(item, Annex):
            groups[-1][1].append(item)
    return groups


def _width(millimetres: float) -> float:
    return round(millimetres * 0.55 + 1, 1)


def _line(sheet: Any, row: int, item: Title | Heading | Text, text: str, columns: int, width: float) -> None:
    """One paragraph across the sheet, in a row high enough for it: a sheet does not measure merged cells itself."""
    cell = sheet.cell(row, 1)
    put(cell, text)
    heavy = isinstance(item, Title | Heading) or item.alone
    size = 16 if isinstance(item, Title) else 12
    cell.font = Font(name="黑体" if heavy else "宋体", size=size)
    align = "center" if isinstance(item, Title) else "left"
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    lines = math.ceil(len(text) * 2.3 / width)
    sheet.row_dimensions[row].height = min(409, max(1.7 * size, 18 * lines + 4))
    if columns > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)


def _fill(sheet: Any, items: list[Item]) -> None:
    """Paragraphs and the table of one sheet, from the top."""
    table = next((i for i in items if isinstance(i, Table)), None)
    widths = [_width(w) for w in table.widths] if table else [_PROSE_WIDTH]
    for n, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    row = 1
    for item in items:
        if isinstance(item, Table):
            _draw(sheet, item, row)
            row += item.row_count
        elif isinstance(item, Title | Heading | Text):
            for start in range(0, len(item.text), _LONGEST):
                _line(sheet, row, item, item.text[start : start + _LONGEST], len(widths), sum(widths))
                row += 1


def _draw(sheet: Any, table: Table, top: int) -> None:
    """The table with its first row in sheet row `top`."""
    for place in table.places:
        _place(sheet, table, place, top)
    for n, line in enumerate(table.lines(), start=top):
        need = 1
        for place in line:
            if place.rows == 1:
                room = sum(table.widths[place.column : place.column + place.columns]) / 4.0
                need = max(need, math.ceil(len(place.text) / max(room, 1)))
        sheet.row_dimensions[n].height = 6 + 15 * need
    if table.head_rows:
        sheet.print_title_rows = f"{top}:{top + table.head_rows - 1}"


def _place(sheet: Any, table: Table, place: Place, top: int) -> None:
    first_row, first_column = top + place.row, place.column + 1
    last_row, last_column = first_row + place.rows - 1, place.column + place.columns
    cell = sheet.cell(first_row, first_column)
    number = _number(clean_number(place))
    if number is not None:
        cell.value = number
    elif place.text:
        put(cell, place.text)
    for row in sheet.iter_rows(first_row, last_row, first_column, last_column):
        for covered in row:
            covered.border = _BOX
    long = len(place.text) > _LONG_HEAD
    heavy = place.role in (Role.HEAD, Role.CAPTION) and not long
    left = (place.role is Role.LABEL and table.key == "t3") or long
    cell.font = Font(name="黑体" if heavy else "宋体", size=11)
    # A number too long for its column would show as ####.
    cell.alignment = Alignment(
        horizontal="left" if left else "center",
        vertical="center",
        wrap_text=number is None,
        shrink_to_fit=number is not None,
    )
    if place.rows * place.columns > 1:
        sheet.merge_cells(
            start_row=first_row, start_column=first_column, end_row=last_row, end_column=last_column
        )


def to_xlsx(report: AnnualReport) -> bytes:
    """The report as a workbook in reading order: 总体情况, a sheet for each part with its table, the rest; the same
    report gives the same bytes."""
    title = printed_title(report)
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, items in _groups(flow(report)):
        taken = sum(1 for other in book.sheetnames if other.startswith(name))
        sheet = book.create_sheet(name if not taken else f"{name}{taken + 1}")
        _fill(sheet, items)
        table = next((i for i in items if isinstance(i, Table)), None)
        _page(sheet, table.caption if table else title, landscape=name in (SHEETS["t4"], LEDGER))
    out = io.BytesIO()
    book.save(out)
    return settle(out.getvalue(), title)
