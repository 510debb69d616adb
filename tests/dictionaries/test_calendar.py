"""The calendar with the notices entered here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from gongkai.agencies.rights import NotAllowed
from gongkai.audit.models import Entry
from gongkai.dictionaries.actions.notices import NoticeError, import_notice, read_notice
from gongkai.dictionaries.models import HolidayNotice
from gongkai.dictionaries.queries import calendar
from gongkai.statute.workdays import WorkCalendar
from gongkai.tasks.actions.tasks import give_task
from gongkai.tasks.queries import tasks_of
from tests.cast import Cast

HEAD = "日期,类别,名称,通知文号\n"
NUMBER = "国办发明电〔2026〕9号"


def notice_of(spring: date) -> str:
    """A notice with the 13 days in a row from `spring` on, weekdays only: made up for the test."""
    days, day = [], spring
    while len(days) < 13:
        if day.weekday() < 5:
            days.append(day)
        day += timedelta(days=1)
    return HEAD + "".join(f"{day},放假,春节,{NUMBER}\n" for day in days)


def counted_by_hand(start: date, working_days: int, off: set[date]) -> date:
    """The day so many working days later, counted one by one."""
    day = start
    while working_days:
        day += timedelta(days=1)
        working_days -= day.weekday() < 5 and day not in off
    return day


def days_of(content: str) -> set[date]:
    return {date.fromisoformat(line.split(",")[0]) for line in content.splitlines()[1:]}


def test_without_a_notice_of_its_own_the_site_counts_as_the_software_does(db: None) -> None:
    assert calendar() is WorkCalendar.official()


def test_a_notice_moves_a_due_day_and_ends_the_provisional(cast: Cast) -> None:
    start = date(2027, 2, 1)
    assert calendar().add(start, 20) == counted_by_hand(start, 20, set()) == date(2027, 3, 1)
    assert calendar().provisional(date(2027, 3, 1))

    content = notice_of(date(2027, 2, 8))
    kept = import_notice(cast.actor("sysadmin"), content)
    due = calendar().add(start, 20)
    assert due == counted_by_hand(start, 20, days_of(content)) == date(2027, 3, 18)
    assert not calendar().provisional(due)
    assert (kept.year, kept.number, kept.imported_by) == (2027, NUMBER, cast.sysadmin.name)
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.object_id) == ("dictionary.edit", str(kept.pk))
    assert entry.person_name == cast.sysadmin.name
    assert NUMBER in entry.detail


def test_what_a_seat_reads_of_its_task_follows(cast: Cast) -> None:
    day, due = date(2027, 2, 3), date(2027, 3, 18)
    [seat] = cast.actor("clerk").at(cast.agency)
    give_task(by=cast.actor("ogi_head", day), seat=seat, title="核对台账", due_on=due, key="k")

    def shown() -> tuple[int | None, bool]:
        [one] = [one for one in tasks_of(cast.actor("clerk", day), cast.agency) if one.task.key == "k"]
        return one.left, one.provisional

    assert shown() == (31, True)
    import_notice(cast.actor("sysadmin"), notice_of(date(2027, 2, 8)))
    assert shown() == (18, False)


def test_the_newest_notice_on_a_year_counts_and_other_years_stay(cast: Cast) -> None:
    by = cast.actor("sysadmin")
    for spring in (date(2027, 2, 8), date(2028, 1, 31), date(2027, 5, 3)):
        import_notice(by, notice_of(spring))
    assert calendar().is_workday(date(2027, 2, 8))
    assert not calendar().is_workday(date(2027, 5, 3))
    assert not calendar().is_workday(date(2028, 1, 31))
    official = WorkCalendar.official()
    year = [date(2025, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [calendar().is_workday(d) for d in year] == [official.is_workday(d) for d in year]
    assert HolidayNotice.objects.count() == 3


def test_wrong_rows_are_named_and_nothing_is_kept(cast: Cast) -> None:
    rows = (f"2027-02-30,放假,春节,{NUMBER}", f"2027-02-09,放假,,{NUMBER}", f"2027-02-10,上班,春节,{NUMBER}")
    with pytest.raises(NoticeError) as error:
        import_notice(cast.actor("sysadmin"), HEAD + "\n".join(rows))
    assert [problem.partition("：")[0] for problem in error.value.problems] == [
        "第 2 行",
        "第 3 行",
        "第 4 行",
    ]
    assert not HolidayNotice.objects.exists()
    assert calendar() is WorkCalendar.official()
    assert not Entry.objects.filter(act="dictionary.edit").exists()


def test_doubts_are_told_and_written_down(cast: Cast) -> None:
    content = HEAD + f"2027-02-08,放假,春节,{NUMBER}\n2027-02-09,放假,春节,另一个文号\n"
    doubts = read_notice(content.encode("gb18030")).doubts
    assert len(doubts) == 2
    import_notice(cast.actor("sysadmin"), content)
    assert doubts[0] in Entry.objects.latest("number").detail


def test_only_the_system_administrator_enters_a_notice(cast: Cast) -> None:
    for who in ("clerk", "head", "secadmin", "auditor", "supervisor", "anonymous"):
        with pytest.raises(NotAllowed):
            import_notice(cast.actor(who), notice_of(date(2027, 2, 8)))
    assert not HolidayNotice.objects.exists()


def test_one_query_a_call_and_one_a_request(cast: Cast, queries: Callable[[Callable[[], Any]], int]) -> None:
    import_notice(cast.actor("sysadmin"), notice_of(date(2027, 2, 8)))
    calendar()
    assert queries(calendar) == 1
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        request_started.send(sender=None, environ={})
        assert queries(lambda: [calendar() for _ in range(5)]) == 1
    finally:
        request_finished.send(sender=None)
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
    assert queries(lambda: [calendar() for _ in range(5)]) == 5
