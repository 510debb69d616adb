"""Random valid reports have no error; one changed figure always has one, at the right place."""

from __future__ import annotations

import copy
import os

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gongkai.statute.report.checks import check
from gongkai.statute.report.editions import COLUMNS, edition
from gongkai.statute.report.findings import Level
from gongkai.statute.report.model import AnnualReport, Cell, CellKind
from tests.checks.builders import blank_form, busy, codes, errors, put

EXAMPLES = settings(
    max_examples=int(os.environ.get("GONGKAI_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
SIZES = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 10**6))


@st.composite
def reports(draw: st.DrawFn) -> AnnualReport:
    """A report whose sums hold, on either form, made from the leaves up."""
    form = draw(st.sampled_from(["2019", "2021"]))
    report = blank_form(2020 if form == "2019" else draw(st.integers(2021, 2026)), form)
    rows = {leaf: draw(st.lists(SIZES, min_size=6, max_size=6)) for leaf in edition(form).leaves}
    rows["result_total"] = [sum(column) for column in zip(*rows.values(), strict=True)]
    rows["carried_out"] = draw(st.lists(SIZES, min_size=6, max_size=6))
    intake = [a + b for a, b in zip(rows["result_total"], rows["carried_out"], strict=True)]
    rows["carried_in"] = [draw(st.integers(0, whole)) for whole in intake]
    rows["new"] = [whole - part for whole, part in zip(intake, rows["carried_in"], strict=True)]
    for slug, figures in rows.items():
        for column, figure in zip(COLUMNS, [*figures, sum(figures)], strict=True):
            put(report, f"t3.{slug}.{column}", figure)
    for group in edition(form).groups4:
        parts = draw(st.lists(SIZES, min_size=4, max_size=4))
        for cell, figure in zip(group.cells, [*parts, sum(parts)], strict=True):
            put(report, cell, figure)
    return report


@EXAMPLES
@given(reports())
def test_a_report_whose_sums_hold_has_no_error(report: AnnualReport) -> None:
    assert errors(check(report)) == []


@EXAMPLES
@given(reports(), st.data())
def test_one_changed_figure_breaks_its_own_sums(report: AnnualReport, data: st.DataObject) -> None:
    cell = data.draw(st.sampled_from([c for c in report.cells if c.startswith(("t3.", "t4."))]))
    old = report.value(cell)
    put(report, cell, data.draw(st.integers(0, 10**7).filter(lambda n: n != old)))
    table, slug, _ = cell.split(".")
    found = errors(check(report))
    wanted = {"T4-01"} if table == "t4" else {"T3-03"}
    if table == "t3":
        wanted |= {"T3-01"} if slug in ("new", "carried_in", "carried_out") else set()
        wanted |= {"T3-02"} if slug in edition(report.edition).leaves else set()
        wanted |= {"T3-01", "T3-02"} if slug == "result_total" else set()
    assert {f.code for f in found} == wanted
    assert all(cell in f.cells for f in found)
    if table == "t3":
        assert all(f.where == f"位置{cell}" for f in found), "the one wrong cell is pointed at"
        assert all(f"改为{old}" in f.message for f in found)


@EXAMPLES
@given(reports(), st.data())
def test_blanking_zeros_changes_no_sum(report: AnnualReport, data: st.DataObject) -> None:
    zeros = [c for c, cell in report.cells.items() if cell.value == 0]
    for cell in data.draw(st.lists(st.sampled_from(zeros), max_size=30)) if zeros else []:
        put(report, cell, data.draw(st.sampled_from([None, "/", "-"])))
    assert errors(check(report)) == []


@EXAMPLES
@given(reports(), st.data())
@example(busy(), None)
def test_words_in_a_cell_are_an_error_and_their_sums_are_not_judged(
    report: AnnualReport, data: st.DataObject | None
) -> None:
    cells = [c for c in report.cells if c.startswith("t3.")]
    cell = data.draw(st.sampled_from(cells)) if data else "t3.new.natural"
    put(report, cell, "3件")
    found = check(report)
    assert {f.code for f in errors(found)} == {"V-03"}
    assert "T3-03" in codes(found, Level.NOTE)


def test_the_message_says_the_arithmetic() -> None:
    report = busy()
    for leaf, value in (("granted", 767), ("carried_out", 0), ("new", 765)):
        put(report, f"t3.{leaf}.natural", value)
    put(report, "t3.result_total.natural", 767)
    found = [f for f in errors(check(report)) if f.code == "T3-02"]
    assert "第三表“自然人”列：（一）至（六）各行相加为791，（七）总计写的是767，相差24。" in found[0].message


def test_swapped_digits_are_named_when_the_crossing_cannot_decide() -> None:
    report = busy()
    put(report, "t4.reconsideration.upheld", 156)
    put(report, "t4.reconsideration.total", 165)
    (found,) = errors(check(report))
    assert "差额9是9的倍数" in found.message
    assert "由165改为156" in found.message


def test_blank_totals_of_filled_rows_are_one_warning_and_no_error() -> None:
    report = busy()
    for leaf in edition("2021").leaves:
        put(report, f"t3.{leaf}.total", None)
    found = check(report)
    assert errors(found) == []
    assert [f.code for f in found if f.level is Level.WARNING] == ["V-05"]
    assert [f.code for f in found if f.code.startswith("T3")] == []


def test_one_blank_total_in_an_otherwise_full_column_is_read_as_its_row() -> None:
    report = busy()
    put(report, "t3.carried_out.total", None)
    assert errors(check(report)) == []
    put(report, "t3.carried_out.natural", 4)
    assert {f.code for f in errors(check(report))} == {"T3-01"}


def test_all_parts_blank_is_not_judged_and_says_so() -> None:
    report = busy()
    for column in COLUMNS[:-1]:
        put(report, f"t3.unable_not_held.{column}", None)
    put(report, "t3.result_total.natural", 29)
    put(report, "t3.carried_out.natural", 5)
    found = check(report)
    assert "T3-03" in codes(found, Level.NOTE)
    assert not [f for f in errors(found) if "t3.unable_not_held.natural" in f.cells and f.code == "T3-03"]


def test_ambiguous_digits_are_a_note_and_never_an_error() -> None:
    report = busy()
    for column in COLUMNS:
        report.cells[f"t3.new.{column}"] = Cell(None, "3220000034", "第9行", CellKind.AMBIGUOUS)
    found = check(report)
    assert errors(found) == []
    assert {"T3-01", "T3-03", "V-06"} <= codes(found, Level.NOTE)


def test_merged_other_counts_as_one_row() -> None:
    report = busy()
    for slug in ("other_no_correction", "other_no_fee", "other_other"):
        for column in COLUMNS:
            del report.cells[f"t3.{slug}.{column}"]
    for column, value in zip(COLUMNS, (12, 2, 0, 0, 0, 0, 14), strict=True):
        put(report, f"t3.other_all.{column}", value)
    assert errors(check(report)) == []
    assert "F-07" in codes(check(report))
    put(report, "t3.other_all.natural", 13)
    assert {f.code for f in errors(check(report))} == {"T3-02", "T3-03"}


def test_findings_are_sorted_and_the_report_is_left_alone() -> None:
    report = busy()
    put(report, "t3.granted.total", 10)
    put(report, "t2.penalties", "/")
    before = copy.deepcopy(report)
    found = check(report)
    assert report == before
    rank = [Level.ERROR, Level.WARNING, Level.NOTE]
    assert [(rank.index(f.level), f.code) for f in found] == sorted(
        (rank.index(f.level), f.code) for f in found
    )


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_2019_change_columns_may_be_negative(form: str) -> None:
    report = blank_form(2020, "2019") if form == "2019" else blank_form()
    put(report, "t2.penalties.change" if form == "2019" else "t2.penalties", -18)
    assert bool(errors(check(report))) is (form == "2021")


def test_amounts_of_2019_may_carry_their_unit() -> None:
    report = blank_form(2020, "2019")
    put(report, "t2.procurement.amount", "73802895.90元")
    assert codes(check(report)) == set()


def test_an_empty_report_says_what_is_missing_and_does_not_stop() -> None:
    found = check(AnnualReport())
    assert {"F-02", "F-04"} <= codes(found)
