"""Every part of an office file is searched: kept cells of other books, sheets nobody lists, parts of no known form."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from gongkai.files.content.examine import examine
from gongkai.files.reading.everything import read
from gongkai.files.reading.finding import placed
from gongkai.files.redaction.clean import clean
from gongkai.files.redaction.marks import Marks
from tests.files.offered import changed, sheet, word

pytestmark = pytest.mark.once
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
NUMBER = "13812345678"


def _book(name: str, content: bytes) -> bytes:
    book = openpyxl.Workbook()
    table: Any = book.active
    table.append(["序号", "项目"])
    table.append([1, "办理件数"])
    data = io.BytesIO()
    book.save(data)
    with zipfile.ZipFile(data, "a") as package:
        package.writestr(name, content)
    return data.getvalue()


def _cells(root: str, row: str, cell: str) -> bytes:
    return f"<{root} {SPACE}>{row.replace('CELL', cell)}</{root}>".encode()


EXTERNAL = "<externalBook><sheetDataSet><sheetData sheetId='0'><row r='1'>CELL</row></sheetData></sheetDataSet></externalBook>"
SHEET = "<sheetData><row r='1'>CELL</row></sheetData>"
PLANTED = {
    "外部链接的文字": (
        "xl/externalLinks/externalLink1.xml",
        _cells("externalLink", EXTERNAL, f"<cell r='B2' t='str'><v>手机号{NUMBER}</v></cell>"),
    ),
    "外部链接的数字": (
        "xl/externalLinks/externalLink1.xml",
        _cells("externalLink", EXTERNAL, "<cell r='B2'><v>1.3812345678E10</v></cell>"),
    ),
    "没有列出的工作表": (
        "xl/worksheets/sheet9.xml",
        _cells("worksheet", SHEET, f"<c r='A1' t='inlineStr'><is><t>手机号{NUMBER}</t></is></c>"),
    ),
    "放错地方的工作表": (
        "xl/others/sheet9.xml",
        _cells("worksheet", SHEET, f"<c r='A1' t='str'><v>手机号{NUMBER}</v></c>"),
    ),
    "数据连接": (
        "xl/connections.xml",
        f"<connections {SPACE}><connection id='1'><dbPr connection='uid={NUMBER};'/></connection></connections>".encode(),
    ),
    "Windows 图形": ("xl/media/image1.emf", b"\1\0\0\0" + f"手机号{NUMBER}".encode("utf-16-le") + b"\0\0"),
    "打印机设置": ("xl/printerSettings/printerSettings1.bin", f"\0手机号{NUMBER}\0".encode("utf-16-le")),
    "不认识的部分": ("xl/stray.dat", f"手机号{NUMBER}".encode("gbk")),
}


@pytest.mark.parametrize("place", PLANTED)
def test_a_number_is_found_and_does_not_stay_in_the_clean_copy(place: str) -> None:
    part, inside = PLANTED[place]
    content = _book(part, inside)
    examine(io.BytesIO(content), "公示表.xlsx")
    assert [f.finding.text for f in placed(read(content, "公示表.xlsx"))] == [NUMBER]
    made = clean(content, "公示表.xlsx", Marks(), [])
    with zipfile.ZipFile(io.BytesIO(made.content)) as package:
        assert not [n for n in package.namelist() if inside == package.read(n) or n == part]


def test_a_part_of_no_known_form_lets_publishing_wait() -> None:
    reading = read(_book("xl/stray.dat", b"\x00\x01\x02\x03"), "公示表.xlsx")
    assert [gap.where for gap in reading.gaps if gap.blocks] == ["文件内部的“stray.dat”"]


def test_fonts_and_printer_settings_hold_nothing_up() -> None:
    for part in ("xl/printerSettings/printerSettings1.bin", "xl/fonts/font1.odttf"):
        assert not [gap for gap in read(_book(part, b"\x00\x01\x02"), "公示表.xlsx").gaps if gap.blocks]


def _listed(package: bytes, into: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        listing = old.read("[Content_Types].xml").decode()
    return changed(
        package, **{"[Content_Types]_dot_xml": listing.replace("</Types>", f"{into}</Types>").encode()}
    )


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize(
    "into",
    [
        f"<!-- 手机号{NUMBER} -->",
        f'<Default Extension="{NUMBER}" ContentType="application/xml"/>',
        f'<Override PartName="/手机{NUMBER}.xml" ContentType="application/xml"/>',
        f'<Default Extension="png" ContentType="手机{NUMBER}"/>',
        f"<Default Extension='png' ContentType='image/png'>手机号{NUMBER}</Default>",
    ],
)
def test_the_listing_of_the_parts_is_searched_and_made_anew(kind: str, into: str) -> None:
    content = _listed(word("一切正常") if kind == "docx" else sheet([["项目", "数"], ["甲", "1"]]), into)
    name = f"附件.{kind}"
    found = [one for one in placed(read(content, name), []) if one.finding.text == NUMBER]
    assert {one.piece.where for one in found} == {"文件内部的目录"}
    made = clean(content, name, Marks(), [])
    assert NUMBER not in zipfile.ZipFile(io.BytesIO(made.content)).read("[Content_Types].xml").decode()
    assert not [one for one in placed(read(made.content, made.name), []) if one.finding.text == NUMBER]
    assert read(made.content, made.name).kind == kind
