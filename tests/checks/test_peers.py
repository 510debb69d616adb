"""The false and missed findings of the nearest comparable program, each set right here."""

from __future__ import annotations

from gongkai.statute.report.checks import check
from gongkai.statute.report.editions import edition
from tests.checks.builders import blank_form, busy, codes, errors, fill_row, on_requests, put, say

FOUNDING = (
    "2024年，我局累计对外公开发布政府信息66条。在湘潭县人民政府网站上政务公开9条，人事信息5条，财政信息2条，"
    "机构信息 4条，部门动态法治宣传 17条，行政执法信息公示11条，行政复议信息{}条等，及时公开了财务信息、重要通知等内容。"
)


def narrative(text: str) -> set[str]:
    """The narrative findings on the busy report (34 new) with this passage."""
    return {c for c in codes(check(on_requests(busy(), text))) if c.startswith("N-")}


def test_last_years_figure_named_first_is_not_compared() -> None:
    assert narrative("2023年共收到申请12件，2024年共收到政府信息公开申请34件。") == set()
    assert narrative("2023年共收到政府信息公开申请12件，2024年共收到政府信息公开申请33件。") == {"N-01"}


def test_the_bureaus_own_reconsideration_caseload_is_no_ogi_case() -> None:
    assert narrative("全年办理行政复议案件45件，行政应诉案件12件，公开行政复议信息18条。") == set()
    assert narrative("全年因政府信息公开被申请行政复议45件。") == {"N-09"}


def test_chinese_numerals_are_read() -> None:
    assert narrative("全年收到政府信息公开申请三十四件。") == set()
    assert narrative("全年收到政府信息公开申请一百零三件。") == {"N-01"}


def test_full_width_digits_are_read() -> None:
    assert narrative("全年收到政府信息公开申请３４件。") == set()
    assert narrative("全年收到政府信息公开申请４３件。") == {"N-01"}


def test_other_counting_words_and_verbs_are_read() -> None:
    for unit in "件条份宗":
        assert narrative(f"共受理政府信息公开申请34{unit}。") == set()
        assert narrative(f"共受理政府信息公开申请43{unit}。") == {"N-01"}, unit


def test_received_none_is_read() -> None:
    assert narrative("全年未收到申请。") == {"N-07"}
    assert codes(check(on_requests(blank_form(), "全年未收到申请。"))) == set()


def test_the_enumeration_of_the_founding_report_adds_up() -> None:
    assert codes(check(say(blank_form(), FOUNDING.format(18)))) == set()
    assert codes(check(say(blank_form(), FOUNDING.format(19)))) == {"N-12"}


def test_negative_and_fractional_counts_are_errors() -> None:
    for value in (-1, "0.5"):
        report = busy()
        put(report, "t2.licences", value)
        assert len(errors(check(report))) == 1


def test_table_two_below_zero_is_an_error() -> None:
    report = busy()
    for cell, value in (("made", 5), ("repealed", 9), ("valid", -4)):
        put(report, f"t2.normative_documents.{cell}", value)
    put(report, "t2.fees_10k_yuan", -3)
    assert {f.code for f in errors(check(report))} == {"V-01", "V-04"}


def test_a_missing_table_is_an_error() -> None:
    report = busy()
    report.cells = {k: v for k, v in report.cells.items() if not k.startswith("t4")}
    report.tables.discard("t4")
    assert {f.code for f in errors(check(report))} == {"F-04"}


def test_missing_organisation_columns_are_an_error() -> None:
    report = busy()
    gone = ("commercial", "research", "public_interest", "legal_service", "other")
    report.cells = {k: v for k, v in report.cells.items() if not (k.startswith("t3") and k.endswith(gone))}
    found = errors(check(report))
    assert {f.code for f in found} == {"F-06"}
    assert "商业企业" in found[0].message


def test_a_figure_with_a_word_is_no_figure() -> None:
    report = busy()
    put(report, "t3.new.natural", "32件")
    assert {f.code for f in errors(check(report))} == {"V-03"}


def test_the_charge_of_table_two_is_not_the_processing_fee_of_part_six() -> None:
    report = busy()
    put(report, "t2.fees_10k_yuan", "7730.28")
    assert codes(check(say(report, "本年度未收取信息处理费。", key="other"))) == set()


def test_a_blank_is_neither_zero_nor_a_failure_and_an_all_zero_report_is_sound() -> None:
    assert codes(check(blank_form())) == set()
    report = busy()
    for slug, _ in [(row.slug, row) for row in edition("2021").table3_data]:
        put(report, f"t3.{slug}.research", None)
    assert codes(check(report)) == {"V-05"}


def test_a_report_that_could_not_be_read_does_not_look_clean() -> None:
    report = blank_form()
    report.cells.clear()
    report.tables.clear()
    assert [f.code for f in errors(check(report))] == ["F-04"] * 3


def test_every_row_and_column_of_table_three_is_judged() -> None:
    for slug in edition("2021").table3_data:
        report = busy()
        fill_row(report, slug.slug, 99)
        put(report, f"t3.{slug.slug}.total", 98)
        assert "T3-03" in {f.code for f in errors(check(report))}, slug.slug
