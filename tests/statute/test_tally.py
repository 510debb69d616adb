"""Counting: against a second way of counting, and every cell opening to exactly its records."""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.records import (
    DecisionRecord,
    DocumentRecord,
    Entered,
    RemedyRecord,
    RequestGroup,
    RequestRecord,
)
from gongkai.statute.report.editions import COLUMNS, edition
from gongkai.statute.report.tally import CannotCount, tally
from gongkai.statute.requesters import KINDS

EXAMPLES = int(os.environ.get("GONGKAI_EXAMPLES", "150"))
FORM = edition("2021")
KIND = st.sampled_from([kind.slug for kind in KINDS])
DAY = st.dates(date(2022, 1, 1), date(2026, 12, 31))


@st.composite
def requests(draw: st.DrawFn) -> RequestRecord:
    received = draw(DAY)
    closed = draw(st.none() | st.integers(0, 400).map(lambda n: received + timedelta(days=n)))
    outcome = draw(st.sampled_from(FORM.leaves)) if closed else None
    return RequestRecord(draw(st.uuids()).hex, draw(KIND), received, closed, outcome)


def slow_count(records: list[RequestRecord], year: int) -> Counter[str]:
    """The second way: a question asked of each request for each row, with whole years, not days."""
    count: Counter[str] = Counter()
    for r in records:
        assert r.received_on is not None
        open_at_start = r.received_on.year < year and (r.closed_on is None or r.closed_on.year >= year)
        rows = []
        if r.received_on.year == year:
            rows.append("new")
        if open_at_start:
            rows.append("carried_in")
        if r.closed_on is not None and r.closed_on.year == year:
            rows += [str(r.outcome), "result_total"]
        if r.received_on.year <= year and (r.closed_on is None or r.closed_on.year > year):
            rows.append("carried_out")
        for row in rows:
            count[f"t3.{row}.{r.requester}"] += 1
            count[f"t3.{row}.total"] += 1
    return count


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(requests(), max_size=60), st.integers(2022, 2026))
def test_equals_a_second_way_of_counting(records: list[RequestRecord], year: int) -> None:
    year = max(year, 2021)
    found = tally(records, year)
    slow = slow_count(records, year)
    for cell_id in (c for row in FORM.table3_data for c in row.cells):
        assert found.cells[cell_id].value == slow[cell_id], cell_id


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(requests(), max_size=60), st.randoms())
def test_groups_give_the_same_tally_in_any_order(records: list[RequestRecord], chance: random.Random) -> None:
    """The weighted form: what is alike in the facts that counting asks is one group."""
    many = Counter((r.requester, r.received_on, r.closed_on, r.outcome) for r in records)
    groups = [RequestGroup(*facts, count=count) for facts, count in many.items()]
    # And what the year cannot tell apart is put together: any day of the year stands for another.
    alike: Counter[tuple[str, date, date | None, str | None]] = Counter()
    for kind, received, closed, outcome in many:
        day = (
            date(2024, 6, 1)
            if received.year == 2024
            else date(2023, 6, 1)
            if received.year < 2024
            else received
        )
        alike[kind, day, closed, outcome] += many[kind, received, closed, outcome]
    coarse = [RequestGroup(*facts, count=count) for facts, count in alike.items()]
    chance.shuffle(groups)
    one_by_one, slow = tally(records, 2024), slow_count(records, 2024)
    for found in (tally(groups, 2024), tally(coarse, 2024)):
        assert found.cells == one_by_one.cells
        for cell_id in (c for row in FORM.table3_data for c in row.cells):
            assert found.cells[cell_id].value == slow[cell_id], cell_id
            assert sum(r.count for r in found.behind(cell_id)) == slow[cell_id], cell_id  # type: ignore[union-attr]


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(requests(), max_size=40))
def test_every_cell_opens_to_as_many_records_as_it_says(records: list[RequestRecord]) -> None:
    found = tally(records, 2024)
    for cell_id, cell in found.cells.items():
        behind = found.behind(cell_id)
        assert len(behind) == cell.value
        assert len({r.number for r in behind}) == len(behind)  # type: ignore[union-attr]


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(requests(), max_size=40))
def test_the_statutory_balance_holds_and_carries_over(records: list[RequestRecord]) -> None:
    this, following = tally(records, 2023), tally(records, 2024)
    for column in COLUMNS:
        value = {
            row: this.cells[f"t3.{row}.{column}"].counted
            for row in ("new", "carried_in", "result_total", "carried_out")
        }
        assert value["new"] + value["carried_in"] == value["result_total"] + value["carried_out"]
        assert following.cells[f"t3.carried_in.{column}"].value == value["carried_out"]


def test_received_on_christmas_answered_in_january() -> None:
    """law: received 25 Dec, answered 23 Jan: new and carried out in Y, carried in and outcome in Y+1."""
    one = RequestRecord("1", "natural", date(2025, 12, 25), date(2026, 1, 23), "granted")
    this, following = tally([one], 2025), tally([one], 2026)
    assert [this.cells[f"t3.{r}.natural"].value for r in ("new", "carried_out", "granted")] == [1, 1, 0]
    assert [
        following.cells[f"t3.{r}.natural"].value for r in ("new", "carried_in", "granted", "carried_out")
    ] == [0, 1, 1, 0]


def test_an_unconfirmed_request_is_not_received() -> None:
    waiting = RequestRecord("网1", "natural", None)
    found = tally([waiting], 2024)
    assert found.cells["t3.new.total"].value == 0
    assert found.unconfirmed == [waiting]


def test_the_2019_form_has_one_row_for_other_handling() -> None:
    one = RequestRecord("1", "research", date(2020, 3, 2), date(2020, 3, 9), "other_no_fee")
    found = tally([one], 2020)
    assert found.cells["t3.other_all.research"].value == 1
    assert "t3.other_no_fee.research" not in found.cells
    assert found.behind("t3.result_total.total") == [one]


def test_remedies_count_once_a_year_decided_or_pending() -> None:
    cases = [
        RemedyRecord("复1", "reconsideration", date(2023, 11, 1), date(2024, 1, 20), "upheld"),
        RemedyRecord("复2", "reconsideration", date(2024, 12, 1), date(2025, 1, 20), "corrected"),
        RemedyRecord("诉1", "litigation_direct", date(2024, 5, 1)),
        RemedyRecord("诉2", "litigation_after_reconsideration", date(2022, 5, 1), date(2023, 5, 1), "other"),
    ]
    found = tally([], 2024, remedies=cases)
    row = [found.cells[c].value for g in FORM.groups4 for c in g.cells]
    assert row == [1, 0, 0, 1, 2, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    assert [c.number for c in found.behind("t4.reconsideration.total")] == ["复1", "复2"]  # type: ignore[union-attr]


def test_documents_and_decisions_fill_table_two() -> None:
    documents = [
        DocumentRecord("normative_documents", "甲办法", date(2020, 1, 1)),
        DocumentRecord("normative_documents", "乙办法", date(2024, 1, 1)),
        DocumentRecord("normative_documents", "丙办法", date(2019, 1, 1), date(2024, 6, 1)),
        DocumentRecord("normative_documents", "丁办法", date(2024, 2, 1), date(2025, 6, 1)),
    ]
    decisions = [
        DecisionRecord("penalties", "某决定", date(2024, 3, 1)),
        DecisionRecord("penalties", "旧决定", date(2023, 3, 1)),
    ]
    found = tally([], 2024, documents=documents, decisions=decisions)
    assert [found.cells[f"t2.normative_documents.{c}"].value for c in ("made", "repealed", "valid")] == [
        2,
        1,
        3,
    ]
    assert found.cells["t2.penalties"].value == 1
    assert found.behind("t2.penalties") == [decisions[0]]


def test_entered_figures_keep_their_source_and_flow_into_totals() -> None:
    day = date(2025, 1, 6)
    entered = {
        "t2.penalties": Entered(2, "行政处罚案件登记", "经办员", day),
        "t2.fees_10k_yuan": Entered(Decimal("1.5"), "财务报表", "经办员", day),
        "t3.new.natural": Entered(3, "纸质台账", "经办员", day, reason="平台上线前的申请只有纸质登记"),
        "t3.carried_out.natural": Entered(3, "纸质台账", "经办员", day, reason="同上"),
    }
    found = tally([], 2024, entered)
    assert found.cells["t2.penalties"].value == 2
    assert found.origin("t2.penalties") == "entered"
    assert found.cells["t2.penalties"].note == "填报：行政处罚案件登记"
    assert found.cells["t3.new.total"].value == 3
    assert [o.cell for o in found.overridden] == ["t3.new.natural", "t3.carried_out.natural"]


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (RequestRecord("甲7", "alien", date(2024, 1, 2)), "甲7：申请人类别"),
        (
            RequestRecord("甲8", "natural", date(2024, 1, 2), date(2024, 1, 3)),
            "甲8：已有办结日期但没有办理结果",
        ),
        (
            RequestRecord("甲9", "natural", date(2024, 1, 2), date(2024, 1, 3), "granted?"),
            "甲9：办理结果“granted?”",
        ),
    ],
)
def test_what_fits_no_cell_is_named(record: RequestRecord, words: str) -> None:
    with pytest.raises(CannotCount, match=words.replace("?", r"\?")):
        tally([record], 2024)


def test_a_counted_figure_is_overridden_only_with_a_reason() -> None:
    with pytest.raises(CannotCount, match="须写明理由"):
        tally([], 2024, {"t3.new.natural": Entered(3, "台账", "经办员", date(2025, 1, 6))})


def test_unknown_cells_and_years_without_a_form_are_refused() -> None:
    with pytest.raises(CannotCount, match="没有“t9"):
        tally([], 2024, {"t9.x": Entered(3, "台账", "经办员", date(2025, 1, 6))})
    with pytest.raises(CannotCount, match="2018年没有法定"):
        tally([], 2018)


def test_without_a_register_of_remedies_only_what_was_entered_stands() -> None:
    def entered(value: int) -> Entered:
        return Entered(value, "复议应诉台账", "测试", date(2025, 1, 8))

    three = {
        f"t4.litigation_direct.{r}": entered(n) for n, r in enumerate(("upheld", "corrected", "other"), 1)
    }
    part = tally([], 2024, three, remedies=None)
    assert {c for c in part.cells if c.startswith("t4.")} == set(three)
    whole = tally([], 2024, three | {"t4.litigation_direct.pending": entered(4)}, remedies=None)
    assert whole.cells["t4.litigation_direct.total"].value == 1 + 2 + 3 + 4
    assert "t4.reconsideration.total" not in whole.cells
