"""A small simulation in every run of the tests; `make simulate` lives ten thousand requests."""

from __future__ import annotations

import pytest

from gongkai.agencies.models import Agency
from gongkai.inforequests.models import InfoRequest
from simulate.judging import DueDays, Wrong, judge_tables
from simulate.life import Diary
from simulate.running import simulate


@pytest.mark.django_db
def test_sixty_requests_agree_with_their_judges() -> None:
    agency = Agency.objects.create(slug="s", name="模拟局", code="SIM", document_code="模")
    found = simulate(agency, 60, seed=7)
    assert found.requests == InfoRequest.objects.count() == 60
    assert found.due_days > 60
    assert sum(found.totals.values()) > 40


@pytest.mark.django_db
def test_the_judges_can_say_no() -> None:
    agency = Agency.objects.create(slug="s", name="模拟局", code="SIM", document_code="模")
    simulate(agency, 3, seed=7)
    with pytest.raises(Wrong):
        judge_tables(agency, [Diary("natural")], [2023, 2024, 2025])
    case = InfoRequest.objects.exclude(received_on=None).first()
    assert case is not None
    diary = Diary(case.requester_kind, received=case.received_on)
    case.due_on = case.received_on
    with pytest.raises(Wrong):
        DueDays()(case, diary)
