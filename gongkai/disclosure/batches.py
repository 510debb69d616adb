"""Many items in one workbook: the template, and its rows read and judged one by one before anything is made of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from gongkai.agencies.models import Agency
from gongkai.files.content.packages import name_of

from .clean import paragraphs
from .models import Column, Item

MOST_ROWS = 300
HEADS: tuple[tuple[str, str, int], ...] = (
    ("栏目", "必填，照“栏目”那一页写", 22),
    ("标题", "必填", 40),
    ("内容概述", "必填，一两句话，最多200字", 40),
    ("正文", "一行一段；只有附件的可以不写", 60),
    ("发文字号", "没有的留空", 22),
    ("成文日期", "例如 2025-03-07，不写就是今天", 14),
    ("公开属性", "主动公开、依申请公开、不予公开；不写就是主动公开", 14),
    ("不主动公开的理由", "不是主动公开的必填", 30),
    ("不主动公开的依据", "不是主动公开的必填，例如：《条例》第十五条", 30),
    ("附件", "压缩包里的文件名，几个的用分号隔开", 40),
)
_FIELDS = (
    *("column", "title", "summary", "text", "document_number", "formed_on", "access"),
    *("access_reason", "access_basis", "files"),
)
_ACCESS = {str(label): value for value, label in Item.Access.choices}
_LIMITS = {"title": 200, "summary": 200, "document_number": 60, "access_reason": 500, "access_basis": 200}


class BadWorkbook(ValueError):
    """The workbook is not one of ours; says what to do."""


@dataclass(slots=True)
class Row:
    """A row as read: the fields of the item to be, names of its files, and what is wrong."""

    number: int
    fields: dict[str, Any] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def template(columns: Collection[Column]) -> bytes:
    """The workbook to fill in, with the agency's columns to choose from."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "信息"
    for n, (head, hint, width) in enumerate(HEADS, 1):
        cell = sheet.cell(1, n, head)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE8F5")
        sheet.cell(2, n, hint).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A3"
    names = book.create_sheet("栏目")
    for n, column in enumerate(columns, 1):
        names.cell(n, 1, column.name)
    pick = DataValidation(
        type="list", formula1=f"栏目!$A$1:$A${max(1, len(columns))}", showErrorMessage=False
    )
    access = DataValidation(type="list", formula1=f'"{",".join(_ACCESS)}"')
    sheet.add_data_validation(pick)
    sheet.add_data_validation(access)
    pick.add(f"A3:A{MOST_ROWS + 2}")
    access.add(f"G3:G{MOST_ROWS + 2}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def names_in(content: bytes) -> dict[str, str]:
    """The files of a .zip by the name people know, without folders: name, and the part it is."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [part for part in package.infolist() if not part.is_dir()]
    return {name_of(part).rsplit("/", 1)[-1]: part.filename for part in parts}


def part_of(content: bytes, part: str) -> bytes:
    """One file of a .zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(part)


def read_rows(content: bytes, agency: Agency, packed: Collection[str], day: date) -> list[Row]:
    """The rows of a filled-in template, each judged. Raises `BadWorkbook`."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines = list(sheet.iter_rows(max_row=MOST_ROWS + 200, max_col=len(HEADS), values_only=True))
    except Exception as error:
        raise BadWorkbook("这个表格打不开。请用下载的模板填写，存为 .xlsx 再来。") from error
    if not lines or [str(cell or "").strip() for cell in lines[0]] != [head for head, _, _ in HEADS]:
        raise BadWorkbook("表头和模板不一样。请下载模板，把内容填进去再来，表头不要改。")
    hints = tuple(hint for _, hint, _ in HEADS)
    known = {column.name: column for column in Column.objects.filter(agency=agency)}
    found = []
    for number, line in enumerate(lines[1:], 2):
        cells = tuple("" if cell is None else cell for cell in line) + ("",) * (len(HEADS) - len(line))
        if any(str(cell).strip() for cell in cells) and cells != hints:
            found.append(_row(number, dict(zip(_FIELDS, cells, strict=False)), known, packed, day))
    if not found:
        raise BadWorkbook("表格里没有内容。请从第三行开始填，一行一条。")
    if len(found) > MOST_ROWS:
        raise BadWorkbook(f"一次最多导入{MOST_ROWS}条，这里有{len(found)}条。请分成几个表格。")
    return found


def _row(
    number: int, cells: Mapping[str, Any], known: Mapping[str, Column], packed: Collection[str], day: date
) -> Row:
    row = Row(number)
    text = {name: str(value).strip() for name, value in cells.items()}
    column = known.get(text["column"])
    if column is None:
        row.wrong.append(f"没有“{text['column']}”这个栏目" if text["column"] else "没有写栏目")
    formed = _day(cells["formed_on"], day)
    if formed is None:
        row.wrong.append(f"成文日期“{text['formed_on']}”写法不对，写成例如 2025-03-07")
    access = _ACCESS.get(text["access"] or Item.Access.PROACTIVE.label)
    if access is None:
        row.wrong.append(f"公开属性“{text['access']}”不对")
    elif access != Item.Access.PROACTIVE and not (text["access_reason"] and text["access_basis"]):
        row.wrong.append("不主动公开的，要写理由和依据")
    row.wrong += [
        f"没有写{word}" for name, word in (("title", "标题"), ("summary", "内容概述")) if not text[name]
    ]
    row.wrong += [
        f"{Item._meta.get_field(name).verbose_name}最多{most}个字"  # type: ignore[union-attr]
        for name, most in _LIMITS.items()
        if len(text[name]) > most
    ]
    row.files = [one.strip() for one in text["files"].replace("；", ";").split(";") if one.strip()]
    row.wrong += [f"压缩包里没有附件“{one}”" for one in row.files if one not in packed]
    if not text["text"] and not row.files:
        row.wrong.append("正文和附件至少要有一样")
    row.fields = {
        "column": column,
        "formed_on": formed,
        "access": access,
        "text": paragraphs(text["text"]),
        **{
            name: text[name]
            for name in ("title", "summary", "document_number", "access_reason", "access_basis")
        },
    }
    return row


def _day(value: Any, today: date) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    written = (
        str(value)
        .strip()
        .replace("年", "-")
        .replace("月", "-")
        .replace("日", "")
        .replace("/", "-")
        .replace(".", "-")
    )
    if not written:
        return today
    try:
        year, month, day = (int(part) for part in written.split("-"))
        return date(year, month, day)
    except ValueError:
        return None
