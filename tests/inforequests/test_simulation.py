"""A small simulation in every run of the tests; `make simulate` lives ten thousand requests."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.agencies.models import Agency
from gongkai.inforequests.actions.closing import archive, reopen
from gongkai.inforequests.actions.period import set_later_date
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.records import records_for
from gongkai.reports.models import ReportYear
from gongkai.statute.report.editions import edition
from gongkai.statute.report.tally import tally
from simulate.diary import Diary
from simulate.judging import DueDays, Wrong, cell, judge_register, judge_unchanged, judge_year
from simulate.judging_report import judge_report
from simulate.running import simulate
from tests.cast import Cast
from tests.inforequests.cases import answer, new_case


@pytest.mark.django_db
def test_sixty_requests_agree_with_their_judges() -> None:
    agency = Agency.objects.create(slug="s", name="模拟局", code="SIM", document_code="模")
    found = simulate(agency, 60, seed=7)
    assert found.requests == 60
    assert found.numbers - found.cancelled == InfoRequest.objects.count() > 50
    assert found.due_days > 300
    assert sum(found.totals.values()) > 40
    assert not set(found.never) - {"lapse_no_clarification", "lapse_no_payment", "set_later_date"}
    assert found.reports == 3
    assert found.report_cells == 3 * len(edition("2021").cell_ids)
    assert min(found.register_entries, found.remedies, found.items) > 2
    made = judge_year(agency, [], 2022)
    assert cell(made, "new", "total") == 0


@pytest.mark.django_db
def test_the_judges_can_say_no() -> None:
    agency = Agency.objects.create(slug="s", name="模拟局", code="SIM", document_code="模")
    simulate(agency, 3, seed=7)
    with pytest.raises(Wrong):
        [judge_year(agency, [Diary("natural")], year) for year in (2023, 2024, 2025)]
    with pytest.raises(Wrong):
        judge_register(agency, [])
    work = ReportYear.objects.get(agency=agency, year=2024)
    with pytest.raises(Wrong, match="valid"):
        judge_report(work, {"regulations": 99, "normative_documents": 99}, [], None)
    case = InfoRequest.objects.exclude(received_on=None).first()
    assert case is not None
    diary = Diary(case.requester_kind, received=case.received_on, zero=case.received_on)
    case.due_on = case.received_on
    with pytest.raises(Wrong):
        DueDays()(case, diary)


@pytest.mark.django_db
def test_a_reported_year_stays_when_an_answer_is_undone_later(cast: Cast) -> None:
    """A court undoes an answer of 2024 in 2025: it was answered in 2024 and is in no row of 2025."""
    case = new_case(cast, date(2024, 11, 1))
    answer(cast, case, "granted_provided", date(2024, 11, 20))
    reported = tally(records_for(cast.agency, 2024), 2024)
    assert cell(reported, "carried_out", "natural") == 0
    archive(case, by=cast.actor("clerk", date(2024, 12, 2)), on=date(2024, 12, 2))
    reopen(case, by=cast.actor("clerk", date(2025, 3, 3)), on=date(2025, 3, 3), ordered_by="某法院判决")
    for _ in range(2):
        judge_unchanged(reported, tally(records_for(cast.agency, 2024), 2024))
        after = tally(records_for(cast.agency, 2025), 2025)
        assert [
            cell(after, row, "natural") for row in ("new", "carried_in", "result_total", "carried_out")
        ] == [0] * 4
        if not case.closed_on:
            answer(cast, case, "granted_provided", date(2025, 3, 20))


@pytest.mark.django_db
def test_a_later_day_told_before_the_answer_was_undone_counts_no_more(cast: Cast) -> None:
    case = new_case(cast, date(2025, 2, 21))
    leader = cast.actor("ogi_head", date(2025, 2, 24))
    set_later_date(case, by=leader, on=date(2025, 2, 24), until=date(2025, 12, 1), reason="量大")
    assert case.due_on == date(2025, 12, 1)
    answer(cast, case, "granted_provided", date(2025, 3, 3))
    day = date(2025, 4, 7)
    reopen(case, by=cast.actor("clerk", day), on=day, ordered_by="某机关复议决定")
    assert case.due_on is not None
    assert day < case.due_on < day + timedelta(days=40)
