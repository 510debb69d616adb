"""A generated report, read back from each of its formats as anyone's would be, gives no finding."""

from __future__ import annotations

import pytest

from gongkai.reports.exports import FORMATS
from gongkai.reports.queries import state_of
from gongkai.statute.report.checks import check
from gongkai.statute.report.readers import read_bytes
from tests.cast import Cast


@pytest.mark.django_db
@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_the_sample_report_reads_back_without_a_finding(cast: Cast, ending: str) -> None:
    report = state_of(cast.work).made.report
    found = read_bytes(FORMATS[ending].write(report))
    # That last year's report was not given along is the one thing said.
    assert [finding.code for finding in check(found)] == ["Y-01"]
    assert {c: cell.value for c, cell in found.cells.items()} == {
        c: cell.value for c, cell in report.cells.items()
    }
