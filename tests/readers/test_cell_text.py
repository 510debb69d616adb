"""What stands beside, within and across the figures of a cell, in files of every format."""

from __future__ import annotations

import io
import random
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText
from openpyxl.cell.rich_text import TextBlock as RichText
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from gongkai.statute.report.figures import parse_figure
from gongkai.statute.report.model import AnnualReport, Cell, CellKind
from gongkai.statute.report.readers import read_bytes
from tests.readers import report_forms
from tests.readers.report_forms import Sample, as_docx, as_html, as_pdf, as_xlsx, make

FIRST, MIDDLE, LAST = "t3.new.natural", "t3.partial.research", "t3.result_total.total"
PLACES = (FIRST, MIDDLE, LAST, "t2.licences", "t4.reconsideration.other")
MARKER = "7654321"


def plain() -> Sample:
    """The report that every test changes in one place."""
    return make(random.Random(5), blanks=False)  # noqa: S311


def printed(place: str, text: str) -> Sample:
    """A report with this text in one cell."""
    sample = plain()
    sample.printed[place] = text
    return sample


def page(place: str, markup: str) -> bytes:
    """A page with this markup in one cell."""
    rng = random.Random(8)  # noqa: S311
    return as_html(rng, printed(place, MARKER)).replace(MARKER, markup).encode()


def cell_of(data: bytes, place: str, name: str = "年报.html") -> Cell:
    """The cell, after all other cells have proved to be read as they are printed."""
    report = read_bytes(data, name)
    others = {i: v for i, v in plain().values.items() if i != place}
    assert {i: report.cells[i].value for i in others} == others
    return report.cells[place]


def prose(report: AnnualReport) -> str:
    """All prose, in order."""
    return "\n".join(section.text for section in report.sections)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", ["321①", "321²", "321½", "321⒈", "①", "Ⅳ", "321❶", "3₂"])
def test_marks_make_no_digits(place: str, text: str) -> None:
    cell = cell_of(page(place, text), place)
    assert (cell.value, cell.kind, cell.raw) == (None, CellKind.TEXT, text)


@pytest.mark.parametrize("name", ["docx", "xlsx", "pdf"])
def test_marks_make_no_digits_in_office_files(name: str) -> None:
    sample = printed(MIDDLE, "321①")
    data = {
        "docx": lambda: as_docx(sample),
        "xlsx": lambda: as_xlsx(sample, sheets=False, typed=False),
        "pdf": lambda: as_pdf(sample),
    }[name]()
    cell = cell_of(data, MIDDLE, f"年报.{name}")
    assert (cell.value, cell.kind) == (None, CellKind.TEXT)


def test_no_sign_but_a_digit_of_some_script_counts() -> None:
    for sign in map(chr, range(0x110000)):
        if parse_figure(f"3{sign}").value not in (3, None):
            assert unicodedata.category(sign) == "Nd", f"U+{ord(sign):04X}"
        if parse_figure(sign).value is not None:
            assert unicodedata.category(sign) == "Nd", f"U+{ord(sign):04X}"


@pytest.mark.parametrize(
    ("markup", "value"),
    [
        ("３２１", 321),
        ("１，２３４", 1234),
        ("&nbsp;321&nbsp;", 321),
        ("　321　", 321),
        ("<p>&nbsp;</p><p>321</p><br>", 321),
        ("\u200b321\ufeff", 321),
        ("3<span>2</span><b>1</b>", 321),
        ("1,234", 1234),
    ],
)
@pytest.mark.parametrize("place", PLACES)
def test_padding_and_width_are_harmless(place: str, markup: str, value: int) -> None:
    assert cell_of(page(place, markup), place).value == value


def test_amounts_keep_their_unit() -> None:
    assert cell_of(page("t2.fees_10k_yuan", "12.5 万元"), "t2.fees_10k_yuan").value == Decimal("12.5")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("markup", "candidates"),
    [
        ("321<br>270", (321270, 321, 270)),
        ("<p>321</p><p>270</p>", (321270, 321, 270)),
        ("321 270", (321270, 321, 270)),
        ("321　270", (321270, 321, 270)),
        ("1 234", (1234, 1, 234)),
        ("321, 270", (321270, 321, 270)),
        ("7 7", (77, 7)),
    ],
)
def test_two_figures_in_a_cell_are_not_one(place: str, markup: str, candidates: tuple[int, ...]) -> None:
    cell = cell_of(page(place, markup), place)
    assert (cell.value, cell.kind, cell.candidates) == (None, CellKind.AMBIGUOUS, candidates)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("markup", ["1 2 3", "321<br>270<br>5", "0 5", "0<br>0", "12345 67890"])
def test_more_than_one_figure_is_words(place: str, markup: str) -> None:
    cell = cell_of(page(place, markup), place)
    assert (cell.value, cell.kind) == (None, CellKind.TEXT)


@pytest.mark.parametrize("second", ["270", "321"])
@pytest.mark.parametrize("name", ["docx", "xlsx", "pdf"])
def test_two_figures_in_a_cell_of_an_office_file(name: str, second: str) -> None:
    sample = printed(MIDDLE, f"321\n{second}")
    data = {
        "docx": lambda: as_docx(sample),
        "xlsx": lambda: as_xlsx(sample, sheets=False, typed=False),
        "pdf": lambda: as_pdf(sample),
    }[name]()
    cell = cell_of(data, MIDDLE, f"年报.{name}")
    assert (cell.value, cell.kind) == (None, CellKind.AMBIGUOUS)
    assert cell.candidates[0] == int(f"321{second}")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "markup",
    [
        "321<sup>1</sup>",
        "<p><span>321</span><sup><a href='#n1'>[1]</a></sup></p>",
        "<sup>①</sup>321",
        "321<span style='font-size:8pt; vertical-align: super'>2</span>",
        "<s>999</s>321",
        "<p><del>999</del></p><p>321</p>",
        "321<strike>9</strike>",
        "<span style='color:red;text-decoration: line-through'>9</span>321",
        "<span style='text-decoration-line:underline line-through'>9</span>321",
    ],
)
def test_raised_and_struck_digits_are_no_part_of_a_figure(place: str, markup: str) -> None:
    cell = cell_of(page(place, markup), place)
    assert (cell.value, cell.raw) == (321, "321")


@pytest.mark.parametrize("place", [FIRST, MIDDLE, "t2.licences"])
@pytest.mark.parametrize("markup", ["<sup>1</sup>", "<s>321</s>", "<p><del>321</del></p>"])
def test_a_cell_with_nothing_else_is_blank(place: str, markup: str) -> None:
    assert cell_of(page(place, markup), place).kind is CellKind.BLANK


def test_a_struck_cell_keeps_its_place() -> None:
    struck = "<td style='text-decoration:line-through' "
    whole = page(MIDDLE, MARKER).decode()
    head, tail = whole.split(MARKER)
    cut = head.rindex("<td ")
    data = (head[:cut] + struck + head[cut + 4 :] + "321" + tail).encode()
    assert cell_of(data, MIDDLE).kind is CellKind.BLANK


def test_prose_keeps_raised_words_and_loses_struck_ones() -> None:
    text = page(MIDDLE, "321").decode()
    at = text.index("主要问题是解读形式单一。")
    edited = text[:at] + "面积为5千米<sup>2</sup><s>删去的话</s>。" + text[at:]
    words = prose(read_bytes(edited.encode(), "年报.html"))
    assert "面积为5千米2。" in words
    assert "删去的话" not in words


Runs = Sequence[tuple[str, str]]
"""Text and its marks: strike, dstrike, superscript or nothing."""


def word_file(place: str, *paragraphs: Runs, after: Sequence[tuple[str, str]] = ()) -> bytes:
    """A Word document with these paragraphs in one cell, and these runs behind the report's last words."""
    document = docx.Document(io.BytesIO(as_docx(printed(place, MARKER))))
    cells = (c for table in document.tables for row in table.rows for c in row.cells)
    cell = next(c for c in cells if c.text == MARKER)
    cell.text = ""
    for n, runs in enumerate(paragraphs):
        _add(cell.add_paragraph() if n else cell.paragraphs[0], runs)
    _add(next(p for p in document.paragraphs if p.text == "本年度没有收取信息处理费。"), after)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add(paragraph: Any, runs: Runs) -> None:
    for text, mark in runs:
        font = paragraph.add_run(text).font
        font.strike = mark == "strike" or None
        font.double_strike = mark == "dstrike" or None
        font.superscript = mark == "superscript" or None


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "runs",
    [
        [("321", ""), ("1", "superscript")],
        [("9", "strike"), ("321", "")],
        [("3", ""), ("9", "dstrike"), ("21", ""), ("②", "superscript")],
    ],
)
def test_raised_and_struck_runs_of_a_word_file(place: str, runs: Runs) -> None:
    cell = cell_of(word_file(place, runs), place, "年报.docx")
    assert (cell.value, cell.raw) == (321, "321")


@pytest.mark.parametrize("second", ["270", "321"])
def test_two_paragraphs_in_a_cell_of_a_word_file(second: str) -> None:
    cell = cell_of(word_file(MIDDLE, [("321", "")], [(second, "")]), MIDDLE, "年报.docx")
    assert (cell.value, cell.kind) == (None, CellKind.AMBIGUOUS)
    assert cell.candidates[0] == int(f"321{second}")


def test_prose_of_a_word_file_keeps_raised_words_and_loses_struck_ones() -> None:
    runs = [("面积5千米", ""), ("2", "superscript"), ("删去的话", "strike"), ("。", "")]
    words = prose(read_bytes(word_file(MIDDLE, [("321", "")], after=runs), "年报.docx"))
    assert "面积5千米2。" in words
    assert "删去的话" not in words


def workbook(place: str, value: object, *, struck: bool = False) -> bytes:
    """A workbook with this value in one cell."""
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(printed(place, MARKER), sheets=False, typed=False)))
    cell = next(c for row in book.active.iter_rows() for c in row if c.value == MARKER)
    cell.value = value
    if struck:
        cell.font = Font(strike=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "font", [InlineFont(vertAlign="superscript"), InlineFont(strike=True)], ids=["raised", "struck"]
)
def test_raised_and_struck_letters_of_a_workbook(font: InlineFont) -> None:
    data = workbook(MIDDLE, CellRichText("321", RichText(font, "1")))
    assert cell_of(data, MIDDLE, "年报.xlsx").value == 321


def test_a_struck_cell_of_a_workbook_is_blank() -> None:
    assert cell_of(workbook(MIDDLE, 321, struck=True), MIDDLE, "年报.xlsx").kind is CellKind.BLANK


def test_a_raised_digit_of_a_pdf_is_no_part_of_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    quoted = report_forms._quoted

    def raised(text: str) -> str:
        return '"321" + super(typographic: false, size: 0.6em, "1")' if text == MARKER else quoted(text)

    monkeypatch.setattr(report_forms, "_quoted", raised)
    assert cell_of(as_pdf(printed(MIDDLE, MARKER)), MIDDLE, "年报.pdf").value == 321
