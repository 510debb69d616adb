"""The tick: each job when it is due, once however many run it, again when it failed or its runner died."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from gongkai.agencies.models import Agency, Deputy, Kind
from gongkai.outbox.models import Message
from gongkai.reports.reminding import remind as remind_of_reports
from gongkai.tasks import jobs
from gongkai.tasks.actions.tasks import do_task, give_task
from gongkai.tasks.jobs import LEASE, register, tick
from gongkai.tasks.models import JobRun, Task
from gongkai.tasks.reminding import remind
from tests.cast import SYSTEM, Cast, add_person

NOON = datetime(2025, 9, 1, 4, 0, tzinfo=UTC)


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    """A tick of one job, every hour, that notes when it ran."""
    monkeypatch.setattr(jobs, "REGISTER", {})
    ran: list[datetime] = []
    register("one", label="一", every=timedelta(hours=1), run=lambda now: str(ran.append(now)))
    return ran


@pytest.mark.django_db
def test_a_job_runs_when_it_is_due(only: list[datetime]) -> None:
    for minute in range(0, 180, 1):
        tick(NOON + timedelta(minutes=minute))
    assert only == [NOON + timedelta(hours=n) for n in range(3)]


@pytest.mark.django_db
def test_after_a_long_pause_it_runs_once_at_once(only: list[datetime]) -> None:
    tick(NOON)
    later = NOON + timedelta(days=9, minutes=7)
    tick(later)
    tick(later + timedelta(minutes=1))
    assert only == [NOON, later]


@pytest.mark.django_db
def test_one_that_fails_stops_no_other_and_comes_again(only: list[datetime]) -> None:
    def fail(now: datetime) -> str:
        raise OSError("secret words of the inside")

    register("bad", label="坏", every=timedelta(minutes=5), run=fail)
    assert sorted((one.job.name, one.failed) for one in tick(NOON)) == [("bad", True), ("one", False)]
    run = JobRun.objects.get(name="bad")
    assert run.failed
    assert run.leased_until is None
    assert "secret" not in run.result
    assert [one.job.name for one in tick(NOON + timedelta(minutes=5))] == ["bad"]


@pytest.mark.django_db
def test_the_lease_of_one_that_died_runs_out(only: list[datetime]) -> None:
    tick(NOON)
    due = NOON + timedelta(hours=1)
    JobRun.objects.update(lease="dead", leased_until=due + LEASE)
    assert tick(due) == []
    assert tick(due + LEASE) == []
    assert len(tick(due + LEASE + timedelta(seconds=1))) == 1


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_the_job_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that takes three leases: nobody else may take it up meanwhile."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory has one connection")
    monkeypatch.setattr(jobs, "REGISTER", {})
    monkeypatch.setattr(jobs, "LEASE", timedelta(seconds=1))
    began, again = time.monotonic(), []

    def slow(now: datetime) -> str:
        while (passed := time.monotonic() - began) < 3:
            time.sleep(0.3)
            run = JobRun.objects.get()
            assert run.leased_until is not None
            again.append(run.leased_until > NOON + timedelta(seconds=passed))
        return "好了"

    register("slow", label="慢", every=timedelta(hours=1), run=slow)
    assert [one.failed for one in tick(NOON)] == [False]
    assert all(again)
    assert JobRun.objects.get().leased_until is None
    assert [one.name for one in threading.enumerate() if one.name.startswith("lease of")] == []


@pytest.mark.django_db
def test_nothing_due_writes_nothing(only: list[datetime], queries: Any) -> None:
    tick(NOON)
    assert queries(lambda: tick(NOON)) == 2


@pytest.mark.django_db(transaction=True)
def test_many_at_once_run_it_once(only: list[datetime]) -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory has one connection")
    gate = threading.Barrier(6)

    def work() -> None:
        gate.wait()
        try:
            tick(NOON)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert only == [NOON]


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=8)


def task_due(cast: Cast, due: date) -> Task:
    seat = cast.drafter.seats.get()
    task = give_task(by=SYSTEM, seat=seat, title="核对数据", due_on=due)
    Task.objects.filter(pk=task.pk).update(given_at=at(date(2025, 1, 2)))
    return task


def reminders(person: Any) -> list[str]:
    found = Message.objects.filter(person_id=person.pk).exclude(key__contains=":given:").order_by("id")
    return [key.split(":")[3] for key in found.values_list("key", flat=True) if key.startswith("task:")]


def test_reminded_at_7_3_1_and_once_late(cast: Cast) -> None:
    """Due on Friday 20 June 2025; every working day of the weeks before, several times a day."""
    task_due(cast, date(2025, 6, 20))
    seen: dict[date, list[str]] = {}
    for n in range(40):
        day = date(2025, 6, 3) + timedelta(days=n)
        before = len(reminders(cast.drafter))
        for hour in (8, 9, 17):
            remind(at(day, hour))
        if new := reminders(cast.drafter)[before:]:
            seen[day] = new
    assert seen == {
        date(2025, 6, 11): ["7"],
        date(2025, 6, 17): ["3"],
        date(2025, 6, 19): ["1"],
        date(2025, 6, 21): ["late"],
    }


def test_days_missed_are_made_up_for_by_the_nearest(cast: Cast) -> None:
    task_due(cast, date(2025, 6, 20))
    remind(at(date(2025, 6, 18)))
    assert reminders(cast.drafter) == ["3"]
    remind(at(date(2025, 7, 30)))
    assert reminders(cast.drafter) == ["3", "late"]


def test_before_a_long_holiday_the_days_off_do_not_count(cast: Cast) -> None:
    """From 30 September to 9 October 2025 there is one working day."""
    task_due(cast, date(2025, 10, 9))
    remind(at(date(2025, 9, 30)))
    assert reminders(cast.drafter) == ["1"]


def test_the_deputy_of_the_day_hears_it_too(cast: Cast) -> None:
    task_due(cast, date(2025, 6, 20))
    day = date(2025, 6, 17)
    Deputy.objects.create(
        seat=cast.drafter.seats.get(), person=cast.reviewer, since=day, until=day, given_by="测试"
    )
    remind(at(date(2025, 6, 11)))
    remind(at(day))
    remind(at(date(2025, 6, 19)))
    assert reminders(cast.drafter) == ["7", "3", "1"]
    assert reminders(cast.reviewer) == ["3"]


def test_what_is_done_or_given_today_is_left_out(cast: Cast) -> None:
    done = task_due(cast, date(2025, 6, 20))
    do_task(done, by=cast.actor("drafter"), result="已核对")
    fresh = task_due(cast, date(2025, 6, 20))
    Task.objects.filter(pk=fresh.pk).update(given_at=at(date(2025, 6, 18), 8))
    remind(at(date(2025, 6, 18)))
    assert reminders(cast.drafter) == []
    remind(at(date(2025, 6, 19)))
    assert reminders(cast.drafter) == ["1"]


def test_reminding_asks_the_same_however_many(cast: Cast, queries: Any) -> None:
    task_due(cast, date(2025, 6, 20))
    remind(at(date(2025, 6, 18)))
    few = queries(lambda: remind(at(date(2025, 6, 18))))
    for _ in range(15):
        task_due(cast, date(2025, 6, 20))
    remind(at(date(2025, 6, 18)))
    assert queries(lambda: remind(at(date(2025, 6, 18)))) == few


def report_reminders(person: Any) -> list[str]:
    found = Message.objects.filter(person_id=person.pk, key__startswith="report:").order_by("id")
    return [":".join(key.split(":")[2:4]) for key in found.values_list("key", flat=True)]


def test_the_report_from_december_on(cast: Cast) -> None:
    """The bureau's report on 2024 is public, the one on 2025 a draft: due on Saturday 31 January 2026."""
    seen: dict[str, date] = {}
    day = date(2025, 11, 20)
    while day < date(2026, 4, 30):
        remind_of_reports(at(day))
        for key in report_reminders(cast.clerk):
            seen.setdefault(key, day)
        day += timedelta(days=1)
    assert seen == {
        "2025:begin": date(2025, 12, 1),
        "2025:20": seen["2025:20"],
        "2025:7": date(2026, 1, 21),
        "2025:3": date(2026, 1, 27),
        "2025:1": date(2026, 1, 29),
        "2025:late": date(2026, 2, 1),
    }
    assert date(2025, 12, 29) <= seen["2025:20"] <= date(2026, 1, 4)
    assert report_reminders(cast.ogi_head) == report_reminders(cast.clerk)
    assert report_reminders(cast.drafter) == report_reminders(cast.supervisor) == []


def test_a_government_has_until_the_end_of_march(cast: Cast) -> None:
    clerk = add_person("county.clerk", Kind.CLERK, cast.county)
    assert cast.county.level == Agency.Level.GOVERNMENT
    remind_of_reports(at(date(2026, 2, 1)))
    assert report_reminders(clerk) == ["2025:begin"]
    remind_of_reports(at(date(2026, 3, 30)))
    assert report_reminders(clerk) == ["2025:begin", "2025:1"]


def test_report_reminders_ask_little(cast: Cast, queries: Any) -> None:
    day = at(date(2026, 1, 29))
    remind_of_reports(day)
    few = queries(lambda: remind_of_reports(day))
    for n in range(12):
        agency = Agency.objects.create(slug=f"a{n}", name=f"某局{n}", code=f"A{n}")
        add_person(f"clerk{n}", Kind.CLERK, agency)
    remind_of_reports(day)
    assert queries(lambda: remind_of_reports(day)) == few
