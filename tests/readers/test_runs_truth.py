"""The heart of reading run-together digits: a valid table, glued, reads as itself or as open, never as another."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.statute.report.model import AnnualReport, CellKind
from gongkai.statute.report.readers.assemble import assemble
from gongkai.statute.report.readers.text import blocks_from_text
from tests.readers.valid_tables import Rows, cell_a_line, columns, glued, table_four, table_three, truth_cells

EXAMPLES = int(os.environ.get("GONGKAI_EXAMPLES", "60"))
busy = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


def read(text: str) -> AnnualReport:
    return assemble(blocks_from_text(text), "", "txt")


def never_wrong(report: AnnualReport, truth: dict[str, int]) -> None:
    """Every cell is the true figure or open with the true figure among its candidates; every open run lists the
    true reading unless its list says it was cut short."""
    for cell_id, value in truth.items():
        cell = report.cells[cell_id]
        if cell.kind is CellKind.AMBIGUOUS:
            assert value in cell.candidates or "未列全" in cell.note, (cell_id, value, cell)
        else:
            assert cell.value == value, (cell_id, value, cell)
    for run in report.ambiguous:
        note = next(report.cells[c].note for c in run.cells if report.cells[c].kind is CellKind.AMBIGUOUS)
        assert (
            tuple(truth[c] for c in run.cells) in run.candidates
            or len(run.candidates) == 200
            or "未列全" in note
        )


@busy
@given(table_three(), table_four(), st.lists(st.booleans(), max_size=200))
def test_a_glued_valid_table_is_itself_or_open(three: Rows, four: Rows, gaps: list[bool]) -> None:
    never_wrong(read(glued(three, four, gaps)), truth_cells(three, four))


@busy
@given(table_three(), table_four())
def test_a_glued_table_without_gaps_is_itself_or_open(three: Rows, four: Rows) -> None:
    never_wrong(read(glued(three, four)), truth_cells(three, four))


@settings(busy, max_examples=max(EXAMPLES // 3, 10))
@given(table_three(), table_four(), st.sampled_from(["\t", "    ", "", "　　"]))
def test_a_cell_a_line_reads_exactly(three: Rows, four: Rows, indent: str) -> None:
    report = read(cell_a_line(three, four, indent))
    truth = truth_cells(three, four)
    assert {i: report.cells[i].value for i in truth} == truth
    assert not report.ambiguous


@settings(busy, max_examples=max(EXAMPLES // 3, 10))
@given(table_three(), table_four(), st.sampled_from(["\t", "   ", " ", " | "]))
def test_columns_read_exactly(three: Rows, four: Rows, mark: str) -> None:
    report = read(columns(three, four, mark))
    truth = truth_cells(three, four)
    assert {i: report.cells[i].value for i in truth} == truth
    assert not report.ambiguous
