"""The PDF: standard, fonts, and every text literally as it was."""

from __future__ import annotations

import io
import itertools
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from gongkai.statute.report.editions import COLUMNS
from gongkai.statute.report.model import AnnualReport, Cell, CellKind, Paragraph, Section
from gongkai.statute.report.writers import Signature, to_pdf
from gongkai.statute.report.writers.glyphs import MISSING, printable
from tests.writers.writer_samples import quiet_report

PACKAGE = Path(__file__).parents[2] / "gongkai"


@pytest.fixture(scope="module")
def data() -> bytes:
    return to_pdf(quiet_report())


def text_of(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


def test_it_says_that_it_is_pdf_a_2b(data: bytes) -> None:
    catalog = PDFDocument(PDFParser(io.BytesIO(data))).catalog
    metadata = resolve1(catalog["Metadata"]).get_data().decode()
    assert re.search(r"pdfaid:part[=>]\D*2", metadata)
    assert re.search(r"pdfaid:conformance[=>]\W*B", metadata)
    assert resolve1(catalog["Lang"]).lower().startswith(b"zh")
    assert resolve1(resolve1(catalog["MarkInfo"])["Marked"])
    assert "OutputIntents" in catalog


def test_bookmarks_are_the_headings(data: bytes) -> None:
    marks = [m.get_title() for m in pypdfium2.PdfDocument(data).get_toc() if m.level == 0]
    assert marks[0] == "一、总体情况"
    assert marks[-1] == "六、其他需要报告的事项"
    assert len(marks) == 6


def test_only_the_carried_fonts_embedded(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        fonts = {c["fontname"].split("+")[-1] for page in pdf.pages for c in page.chars}
    assert fonts == {"NotoSerifSC-Regular", "NotoSansSC-Regular"}


def test_the_page_is_that_of_the_standard(data: bytes) -> None:
    millimetre = 72 / 25.4
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        assert (round(page.width / millimetre), round(page.height / millimetre)) == (210, 297)
        body = [c for c in page.chars if round(c["size"]) == 16 and c["text"].strip()]
        assert min(c["x0"] for c in body) / millimetre == pytest.approx(28, abs=0.5)
        tops = sorted({round(c["top"], 1) for c in body if c["fontname"].endswith("SerifSC-Regular")})
        steps = [b - a for a, b in itertools.pairwise(tops) if b - a > 20]
        assert min(steps) == pytest.approx(28.95, abs=0.3)
        numbers = [[c for c in p.chars if c["size"] == pytest.approx(14)] for p in pdf.pages]
        for n, chars in enumerate(numbers, start=1):
            assert "".join(c["text"] for c in chars).strip() == f"— {n} —"
            middle = page.width / 2
            assert (chars[0]["x0"] > middle) == (n % 2 == 1)


def test_the_tables_are_real_grids(data: bytes) -> None:
    lines = {"vertical_strategy": "lines_strict", "horizontal_strategy": "lines_strict"}
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        shapes = [(len(t), len(t[0])) for page in pdf.pages for t in page.extract_tables(lines)]
    assert shapes == [(14, 4), (28, 10), (4, 15)]


def test_a_table_longer_than_a_page_goes_on_under_its_heads() -> None:
    report = quiet_report()
    for column in COLUMNS:
        report.cells[f"t3.reject_mass.{column}"] = Cell(None, "数据正在核对" * 12, kind=CellKind.TEXT)
        report.cells[f"t3.partial.{column}"] = Cell(None, "数据正在核对" * 12, kind=CellKind.TEXT)
    text = text_of(to_pdf(report))
    assert text.count("申请人情况") > 1
    assert text.index("四、结转下年度继续办理") > text.rindex("申请人情况")


def test_the_same_report_gives_the_same_bytes(data: bytes) -> None:
    assert to_pdf(quiet_report()) == data
    signed = to_pdf(quiet_report(), signature=Signature("湘潭县司法局", date(2025, 1, 20)))
    assert "湘潭县司法局2025年1月20日" in text_of(signed)
    assert "2025年1月20日" not in text_of(data)


MARKUP = "#$*_@\\<>[]{}()`~'\"/=-+|^&%!:;,.0a政府，。“”"


@settings(settings.get_profile("writers"))
@given(st.text(alphabet=MARKUP, min_size=1, max_size=80).map(lambda t: f"始{t}终"))
def test_markup_comes_out_literally(text: str) -> None:
    report = AnnualReport(agency=text, year=2024, title=text)
    report.sections = [Section("overview", text, 1, [Paragraph(text), Paragraph("（一）" + text)])]
    found = text_of(to_pdf(report))
    assert found.replace("-1-", "").count(text) >= 3 or _hyphens(found).count(_hyphens(text)) >= 3


def _hyphens(text: str) -> str:
    """pdfium tells a hyphen at a line's end as U+0002 or drops it."""
    return re.sub("[-\x02\ufffe]", "", text)


def test_a_call_in_the_prose_is_not_run() -> None:
    report = AnnualReport(title='#panic("x") #read("/etc/passwd") #include "a.typ"')
    assert '#panic("x")#read("/etc/passwd")#include"a.typ"' in text_of(to_pdf(report))


def test_what_the_fonts_lack_is_marked() -> None:
    assert printable("喆堃䶮〔2024〕①") == "喆堃䶮〔2024〕①"
    assert printable("甲😀乙\U000f0000") == f"甲{MISSING}乙{MISSING}"
    report = AnnualReport(title="甲😀乙\u0300\u200b")
    assert f"甲{MISSING}乙" in text_of(to_pdf(report))


@settings(settings.get_profile("writers"))
@given(st.text(max_size=40))
def test_any_text_can_be_printed(text: str) -> None:
    section = Section("overview", text, 1, [Paragraph(text)])
    assert to_pdf(AnnualReport(title=text, agency=text, sections=[section])).startswith(b"%PDF")


def test_it_works_from_an_archive(tmp_path: Path) -> None:
    archive = tmp_path / "gongkai.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in (PACKAGE / "statute").rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                packed.write(file, str(file.relative_to(PACKAGE.parent)))
        packed.write(PACKAGE / "__init__.py", "gongkai/__init__.py")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from gongkai.statute.report.model import AnnualReport\n"
        "from gongkai.statute.report.writers import to_pdf, to_docx, to_html\n"
        "import gongkai; assert sys.argv[1] in gongkai.__file__\n"
        "r = AnnualReport(title='年报'); to_docx(r); to_html(r)\n"
        "sys.stdout.buffer.write(to_pdf(r))"
    )
    command = [sys.executable, "-c", code, str(archive)]
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    assert text_of(done.stdout).startswith("年报")
