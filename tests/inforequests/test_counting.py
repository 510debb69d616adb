"""Groups counted by the database give what counting one by one gives; each cell's list holds what made the cell."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gongkai.agencies.models import Agency
from gongkai.inforequests.counting import _grouped, counted_in, groups_for
from gongkai.inforequests.models import InfoRequest, RequestEvent
from gongkai.inforequests.records import records_for
from gongkai.statute.report.editions import edition
from gongkai.statute.report.tally import CannotCount, Tally, tally
from gongkai.statute.requesters import KINDS
from tests.cast import Cast, add_request

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("GONGKAI_EXAMPLES", "15"))
YEARS = (2020, 2021, 2022)
FLOW = ("new", "carried_in", "carried_out", "result_total")
OUTCOMES = ("granted", "partial", "denied_process", "other_no_fee", "other_other")
KIND = st.sampled_from([kind.slug for kind in KINDS])


@st.composite
def facts(draw: st.DrawFn) -> dict[str, Any]:
    """One request of about the turn of the years: unconfirmed, open or closed; one in three was reopened."""
    received = draw(st.none() | st.dates(date(2019, 6, 1), date(2022, 12, 31)))
    submitted = received or draw(st.dates(date(2019, 6, 1), date(2022, 12, 31)))
    closings, reopened, day = [], [], submitted
    for _ in range(draw(st.integers(0, 3))):
        day += timedelta(days=draw(st.integers(0, 300)))
        closings.append(day)
        if received is None or draw(st.booleans()):
            break
        day += timedelta(days=draw(st.integers(0, 300)))
        reopened.append(day)
    outcomes = [draw(st.sampled_from(OUTCOMES)) for _ in closings]
    return {
        "kind": draw(KIND), "received": received, "closings": closings, "outcomes": outcomes, "reopened": reopened,
        "matter": draw(st.sampled_from(("disclosure", "disclosure", "disclosure", "correction"))),
    }  # fmt: skip


def keep(agency: Agency, number: str, of: dict[str, Any]) -> None:
    """Write it down as the acts leave it: the last closing stands unless that one was undone too."""
    undone = len(of["reopened"]) == len(of["closings"])
    case = add_request(
        agency,
        number,
        matter=of["matter"],
        requester_kind=of["kind"],
        received_on=of["received"],
        closed_on=None if undone else of["closings"][-1],
        outcome="" if undone else of["outcomes"][-1],
    )
    RequestEvent.objects.bulk_create(
        RequestEvent(
            request=case, serial=n, act="reopen", from_state="answered", to_state="handling", on=day, at="2026-01-01T00:00Z",
            by="甲某", data={"closed_before": closed.isoformat(), "outcome_before": outcome},
        )
        for n, (day, closed, outcome) in enumerate(
            zip(of["reopened"], of["closings"], of["outcomes"], strict=False), start=1
        )
    )  # fmt: skip


def naive(told: list[dict[str, Any]], year: int) -> Counter[tuple[str, str]]:
    """The third way: from the stories themselves, a row at a time."""
    count: Counter[tuple[str, str]] = Counter()
    for of in told:
        if of["matter"] != "disclosure" or of["received"] is None or of["received"].year > year:
            continue
        end = None
        for n, closed in enumerate(of["closings"]):
            if n >= len(of["reopened"]) or of["reopened"][n].year > closed.year:
                end = (closed, of["outcomes"][n])
                break
        if end and end[0].year < year:
            continue
        count["new" if of["received"].year == year else "carried_in", of["kind"]] += 1
        if end and end[0].year == year:
            count[end[1], of["kind"]] += 1
            count["result_total", of["kind"]] += 1
        else:
            count["carried_out", of["kind"]] += 1
    return count


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[phase for phase in Phase if phase is not Phase.shrink],
)
@given(st.lists(facts(), max_size=15))
def test_three_ways_of_counting_agree(transactional_free: Agency, told: list[dict[str, Any]]) -> None:
    agency = transactional_free
    RequestEvent.objects.all().delete()
    InfoRequest.objects.all().delete()
    for n, of in enumerate(told):
        keep(agency, str(n), of)
    for year in YEARS:
        groups = list(groups_for(agency, year))
        assert all(group.count > 0 for group in groups)
        grouped, single = tally(groups, year), tally(records_for(agency, year), year)
        assert tally(reversed(groups), year).cells == grouped.cells == single.cells
        assert sum(g.count for g in grouped.unconfirmed) == len(single.unconfirmed)
        plain, leaves = naive(told, year), edition(grouped.edition).leaves
        for row in (*FLOW, *leaves):
            for column in (kind.slug for kind in KINDS):
                value = grouped.cells[f"t3.{row}.{column}"].value
                if row != "other_all":
                    assert value == plain[row, column], (row, column)
                if value:
                    opens_to_its_own(agency, year, row, column, single)
            opens_to_its_own(agency, year, row, "total", single)


def opens_to_its_own(agency: Agency, year: int, row: str, column: str, single: Tally) -> None:
    """The list of a cell holds exactly the records that made it."""
    behind = single.behind(f"t3.{row}.{column}")
    assert {r.number for r in counted_in(agency, year, row, column)} == {r.number for r in behind}  # type: ignore[union-attr]


@pytest.fixture
def transactional_free() -> Agency:
    """An agency with nothing but what each example writes."""
    return Agency.objects.create(slug="s", name="某局", code="S", document_code="某")


def test_what_fits_no_cell_is_named(cast: Cast) -> None:
    add_request(cast.agency, "2024-1", closed_on=date(2024, 7, 1), outcome="granted")
    add_request(cast.agency, "2024-7", closed_on=date(2024, 7, 1), outcome="granted?")
    with pytest.raises(CannotCount, match=r"2024-7：办理结果“granted\?”"):
        tally(groups_for(cast.agency, 2024), 2024)
    InfoRequest.objects.filter(number="2024-7").update(outcome="granted", requester_kind="alien")
    with pytest.raises(CannotCount, match="2024-7：申请人类别“alien”"):
        tally(groups_for(cast.agency, 2024), 2024)


@pytest.mark.once
def test_the_database_counts_in_the_order_of_its_index(cast: Cast) -> None:
    """Neither reads the requests themselves nor sorts them: what a year with very many of them depends on."""
    if connection.vendor != "sqlite":
        pytest.skip("of a few rows PostgreSQL makes another plan; bench/reports.py measures a million")
    plan = _grouped(cast.agency, 2024).explain()
    assert plan.count("COVERING INDEX request_for_tables") == 2
    assert "TEMP B-TREE" not in plan
