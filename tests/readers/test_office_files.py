"""Word and Excel files made by python-docx and openpyxl, read back equal; what Word keeps out of the text."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from gongkai.statute.report.model import CellKind
from gongkai.statute.report.readers import read_bytes
from gongkai.statute.report.readers.docx import blocks_from_docx
from tests.readers.report_forms import Sample, as_docx, as_xlsx, make, parts, spread, table2, table3
from tests.readers.test_html_pages import assert_same

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("form", ["2021", "2019"])
def test_word(seed: int, form: str) -> None:
    sample = make(random.Random(seed), form, merged_other=seed == 3)  # noqa: S311
    report = read_bytes(as_docx(sample))
    assert_same(report, sample)
    assert report.source_format == "docx"
    assert report.cells["t3.new.natural"].where == "第2个表格第4行第4列"


@pytest.mark.parametrize("sheets", [False, True])
@pytest.mark.parametrize("typed", [False, True])
@pytest.mark.parametrize("form", ["2021", "2019"])
def test_workbook(sheets: bool, typed: bool, form: str) -> None:
    sample = make(random.Random(11), form)  # noqa: S311
    report = read_bytes(as_xlsx(sample, sheets=sheets, typed=typed))
    assert_same(report, sample)
    assert report.cells["t3.new.natural"].where.startswith("工作表“")


@pytest.fixture
def sample() -> Sample:
    return make(random.Random(5), blanks=False)  # noqa: S311


def edited(sample: Sample, change: Callable[[Any], None]) -> bytes:
    document = docx.Document(io.BytesIO(as_docx(sample)))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paragraph(document: Any, text: str) -> Any:
    return next(p for p in document.paragraphs if p.text == text)


def test_deleted_text_is_not_read_and_inserted_text_is(sample: Sample) -> None:
    def change(document: Any) -> None:
        element = paragraph(document, "本年度没有收取信息处理费。")._p
        for run in list(element.findall(qn("w:r"))):
            element.remove(run)
        xml = (
            f'<w:p {W}><w:del w:id="1" w:author="a"><w:r><w:delText>收取九百元。</w:delText></w:r></w:del>'
            f'<w:ins w:id="2" w:author="a"><w:r><w:t>本年度没有收取信息处理费。</w:t></w:r></w:ins></w:p>'
        )
        for child in list(parse_xml(xml)):
            element.append(child)

    assert_same(read_bytes(edited(sample, change)), sample)


def test_table_in_a_content_control(sample: Sample) -> None:
    def change(document: Any) -> None:
        table = document.tables[1]._tbl
        control = parse_xml(f"<w:sdt {W}><w:sdtContent/></w:sdt>")
        table.addprevious(control)
        control[0].append(table)

    assert_same(read_bytes(edited(sample, change)), sample)


def test_headings_numbered_by_word(sample: Sample) -> None:
    """The 一、 of the headings stands in the numbering part only."""

    def change(document: Any) -> None:
        root = document.part.numbering_part.element
        level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{level}</w:abstractNum>'))
        root.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        for heading in sample.form.headings:
            found = paragraph(document, f"{'一二三四五六'[heading.ordinal - 1]}、{heading.title}")
            found.runs[0].text = heading.title
            numbered = f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'
            found._p.get_or_add_pPr().append(parse_xml(numbered))

    assert_same(read_bytes(edited(sample, change)), sample)


def test_text_box_is_read_once(sample: Sample) -> None:
    def change(document: Any) -> None:
        box = (
            f"<w:txbxContent {W}><w:p><w:r><w:t>本年度没有收取信息处理费。</w:t></w:r></w:p></w:txbxContent>"
        )
        mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        xml = (
            f"<w:r {W} {mc}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
        found = paragraph(document, "本年度没有收取信息处理费。")
        found.runs[0].text = ""
        found._p.append(parse_xml(xml))

    assert_same(read_bytes(edited(sample, change)), sample)


def test_tables_inside_a_layout_table(sample: Sample) -> None:
    def change(document: Any) -> None:
        inner = document.tables[0]._tbl
        outer = document.add_table(1, 1)
        inner.addprevious(outer._tbl)
        cell = outer.cell(0, 0)._tc
        cell.insert(0, inner)

    assert_same(read_bytes(edited(sample, change)), sample)


def test_hidden_runs_are_not_read(sample: Sample) -> None:
    def change(document: Any) -> None:
        run = paragraph(document, "本年度没有收取信息处理费。").add_run("（内部稿，勿发）")
        run.font.hidden = True

    assert_same(read_bytes(edited(sample, change)), sample)


def test_title_broken_over_two_paragraphs(sample: Sample) -> None:
    def change(document: Any) -> None:
        title = paragraph(document, "青禾县档案局2023年政府信息公开工作年度报告")
        title.insert_paragraph_before("青禾县档案局")
        title.runs[0].text = "2023年政府信息公开工作年度报告"

    report = read_bytes(edited(sample, change))
    assert (report.agency, report.year) == ("青禾县档案局", 2023)
    assert len(report.preface) == 1


def test_word_places_count_all_paragraphs(sample: Sample) -> None:
    blocks = blocks_from_docx(as_docx(sample))
    assert blocks[0].where == "第1段"
    assert getattr(blocks[0], "title", False)


def test_sheet_without_merged_cells() -> None:
    """Label columns left empty beside the label, as in a sheet typed by hand."""
    sample = make(random.Random(3), blanks=False)  # noqa: S311
    book = openpyxl.Workbook()
    sheet = book.active
    for _, part in parts(sample):
        if isinstance(part, str):
            sheet.append([part])
            continue
        for row in spread(part)[0]:
            sheet.append([text or None for text in row])
    out = io.BytesIO()
    book.save(out)
    report = read_bytes(out.getvalue())
    assert {i: c.value for i, c in report.cells.items()} == sample.values


def test_formula_without_saved_value_is_no_figure() -> None:
    sample = make(random.Random(3), blanks=False)  # noqa: S311
    book = openpyxl.Workbook()
    sheet = book.active
    for row in spread(table2(sample))[0] + spread(table3(sample))[0]:
        sheet.append([int(t) if t.isdigit() else t or None for t in row])
    place = next(c for r in sheet.iter_rows() for c in r if c.value == "行政许可")
    sheet.cell(place.row, 2, "=SUM(B1:B3)")
    out = io.BytesIO()
    book.save(out)
    cell = read_bytes(out.getvalue()).cells["t2.licences"]
    assert (cell.kind, cell.value, cell.raw) == (CellKind.TEXT, None, "=SUM(B1:B3)")
    assert "公式" in cell.note


def test_hidden_sheets_are_not_read() -> None:
    sample = make(random.Random(3), blanks=False)  # noqa: S311
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(sample, sheets=False, typed=True)))
    other = book.create_sheet("旧表", 0)
    for row in (["信息内容", "本年处理决定数量"], ["行政许可", 404]):
        other.append(row)
    other.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert_same(read_bytes(out.getvalue()), sample)
