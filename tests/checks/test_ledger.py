"""Ledger against report: what the tally makes agrees with the recount; any change of one side is found."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.statute.records import RequestRecord
from gongkai.statute.report.checks import check, check_ledger
from gongkai.statute.report.editions import edition
from gongkai.statute.report.model import AnnualReport
from gongkai.statute.report.tally import tally
from gongkai.statute.requesters import KINDS
from tests.checks.builders import blank_form, errors
from tests.checks.cases import ledger_records, ledger_report

EXAMPLES = settings(max_examples=int(os.environ.get("GONGKAI_EXAMPLES", "60")), deadline=None)
YEAR = 2024


@st.composite
def requests(draw: st.DrawFn) -> RequestRecord:
    """A request received within two years of the report's year, open or closed."""
    received = draw(st.dates(date(YEAR - 2, 1, 1), date(YEAR + 1, 12, 31)))
    closed = draw(st.none() | st.integers(0, 400).map(lambda n: received + timedelta(days=n)))
    outcome = draw(st.sampled_from(edition("2021").leaves)) if closed else None
    kind = draw(st.sampled_from([k.slug for k in KINDS]))
    return RequestRecord(draw(st.uuids()).hex, kind, received, closed, outcome)


def made_from(records: list[RequestRecord]) -> AnnualReport:
    """The report whose table three the tally fills."""
    report = blank_form(YEAR)
    counted = tally(records, year=YEAR)
    report.cells.update({k: v for k, v in counted.cells.items() if k.startswith("t3.")})
    return report


@EXAMPLES
@given(st.lists(requests(), max_size=25))
def test_what_the_tally_made_agrees_with_the_recount(records: list[RequestRecord]) -> None:
    report = made_from(records)
    assert check_ledger(report, records) == []
    assert errors(check(report, records=records)) == []


@EXAMPLES
@given(st.lists(requests(), min_size=1, max_size=25), st.data())
def test_a_request_left_out_is_found(records: list[RequestRecord], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(records))
    assert gone.received_on is not None
    seen = gone.received_on.year <= YEAR and (gone.closed_on is None or gone.closed_on.year >= YEAR)
    report = made_from(records)
    left = [r for r in records if r.number != gone.number]
    assume(len(left) == len(records) - 1)
    assert bool(check_ledger(report, left)) is seen


def test_another_requester_kind_is_found_in_both_columns() -> None:
    records = [replace(r, requester="research") if r.number == "〔3〕" else r for r in ledger_records()]
    found = check_ledger(ledger_report(), records)
    assert {f.cells[0] for f in found if f.code == "L-01"} == {"t3.new.natural", "t3.new.research"}


def test_merged_other_takes_all_three_outcomes() -> None:
    report = blank_form(2020, "2019")
    for cell in ("new", "other_all", "result_total"):
        for column in ("natural", "total"):
            report.cells[f"t3.{cell}.{column}"] = replace(report.cells[f"t3.{cell}.{column}"], value=1)
    records = [RequestRecord("1", "natural", date(2020, 3, 2), date(2020, 3, 20), "other_no_fee")]
    assert check_ledger(report, records) == []


def test_closed_without_an_outcome_is_said() -> None:
    records = [RequestRecord("7", "natural", date(2024, 3, 2), date(2024, 3, 20))]
    assert any("没有填办理结果" in f.message for f in check_ledger(blank_form(), records))
