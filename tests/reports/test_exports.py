"""The report in every format, read back, is the report."""

from __future__ import annotations

import pytest

from gongkai.reports.exports import FORMATS, file_name
from gongkai.reports.queries import made_of
from gongkai.statute.report.checks import check
from gongkai.statute.report.findings import Level
from gongkai.statute.report.readers import read_bytes
from tests.cast import Cast


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_written_and_read_back(cast: Cast, ending: str) -> None:
    report = made_of(cast.agency, 2024).report
    name = file_name(report, ending)
    assert name == f"湘潭县司法局2024年政府信息公开工作年度报告.{ending}"
    back = read_bytes(FORMATS[ending].write(report), name)
    assert {c: cell.value for c, cell in back.cells.items()} == {c: r.value for c, r in report.cells.items()}
    assert (back.agency, back.year, back.edition) == (report.agency, report.year, report.edition)
    assert [(s.key, s.text) for s in back.sections] == [(s.key, s.text) for s in report.sections]
    assert [f for f in check(back) if f.level is not Level.NOTE] == []
