"""Reading back what was written gives the same report, in every format."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings

from gongkai.statute.report.editions import COLUMNS
from gongkai.statute.report.model import AnnualReport, Cell, CellKind
from gongkai.statute.report.readers import read, read_bytes
from gongkai.statute.report.writers import FORMATS, to_bytes, to_fragment
from tests.writers.writer_samples import quiet_report, reports, what_counts

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
READABLE = tuple(f for f in FORMATS if find_spec(f"gongkai.statute.report.readers.{f}"))


def back(report: AnnualReport, form: str) -> AnnualReport:
    return read_bytes(to_bytes(report, form), f"年报.{form}")


def same(found: AnnualReport, report: AnnualReport) -> None:
    """Compares part by part, so that a difference names itself."""
    told, meant = what_counts(found), what_counts(report)
    for part, value in meant.items():
        assert told[part] == value, part
    assert not found.ambiguous


@pytest.mark.parametrize("form", READABLE)
def test_the_quiet_year(form: str) -> None:
    same(back(quiet_report(), form), quiet_report())


@pytest.mark.parametrize("form", READABLE)
def test_blank_stroke_and_nought_stay_apart(form: str) -> None:
    report = quiet_report()
    report.cells |= {
        "t2.regulations.made": Cell(None, "", kind=CellKind.BLANK),
        "t2.regulations.valid": Cell(None, "/", kind=CellKind.DASH),
        "t3.new.natural": Cell(None, "", kind=CellKind.BLANK),
        "t3.granted.other": Cell(None, "—", kind=CellKind.DASH),
        "t4.reconsideration.upheld": Cell(None, "", kind=CellKind.BLANK),
        "t4.litigation_direct.total": Cell(None, "/", kind=CellKind.DASH),
    }
    for column in COLUMNS:
        report.cells[f"t3.reject_mass.{column}"] = Cell(None, "", kind=CellKind.BLANK)
    same(back(report, form), report)


@pytest.mark.parametrize("form", READABLE)
def test_words_in_a_cell_stay_words(form: str) -> None:
    report = quiet_report()
    report.cells["t3.new.total"] = Cell(None, "三件", kind=CellKind.TEXT)
    same(back(report, form), report)


@pytest.mark.parametrize("form", READABLE)
def test_a_row_and_a_table_that_are_not_there(form: str) -> None:
    report = quiet_report()
    report.cells = {i: c for i, c in report.cells.items() if not i.startswith("t3.partial.")}
    same(back(report, form), report)
    report.cells = {i: c for i, c in report.cells.items() if not i.startswith("t4.")}
    report.tables = {"t2", "t3"}
    same(back(report, form), report)


@pytest.mark.parametrize("form", READABLE)
def test_the_ledger_behind_it_is_not_taken_for_prose(form: str) -> None:
    report = quiet_report()
    heads = ["序号", "申请人", "申请渠道", "申请时间", "申请内容", "依申请公开编号"]
    report.ledger = [["湘潭县司法局2024年依申请公开工作台账"], heads, ["1", "无", "", "", "", ""]]
    found = back(report, form)
    same(found, report)
    flat = [text for row in found.ledger for text in row]
    assert heads == [text for text in flat if text in heads]


def test_the_fragment_reads_like_the_page() -> None:
    page = b"<html><body>" + to_fragment(quiet_report()).encode() + b"</body></html>"
    same(read_bytes(page, "x.html"), quiet_report())


@pytest.mark.parametrize("form", READABLE)
@settings(settings.get_profile("writers"))
@given(report=reports())
def test_any_report(form: str, report: AnnualReport) -> None:
    same(back(report, form), report)


def published() -> list[Path]:
    return sorted(p for p in CORPUS.glob("*/report.*") if p.is_file())


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here")
@pytest.mark.parametrize("form", READABLE)
@pytest.mark.parametrize("file", published(), ids=lambda p: p.parent.name)
def test_a_published_report(file: Path, form: str) -> None:
    report = read(file)
    if report.ambiguous:
        pytest.skip("digits that no sum decides are printed as 待核")
    found = back(report, form)
    if form == "pdf":
        # A space at which a line of the PDF happened to end is not told from none.
        report, found = unspaced(report), unspaced(found)
    same(found, report)


def unspaced(report: AnnualReport) -> AnnualReport:
    for paragraph in (*report.preface, *(p for s in report.sections for p in s.paragraphs)):
        paragraph.text = "".join(paragraph.text.split())
    return report
