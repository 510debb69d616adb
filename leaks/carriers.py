"""Where leaks are planted: each carrier makes a file that holds one, under a place that people overlook."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
from docx.oxml import parse_xml
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from .pdfs import PDFS
from .values import Leak

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
Make = Callable[[Leak], tuple[str, bytes]]


def _word(change: Callable[[Any, Leak], None]) -> Make:
    def make(leak: Leak) -> tuple[str, bytes]:
        document = docx.Document()
        document.add_heading("关于有关事项的说明")
        document.add_paragraph("现将有关事项说明如下，请予支持。")
        change(document, leak)
        return "说明.docx", _saved(document)

    return make


def _saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _split(document: Any, leak: Leak) -> None:
    paragraph = document.add_paragraph()
    for n in range(0, len(leak.sentence), 3):
        paragraph.add_run(leak.sentence[n : n + 3]).bold = bool(n % 2)


def _in_table(document: Any, leak: Leak) -> None:
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "序号", "情况"
    table.cell(1, 0).text, table.cell(1, 1).text = "1", leak.sentence


def _changed(tag: str, text: str) -> Callable[[Any, Leak], None]:
    def change(document: Any, leak: Leak) -> None:
        xml = f'<w:p {_W}><w:r><w:t>原文</w:t></w:r><w:{tag} w:id="7" w:author="测试" w:date="2026-01-01T00:00:00Z"><w:r><w:{text}/></w:r></w:{tag}></w:p>'
        made = parse_xml(xml)
        made.find(f".//{{*}}{text}").text = leak.sentence
        document.element.body.insert(2, made)

    return change


def _hidden(document: Any, leak: Leak) -> None:
    document.add_paragraph("正文。").add_run(leak.sentence).font.hidden = True


def _header(document: Any, leak: Leak) -> None:
    document.sections[0].header.paragraphs[0].text = leak.sentence


def _footer(document: Any, leak: Leak) -> None:
    document.sections[0].footer.paragraphs[0].text = leak.sentence


def _comment(document: Any, leak: Leak) -> None:
    document.add_comment(document.paragraphs[1].runs[0], text=leak.sentence, author="测试")


def _property(document: Any, leak: Leak) -> None:
    document.core_properties.comments = leak.sentence


def _alt(document: Any, leak: Leak) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(picture, "PNG")
    picture.seek(0)
    shape = document.add_picture(picture)
    shape._inline.docPr.set("descr", leak.sentence)


def _with_part(name: str, content: Callable[[Leak], bytes]) -> Make:
    """A document with one more part, tied to it by nothing but its place in the package."""

    def make(leak: Leak) -> tuple[str, bytes]:
        document = docx.Document()
        document.add_paragraph("正文。")
        data = io.BytesIO(_saved(document))
        with zipfile.ZipFile(data, "a") as package:
            package.writestr(name, content(leak))
        return "说明.docx", data.getvalue()

    return make


def _custom(leak: Leak) -> bytes:
    root = etree.Element("data")
    etree.SubElement(root, "note").text = leak.sentence
    return bytes(etree.tostring(root))


def _sheet(change: Callable[[Any, Leak], None]) -> Make:
    def make(leak: Leak) -> tuple[str, bytes]:
        book = openpyxl.Workbook()
        book.active.title = "公示表"
        for row in (["序号", "项目", "数量"], [1, "办理件数", 12], [2, "办结件数", 11]):
            book.active.append(row)
        change(book, leak)
        return "公示表.xlsx", _saved(book)

    return make


def _cell(book: Any, leak: Leak) -> None:
    book.active["B5"] = leak.sentence


def _hidden_sheet(book: Any, leak: Leak) -> None:
    book.create_sheet("底稿")["C3"] = leak.sentence
    book["底稿"].sheet_state = "hidden"


def _very_hidden_sheet(book: Any, leak: Leak) -> None:
    book.create_sheet("底稿")["A1"] = leak.sentence
    book["底稿"].sheet_state = "veryHidden"


def _hidden_row(book: Any, leak: Leak) -> None:
    book.active["B9"] = leak.sentence
    book.active.row_dimensions[9].hidden = True


def _hidden_column(book: Any, leak: Leak) -> None:
    book.active["F4"] = leak.sentence
    book.active.column_dimensions["F"].hidden = True


def _cell_comment(book: Any, leak: Leak) -> None:
    book.active["B2"].comment = Comment(leak.sentence, "测试")


def _book_property(book: Any, leak: Leak) -> None:
    book.properties.description = leak.sentence


def _defined(book: Any, leak: Leak) -> None:
    book.defined_names["说明"] = DefinedName("说明", attr_text='"' + leak.sentence + '"')


def _sheet_header(book: Any, leak: Leak) -> None:
    book.active.oddHeader.center.text = leak.sentence


def _text(leak: Leak) -> tuple[str, bytes]:
    return "说明.txt", f"关于有关事项的说明\n\n{leak.sentence}\n特此说明。\n".encode()


def _gbk(leak: Leak) -> tuple[str, bytes]:
    return "说明.txt", f"关于有关事项的说明\r\n\r\n{leak.sentence}\r\n特此说明。\r\n".encode("gb18030")


def _csv(leak: Leak) -> tuple[str, bytes]:
    out = io.StringIO()
    csv.writer(out).writerows([["序号", "情况"], ["1", leak.sentence.replace(",", "，")]])
    return "名单.csv", out.getvalue().encode("utf-8-sig")


def _zipped(inner: Make) -> Make:
    def make(leak: Leak) -> tuple[str, bytes]:
        name, content = inner(leak)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            package.writestr("附件/" + name, content)
        return "附件.zip", out.getvalue()

    return make


def _exif(leak: Leak) -> tuple[str, bytes]:
    exif, out = Image.Exif(), io.BytesIO()
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + leak.sentence.encode("utf-16-le")
    Image.new("RGB", (60, 40), "white").save(out, "JPEG", exif=exif)
    return "照片.jpg", out.getvalue()


def _png_text(leak: Leak) -> tuple[str, bytes]:
    info, out = PngInfo(), io.BytesIO()
    info.add_itxt("Description", leak.sentence)
    Image.new("RGB", (60, 40), "white").save(out, "PNG", pnginfo=info)
    return "图.png", out.getvalue()


_in_body = _word(lambda d, k: d.add_paragraph(k.sentence) and None)
_in_cell = _sheet(_cell)
CARRIERS: dict[str, Make] = {
    "文本": _text,
    "GBK 文本": _gbk,
    "CSV": _csv,
    "Word 正文": _in_body,
    "Word 拆开的文字": _word(_split),
    "Word 表格": _word(_in_table),
    "Word 批注": _word(_comment),
    "Word 修订删掉的": _word(_changed("del", "delText")),
    "Word 修订加上的": _word(_changed("ins", "t")),
    "Word 隐藏文字": _word(_hidden),
    "Word 页眉": _word(_header),
    "Word 页脚": _word(_footer),
    "Word 属性": _word(_property),
    "Word 替代文字": _word(_alt),
    "Word 自定义数据": _with_part("customXml/item9.xml", _custom),
    "Word 里附的表格": _with_part("word/embeddings/a.xlsx", lambda k: _in_cell(k)[1]),
    "Excel 单元格": _in_cell,
    "Excel 隐藏工作表": _sheet(_hidden_sheet),
    "Excel 深度隐藏工作表": _sheet(_very_hidden_sheet),
    "Excel 隐藏行": _sheet(_hidden_row),
    "Excel 隐藏列": _sheet(_hidden_column),
    "Excel 批注": _sheet(_cell_comment),
    "Excel 属性": _sheet(_book_property),
    "Excel 名称": _sheet(_defined),
    "Excel 页眉": _sheet(_sheet_header),
    "压缩包里的 Word": _zipped(_in_body),
    "压缩包里的文本": _zipped(_text),
    "照片 EXIF": _exif,
    "图片文字块": _png_text,
    **PDFS,
}
