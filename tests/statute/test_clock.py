"""The clock: cases a lawyer can read, and what the steps say."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.statute.clock import (
    Clarified,
    ClockError,
    Consulted,
    EventError,
    Extended,
    Paid,
    deadline,
    parse_event,
    parse_event_text,
)
from gongkai.statute.days import DayError, in_words, shown
from gongkai.statute.workdays import CalendarRangeError, Notice, WorkCalendar

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/deadlines/answers.toml").read_text("utf-8"))["case"]
CALENDAR = WorkCalendar.official()
MARCH_3 = date(2025, 3, 3)


def day_of(text: str) -> date:
    """A day written 2025年3月31日（星期一）; the weekday must be the true one."""
    match = re.match(r"(\d+)年(\d+)月(\d+)日", text)
    assert match, text
    day = date(*map(int, match.groups()))
    assert in_words(day) == text, f"{text}: wrong weekday, it is {in_words(day)}"
    return day


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_case(case: dict[str, Any]) -> None:
    found = deadline(day_of(case["received"]), [parse_event_text(e) for e in case["events"]], CALENDAR)
    assert found.due == day_of(case["due"])
    assert found.provisional is case.get("provisional", False)
    assert found.running
    words = "".join(found.steps)
    assert case["due"] in words
    for part in (*case.get("why", ()), *re.findall(r"第.+?条|国办函\S+号", case["article"])):
        assert part in words


def test_the_steps_of_a_case_counted_by_hand() -> None:
    # 3-11..3-20 are 8 days; the consultation takes 14 out; 4-11..4-27 are the other 12 (27 April is made up);
    # 4-28..5-28 are the 20 of the extension, 1, 2 and 5 May off.
    events = [
        Extended(date(2025, 4, 11)),
        Consulted(date(2025, 3, 20), date(2025, 4, 10)),
        Clarified(date(2025, 3, 10)),
    ]
    assert deadline(MARCH_3, events, CALENDAR).steps == (
        "2025年3月3日（星期一）收到申请，当日不计，期限从次日起算（《条例》第三十一条、《民法典》第二百零一条）。",
        "2025年3月10日（星期一）收到补正后的申请，答复期限从次日起重新计算（《条例》第三十条）。",
        "答复期限20个工作日（《条例》第三十三条），不计其他情形应在2025年4月8日（星期二）前答复，含当日。",
        "2025年3月20日（星期四）至2025年4月10日（星期四）征求意见，其间14个工作日不计入期限（《条例》第三十三条）。",
        "2025年4月11日（星期五）决定延期20个工作日，"
        "期限由2025年4月27日（星期日）延长到2025年5月28日（星期三）（《条例》第三十三条）。",
        "其间按清明、劳动节放假安排：4月4日、5月1日、5月2日、5月5日放假，不是工作日；4月27日调休上班，是工作日。",
        "因此最迟应在2025年5月28日（星期三）答复。",
    )


def test_an_open_consultation_pauses_the_clock() -> None:
    sent = Consulted(date(2025, 3, 10), None)
    found = deadline(MARCH_3, [sent], CALENDAR)
    assert not found.running
    assert found.due == date(2025, 3, 31), "the earliest day it can be: nothing is known after 10 March"
    assert "期限暂停" in found.steps[-1]
    later = deadline(MARCH_3, [sent], CALENDAR, as_of=date(2025, 3, 24))
    assert not later.running
    assert (
        later.due
        == deadline(MARCH_3, [Consulted(sent.start, date(2025, 3, 24))], CALENDAR).due
        == date(2025, 4, 15)
    )


def test_an_extension_during_an_open_consultation_is_in_time_however_late() -> None:
    events = [Consulted(date(2025, 3, 10), None), Extended(date(2025, 6, 3), 5)]
    found = deadline(MARCH_3, events, CALENDAR)
    assert not found.running
    closed = [Consulted(date(2025, 3, 10), date(2025, 6, 3)), Extended(date(2025, 6, 3), 5)]
    assert found.due == deadline(MARCH_3, closed, CALENDAR).due
    assert "不起作用" not in "".join(found.steps)


def test_an_open_consultation_begun_too_late_or_before_a_restart() -> None:
    assert deadline(MARCH_3, [Consulted(date(2025, 3, 31), None)], CALENDAR, as_of=date(2025, 5, 1)).running
    restarted = deadline(MARCH_3, [Consulted(date(2025, 3, 5), None), Clarified(date(2025, 3, 10))], CALENDAR)
    assert not restarted.running
    assert restarted.due == date(2025, 4, 8)


def test_a_second_extension() -> None:
    events = [Extended(date(2025, 3, 28), 5), Extended(date(2025, 3, 20), 10)]
    with pytest.raises(
        ClockError, match="只能延期一次，这里有2次：2025年3月20日（星期四）、2025年3月28日（星期五）"
    ):
        deadline(MARCH_3, events, CALENDAR)
    found = deadline(MARCH_3, events, CALENDAR, strict=False)
    assert found.due == deadline(MARCH_3, events[1:], CALENDAR).due == date(2025, 4, 15)
    assert "2025年3月28日（星期五）的延期不计：一件申请只能延期一次（《条例》第三十三条）。" in found.steps


@pytest.mark.parametrize("event", [Clarified(date(2025, 3, 2)), Paid(date(2025, 3, 2))])
def test_a_restart_before_receipt_is_refused(event: Clarified | Paid) -> None:
    for strict in (True, False):
        with pytest.raises(ClockError, match="早于收到申请的2025年3月3日（星期一）"):
            deadline(MARCH_3, [event], CALENDAR, strict=strict)


def test_a_late_notice_moves_open_cases() -> None:
    received = date(2026, 12, 21)
    before = deadline(received, [], CALENDAR)
    text = "date,kind,name,notice_no\n2027-01-04,off,测试节,测试第1号\n2027-01-05,off,测试节,测试第1号\n"
    after = deadline(received, [], CALENDAR.with_notice(Notice.from_csv(text)))
    assert (before.due, before.provisional) == (date(2027, 1, 18), True)
    assert (after.due, after.provisional) == (date(2027, 1, 20), False)
    assert not any("暂定" in step for step in after.steps)
    assert any("1月4日、1月5日放假" in step for step in after.steps)


def test_only_the_period_that_runs_makes_a_day_provisional() -> None:
    assert deadline(date(2003, 12, 1), [Clarified(date(2004, 3, 1))], CALENDAR).provisional is False
    assert deadline(date(2003, 12, 1), [], CALENDAR).provisional is True


def test_the_end_of_all_calendars() -> None:
    with pytest.raises(CalendarRangeError, match="9999年"):
        deadline(date(9999, 12, 20), [], CALENDAR)
    assert deadline(date(1, 1, 1), [], CALENDAR).due == date(1, 1, 29)


@pytest.mark.parametrize(
    ("data", "text", "event"),
    [
        ({"kind": "clarified", "on": "2025-03-10"}, "clarified:2025-03-10", Clarified(date(2025, 3, 10))),
        ({"kind": "paid", "on": "2025-04-01", "note": 1}, " paid:2025-04-01 ", Paid(date(2025, 4, 1))),
        ({"kind": "extended", "on": "2025-03-20"}, "extended:2025-03-20", Extended(date(2025, 3, 20), 20)),
        (
            {"kind": "extended", "on": "2025-03-20", "days": 7},
            "extended:2025-03-20:7",
            Extended(date(2025, 3, 20), 7),
        ),
        (
            {"kind": "consulted", "from": "2025-03-10", "to": "2025-03-24"},
            "consulted:2025-03-10..2025-03-24",
            Consulted(date(2025, 3, 10), date(2025, 3, 24)),
        ),
        (
            {"kind": "consulted", "from": "2025-03-10", "to": None},
            "consulted:2025-03-10..",
            Consulted(date(2025, 3, 10), None),
        ),
    ],
)
def test_events_are_read(data: dict[str, object], text: str, event: object) -> None:
    assert parse_event(data) == event
    assert parse_event_text(text) == event


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ([], "每个事件是一个对象"),
        ({}, "不认识事件“”"),
        ({"kind": ["paid"]}, "不认识事件“list”"),
        ({"kind": "paid"}, "缺少日期 on"),
        ({"kind": "consulted", "to": "2025-03-10"}, "缺少日期 from"),
        (
            {"kind": "consulted", "from": "2025-03-10", "to": "2025-03-09"},
            "早于发出的2025年3月10日（星期一）",
        ),
        ({"kind": "extended", "on": "2025-03-10", "days": 21}, "延期是1至20个工作日，不能是21个"),
        ({"kind": "extended", "on": "2025-03-10", "days": 0}, "不能是0个"),
        ({"kind": "extended", "on": "2025-03-10", "days": 10**5000}, "不能是过大的数个"),
        ({"kind": "extended", "on": "2025-03-10", "days": True}, "不是整数"),
        ({"kind": "extended", "on": "2025-03-10", "days": "20"}, "“20”不是整数"),
    ],
)
def test_events_that_cannot_be_read(data: object, says: str) -> None:
    with pytest.raises(EventError, match=re.escape(says)):
        parse_event(data)


@pytest.mark.parametrize(
    "text", ["2025-3-3", "20250303", "2025-W10-1", "2025-03-03T00:00", "２０２５-03-03", "", 5, None, True]
)
def test_days_are_written_one_way(text: object) -> None:
    with pytest.raises(DayError, match="请写成 2025-03-31 这样"):
        parse_event({"kind": "paid", "on": text} if text is not None else {"kind": "paid", "on": ""})


def test_a_day_that_does_not_exist() -> None:
    with pytest.raises(DayError, match="没有“2025-02-29”这一天"):
        parse_event_text("paid:2025-02-29")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("consulted:2025-03-10", "还没结束的写"),
        ("extended:2025-03-10:二十", "不是整数"),
        ("extended:2025-03-10:", "不是整数"),
        ("paid", "缺少日期|不是日期"),
        ("moved:2025-03-10", "不认识事件“moved”"),
    ],
)
def test_typed_events_that_cannot_be_read(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_event_text(text)


def test_foreign_values_are_cut_and_cleaned_before_they_are_shown() -> None:
    assert shown("甲" * 50) == "甲" * 40 + "…"
    assert shown("a\ud800\n\x1b[31m") == "a???[31m"
    assert shown({"a": 1}) == "dict"
    assert shown(None) == ""
