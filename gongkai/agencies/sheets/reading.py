"""Read the workbook: bytes → rows of text, with what cannot be read named. Nothing here asks the database."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from gongkai.statute.report.blocks import Unreadable
from gongkai.statute.report.readers import refusals

from ..checks import tidy
from .layout import MAX_BYTES, MOST_ROWS, SHEETS, Sheet
from .problems import Problem, Unfit

MAX_SHEET = 8 * 1024 * 1024
MAX_COLUMNS = 40
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]{0,200}?ref\s*=\s*[\"']([A-Z0-9:]{1,40})[\"']")
NOT_XLSX = "这不是 Excel 工作簿（.xlsx）。请先下载模板，在模板里填好以后再导入。"
TOO_BIG = f"文件超过 {MAX_BYTES // 1024 // 1024} MB，不像一份机关名单。请只保留模板里的几张表再试。"
MACROS = "文件里有宏，出于安全没有打开。请另存为不带宏的 .xlsx 再试。"
DAMAGED = "文件打不开，可能已损坏或者加了密码。请用 Excel 或 WPS 打开，另存为 .xlsx 再试。"
NO_SHEET = "没有找到要导入的表。请使用模板，表名是：机关、股室、人员与岗位。"
FORMULA = "这个格子里是公式。请改成直接写内容（复制后“选择性粘贴—数值”）。"
NOT_ROUND = "这个格子里的数不是整数，请把单元格设为“文本”后重新填写。"


@dataclass(slots=True)
class Row:
    """A row as written: its number on the sheet, and the text of each column that the sheet has."""

    number: int
    cells: dict[str, str]


@dataclass(slots=True)
class Book:
    """What was read: the rows of each sheet, and which columns it has; what could not be read stands in
    `problems`."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    columns: dict[str, set[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(data: bytes) -> Book:
    """The rows of the workbook, empty ones left out. Raises `Unfit` for a file that cannot be opened at all:
    no .xlsx, too big, with macros, packed beyond all measure."""
    _refuse(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            try:
                return _book(book, data)
            finally:
                book.close()
    except Unfit:
        raise
    except Exception as error:
        # openpyxl meets damaged packages with exceptions of every kind.
        raise _unfit(DAMAGED) from error


def _unfit(said: str) -> Unfit:
    return Unfit([Problem("", 0, "", said)])


def _refuse(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise _unfit(TOO_BIG)
    if not data.startswith(b"PK\x03\x04"):
        raise _unfit(NOT_XLSX)
    try:
        with refusals.open_zip(data) as archive:
            refusals.check_parts(archive)
            names = [entry.filename for entry in archive.infolist()]
            _refuse_parts(archive, names)
    except Unreadable as error:
        raise _unfit(str(error)) from error


def _refuse_parts(archive: zipfile.ZipFile, names: list[str]) -> None:
    if "xl/workbook.xml" not in names:
        raise _unfit(NOT_XLSX)
    if any("vbaproject" in name.lower() or "/macrosheets/" in name.lower() for name in names):
        raise _unfit(MACROS)
    if any(entry.file_size > MAX_SHEET and entry.filename.startswith("xl/") for entry in archive.infolist()):
        raise _unfit(TOO_BIG)


def _book(book: Any, data: bytes) -> Book:
    found = Book()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for layout in SHEETS:
            if layout.name not in book.sheetnames:
                continue
            sheet = book[layout.name]
            merged = _merged(archive, sheet)
            if merged:
                found.problems.append(
                    Problem(layout.name, 0, "", f"有合并的单元格：{merged}。请取消合并，每个格子分别填写。")
                )
                continue
            _sheet(found, layout, sheet)
    if not found.rows and not found.problems:
        raise _unfit(NO_SHEET)
    return found


def _merged(archive: zipfile.ZipFile, sheet: Any) -> str:
    part = refusals.part_bytes(archive, sheet._worksheet_path.lstrip("/"))
    found = [ref.decode("ascii") for ref in _MERGED.findall(part)]
    return "、".join(found[:5]) + ("等" if len(found) > 5 else "")


def _sheet(found: Book, layout: Sheet, sheet: Any) -> None:
    sheet.reset_dimensions()
    rows = _numbered(sheet)
    heads = next(rows, (1, ()))[1]
    places = _places(found, layout, [tidy(_text(cell.value)) for cell in heads])
    if places is None:
        return
    found.columns[layout.key] = set(places.values())
    kept = found.rows.setdefault(layout.key, [])
    for number, cells in rows:
        if number > MOST_ROWS + 1:
            if any(cell.value is not None for cell in cells):
                said = f"一张表最多{MOST_ROWS}行，请分成几份导入。"
                found.problems.append(Problem(layout.name, number, "", said))
                return
            continue
        row = Row(number, {})
        for place, name in places.items():
            cell = cells[place] if place < len(cells) else None
            row.cells[name] = _cell(found, layout, number, name, cell)
        if any(row.cells.values()):
            kept.append(row)


def _numbered(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    # A row far below, or a cell far to the right, must not make millions of empty ones.
    return enumerate(sheet.iter_rows(min_row=1, max_row=MOST_ROWS + 2, max_col=MAX_COLUMNS), start=1)


def _places(found: Book, layout: Sheet, heads: list[str]) -> dict[int, str] | None:
    """Which column stands where; None, with the problems noted, when the heads cannot be trusted."""
    by_head = {column.head: column.field for column in layout.columns}
    before = len(found.problems)
    places: dict[int, str] = {}
    for place, head in enumerate(heads):
        if not head:
            continue
        name = by_head.get(head)
        if name is None:
            said = f"不认识的列名“{head[:30]}”（{get_column_letter(place + 1)}列）。请照模板的列名改，或者删掉这一列。"
            found.problems.append(Problem(layout.name, 1, "", said))
        elif name in places.values():
            found.problems.append(Problem(layout.name, 1, head, "这一列出现了两次，请只留一列。"))
        else:
            places[place] = name
    for column in layout.columns:
        if column.needed and column.field not in places.values():
            found.problems.append(
                Problem(layout.name, 1, column.head, "缺少这一列，请照模板补上，第一行写列名。")
            )
    return places if len(found.problems) == before else None


def _cell(found: Book, layout: Sheet, number: int, name: str, cell: Any) -> str:
    if cell is None or cell.value is None:
        return ""
    head = layout.column(name).head
    if cell.data_type == "f":
        found.problems.append(Problem(layout.name, number, head, FORMULA))
        return ""
    if isinstance(cell.value, float) and not cell.value.is_integer():
        found.problems.append(Problem(layout.name, number, head, NOT_ROUND))
        return ""
    text: str = tidy(_text(cell.value))
    return text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
