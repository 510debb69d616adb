"""The Word document, measured against GB/T 9704-2012 and read with python-docx and the bare XML."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from gongkai.statute.report.model import Paragraph
from gongkai.statute.report.writers import Signature, to_docx
from tests.writers.writer_samples import quiet_report


@pytest.fixture(scope="module")
def data() -> bytes:
    return to_docx(quiet_report())


@pytest.fixture(scope="module")
def document(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {n: package.read(n).decode("utf-8", "replace") for n in package.namelist()}


def test_the_page(document: Any) -> None:
    section = document.sections[0]
    measures = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(m.mm) for m in measures] == [37, 28, 26, 35]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Normal", "仿宋_GB2312", 16),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
        ("页码", "宋体", 14),
    ],
)
def test_fonts_and_sizes(document: Any, style: str, font: str, points: int) -> None:
    look = document.styles[style]
    fonts = look.element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{a}")) for a in ("ascii", "hAnsi", "eastAsia")} == {font}
    assert not any("Theme" in name for name in fonts.attrib)
    assert look.font.size.pt == points


def test_text_is_indented_two_characters_on_fixed_lines(document: Any) -> None:
    form = document.styles["Normal"].element.pPr
    assert form.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    spacing = form.find(qn("w:spacing"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")
    # 22 lines of 28.95 pt fill the 225 mm of the text area.
    assert pytest.approx(225 * 72 / 25.4, abs=1) == 22 * 579 / 20


def test_headings_and_levels(document: Any) -> None:
    styles = {p.text: p.style.name for p in document.paragraphs}
    assert styles["三、收到和处理政府信息公开申请情况"] == "Heading 1"
    assert styles["（二）依申请公开方面"] == "Heading 2"
    assert document.paragraphs[0].style.name == "Title"
    assert document.paragraphs[0].text.replace("\n", "") == "湘潭县司法局2024年政府信息公开工作年度报告"


def test_a_sub_heading_runs_into_its_prose() -> None:
    report = quiet_report()
    report.sections[0].paragraphs = [
        Paragraph("（一）完善机制。全年修订制度两项。"),
        Paragraph("1.加强培训。全年两次。"),
        Paragraph("1.5万元以上的项目逐一公开。"),
    ]
    found = {p.text: p for p in Document(io.BytesIO(to_docx(report))).paragraphs}
    runs = found["（一）完善机制。全年修订制度两项。"].runs
    assert [r.text for r in runs] == ["（一）完善机制。", "全年修订制度两项。"]
    assert runs[0]._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "楷体_GB2312"
    assert runs[1]._r.rPr is None
    assert len(found["1.5万元以上的项目逐一公开。"].runs) == 1


def test_page_numbers_are_fields_odd_right_even_left(data: bytes, document: Any) -> None:
    assert "<w:evenAndOddHeaders" in parts(data)["word/settings.xml"]
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert "".join(t.text for t in paragraph._p.iter(qn("w:t"))) == "— 1 —"
        assert [t.text.strip() for t in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]


def test_tables_are_merged_as_on_the_form(document: Any) -> None:
    two, three, four = document.tables
    assert (len(two.columns), len(two.rows)) == (4, 14)
    assert (len(three.columns), len(three.rows)) == (10, 28)
    assert (len(four.columns), len(four.rows)) == (15, 4)
    whole = three.cell(5, 0)._tc
    assert [three.cell(row, 0)._tc for row in range(5, 27)] == [whole] * 22
    assert three.cell(27, 0)._tc is three.cell(27, 2)._tc
    assert three.cell(5, 0).text == "三、本年度办理结果"
    assert [c.text for c in four.rows[2].cells][:6] == [
        "结果维持",
        "结果纠正",
        "其他结果",
        "尚未审结",
        "总计",
        "结果维持",
    ]
    assert four.cell(0, 5)._tc is four.cell(0, 14)._tc


def test_heads_repeat_and_rows_stay_whole(document: Any) -> None:
    for table, heads in zip(document.tables, (0, 3, 3), strict=True):
        marks = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert marks == [n < heads for n in range(len(marks))]
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_nothing_of_person_machine_or_hour(data: bytes, document: Any) -> None:
    properties = document.core_properties
    assert properties.title == "湘潭县司法局2024年政府信息公开工作年度报告"
    assert properties.language == "zh-CN"
    assert properties.author == ""
    assert properties.last_modified_by == ""
    core = parts(data)["docProps/core.xml"]
    assert "created" not in core
    assert "modified" not in core
    assert "thumbnail" not in "".join(parts(data))
    assert to_docx(quiet_report()) == data


def test_the_signature_is_printed_only_when_given(document: Any) -> None:
    assert not any(p.style.name == "落款" for p in document.paragraphs)
    signed = to_docx(quiet_report(), signature=Signature("湘潭县司法局", date(2025, 1, 20)))
    last = [p.text for p in Document(io.BytesIO(signed)).paragraphs if p.style.name == "落款"]
    assert last == ["", "湘潭县司法局", "2025年1月20日"]


def test_the_ledger_stands_on_landscape_pages() -> None:
    report = quiet_report()
    report.ledger = [["依申请公开工作台账"], ["序号", "申请人"], ["1", "无"]]
    document = Document(io.BytesIO(to_docx(report)))
    assert [round(s.page_width.mm) for s in document.sections] == [210, 297]
    assert [c.text for c in document.tables[-1].rows[1].cells] == ["序号", "申请人"]


def test_what_xml_cannot_hold_is_left_out() -> None:
    report = quiet_report()
    report.sections[0].paragraphs = [Paragraph("甲\x00乙\x0b丙\ud800丁 <b>&amp;</b>")]
    texts = [p.text for p in Document(io.BytesIO(to_docx(report))).paragraphs]
    assert "甲乙 丙丁 <b>&amp;</b>" in texts
    assert not re.search("[\x00-\x08]", "".join(texts))
