"""The trail as a sheet: .csv piece by piece, .xlsx through a file on the disk; neither grows in memory."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from gongkai.statute.ooxml import plain

from .models import Entry
from .queries import RESULTS

HEADS = (
    "序号",
    "时间",
    "人员",
    "岗位",
    "机关",
    "操作",
    "对象",
    "对象类别",
    "对象编号",
    "结果",
    "来源地址",
    "说明",
    "前一条的摘要值",
    "摘要值",
)
_SHEET = 1_000_000
_LOT = 500
Names = Callable[[int | None], str]
"""The name of an agency by its number."""


def _texts(entry: Entry, name_of: Names) -> list[str]:
    return [
        str(entry.number),
        timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S"),
        entry.person_name,
        entry.seat,
        name_of(entry.agency_id),
        entry.label,
        entry.object_name,
        entry.object_kind,
        entry.object_id,
        RESULTS.get(entry.result, entry.result),
        entry.address,
        entry.detail,
        entry.previous,
        entry.digest,
    ]


def _tame(text: str) -> str:
    """A text that no spreadsheet takes for a formula: = + - @ and tab at its head get an apostrophe before them."""
    text = plain(text)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def csv_parts(entries: Iterable[Entry], name_of: Names) -> Iterator[bytes]:
    """The .csv in parts, with the mark by which Excel knows UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    yield b"\xef\xbb\xbf"
    for n, entry in enumerate(entries, start=1):
        writer.writerow([_tame(text) for text in _texts(entry, name_of)])
        if n % _LOT == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def xlsx_file(entries: Iterable[Entry], name_of: Names) -> IO[bytes]:
    """The .xlsx in a file without a name, at its beginning; a sheet for every million entries. Texts stay texts."""
    book = Workbook(write_only=True)
    sheet: Any = None
    for n, entry in enumerate(entries):
        if n % _SHEET == 0:
            sheet = _sheet(book)
        sheet.append([_cell(sheet, text) for text in _texts(entry, name_of)])
    if sheet is None:
        _sheet(book)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    book.save(file)
    file.seek(0)
    return file


def _sheet(book: Workbook) -> Any:
    sheet: Any = book.create_sheet(f"审计记录{len(book.worksheets) + 1}")
    sheet.freeze_panes = "A2"
    for letter, width in zip(
        "ABCDEFGHIJKLMN", (10, 20, 12, 28, 28, 20, 30, 16, 12, 8, 16, 40, 20, 20), strict=True
    ):
        sheet.column_dimensions[letter].width = width
    sheet.append([_cell(sheet, head) for head in HEADS])
    return sheet


def _cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=plain(text)[:32_000])
    cell.data_type = "s"
    if text[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True
    return cell
