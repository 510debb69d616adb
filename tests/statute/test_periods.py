"""Where periods end: working days, calendar days moved off a day off, months by the corresponding day."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.periods import PERIODS, Period, opinion_ended_on
from gongkai.statute.refs import Ref
from gongkai.statute.workdays import CalendarRangeError, WorkCalendar
from tests.statute.day_by_day import ONE, walk, works

EXAMPLES = settings(max_examples=int(os.environ.get("GONGKAI_EXAMPLES", "200")), deadline=None)
CALENDAR = WorkCalendar.official()
DAYS = st.dates(date(2019, 1, 1), date(2026, 3, 1))
REF = Ref("civil_code", 202)


def moved(day: date) -> date:
    while not works(day):
        day += ONE
    return day


@EXAMPLES
@given(DAYS, st.integers(1, 90))
def test_calendar_days_by_slow_walk(start: date, n: int) -> None:
    last = start
    for _ in range(n):
        last += ONE
    found = Period("期间", n, "days", REF).end(start, CALENDAR)
    assert found.last_day == moved(last)
    assert any("顺延" in s for s in found.steps) is (found.last_day != last)
    assert not found.provisional


@EXAMPLES
@given(DAYS, st.integers(1, 9))
def test_months_by_slow_walk(start: date, n: int) -> None:
    month = start.replace(day=1)
    for _ in range(n):
        month = (month + timedelta(31)).replace(day=1)
    last = month
    while last.day < start.day and (last + ONE).month == month.month:
        last += ONE
    assert Period("期间", n, "months", REF).end(start, CALENDAR).last_day == moved(last)


@pytest.mark.parametrize(
    ("slug", "start", "last", "says"),
    [
        ("reconsideration", date(2025, 1, 10), date(2025, 3, 11), "60日"),
        ("reconsideration", date(2025, 8, 4), date(2025, 10, 9), "顺延到其后第一个工作日"),
        ("litigation_after_reconsideration", date(2025, 1, 14), date(2025, 2, 5), "15日"),
        ("litigation_direct", date(2024, 8, 31), date(2025, 2, 28), "2025年2月没有31日"),
        ("litigation_direct", date(2025, 4, 1), date(2025, 10, 9), "6个月"),
        ("fee_payment", date(2025, 10, 15), date(2025, 11, 12), "20个工作日"),
        ("clarification_notice", date(2024, 9, 12), date(2024, 9, 24), "7个工作日"),
        ("third_party_opinion", date(2024, 9, 12), date(2024, 10, 10), "15个工作日"),
    ],
)
def test_periods_of_procedure(slug: str, start: date, last: date, says: str) -> None:
    found = PERIODS[slug].end(start, CALENDAR)
    assert found.last_day == last
    assert says in "".join(found.steps)
    assert str(PERIODS[slug].ref) in found.steps[0]


def test_every_period_has_its_article() -> None:
    assert {slug: str(p) for slug, p in PERIODS.items()} == {
        "answer": "20个工作日",
        "extension": "20个工作日",
        "clarification_notice": "7个工作日",
        "third_party_opinion": "15个工作日",
        "joint_maker_opinion": "15个工作日",
        "fee_payment": "20个工作日",
        "court_order": "20个工作日",
        "reconsideration": "60日",
        "litigation_after_reconsideration": "15日",
        "litigation_direct": "6个月",
    }
    assert all(period.ref.says for period in PERIODS.values())


def test_an_end_in_a_year_without_a_notice_is_provisional() -> None:
    for slug, start, provisional in (
        ("reconsideration", date(2026, 11, 1), False),
        ("reconsideration", date(2026, 11, 3), True),
        ("litigation_direct", date(2026, 6, 30), False),
        ("litigation_direct", date(2026, 7, 15), True),
        ("answer", date(2026, 12, 10), True),
    ):
        found = PERIODS[slug].end(start, CALENDAR)
        assert found.provisional is provisional, (slug, start)
        assert ("暂定" in found.steps[-1]) is provisional


def test_refuses_impossible_periods() -> None:
    with pytest.raises(CalendarRangeError, match="9999年"):
        Period("期间", 60, "days", REF).end(date(9999, 12, 1), CALENDAR)
    with pytest.raises(CalendarRangeError, match="9999年"):
        Period("期间", 6, "months", REF).end(date(9999, 12, 1), CALENDAR)
    with pytest.raises(ValueError, match="至少是 1"):
        Period("期间", 0, "days", REF)
    with pytest.raises(ValueError, match="weeks"):
        Period("期间", 2, "weeks", REF)  # type: ignore[arg-type]


@EXAMPLES
@given(DAYS, st.none() | st.integers(0, 60))
def test_a_consultation_ends_with_the_opinion_or_its_fifteenth_working_day(
    start: date, later: int | None
) -> None:
    opinion = None if later is None else start + timedelta(later)
    fifteenth = walk(start, 15)
    expected = fifteenth if opinion is None or opinion > fifteenth else opinion
    assert opinion_ended_on(start, opinion, CALENDAR) == expected
