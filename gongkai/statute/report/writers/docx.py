"""Word: the official document format of GB/T 9704-2012, with real merged-cell tables and page-number fields.

Fonts are named, not carried: 方正小标宋简体, 黑体, 楷体_GB2312, 仿宋_GB2312 are on the office's own machines.
"""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.shared import Mm, Pt

from ...ooxml import settle
from ..model import AnnualReport
from .docx_table import NS, table_xml
from .flow import Annex, Heading, Item, Signature, Text, Title, flow, printed_title
from .layout import Table

SONG, HEI, KAI, FANG = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312"
TITLE_FONT = "方正小标宋简体"
_LINE = 579
"""28.95 pt in twentieths: 22 lines fill the 225 mm of the text area."""
_SQUEEZE = -5
"""In twentieths of a point between characters: brings 28 characters of 16 pt into 156 mm in Word, WPS and
LibreOffice alike, which a character grid does not."""
_LEVEL_FONT = {1: HEI, 2: KAI, 3: FANG}
_BELOW_TABLE = Pt(10)
_NO_INDENT = '<w:ind w:firstLine="0" w:firstLineChars="0"/>'
_INDENT = '<w:ind w:firstLine="640" w:firstLineChars="200"/>'


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _run_format(font: str, points: float) -> str:
    half = round(points * 2)
    squeeze = _SQUEEZE if points == 16 else 0
    return (
        f'<w:rPr {NS}>{_fonts(font)}<w:b w:val="0"/><w:i w:val="0"/><w:color w:val="000000"/>'
        f'<w:spacing w:val="{squeeze}"/><w:kern w:val="0"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
        '<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr>'
    )


def _paragraph_format(indent: str, align: str, line: str, *, outline: int | None = None) -> str:
    keep = "<w:keepNext/>" if outline is not None else ""
    level = f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else ""
    return f'<w:pPr {NS}>{keep}{line}{indent}<w:jc w:val="{align}"/>{level}</w:pPr>'


_FIXED = f'<w:spacing w:before="0" w:after="0" w:line="{_LINE}" w:lineRule="exact"/>'
_SINGLE = '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
_TITLE_LINE = (
    '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="579" w:line="640" w:lineRule="exact"/>'
)


def _restyle(document: Any) -> None:
    """Sets the styles a report uses; nothing of the stock template's look is left in them."""
    styles = document.styles
    for name in ("表格文字", "落款", "页码"):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
    looks = {
        "Normal": (FANG, 16, _INDENT, "both", _FIXED, None),
        "Title": (TITLE_FONT, 22, _NO_INDENT, "center", _TITLE_LINE, None),
        "Heading 1": (HEI, 16, _INDENT, "both", _FIXED, 0),
        "Heading 2": (KAI, 16, _INDENT, "both", _FIXED, 1),
        "Heading 3": (FANG, 16, _INDENT, "both", _FIXED, 2),
        "表格文字": (SONG, 10.5, _NO_INDENT, "center", _SINGLE, None),
        "落款": (
            FANG,
            16,
            '<w:ind w:firstLine="0" w:firstLineChars="0" w:right="640"/>',
            "right",
            _FIXED,
            None,
        ),
        "页码": (SONG, 14, _NO_INDENT, "left", _SINGLE, None),
    }
    for name, (font, points, indent, align, line, outline) in looks.items():
        element = styles[name].element
        for old in element.xpath("w:rPr|w:pPr"):
            element.remove(old)
        element.append(parse_xml(_paragraph_format(indent, align, line, outline=outline)))
        element.append(parse_xml(_run_format(font, points)))
    for language in styles.element.xpath("w:docDefaults//w:lang"):
        language.attrib.clear()
        for attribute in ("val", "eastAsia"):
            language.set(f"{{{language.nsmap['w']}}}{attribute}", "zh-CN")


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance, section.header_distance = Mm(23), Mm(15)
    for old in section._sectPr.xpath("w:docGrid"):
        section._sectPr.remove(old)
    grid = f'<w:docGrid {NS} w:type="lines" w:linePitch="{_LINE}"/>'
    section._sectPr.append(parse_xml(grid))


def _number(footer: Any, style: str, align: str) -> None:
    """— 1 — with a PAGE field, one character in from the edge (GB/T 9704: odd right, even left)."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]._p
    for old in list(paragraph):
        paragraph.remove(old)
    chunks = [
        f'<w:pPr {NS}><w:pStyle w:val="{style}"/><w:ind w:{align}="280" w:firstLine="0" w:firstLineChars="0"/>'
        f'<w:jc w:val="{align}"/></w:pPr>',
        f'<w:r {NS}><w:t xml:space="preserve">— </w:t></w:r>',
        f'<w:r {NS}><w:fldChar w:fldCharType="begin"/></w:r>',
        f'<w:r {NS}><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>',
        f'<w:r {NS}><w:fldChar w:fldCharType="separate"/></w:r>',
        f"<w:r {NS}><w:t>1</w:t></w:r>",
        f'<w:r {NS}><w:fldChar w:fldCharType="end"/></w:r>',
        f'<w:r {NS}><w:t xml:space="preserve"> —</w:t></w:r>',
    ]
    for chunk in chunks:
        paragraph.append(parse_xml(chunk))


def _title(document: Any, item: Title) -> None:
    """A title too long for one line breaks behind the agency, not in the middle of a word."""
    paragraph = document.add_paragraph(style="Title")
    first, second = item.halves
    run = paragraph.add_run(first)
    if second:
        run.add_break()
        run.add_text(second)


def _prose(document: Any, item: Text) -> None:
    if item.alone:
        document.add_paragraph(item.text, style=f"Heading {item.level}" if item.level > 1 else "Normal")
        if item.level == 1:
            _set_font(document.paragraphs[-1].runs[0], HEI)
        return
    paragraph = document.add_paragraph()
    if item.lead:
        _set_font(paragraph.add_run(item.text[: item.lead]), _LEVEL_FONT[item.level])
    paragraph.add_run(item.text[item.lead :])


def _set_font(run: Any, name: str) -> None:
    run._r.get_or_add_rPr().insert(0, parse_xml(_fonts(name).replace("<w:rFonts", f"<w:rFonts {NS}")))


def _draw(document: Any, table: Table, style: str, width: float | None = None) -> None:
    document.element.body.insert(len(document.element.body) - 1, parse_xml(table_xml(table, style, width)))


def _annex(document: Any, table: Table, style: str) -> None:
    """The ledger on landscape pages of its own."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    section.left_margin, section.right_margin = Mm(30), Mm(30)
    paragraph = document.add_paragraph("附件")
    paragraph._p.get_or_add_pPr().append(parse_xml(_NO_INDENT.replace("<w:ind", f"<w:ind {NS}")))
    _set_font(paragraph.runs[0], HEI)
    _draw(document, table, style, 237.0)


def _add(document: Any, item: Item, table_style: str) -> None:
    match item:
        case Title():
            _title(document, item)
        case Heading():
            document.add_paragraph(item.text, style="Heading 1")
        case Text():
            _prose(document, item)
        case Table():
            _draw(document, item, table_style)
        case Signature():
            document.add_paragraph(style="落款")
            for line in item.lines:
                document.add_paragraph(line, style="落款")
        case Annex():
            _annex(document, item.table, table_style)


def official_document() -> Any:
    """An empty document in the official format (GB/T 9704-2012), with its styles Title, Heading 1 to 3, 表格文字, 落款
    and its page numbers."""
    document = Document()
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]
    _restyle(document)
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    _page(section)
    number_style = document.styles["页码"].style_id
    _number(section.footer, number_style, "right")
    _number(section.even_page_footer, number_style, "left")
    return document


def to_docx(report: AnnualReport, *, signature: Signature | None = None) -> bytes:
    """The report as a .docx in the official format; the same report gives the same bytes. A signature block is
    printed only when given."""
    document = official_document()
    table_style = document.styles["表格文字"].style_id
    before: Item | None = None
    for item in flow(report, signature):
        _add(document, item, table_style)
        if isinstance(before, Table) and isinstance(item, Heading | Text):
            document.paragraphs[-1].paragraph_format.space_before = _BELOW_TABLE
        before = item
    out = io.BytesIO()
    document.save(out)
    return settle(out.getvalue(), printed_title(report))
