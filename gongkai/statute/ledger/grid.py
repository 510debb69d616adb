"""A table file as sheets of rows of text: .xlsx, or .csv in the encodings that table programs write."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import IO, Any

from openpyxl import load_workbook

from ..ooxml import plain
from .delimited import unguarded

_LARGEST = 50 * 1024 * 1024
_UNPACKED = 400 * 1024 * 1024
MOST_ROWS = 100_000
"""Rows of a sheet that are looked at."""
MOST_COLUMNS = 60
_WHOLE = "工作表"
_BROKEN = "这个表格读到一半坏了，请用表格软件打开并另存为 .xlsx 后再导入。"


class UnreadableLedger(ValueError):
    """A file that is no ledger; the message is one Chinese sentence that says what to do."""


@dataclass(slots=True)
class Grid:
    """An opened table file: the names of its sheets, and the rows of each, a row at a time."""

    sheets: list[str]
    _book: Any = None
    _text: str = ""
    _breaks: bool = False

    def rows(self, sheet: str) -> Iterator[tuple[int, list[str]]]:
        """The rows of a sheet with their numbers, counted from 1. Raises `UnreadableLedger` where it is broken."""
        lines = self._cells(sheet) if self._book is not None else self._fields()
        try:
            yield from enumerate(islice(lines, MOST_ROWS), start=1)
        except UnreadableLedger:
            raise
        except Exception as error:
            raise UnreadableLedger(_BROKEN) from error

    def _cells(self, sheet: str) -> Iterator[list[str]]:
        page = self._book[sheet]
        # What the file says of its own size may be wrong, and a cell far to the right would make empty ones.
        page.reset_dimensions()
        for values in page.iter_rows(values_only=True, max_row=MOST_ROWS, max_col=MOST_COLUMNS):
            yield [_text(value, breaks=self._breaks) for value in values]

    def _fields(self) -> Iterator[list[str]]:
        first = self._text[:4096]
        mark = max(",\t;", key=first.count)
        for fields in csv.reader(io.StringIO(self._text, newline=""), delimiter=mark):
            yield [unguarded(plain(field).strip()) for field in fields[:MOST_COLUMNS]]


@contextmanager
def opened(file: IO[bytes], *, breaks: bool = False) -> Iterator[Grid]:
    """The file as a grid, closed at the end; with `breaks` the lines of a cell of an .xlsx stay lines. Raises `UnreadableLedger` for one that is neither .xlsx nor text."""
    file.seek(0, io.SEEK_END)
    if file.tell() > _LARGEST:
        raise UnreadableLedger("文件超过 50 MB，请只保留台账所在的工作表后再导入。")
    file.seek(0)
    first = file.read(4)
    file.seek(0)
    if first == b"\xd0\xcf\x11\xe0":
        raise UnreadableLedger("这是旧版 .xls 或加密的文件，请另存为不加密的 .xlsx 后再导入。")
    if first[:2] != b"PK":
        yield Grid([_WHOLE], _text=_decoded(file.read()))
        return
    book = _book(file)
    try:
        yield Grid([sheet.title for sheet in book.worksheets], book, _breaks=breaks)
    finally:
        book.close()


def _book(file: IO[bytes]) -> Any:
    try:
        with zipfile.ZipFile(file) as package:
            if sum(info.file_size for info in package.infolist()) > _UNPACKED:
                raise UnreadableLedger("文件解开后过大，请只保留台账所在的工作表后再导入。")
        file.seek(0)
        return load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except UnreadableLedger:
        raise
    except Exception as error:
        raise UnreadableLedger(
            "这个文件不是完整的 .xlsx 表格，请用表格软件另存为 .xlsx 后再导入。"
        ) from error


def _decoded(data: bytes) -> str:
    """The text of a .csv: UTF-8 with or without its mark, UTF-16 with one, else what Chinese Windows writes."""
    encodings: Iterable[str] = ("utf-8-sig", "gb18030")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ("utf-16",)
    if b"\0" not in data or encodings == ("utf-16",):
        for encoding in encodings:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise UnreadableLedger("这个文件不是 .xlsx 或者 .csv 表格，请用表格软件另存为 .xlsx 后再导入。")


def _text(value: Any, *, breaks: bool = False) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if breaks:
        return "\n".join(plain(line) for line in str(value).splitlines()).strip()
    return plain(str(value)).strip()
