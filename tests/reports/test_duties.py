"""What is owed on a given day: every year left out is told, and there is always a next one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.agencies.models import Agency
from gongkai.reports.actions.prepare import open_year
from gongkai.reports.queries import Duty, duties_of, reports_of
from tests.cast import Cast


def owed(agency: Agency, today: date) -> list[Duty]:
    return duties_of(agency, list(reports_of(agency)), today)


def test_a_year_that_nobody_began_is_owed_too(cast: Cast) -> None:
    cast.draft.delete()
    late, coming = owed(cast.agency, date(2026, 11, 23))
    assert (late.year, late.work, late.due, late.late_by) == (2025, None, date(2026, 1, 31), 296)
    assert (coming.year, coming.due, coming.days, coming.late_by) == (2026, date(2027, 1, 31), 69, 0)
    # 31 January 2027 is a Sunday.
    assert coming.aim == date(2027, 1, 29)
    assert coming.provisional


def test_on_the_last_day_it_is_still_the_next_and_the_day_after_it_is_late(cast: Cast) -> None:
    (last_day,) = owed(cast.agency, date(2026, 1, 31))
    assert (last_day.year, last_day.days, last_day.aim) == (2025, 0, date(2026, 1, 30))
    assert not last_day.provisional
    late, coming = owed(cast.agency, date(2026, 2, 1))
    assert (late.year, late.late_by, coming.year) == (2025, 1, 2026)


def test_a_government_has_two_months_more(cast: Cast) -> None:
    cast.agency.level = Agency.Level.GOVERNMENT
    (coming,) = owed(cast.agency, date(2026, 3, 31))
    assert (coming.year, coming.due, coming.aim) == (2025, date(2026, 3, 31), date(2026, 3, 31))


@pytest.mark.django_db
def test_an_agency_without_any_work_owes_the_next_only() -> None:
    agency = Agency(name="测试局", slug="test", code="T")
    for today in (date(2026, 1, 5), date(2026, 6, 1)):
        (coming,) = duties_of(agency, [], today)
        assert coming.due >= today
        assert coming.due - today < timedelta(days=366)


@pytest.mark.parametrize("today", [date(2025, 1, 10), date(2027, 5, 5), date(2031, 2, 1)])
def test_years_are_told_in_order_without_a_gap(cast: Cast, today: date) -> None:
    open_year(cast.agency, 2021, by=cast.actor("clerk"))
    told = owed(cast.agency, today)
    years = [duty.year for duty in told]
    assert 2024 not in years
    assert years == [y for y in range(2021, years[-1] + 1) if y != 2024]
    assert [duty.late_by > 0 for duty in told] == [True] * (len(told) - 1) + [False]
