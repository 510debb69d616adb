"""季度自查表 as .docx in the official format (GB/T 9704) and as .xlsx."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from gongkai.statute.ooxml import plain, settle

LINES = ("序号", "检查项目", "检查标准", "依据", "发现", "已整改", "说明理由", "未整改")
FINDINGS = ("序号", "检查项目", "问题", "位置", "发现日期", "责任岗位", "整改期限", "整改情况")
LINE_WIDTHS = (10, 31, 44, 24, 12, 12, 12, 12)
FINDING_WIDTHS = (10, 26, 34, 28, 16, 16, 16, 14)
"""Widths in millimetres: together the 156 mm of the text area, of the second with smaller type."""
FORMS: dict[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The endings with their content types."""
SIGNED = "填表人：　　　　　　　审核人：　　　　　　　负责人："


def file_of(sheet: dict[str, Any], ending: str) -> bytes:
    """The sheet as a file. KeyError for an unknown ending."""
    return {"docx": _as_docx, "xlsx": _as_xlsx}[ending](sheet)


def _lines(sheet: dict[str, Any]) -> list[tuple[str, ...]]:
    rows = [
        (
            str(n),
            f"{'【单项否决】' if line['veto'] else ''}{line['label']}",
            line["says"],
            line["law"],
            *(str(line[name]) for name in ("found", "closed", "explained", "open")),
        )
        for n, line in enumerate(sheet["lines"], 1)
    ]
    totals = sheet["totals"]
    return [*rows, ("", "合计", "", "", *(str(totals[n]) for n in ("found", "closed", "explained", "open")))]


def _findings(sheet: dict[str, Any]) -> list[tuple[str, ...]]:
    return [
        (
            str(n),
            f"{'【单项否决】' if one['veto'] else ''}{one['label']}",
            *(one[name] for name in ("what", "where", "found_on", "seat", "due_on", "state")),
        )
        for n, one in enumerate(sheet["findings"], 1)
    ]


def opening(sheet: dict[str, Any]) -> str:
    """The first paragraph."""
    first, last = (date.fromisoformat(sheet[name]) for name in ("first", "last"))
    totals = sheet["totals"]
    verdict = f"单项否决项{sheet['vetoes']}处没有整改" if sheet["vetoes"] else "没有未整改的单项否决项"
    return (
        f"按照政府信息公开和政府网站检查的要求，{sheet['agency']}对{_day(first)}至{_day(last)}"
        f"公开的信息和栏目进行了自查，平台共检查{sheet['runs']}次。截至{_day(date.fromisoformat(sheet['as_of']))}，"
        f"发现问题{totals['found']}处，已整改{totals['closed']}处，说明理由{totals['explained']}处，"
        f"未整改{totals['open']}处；{verdict}。"
    )


def _day(day: date) -> str:
    """The day as it stands in an official document, without its weekday."""
    return f"{day.year}年{day.month}月{day.day}日"


def notes(sheet: dict[str, Any]) -> list[str]:
    """What was not looked at, and what is not listed."""
    found = list(sheet["left_out"])
    if sheet["more"]:
        found.append(f"另有{sheet['more']}处问题没有列出，见平台“巡查”。")
    return found


def _as_docx(sheet: dict[str, Any]) -> bytes:
    from docx.shared import Pt  # noqa: PLC0415 - its library is large

    from gongkai.statute.report.writers.docx import official_document  # noqa: PLC0415

    book = official_document()
    book.add_paragraph(sheet["title"], style="Title")
    book.add_paragraph(plain(opening(sheet)))
    book.add_paragraph("一、检查项目和结果", style="Heading 1")
    table_of(book, LINES, _lines(sheet), LINE_WIDTHS)
    book.add_paragraph("二、问题和整改情况", style="Heading 1")
    rows = _findings(sheet)
    if rows:
        table_of(book, FINDINGS, rows, FINDING_WIDTHS)
    else:
        book.add_paragraph("本季度没有发现问题。")
    for note in notes(sheet):
        book.add_paragraph(f"注：{plain(note)}")
    signed = book.add_paragraph(SIGNED)
    signed.paragraph_format.space_before = Pt(24)
    book.add_paragraph(f"{sheet['agency']}（盖章）", style="落款")
    book.add_paragraph(_day(date.fromisoformat(sheet["as_of"])), style="落款")
    out = io.BytesIO()
    book.save(out)
    return settle(out.getvalue(), sheet["title"])


def table_of(book: Any, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    """A table with lines: its head repeats on every page, no row breaks over two."""
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    lines = [heads, *rows]
    table = book.add_table(rows=len(lines), cols=len(heads))
    table.style, table.autofit = "Table Grid", False
    scale = 156 / sum(widths)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width * scale)
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    cells = iter(table._cells)
    for n, (line, row) in enumerate(zip(lines, table.rows, strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(parse_xml(f"<w:cantSplit {ns}/>"))
        if n == 0:
            properties.append(parse_xml(f"<w:tblHeader {ns}/>"))
        for text, width in zip(line, widths, strict=True):
            cell = next(cells)
            cell.width = Mm(width * scale)
            paragraph = cell.paragraphs[0]
            paragraph.style = "表格文字"
            paragraph.add_run(plain(text)).bold = n == 0


def _as_xlsx(sheet: dict[str, Any]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - its library is large

    book = Workbook()
    first = book.worksheets[0]
    first.title = "检查项目和结果"
    _page(first, sheet["title"], LINES, _lines(sheet), (6, 28, 60, 26, 8, 8, 10, 8), [opening(sheet)], sheet)
    second = book.create_sheet("问题和整改情况")
    rows = _findings(sheet) or [("", "本季度没有发现问题。", *[""] * 6)]
    _page(second, sheet["title"], FINDINGS, rows, (6, 28, 50, 36, 12, 16, 12, 30), notes(sheet), sheet)
    out = io.BytesIO()
    book.save(out)
    return settle(out.getvalue(), sheet["title"])


def _page(
    page: Any,
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    widths: Sequence[int],
    below: Sequence[str],
    sheet: dict[str, Any],
) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    thin = Side(style="thin")
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    page.page_setup.paperSize, page.page_setup.orientation = 9, "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows, page.freeze_panes = "2:2", "A3"
    page.oddFooter.center.text = "— &P —"
    last = get_column_letter(len(heads))
    for letter, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(letter)].width = width

    def write(row: int, column: int, text: str) -> Any:
        cell = page.cell(row, column)
        # Text whatever it looks like: a title that begins with = is no formula.
        if column > 4 and text.isdecimal():
            cell.value = int(text)
        else:
            cell.value, cell.data_type = plain(text)[:32_000], "s"
        return cell

    write(1, 1, title).font = Font(name="方正小标宋简体", size=18)
    page.cell(1, 1).alignment = Alignment(horizontal="center", vertical="center")
    page.merge_cells(f"A1:{last}1")
    page.row_dimensions[1].height = 36
    n = 2
    for n, line in enumerate([heads, *rows], 2):
        for column, text in enumerate(line, 1):
            cell = write(n, column, text)
            cell.border = box
            cell.font = Font(name="黑体" if n == 2 else "仿宋_GB2312", size=11)
            cell.alignment = Alignment(
                horizontal="center" if n == 2 or column in (1, *range(5, 9)) else "left",
                vertical="center",
                wrap_text=True,
            )
    for text in [*below, f"{SIGNED}　　　　{sheet['agency']}（盖章）　　　　{sheet['as_of']}"]:
        n += 1
        write(n, 1, text).alignment = Alignment(wrap_text=True, vertical="top")
        page.merge_cells(f"A{n}:{last}{n}")
        page.row_dimensions[n].height = 34
