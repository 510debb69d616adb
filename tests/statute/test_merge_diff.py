"""Merging: parent = sum of children in every cell. Comparing: what was changed, and nothing else, is shown."""

from __future__ import annotations

import os
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.report.diff import diff
from gongkai.statute.report.editions import COLUMNS, edition
from gongkai.statute.report.merge import CannotMerge, merge
from gongkai.statute.report.model import AnnualReport, Cell, CellKind, Paragraph, Section

EXAMPLES = int(os.environ.get("GONGKAI_EXAMPLES", "60"))


@st.composite
def reports(draw: st.DrawFn, agency: str = "甲局", year: int = 2024) -> AnnualReport:
    form = edition("2021")
    figures = draw(st.lists(st.integers(0, 500), min_size=len(form.cell_ids), max_size=len(form.cell_ids)))
    cells = {c: Cell(n, str(n)) for c, n in zip(form.cell_ids, figures, strict=True)}
    return AnnualReport(agency=agency, year=year, edition="2021", cells=cells, tables={"t2", "t3", "t4"})


def zero(agency: str, **changes: Cell) -> AnnualReport:
    cells = {c: Cell(0, "0") for c in edition("2021").cell_ids}
    cells.update({k.replace("__", "."): v for k, v in changes.items()})
    return AnnualReport(agency=agency, year=2024, edition="2021", cells=cells, tables={"t2", "t3", "t4"})


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(reports(), min_size=1, max_size=5))
def test_every_cell_is_the_sum_and_opens_to_whose_it_is(children: list[AnnualReport]) -> None:
    for n, child in enumerate(children):
        child.agency = f"第{n}局"
    merged = merge(children, "某县")
    assert list(merged.report.cells) == list(edition("2021").cell_ids)
    for cell_id, cell in merged.report.cells.items():
        assert cell.value == sum(child.value(cell_id) or 0 for child in children)
        assert [(p.agency, p.value) for p in merged.parts[cell_id]] == [
            (c.agency, c.value(cell_id)) for c in children
        ]


def test_three_rows_and_one_row_of_other_handling_meet_in_one_row() -> None:
    three = zero("甲局", t3__other_no_fee__natural=Cell(2), t3__other_other__natural=Cell(1))
    one = zero("乙局")
    for slug in ("other_no_correction", "other_no_fee", "other_other"):
        for column in COLUMNS:
            del one.cells[f"t3.{slug}.{column}"]
    one.cells.update({f"t3.other_all.{column}": Cell(4) for column in COLUMNS})
    merged = merge([three, one], "某县")
    assert merged.report.value("t3.other_all.natural") == 7
    assert "t3.other_no_fee.natural" not in merged.report.cells
    assert any("合为一行" in note for note in merged.report.notes)


def test_a_blank_total_is_the_sum_of_its_parts() -> None:
    blank = Cell(None, "", kind=CellKind.BLANK)
    child = zero("甲局", t3__granted__natural=Cell(5), t3__granted__total=blank)
    merged = merge([child, zero("乙局", t3__granted__total=blank)], "某县")
    assert merged.report.value("t3.granted.total") == 5
    assert merged.parts["t3.granted.total"][0].derived
    assert any("甲局" in note and "总计未填" in note for note in merged.report.notes)


def test_amounts_stay_exact() -> None:
    children = [zero(f"{n}局", t2__fees_10k_yuan=Cell(Decimal("0.1"))) for n in range(3)]
    assert merge(children, "某县").report.value("t2.fees_10k_yuan") == Decimal("0.3")


def test_what_cannot_be_added_is_named() -> None:
    a, twice = zero("甲局"), zero("甲局")
    other_year = zero("乙局")
    other_year.year = 2023
    text = zero("丙局", t2__penalties=Cell(None, "3件", kind=CellKind.TEXT))
    with pytest.raises(CannotMerge) as caught:
        merge([a, twice, other_year, text], "某县")
    assert [
        any(word in p for p in caught.value.problems) for word in ("不止一份", "年度不同", "“丙局”的行政处罚")
    ] == [True] * 3
    with pytest.raises(CannotMerge, match="没有可以合并"):
        merge([], "某县")


@settings(max_examples=EXAMPLES, deadline=None)
@given(reports(), st.data())
def test_only_what_was_changed_is_shown(report: AnnualReport, data: st.DataObject) -> None:
    other = AnnualReport(agency="甲局", year=2024, edition="2021", cells=dict(report.cells))
    assert not diff(report, other)
    changed = data.draw(st.sets(st.sampled_from(list(report.cells)), max_size=8))
    for cell_id in changed:
        other.cells[cell_id] = Cell((report.value(cell_id) or 0) + 3)
    found = diff(report, other)
    assert {c.cell for c in found.cells} == changed
    assert all(c.change == "+3" for c in found.cells)


def test_prose_and_facts_are_compared_by_part() -> None:
    a = AnnualReport(
        agency="甲局", year=2023, sections=[Section("overview", "总体情况", 1, [Paragraph("全年公开10条。")])]
    )
    b = AnnualReport(
        agency="甲局", year=2024, sections=[Section("overview", "总体情况", 1, [Paragraph("全年公开12条。")])]
    )
    found = diff(a, b)
    assert found.facts == [("年度", "2023", "2024")]
    assert [line[0] for line in found.prose[0].lines] == ["-", "+"]


def test_table_two_is_not_compared_across_forms() -> None:
    a = AnnualReport(
        edition="2019", cells={"t2.regulations.new_made": Cell(3), "t3.carried_out.total": Cell(2)}
    )
    b = AnnualReport(edition="2021", cells={"t2.regulations.made": Cell(4), "t3.carried_out.total": Cell(1)})
    found = diff(a, b)
    assert not found.comparable
    assert [c.cell for c in found.cells] == ["t3.carried_out.total"]


def test_a_merged_report_has_its_six_parts_and_says_whose_figures_it_adds() -> None:
    merged = merge([zero("甲局"), zero("乙局")], "某县").report
    assert [s.key for s in merged.sections] == [h.key for h in edition("2021").headings]
    assert "甲局、乙局" in merged.sections[0].text
