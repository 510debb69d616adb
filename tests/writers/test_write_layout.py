"""The tables as grids: every place filled once, the spans of the form, rows that are not there left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from gongkai.statute.report.editions import COLUMNS, edition
from gongkai.statute.report.model import AnnualReport, Cell, CellKind
from gongkai.statute.report.writers.layout import INSET_MM, Role, Table, figure_text, tables
from tests.writers.writer_samples import quiet_report, reports


def of_2019() -> AnnualReport:
    return AnnualReport(edition="2019", cells={c: Cell(1, "1") for c in edition("2019").cell_ids})


def merged_other() -> AnnualReport:
    report = quiet_report()
    for cell_id in [c for c in report.cells if c.startswith("t3.other_")]:
        del report.cells[cell_id]
    report.cells |= {f"t3.other_all.{c}": Cell(0, "0") for c in COLUMNS}
    return report


def filled_once(table: Table) -> bool:
    """True when the places cover the rectangle of rows × columns, each square exactly once."""
    squares = [
        (row, column)
        for p in table.places
        for row in range(p.row, p.row + p.rows)
        for column in range(p.column, p.column + p.columns)
    ]
    whole = {(r, c) for r in range(table.row_count) for c in range(len(table.widths))}
    return len(squares) == len(set(squares)) and set(squares) == whole


@pytest.mark.parametrize("report", [quiet_report(), of_2019(), merged_other()])
def test_every_square_is_covered_once(report: AnnualReport) -> None:
    drawn = tables(report)
    assert set(drawn) == {"t2", "t3", "t4"}
    for table in drawn.values():
        assert filled_once(table), table.key
        assert sum(table.widths) == pytest.approx(156)


@pytest.mark.parametrize(("report", "span"), [(quiet_report(), 22), (of_2019(), 20), (merged_other(), 20)])
def test_row_three_spans_its_lines(report: AnnualReport, span: int) -> None:
    table = tables(report)["t3"]
    results = next(p for p in table.places if p.text == "三、本年度办理结果")
    assert (results.rows, results.columns, results.column) == (span, 1, 0)
    assert len(table.widths) == 10
    assert table.head_rows == 3


def test_the_figures_are_those_of_the_form() -> None:
    drawn = tables(quiet_report())
    count = {key: sum(p.role is Role.FIGURE for p in table.places) for key, table in drawn.items()}
    assert count == {"t2": 10, "t3": 175, "t4": 15}
    ids = [p.cell_id for t in drawn.values() for p in t.places if p.role is Role.FIGURE]
    assert ids == list(edition("2021").cell_ids)


def test_merged_other_is_one_row_over_two_columns() -> None:
    other = next(p for p in tables(merged_other())["t3"].places if p.text == "（六）其他处理")
    assert (other.rows, other.columns, other.column) == (1, 2, 1)


def test_a_row_that_is_not_there_is_not_drawn() -> None:
    report = quiet_report()
    for column in COLUMNS:
        del report.cells[f"t3.reject_mass.{column}"]
    table = tables(report)["t3"]
    assert filled_once(table)
    assert not any("大量反复申请" in p.text for p in table.places)
    assert next(p for p in table.places if p.text == "（五）不予处理").rows == 4


def test_a_table_that_is_not_there_is_not_drawn() -> None:
    report = quiet_report()
    report.cells = {i: c for i, c in report.cells.items() if not i.startswith("t3.")}
    assert set(tables(report)) == {"t2", "t4"}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Cell(0, "0"), "0"),
        (Cell(0, ""), "0"),
        (Cell(None, "", kind=CellKind.BLANK), ""),
        (Cell(None, " ／ ", kind=CellKind.DASH), "／"),
        (Cell(None, "", kind=CellKind.DASH), "/"),
        (Cell(None, "3件", kind=CellKind.TEXT), "3件"),
        (Cell(251000, "251000元"), "251000元"),
        (Cell(1036, "+1,036"), "1036"),
        (Cell(None, "2171", kind=CellKind.AMBIGUOUS), "待核"),
    ],
)
def test_what_stands_in_a_cell(cell: Cell, text: str) -> None:
    assert figure_text(cell) == text


def test_heads_of_a_figure_name_its_row_and_column() -> None:
    table = tables(quiet_report())["t3"]
    figure = next(p for p in table.places if p.cell_id == "t3.denied_internal.research")
    assert [p.text for p in table.heads_of(figure)] == [
        "申请人情况",
        "法人或其他组织",
        "科研机构",
        "三、本年度办理结果",
        "（三）不予公开",
        "5.属于三类内部事务信息",
    ]
    two = tables(quiet_report())["t2"]
    fee = next(p for p in two.places if p.cell_id == "t2.fees_10k_yuan")
    assert [p.text for p in two.heads_of(fee)] == [
        "第二十条第（八）项",
        "本年收费金额（单位：万元）",
        "行政事业性收费",
    ]


@settings(settings.get_profile("writers"))
@given(reports())
def test_any_report_is_drawn_whole(report: AnnualReport) -> None:
    drawn = tables(report)
    assert all(filled_once(t) for t in drawn.values())
    shown = {p.cell_id for t in drawn.values() for p in t.places if p.role is Role.FIGURE}
    assert shown == set(report.cells)


@pytest.mark.parametrize("value", [0, 14069, 11_398_889, 10**9, 10**17])
def test_a_long_figure_fits_its_cell(value: int) -> None:
    """Measured with the digit's true width in the carried font: at most 0.562 em, from its hmtx table."""
    report = quiet_report()
    report.cells = {c: Cell(value, str(value)) for c in report.cells}
    for table in tables(report).values():
        for place in (p for p in table.places if p.role is Role.FIGURE):
            room = sum(table.widths[place.column : place.column + place.columns]) - 2 * INSET_MM
            printed = len(place.text) * 0.562 * table.points_of(place) * 25.4 / 72
            assert printed <= room
            assert table.points_of(place) <= table.points
        assert sum(table.widths) == pytest.approx(156)
