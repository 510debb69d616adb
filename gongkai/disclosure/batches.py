"""Many items in one workbook: the template, and its rows read and judged one by one before anything is made of them."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from gongkai.agencies.models import Agency
from gongkai.files.content.packages import chunks_of, name_of
from gongkai.statute.ledger.grid import UnreadableLedger, opened
from gongkai.statute.ledger.table import Heads, keys_of, table_rows

from .clean import paragraphs
from .models import Column, Item

MOST_ROWS = 300
MOST_BYTES = 300 << 20
"""Bytes of attachments that one import takes."""
HEADS: tuple[tuple[str, str, str, int, tuple[str, ...]], ...] = (
    ("column", "栏目", "必填，照“栏目”那一页写", 22, ("栏目名称", "所属栏目", "发布栏目", "公开栏目")),
    ("title", "标题", "必填", 40, ("信息标题", "信息名称", "名称", "文件名称", "文件标题", "题名")),
    (
        "summary",
        "内容概述",
        "必填，一两句话，最多200字",
        40,
        ("概述", "摘要", "内容摘要", "简介", "主要内容"),
    ),
    ("text", "正文", "一行一段；只有附件的可以不写", 60, ("内容", "正文内容", "信息内容", "全文")),
    ("document_number", "发文字号", "没有的留空", 22, ("文号", "发文号", "文件编号", "文件字号")),
    (
        *("formed_on", "成文日期", "例如 2025-03-07，不写就是今天", 14),
        ("成文时间", "成文日", "发文日期", "发文时间", "生成日期", "印发日期", "产生日期"),
    ),
    (
        *("in_force_on", "施行日期", "成文以后才施行的写，其他留空", 14),
        ("施行时间", "施行之日", "生效日期", "实施日期"),
    ),
    (
        *("access", "公开属性", "主动公开、依申请公开、不予公开；不写就是主动公开", 14),
        ("公开类别", "公开类型", "属性"),
    ),
    ("access_reason", "不主动公开的理由", "不是主动公开的必填", 30, ("不公开理由", "不主动公开理由")),
    (
        *("access_basis", "不主动公开的依据", "不是主动公开的必填，例如：《条例》第十五条", 30),
        ("不公开依据", "不主动公开依据"),
    ),
    (
        *("files", "附件", "压缩包里的文件名，几个的用分号隔开", 40),
        ("附件名称", "附件名", "附件文件名", "附件文件"),
    ),
)
"""Field, head, what to write, width, other heads under which it is found. The first three are needed."""
_NEEDED = ("column", "title", "summary")
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
    for n, (_, head, hint, width, _) in enumerate(HEADS, 1):
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
    access.add(f"H3:H{MOST_ROWS + 2}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@dataclass(slots=True)
class Packed:
    """A .zip of attachments on disk: its files by their name and by their path, and the names that stand for several."""

    package: zipfile.ZipFile
    parts: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    twice: set[str] = field(default_factory=set)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of one, piece by piece."""
        return chunks_of(self.package, self.parts[name].filename)

    def size(self, names: Iterable[str]) -> int:
        """How large these are together."""
        return sum(self.parts[name].file_size for name in names if name in self.parts)


@contextmanager
def unpacked(content: Iterable[bytes] | None) -> Iterator[Packed]:
    """The .zip with this content, put aside on disk while inside; without one there is nothing in it. The name people
    know counts, the folders only where two files bear one name: then the path is to be written."""
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as aside:
        if content is None:
            zipfile.ZipFile(aside, "w").close()
        for chunk in content or ():
            aside.write(chunk)
        with zipfile.ZipFile(aside) as package:
            found = Packed(package)
            for part in package.infolist():
                if part.is_dir():
                    continue
                path = name_of(part)
                base = path.rsplit("/", 1)[-1]
                found.parts[path] = part
                if base != path:
                    (found.twice.add(base) if base in found.parts else found.parts.setdefault(base, part))
            yield found


@dataclass(slots=True)
class Book:
    """A workbook as read: its rows, and the heads of columns that were not understood."""

    rows: list[Row] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def read_rows(content: bytes, agency: Agency, packed: Packed, day: date) -> Book:
    """The rows of a filled-in template, each judged; its columns may stand in another order, under other usual names,
    with remarks. Raises `BadWorkbook`, also for more than `MOST_ROWS` rows: no more are looked at."""
    known = {column.name: column for column in Column.objects.filter(agency=agency)}
    hints = {slug: hint for slug, _, hint, _, _ in HEADS}
    keys = keys_of((slug, head, others) for slug, head, _, _, others in HEADS)
    missing = "、".join(head for slug, head, *_ in HEADS if slug in _NEEDED)
    told = f"没有找到列名。请用下载的模板填写；用自己的表格的，第一行写列名，至少要有：{missing}。"
    found, heads = Book(), Heads()
    try:
        with opened(io.BytesIO(content), breaks=True) as grid:
            # The example of the template takes a row, and is no item.
            for at, texts in table_rows(grid, keys, _NEEDED, most=MOST_ROWS + 2, told=told, heads=heads):
                if all(value == hints[slug] for slug, value in texts.items()):
                    continue
                cells = {slug: texts.get(slug, "") for slug in hints}
                found.rows.append(_row(at, cells, known, packed, day))
                if len(found.rows) > MOST_ROWS:
                    raise BadWorkbook(f"一次最多导入{MOST_ROWS}条，这个表格不止。请分成几个表格。")
    except UnreadableLedger as error:
        raise BadWorkbook(str(error)) from error
    if heads.twice:
        raise BadWorkbook(f"“{heads.twice[0]}”这一列出现了两次，不知道用哪一列。请删掉一列。")
    if not found.rows:
        raise BadWorkbook("表格里没有内容。请在列名下面填，一行一条。")
    wanted = {name for row in found.rows for name in row.files}
    if packed.size(wanted) > MOST_BYTES:
        raise BadWorkbook(f"附件一共超过 {MOST_BYTES >> 20} MB。请分成几次导入，每次选一部分行和附件。")
    found.unused = heads.unused
    return found


def _row(
    number: int, cells: Mapping[str, Any], known: Mapping[str, Column], packed: Packed, day: date
) -> Row:
    row = Row(number)
    text = {name: str(value).strip() for name, value in cells.items()}
    column = known.get(text["column"])
    if column is None:
        row.wrong.append(f"没有“{text['column']}”这个栏目" if text["column"] else "没有写栏目")
    formed = _day(cells["formed_on"], day)
    if formed is None:
        row.wrong.append(f"成文日期“{text['formed_on']}”写法不对，写成例如 2025-03-07")
    begins = _day(cells["in_force_on"], None)
    if begins is None and text["in_force_on"]:
        row.wrong.append(f"施行日期“{text['in_force_on']}”写法不对，写成例如 2025-03-07")
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
    row.wrong += [f"压缩包里没有附件“{one}”" for one in row.files if one not in packed.parts]
    row.wrong += [
        f"压缩包里有几个文件都叫“{one}”，不知道是哪一个。请改成不同的文件名，或者连文件夹一起写，例如“文件夹/{one}”"
        for one in row.files
        if one in packed.twice
    ]
    if not text["text"] and not row.files:
        row.wrong.append("正文和附件至少要有一样")
    row.fields = {
        "column": column,
        "formed_on": formed,
        "in_force_on": begins,
        "access": access,
        "text": paragraphs(text["text"]),
        **{
            name: text[name]
            for name in ("title", "summary", "document_number", "access_reason", "access_basis")
        },
    }
    return row


def _day(value: Any, today: date | None) -> date | None:
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
