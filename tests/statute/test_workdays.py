"""Working days: the law paper's vectors, and the slow walk with the `holidays` package as the oracle."""

from __future__ import annotations

import os
import pickle
import re
import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.days import in_words
from gongkai.statute.notices import shipped
from gongkai.statute.workdays import CalendarRangeError, Notice, WorkCalendar
from tests.statute.day_by_day import ONE, walk, works

EXAMPLES = settings(max_examples=int(os.environ.get("GONGKAI_EXAMPLES", "200")), deadline=None)
CASES = tomllib.loads((Path(__file__).parents[1] / "cases/deadlines/working_days.toml").read_text("utf-8"))[
    "case"
]
CALENDAR = WorkCalendar.official()
KNOWN_DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 31))
ANY_DAY = st.dates(date(1, 1, 1), date(9999, 12, 31))


def day_of(text: str) -> date:
    """A day written 2025年3月31日（星期一）; the weekday must be the true one."""
    match = re.match(r"(\d+)年(\d+)月(\d+)日", text)
    assert match, text
    day = date(*map(int, match.groups()))
    assert in_words(day) == text, f"{text}: wrong weekday, it is {in_words(day)}"
    return day


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["start"] + "+" + str(c["plus"]))
def test_case(case: dict[str, Any]) -> None:
    start, end = day_of(case["start"]), day_of(case["end"])
    assert CALENDAR.add(start, case["plus"]) == end
    assert CALENDAR.between(start, end) == case["plus"]


@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_the_year(year: int, days: int) -> None:
    assert CALENDAR.between(date(year - 1, 12, 31), date(year, 12, 31)) == days


def test_every_day_agrees_with_two_other_calendars() -> None:
    day, seen = date(2004, 1, 1), 0
    while day < date(2027, 1, 1):
        if day != date(2005, 12, 31):  # the two packages disagree on this Saturday
            assert CALENDAR.is_workday(day) is chinese_calendar.is_workday(day) is works(day), day
            seen += 1
        day += ONE
    assert seen == 8400


def test_shipped_notices_agree_with_chinesecalendar_day_by_day() -> None:
    assert [n.year for n in shipped()] == [2024, 2025, 2026]
    for notice in shipped():
        assert not notice.doubts()
        named = {d.date: d.kind == "work" for d in notice.days}
        day = date(notice.year, 1, 1)
        while day.year == notice.year:
            ours = named.get(day, day.weekday() < 5)
            assert ours is chinese_calendar.is_workday(day), day
            day += ONE


@EXAMPLES
@given(KNOWN_DAYS, st.integers(0, 60))
def test_add_is_the_slow_walk(day: date, n: int) -> None:
    assert CALENDAR.add(day, n) == walk(day, n)


@EXAMPLES
@given(KNOWN_DAYS, st.integers(0, 120))
def test_between_is_the_slow_count(day: date, length: int) -> None:
    days = [day + timedelta(i) for i in range(1, length + 1)]
    assert CALENDAR.between(day, day + timedelta(length)) == sum(works(d) for d in days)


@EXAMPLES
@given(st.dates(date.min, date(9998, 1, 1)), st.integers(1, 400))
def test_add_and_between_are_inverse_in_all_years(day: date, n: int) -> None:
    end = CALENDAR.add(day, n)
    assert CALENDAR.between(day, end) == n
    assert CALENDAR.is_workday(end)
    assert end > day


@EXAMPLES
@given(ANY_DAY)
def test_nearest_working_days(day: date) -> None:
    before, after = CALENDAR.last_workday_on_or_before(day), CALENDAR.first_workday_on_or_after(day)
    assert before <= day <= after
    assert CALENDAR.is_workday(before)
    assert CALENDAR.is_workday(after)
    assert CALENDAR.between(before, after) == (0 if before == after else 1)
    assert CALENDAR.is_workday(day) is (before == day) is (after == day)


@pytest.mark.parametrize("day", [date(2000, 3, 1), date(2003, 12, 20), date(2026, 12, 20), date(2190, 1, 1)])
def test_outside_the_known_years_monday_to_friday_count(day: date) -> None:
    assert CALENDAR.add(day, 100) == walk(day, 100)


def test_a_year_without_a_notice_is_provisional() -> None:
    assert CALENDAR.covers(2026)
    assert CALENDAR.covers(date(2004, 1, 1))
    assert not CALENDAR.covers(2027)
    assert CALENDAR.provisional(date(2027, 1, 1))
    assert not CALENDAR.provisional(date(2026, 12, 31))
    assert CALENDAR.unknown_years(date(2026, 12, 1), date(2026, 12, 31)) == ()
    assert CALENDAR.unknown_years(date(2026, 12, 31), date(2026, 12, 31)) == ()
    assert CALENDAR.unknown_years(date(2026, 12, 1), date(2028, 1, 1)) == (2027, 2028)
    assert CALENDAR.unknown_years(date(2003, 12, 31), date(2004, 1, 5)) == ()
    assert CALENDAR.unknown_years(date(2003, 12, 30), date(2004, 1, 5)) == (2003,)


def test_refuses_what_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="负数"):
        CALENDAR.add(date(2025, 1, 1), -1)
    with pytest.raises(CalendarRangeError, match="9999年"):
        CALENDAR.add(date(9999, 12, 31), 1)
    assert CALENDAR.between(date(2025, 3, 31), date(2025, 3, 3)) == 0
    assert CALENDAR.between(date.min, date.max) > 2_600_000


def test_a_moment_is_taken_as_its_day() -> None:
    moment = datetime(2025, 3, 3, 17, 30)  # noqa: DTZ001 a naive moment on purpose
    assert CALENDAR.add(moment, 0) == date(2025, 3, 3)
    assert CALENDAR.add(moment, 20) == date(2025, 3, 31)


def notice(text: str) -> Notice:
    return Notice.from_csv("date,kind,name,notice_no\n" + text)


def test_an_imported_notice_rules_its_year_and_no_other() -> None:
    with_2027 = CALENDAR.with_notice(
        notice("2027-01-04,off,测试节,测试第1号\n2027-01-09,work,测试节,测试第1号\n")
    )
    start = date(2026, 12, 28)
    assert with_2027.add(start, 9) == date(2027, 1, 9)
    assert CALENDAR.add(start, 9) == date(2027, 1, 8)
    assert with_2027.covers(2027)
    assert not CALENDAR.covers(2027), "the calendar it was laid over must stay as it was"
    assert with_2027.between(date(2025, 12, 31), date(2026, 12, 31)) == 248
    assert with_2027.special(date(2027, 1, 9)) == with_2027.notices[2027].days[1]
    assert [d.date for d in with_2027.specials(start, date(2027, 1, 31))] == [
        date(2027, 1, 1).replace(day=4),
        date(2027, 1, 9),
    ]


def test_a_notice_replaces_all_that_was_known_of_its_year() -> None:
    changed = CALENDAR.with_notice(notice("2025-10-01,off,国庆节,测试第2号\n"))
    assert changed.is_workday(date(2025, 1, 1))
    assert not changed.is_workday(date(2025, 9, 28))
    assert not changed.is_workday(date(2025, 10, 1))
    assert changed.with_notice(shipped()[1]).add(date(2025, 1, 20), 20) == date(2025, 2, 21)


def test_december_days_belong_to_the_notice_of_the_next_year() -> None:
    assert CALENDAR.is_workday(date(2018, 12, 29))
    emptied = CALENDAR.with_notice(notice("2018-10-01,off,国庆节,测试第3号\n"))
    assert emptied.is_workday(date(2018, 12, 29)), "the notice for 2019 named this Saturday"
    assert not emptied.is_workday(date(2018, 12, 31)), "and this Monday"
    assert emptied.is_workday(date(2018, 2, 16))
    clashing = CALENDAR.with_notice(notice("2018-12-29,off,元旦,测试第3号\n"))
    assert clashing.is_workday(date(2018, 12, 29)), "of two notices that name a day the later year's holds"
    replaced = CALENDAR.with_notice(notice("2018-12-31,off,元旦,测试第4号\n2019-01-01,off,元旦,测试第4号\n"))
    assert not replaced.is_workday(date(2018, 12, 29))
    assert not replaced.is_workday(date(2018, 12, 31))


def test_a_calendar_can_be_sent_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(CALENDAR))  # noqa: S301 our own bytes
    assert copy.add(date(2024, 9, 12), 20) == date(2024, 10, 16)
