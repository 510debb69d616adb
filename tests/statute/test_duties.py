"""Duties: the catalogue, publishing limits against a slow day-by-day count, yearly dates, review and access."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.duties import (
    ACCESS_CLASSES,
    ARTICLE_20,
    ARTICLE_21_COUNTY,
    ARTICLE_21_TOWNSHIP,
    CHECKS,
    EVALUATION,
    LIMITS,
    STAGES,
    YEARLY,
    next_evaluation,
    publish_due,
    statutory_catalogue,
)
from gongkai.statute.workdays import WorkCalendar

EXAMPLES = settings(max_examples=int(os.environ.get("GONGKAI_EXAMPLES", "100")), deadline=None)
CALENDAR = WorkCalendar.official()
# Days off that are not weekends, and weekends worked, in 2024: the notice's own list, typed in here.
OFF_2024 = {(1, 1), *((2, d) for d in range(10, 18)), (4, 4), (4, 5), *((5, d) for d in range(1, 6)), (6, 10)}
OFF_2024 |= {(9, 16), (9, 17), *((10, d) for d in range(1, 8))}
WORK_2024 = {(2, 4), (2, 18), (4, 7), (4, 28), (5, 11), (9, 14), (9, 29), (10, 12)}


def _works(day: date) -> bool:
    if (day.month, day.day) in WORK_2024:
        return True
    return day.weekday() < 5 and (day.month, day.day) not in OFF_2024


def _slow(start: date, n: int, kind: str) -> date:
    """Day by day, from the day after the event."""
    day = start
    while n:
        day += timedelta(1)
        n -= 1 if kind == "calendar" else _works(day)
    while kind == "calendar" and not _works(day):
        day += timedelta(1)
    return day


@EXAMPLES
@given(st.sampled_from(sorted(LIMITS)), st.dates(date(2024, 1, 1), date(2024, 11, 15)))
def test_a_publishing_limit_equals_a_day_by_day_count(kind: str, start: date) -> None:
    limit = LIMITS[kind]
    end = publish_due(kind, start, CALENDAR)
    assert end.last_day == _slow(start, limit.n, limit.kind)
    assert not end.provisional
    assert end.steps


@pytest.mark.parametrize(
    ("kind", "n", "unit"),
    [
        ("general", 20, "working"),
        ("licence", 7, "working"),
        ("penalty", 7, "working"),
        ("other_enforcement", 20, "working"),
        ("budget", 20, "calendar"),
        ("penalty_withdrawal", 3, "working"),
    ],
)
def test_the_limits_are_those_of_the_law(kind: str, n: int, unit: str) -> None:
    assert (LIMITS[kind].n, LIMITS[kind].kind) == (n, unit)
    assert LIMITS[kind].event.endswith("之日")


def test_there_is_no_limit_beyond_these_six() -> None:
    assert len(LIMITS) == 6
    with pytest.raises(ValueError, match="没有“news”这种公开期限"):
        publish_due("news", date(2024, 1, 2), CALENDAR)


def test_limits_by_the_vectors_of_the_working_day_table() -> None:
    assert publish_due("general", date(2024, 9, 12), CALENDAR).last_day == date(2024, 10, 16)
    assert publish_due("licence", date(2024, 9, 12), CALENDAR).last_day == date(2024, 9, 24)
    assert publish_due("penalty", date(2026, 2, 9), CALENDAR).last_day == date(2026, 2, 25)


def test_a_budget_limit_that_ends_in_a_holiday_moves_behind_it() -> None:
    """20 calendar days from 2024-01-22 end on 11 February, in the Spring Festival: 18 February is worked."""
    assert publish_due("budget", date(2024, 1, 22), CALENDAR).last_day == date(2024, 2, 18)


def test_a_limit_in_a_year_without_a_notice_is_provisional() -> None:
    end = publish_due("general", date(2048, 3, 2), CALENDAR)
    assert end.provisional
    assert any("暂定" in step for step in end.steps)


def test_article_20_has_fifteen_items_with_their_numbers() -> None:
    assert [item.number for item in ARTICLE_20] == list(range(1, 16))
    assert len({item.slug for item in ARTICLE_20}) == 15
    assert str(ARTICLE_20[7].ref) == "《条例》第二十条第（八）项"
    assert ARTICLE_20[7].label.startswith("行政事业性收费")


def test_article_21_differs_for_a_township() -> None:
    assert len(ARTICLE_21_COUNTY) == 7
    assert len(ARTICLE_21_TOWNSHIP) == 8
    assert statutory_catalogue() == ARTICLE_20 + ARTICLE_21_COUNTY
    assert statutory_catalogue(township=True)[15:] == ARTICLE_21_TOWNSHIP
    for group in (ARTICLE_21_COUNTY, ARTICLE_21_TOWNSHIP):
        assert [item.number for item in group] == list(range(1, len(group) + 1))
        assert len({item.slug for item in group}) == len(group)


@pytest.mark.parametrize(
    ("slug", "year", "due", "aim"),
    [
        ("department_report", 2027, date(2027, 1, 31), date(2027, 1, 29)),
        ("department_report", 2025, date(2025, 1, 31), date(2025, 1, 27)),
        ("department_report", 2024, date(2024, 1, 31), date(2024, 1, 31)),
        ("government_report", 2024, date(2024, 3, 31), date(2024, 3, 29)),
        ("government_report", 2026, date(2026, 3, 31), date(2026, 3, 31)),
    ],
)
def test_yearly_dates_stay_and_the_aim_is_a_working_day(slug: str, year: int, due: date, aim: date) -> None:
    assert YEARLY[slug].due(year) == due
    assert YEARLY[slug].aim(year, CALENDAR) == aim


@EXAMPLES
@given(st.sampled_from(sorted(YEARLY)), st.integers(2005, 2090))
def test_the_aim_is_the_last_working_day_up_to_the_date(slug: str, year: int) -> None:
    due, aim = YEARLY[slug].due(year), YEARLY[slug].aim(year, CALENDAR)
    assert aim <= due
    assert CALENDAR.is_workday(aim)
    assert not any(CALENDAR.is_workday(aim + timedelta(n)) for n in range(1, (due - aim).days + 1))


def test_three_stages_and_four_checks() -> None:
    assert [stage.label for stage in STAGES] == ["初审", "复审", "终审"]
    assert {check.label for check in CHECKS} == {"政治关", "政策关", "文字关", "保密关"}
    assert all(stage.who for stage in STAGES)
    assert all(check.looks_at for check in CHECKS)


def test_all_but_proactive_need_a_reason() -> None:
    assert {slug: c.reason_required for slug, c in ACCESS_CLASSES.items()} == {
        "proactive": False,
        "on_request": True,
        "withheld": True,
    }
    assert ACCESS_CLASSES["on_request"].printed == "此件依申请公开"


@pytest.mark.parametrize(
    ("day", "again"),
    [
        (date(2024, 5, 6), date(2025, 5, 6)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 12, 31), date(2024, 12, 31)),
    ],
)
def test_what_is_withheld_is_looked_at_again_after_a_year(day: date, again: date) -> None:
    assert next_evaluation(day) == again
    assert EVALUATION.months == 12
    assert len(EVALUATION.results) == 3
