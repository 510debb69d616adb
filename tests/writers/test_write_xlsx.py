"""The workbook, opened with openpyxl: sheets, spans, numbers as numbers, texts that stay texts."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from gongkai.statute.report.model import AnnualReport, Cell, CellKind, Paragraph, Section
from gongkai.statute.report.writers import to_xlsx
from tests.writers.writer_samples import quiet_report


def opened(report: AnnualReport) -> Any:
    return load_workbook(io.BytesIO(to_xlsx(report)))


@pytest.fixture(scope="module")
def book() -> Any:
    return opened(quiet_report())


def test_sheets_in_order(book: Any) -> None:
    assert book.sheetnames == ["总体情况", "主动公开", "收到和处理申请", "复议诉讼", "问题和其他事项"]


def test_merged_as_on_the_form(book: Any) -> None:
    spans = {str(r) for r in book["收到和处理申请"].merged_cells.ranges}
    form = {"A1:J1", "A2:C4", "D2:J2", "E3:I3", "A7:A28", "A29:C29", "B28:C28"}
    assert form <= spans
    assert {"A1:O1", "A2:E2", "F2:O2", "F3:J3", "K3:O3", "A3:A4"} <= {
        str(r) for r in book["复议诉讼"].merged_cells.ranges
    }
    assert book["收到和处理申请"]["A7"].value == "三、本年度办理结果"
    assert book["收到和处理申请"]["B28"].value == "（七）总计"


def test_figures_are_numbers(book: Any) -> None:
    sheet = book["收到和处理申请"]
    values = [c.value for row in sheet["D5:J29"] for c in row]
    assert values == [0] * 175
    assert all(type(v) is int for v in values)
    assert [c.value for c in book["复议诉讼"][5]] == [0] * 15


def test_fractions_blanks_strokes_and_long_figures() -> None:
    report = quiet_report()
    report.cells |= {
        "t2.fees_10k_yuan": Cell(Decimal("7730.28"), "7730.28"),
        "t2.licences": Cell(None, "", kind=CellKind.BLANK),
        "t2.penalties": Cell(None, "/", kind=CellKind.DASH),
        "t2.coercion": Cell(12345678901234567, "12345678901234567"),
    }
    sheet = opened(report)["主动公开"]
    found = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2)}
    assert found["行政事业性收费"] == 7730.28
    assert found["行政许可"] is None
    assert found["行政处罚"] == "/"
    assert found["行政强制"] == "12345678901234567"


def test_prints_on_a4(book: Any) -> None:
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert book["收到和处理申请"].print_title_rows == "$2:$4"


@settings(settings.get_profile("writers"))
@given(st.tuples(st.sampled_from("=+-@"), st.text("=+-@1A(){}\"'!|", max_size=20)).map("".join))
def test_no_text_becomes_a_formula(text: str) -> None:
    report = quiet_report()
    report.sections[0] = Section("overview", "总体情况", 1, [Paragraph(text)])
    report.cells["t2.penalties"] = Cell(None, text, kind=CellKind.TEXT)
    data = to_xlsx(report)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = [package.read(n) for n in package.namelist() if "worksheets/sheet" in n]
    assert not any(re.search(rb"<f[ >/]", sheet) for sheet in sheets)
    found = [c for sheet in load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for c in row]
    hits = [c for c in found if c.value == text]
    assert len(hits) == 2
    assert all(c.data_type == "s" and c.quotePrefix for c in hits)


def test_a_very_long_paragraph_is_whole() -> None:
    report = quiet_report()
    report.sections[0].paragraphs = [Paragraph("政" * 70_000)]
    sheet = opened(report)["总体情况"]
    assert sum(len(r[0].value) for r in sheet.iter_rows() if set(r[0].value) == {"政"}) == 70_000


def test_nothing_of_person_machine_or_hour() -> None:
    data = to_xlsx(quiet_report())
    assert to_xlsx(quiet_report()) == data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        properties = "".join(package.read(n).decode() for n in package.namelist() if n.startswith("docProps"))
    assert "openpyxl" not in properties
    assert "created" not in properties
    assert "<dc:title>湘潭县司法局2024年政府信息公开工作年度报告</dc:title>" in properties
