"""The rules of self-inspection as data, and their arithmetic counted a second way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.inspection import (
    FIX_DAYS,
    GROUPS,
    ORDER,
    RULES,
    UNITS,
    contradictions,
    freshness,
    quarter_days,
    quarter_of,
    stale_from,
    too_many,
    unreachable,
    update_limit,
)

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def test_the_numbers_of_the_national_indicators() -> None:
    """国办秘函〔2019〕19号 as read: two weeks, six months; 5, 10 and 5 columns; 5 % of visits of 15 s; 3 and 2 months."""
    assert [update_limit(kind) for kind in ("news", "notices", "policy", "consultation")] == [
        14,
        180,
        180,
        365,
    ]
    assert update_limit("on_request") is None
    assert {one.name: one.n for one in RULES["columns_many"].limits} == {"first": 5, "any": 10, "empty": 5}
    assert {one.name: one.n for one in RULES["site_down"].limits} == {"share": 5, "seconds": 15}
    assert RULES["home_stale"].limit("days").n == 14
    assert RULES["messages_late"].limit("days").n == 90
    assert RULES["message_waiting"].limit("days").n == 60
    assert RULES["guide_unchecked"].limit("days").n == 365


def test_every_rule_is_whole() -> None:
    vetoes = [rule.slug for rule in RULES.values() if rule.veto]
    assert vetoes == ["secret", "site_down", "home_stale", "columns_many", "messages_late"]
    assert set(FIX_DAYS) == set(ORDER)
    for rule in RULES.values():
        assert rule.group in GROUPS
        assert rule.gravity in ORDER
        assert rule.refs
        assert rule.do.endswith("。")
        assert rule.said().endswith("。")
        assert "{" not in rule.said()
        for limit in rule.limits:
            assert limit.unit in UNITS
            assert limit.least <= limit.n <= limit.most
    with pytest.raises(KeyError):
        RULES["secret"].limit("days")


def test_stricter_and_looser() -> None:
    news = RULES["column_stale"].limit("news")
    assert (news.compared(14), news.compared(7), news.compared(30)) == ("", "更严", "更宽")
    lead = RULES["column_soon"].limit("short")
    assert (lead.compared(4), lead.compared(6), lead.compared(1)) == ("", "更严", "更宽")
    assert RULES["home_stale"].said({"days": 7}) == "首页7天没有更新。"


@given(DAYS, st.integers(1, 400), st.integers(0, 60))
def test_freshness_day_by_day(last: date, limit: int, lead: int) -> None:
    """Walk the days one by one: fresh until `lead` days before the end, soon until the end, stale after it."""
    end = last
    for _ in range(limit):
        end += timedelta(days=1)
    assert stale_from(last, limit) == end + timedelta(days=1)
    assert freshness(last, end, limit) == "fresh"
    assert freshness(last, end + timedelta(days=1), limit, lead) == "stale"
    day, left = last, limit
    while day <= end:
        assert freshness(last, day, limit, lead) == ("soon" if left < lead else "fresh")
        day, left = day + timedelta(days=1), left - 1


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=30))
def test_sums_of_columns(columns: list[tuple[bool, bool, bool]]) -> None:
    first = sum(1 for a, b, _ in columns if a and b)
    stale = sum(1 for a, _, _ in columns if a)
    empty = sum(1 for *_, c in columns if c)
    found = too_many(first, stale, empty, {"first": 5, "any": 10, "empty": 5})
    assert ("first" in found) == (first > 4)
    assert ("any" in found) == (stale > 9)
    assert ("empty" in found) == (empty > 4)


@given(st.integers(0, 500), st.integers(1, 500), st.integers(1, 50))
def test_share_of_visits(failed: int, more: int, share: int) -> None:
    visits = failed + more
    assert unreachable(failed, visits, share) is (failed > 0 and failed / visits >= share / 100)


@given(DAYS, DAYS, st.none() | st.integers(2014, 2036), st.none() | DAYS, st.none() | DAYS)
def test_dates_that_fit(
    formed: date, published: date, year: int | None, ended: date | None, lapses: date | None
) -> None:
    found = contradictions(formed, published, number_year=year, ended_on=ended, lapses_on=lapses)
    wanted = int(published < formed)
    wanted += sum(1 for other in (ended, lapses) if other is not None and other < formed)
    fits = year is None or year == formed.year or (formed.month == 1 and formed.year - year == 1)
    assert len(found) == wanted + (not fits)


@given(DAYS)
def test_quarters(day: date) -> None:
    year, quarter = quarter_of(day)
    first, last = quarter_days(year, quarter)
    assert first <= day <= last
    assert (first.day, first.month % 3) == (1, 1)
    assert quarter_of(last + timedelta(days=1)) != (year, quarter) == quarter_of(first)
    assert quarter_of(first - timedelta(days=1)) != (year, quarter)


@pytest.mark.parametrize("wrong", [0, 5, -1])
def test_no_fifth_quarter(wrong: Any) -> None:
    with pytest.raises(ValueError, match="季度"):
        quarter_days(2025, wrong)
