"""The report in every format, read back, is the report."""

from __future__ import annotations

import pytest

from gongkai.reports.exports import FORMATS, file_name
from gongkai.reports.ledgers import ledger_name, ledger_xlsx
from gongkai.reports.queries import made_of
from gongkai.statute.ledger.xlsx import read_xlsx
from gongkai.statute.report.checks import check
from gongkai.statute.report.findings import Level
from gongkai.statute.report.readers import read_bytes
from tests.cast import Cast, add_request


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


def test_the_ledger_of_a_year_without_requests(cast: Cast) -> None:
    data = ledger_xlsx(cast.work, [], public=False)
    back = read_xlsx(data)
    assert (back.agency, back.year, back.rows) == ("湘潭县司法局", 2024, [])
    assert ledger_name(cast.work, public=False) == "湘潭县司法局2024年依申请公开工作台账.xlsx"


def test_the_public_copy_names_nobody(cast: Cast) -> None:
    add_request(cast.agency, "2024-1", applicant="甲某某", content="甲某某要求公开名单")
    requests = made_of(cast.agency, 2024).requests
    own, public = (read_xlsx(ledger_xlsx(cast.work, requests, public=p)).rows[0] for p in (False, True))
    assert own.applicant == "甲某某"
    assert "甲某某" not in "".join(public.texts)
    assert public.number == own.number == "2024-1"
