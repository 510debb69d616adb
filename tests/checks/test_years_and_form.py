"""Two years side by side, publication in time, fees, remedies and the form: the finer points."""

from __future__ import annotations

import pytest

from gongkai.statute.report.checks import check
from gongkai.statute.report.findings import Finding, Level
from gongkai.statute.report.model import AnnualReport, Paragraph
from tests.checks.builders import blank_form, busy, codes, errors, fill_row, put, say
from tests.checks.cases import last_year


def of(found: list[Finding], code: str) -> list[Finding]:
    """The findings of one check."""
    return [f for f in found if f.code == code]


def test_every_column_of_the_carry_is_compared() -> None:
    before = last_year()
    fill_row(before, "carried_out", 1, 1)
    found = of(check(busy(), before), "Y-01")
    assert [f.cells for f in found] == [("t3.carried_in.natural",), ("t3.carried_in.commercial",)]
    assert all(f.level is Level.WARNING for f in found)


def test_the_carry_links_the_two_editions_and_table_two_never_does() -> None:
    before = blank_form(2020, "2019")
    put(before, "t2.normative_documents.public_total", 900)
    fill_row(before, "new", 4)
    fill_row(before, "carried_out", 4)
    found = check(blank_form(2021), before)
    assert codes(found) == {"Y-01"}
    assert of(found, "Y-02") == []


def test_a_report_two_years_back_is_not_compared() -> None:
    found = check(busy(), blank_form(2022))
    assert codes(found) == {"Y-04"}
    assert of(found, "Y-01")[0].level is Level.NOTE


def test_an_unclear_cell_of_last_year_is_a_note() -> None:
    before = last_year()
    put(before, "t3.carried_out.natural", "两件")
    assert [f.level for f in of(check(busy(), before), "Y-01")] == [Level.NOTE]


def test_no_report_of_last_year_is_one_note() -> None:
    assert [f.level for f in of(check(busy()), "Y-01")] == [Level.NOTE]


def test_a_fee_ten_thousand_times_last_years_is_suspected_to_be_in_yuan() -> None:
    before, report = last_year(), busy()
    put(before, "t2.fees_10k_yuan", "7.5")
    put(report, "t2.fees_10k_yuan", "78000")
    assert "T2-01" in codes(check(report, before))
    put(report, "t2.fees_10k_yuan", "8")
    assert "T2-01" not in codes(check(report, before))


@pytest.mark.parametrize(
    ("agency", "day", "late"),
    [
        ("青石县民政局", "2025-01-31", False),
        ("青石县民政局", "2025-02-01", True),
        ("青石县人民政府", "2025-03-31", False),
        ("青石县人民政府", "2025-04-01", True),
        ("青石县人民政府办公室", "2025-04-01", False),
        ("白石镇人民政府", "2025-04-01", False),
        ("青石县民政局", "2025-02-30", False),
    ],
)
def test_publication_in_time(agency: str, day: str, late: bool) -> None:
    report = busy()
    report.agency = agency
    report.preface = [Paragraph(f"发布日期：{day}")]
    assert ("D-01" in codes(check(report))) is late


def test_two_dates_of_publication_are_not_judged() -> None:
    report = busy()
    report.preface = [Paragraph("发布日期：2025-02-05"), Paragraph("发布日期：2025-01-05")]
    assert "D-01" not in codes(check(report))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("本年度未收取信息处理费。", set()),
        ("本年度信息公开处理费收费情况：未发生政府信息公开收费事项。", set()),
        ("2024年，无收取信息处理费情况。", set()),
        ("全年发出收费通知3件，通知收费1200元，实际收取信息处理费400元。", set()),
        ("有1件政府信息公开申请案件收取信息处理费380元。", set()),
        ("实际收取信息处理费共计400元。", {"P-02"}),
        ("其他事项：办理建议提案12件。", {"P-01"}),
    ],
)
def test_the_processing_fee_in_part_six(text: str, found: set[str]) -> None:
    assert codes(check(say(busy(), text, key="other"))) == found


def test_the_forms_of_2019_and_2020_need_no_word_on_the_fee() -> None:
    assert codes(check(say(blank_form(2020, "2019"), "无。", key="other"))) == set()


def test_direct_suits_are_a_warning_only_since_2024_and_after_refusals() -> None:
    for year, refused, warned in ((2024, 2, True), (2023, 2, False), (2024, 0, False)):
        report = blank_form(year)
        for slug in ("new", "denied_process", "result_total"):
            fill_row(report, slug, refused)
        put(report, "t4.litigation_direct.upheld", 5)
        put(report, "t4.litigation_direct.total", 5)
        assert ("R-01" in codes(check(report))) is warned


def test_year_of_title_and_period() -> None:
    report = busy()
    report.title = "2024年青石县民政局政府信息公开工作年度报告"
    assert errors(check(report)) == []
    report.year = 2023
    assert {f.code for f in errors(check(report))} == {"F-01"}


def test_a_report_of_no_known_year_says_that_it_was_not_judged() -> None:
    report = AnnualReport()
    assert {"F-01", "F-08"} <= codes(check(report), Level.NOTE)


def test_numbers_of_the_parts() -> None:
    report = busy()
    report.sections[2].ordinal = 2
    (finding,) = of(check(report), "F-03")
    assert "编为二（应为三）" in finding.message


def test_findings_on_a_2019_form_cite_that_form() -> None:
    report = blank_form(2020, "2019")
    put(report, "t3.new.natural", 1)
    assert {f.ref for f in errors(check(report))} == {"国办公开办函〔2019〕60号"}
