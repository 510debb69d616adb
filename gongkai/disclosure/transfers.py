"""移送明细表: what was published in a year, as a list to be handed over with it (条例第二十五条)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.conf import settings
from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.statute.ooxml import plain, settle_into

from .figures import published_in
from .models import Publication, Transfer

__all__ = [
    "FORMS",
    "HEADS",
    "MOST_IN_WORD",
    "NoTransfer",
    "Transfer",
    "handed_over",
    "heading",
    "to_hand_over",
]
NoTransfer = Transfer.DoesNotExist
HEADS = ("序号", "索引号", "标题", "发文字号", "成文日期", "发布日期", "栏目", "有效性")
_WIDTHS = (6, 22, 50, 24, 12, 12, 18, 8)
MOST_IN_WORD = 3000
"""Rows of the .docx: a longer table takes minutes to open; the .xlsx has no end."""
_PIECE = 64 * 1024


def to_hand_over(agency: Agency, year: int, after: int = 0) -> QuerySet[Publication]:
    """What was published in the year and stands, oldest first; of it what came after a publication, if said."""
    found = published_in(agency, year).order_by("first_at", "pk")
    return found.filter(pk__gt=after) if after else found


def handed_over(agency: Agency) -> QuerySet[Transfer]:
    """The hand-overs, newest first."""
    return Transfer.objects.filter(agency=agency).select_related("file")


def heading(agency: Agency, year: int) -> str:
    """The title of the list."""
    return f"{agency.name}{year}年主动公开政府信息移送明细表"


def _rows(found: QuerySet[Publication]) -> Iterator[tuple[str, ...]]:
    for n, one in enumerate(found.iterator(chunk_size=500), start=1):
        yield (
            str(n),
            one.index_number,
            one.title,
            one.document_number,
            one.formed_on.isoformat(),
            one.published_on.isoformat(),
            one.column.name,
            one.get_validity_display(),
        )


def _as_xlsx(title: str, foot: str, rows: Iterable[tuple[str, ...]], out: IO[bytes]) -> None:
    """Row by row: memory does not grow with the list."""
    from openpyxl import Workbook  # noqa: PLC0415 - its library is large
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("移送明细表")
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "2:2"
    for letter, width in zip("ABCDEFGH", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width

    def cells(texts: Iterable[str], *, bold: bool = False) -> list[Any]:
        made = []
        for text in texts:
            cell: Any = WriteOnlyCell(sheet)
            # Text whatever it looks like: a title that begins with = is no formula.
            cell._value, cell.data_type = plain(text)[:32_000], "s"
            if bold:
                cell.font = Font(bold=True)
            made.append(cell)
        return made

    sheet.append(cells([title], bold=True))
    sheet.append(cells(HEADS, bold=True))
    for row in rows:
        sheet.append(cells(row))
    sheet.append(cells([foot]))
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as package:
        book.save(package)
        package.seek(0)
        settle_into(package, out, title)


def _as_docx(title: str, foot: str, rows: Iterable[tuple[str, ...]], out: IO[bytes]) -> None:
    from docx import Document  # noqa: PLC0415 - its library is large
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    book = Document()
    section = book.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    book.styles["Normal"].font.size = Pt(9)
    book.add_heading(title, level=1)
    lines = [HEADS, *rows]
    table = book.add_table(rows=len(lines), cols=len(HEADS))
    table.style = "Table Grid"
    # All cells at once: asking for each by its place reads the whole table every time.
    for cell, text in zip(table._cells, (text for line in lines for text in line), strict=True):
        cell.text = plain(text)
    book.add_paragraph(foot)
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as package:
        book.save(package)
        package.seek(0)
        settle_into(package, out, title)


_WRITE = {"xlsx": _as_xlsx, "docx": _as_docx}
FORMS: dict[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The endings with their content types."""
_FOOT = "移交人：　　　　　　接收人：　　　　　　移交日期：　　　　年　　月　　日"


def list_of(agency: Agency, year: int, ending: str, after: int = 0) -> IO[bytes]:
    """The list as a file on disk, at its beginning; closed by whoever asked. KeyError for an unknown ending."""
    file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115
    _WRITE[ending](heading(agency, year), _FOOT, _rows(to_hand_over(agency, year, after)), file)
    file.seek(0)
    return file


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The content piece by piece; the file is closed at the end."""
    with file:
        while piece := file.read(_PIECE):
            yield piece
