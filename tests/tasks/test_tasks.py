"""Tasks: given with their notices, done once, taken back; they belong to the seat and move with it."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.agencies.models import Deputy, Kind, Seat
from gongkai.agencies.rights import NotAllowed, acting
from gongkai.agencies.work import move_work, open_work
from gongkai.audit.models import Entry
from gongkai.outbox.models import Message
from gongkai.statute.workdays import WorkCalendar
from gongkai.tasks.actions.tasks import CannotTask, do_task, give_task, withdraw_task
from gongkai.tasks.models import Task
from gongkai.tasks.queries import counts_of, open_tasks, seats_that_may, tasks_of, timed
from tests.cast import SYSTEM, WHO, Cast, add_person

DAY = date(2025, 9, 26)
"""A Friday with the long holidays of October before it."""


def seat_of(cast: Cast, who: str) -> Seat:
    return cast.people[who].seats.earliest("pk")


def give(cast: Cast, who: str = "drafter", **more: Any) -> Task:
    return give_task(**{"by": SYSTEM, "seat": seat_of(cast, who), "title": "核对数据", **more})


def deputise(seat: Seat, person: Any, since: date, until: date) -> None:
    Deputy.objects.create(seat=seat, person=person, since=since, until=until, given_by="测试")


def test_given_written_and_told_in_one(cast: Cast) -> None:
    before = Entry.objects.count()
    task = give(cast, by=cast.actor("ogi_head", DAY), due_on=DAY, why="年报要用", url="/desk/x/")
    entry = Entry.objects.latest("number")
    assert Entry.objects.count() == before + 1
    assert (entry.act, entry.object_kind, entry.object_id) == ("task.give", "tasks.task", str(task.pk))
    notice = Message.objects.get(person_id=cast.drafter.pk, key__startswith="task:")
    assert notice.subject == "新的交办事项：核对数据"
    assert "2025年9月26日" in notice.body
    assert "年报要用" in notice.body
    assert (notice.url, notice.agency_id) == ("/desk/x/", cast.agency.pk)
    assert task.given_by == f"{cast.ogi_head.name}（公开机构负责人）"


def test_a_key_gives_it_once(cast: Cast) -> None:
    first = give(cast, key="k")
    assert give(cast, key="k", title="另一件") == first
    assert Task.objects.count() == 1
    assert Message.objects.filter(key__startswith=f"task:{first.pk}").count() == 1


def test_who_may_give_do_and_take_back(cast: Cast) -> None:
    """Independent of the table: said here once more, for everybody."""
    givers = {"clerk", "ogi_head", "leader", "head", "supervisor"}
    for n, who in enumerate(WHO):
        actor = cast.actor(who)
        if who in givers:
            give(cast, by=actor, key=f"by-{n}")
        else:
            with pytest.raises(NotAllowed):
                give(cast, by=actor)
        task = give(cast, key=f"to-do-{n}")
        if who == "drafter":
            do_task(task, by=actor, result="已核对")
        else:
            with pytest.raises(NotAllowed):
                do_task(task, by=actor, result="已核对")
        task = give(cast, key=f"to-withdraw-{n}")
        if who in givers:
            withdraw_task(task, by=actor, reason="不用了")
        else:
            with pytest.raises(NotAllowed):
                withdraw_task(task, by=actor, reason="不用了")


def test_a_deputy_does_it_on_the_days_of_cover_only(cast: Cast) -> None:
    task = give(cast)
    deputise(seat_of(cast, "drafter"), cast.reviewer, DAY, DAY + timedelta(days=2))
    for day in (DAY - timedelta(days=1), DAY + timedelta(days=3)):
        actor = cast.actor("reviewer", day)
        assert not open_tasks(actor, cast.agency).exists()
        with pytest.raises(NotAllowed):
            do_task(task, by=actor, result="已核对")
    actor = cast.actor("reviewer", DAY + timedelta(days=2))
    assert [one.task for one in tasks_of(actor, cast.agency)] == [task]
    done = do_task(task, by=actor, result="已核对")
    assert done.done_by.startswith(cast.reviewer.name)
    assert "（代）" in Entry.objects.latest("number").seat


def test_done_once(cast: Cast) -> None:
    task = give(cast)
    stale = Task.objects.get(pk=task.pk)
    actor = cast.actor("drafter")
    with pytest.raises(CannotTask, match="办理结果"):
        do_task(task, by=actor, result="  ")
    do_task(task, by=actor, result="已核对")
    entries = Entry.objects.count()
    with pytest.raises(CannotTask, match="已经办结"):
        do_task(stale, by=actor, result="又一次")
    with pytest.raises(CannotTask, match="已经办结"):
        withdraw_task(stale, by=cast.actor("clerk"), reason="不用了")
    assert Entry.objects.count() == entries, "what was refused left no entry"
    task.refresh_from_db()
    assert (task.result, task.withdrawn) == ("已核对", False)


def test_taken_back_with_a_word_to_the_seat(cast: Cast) -> None:
    task = withdraw_task(give(cast), by=cast.actor("clerk"), reason="数据已有")
    assert task.withdrawn
    assert not tasks_of(cast.actor("drafter"), cast.agency)
    assert Message.objects.filter(person_id=cast.drafter.pk, subject="已撤回：核对数据").exists()


def test_what_cannot_be_given(cast: Cast) -> None:
    with pytest.raises(CannotTask, match="不能早于今天"):
        give(cast, due_on=SYSTEM.day - timedelta(days=1))
    with pytest.raises(CannotTask, match="要做的事"):
        give(cast, title=" ")
    seat = seat_of(cast, "drafter")
    seat.ended_on = DAY
    seat.save(update_fields=["ended_on"])
    with pytest.raises(CannotTask, match="已经撤销"):
        give(cast, seat=seat)


def test_time_left_against_counting_on_fingers(cast: Cast) -> None:
    """2025: 28 September and 11 October are worked, 1 to 8 October are off."""
    worked = {date(2025, 9, n) for n in (28, 29, 30)} | {date(2025, 10, n) for n in (9, 10, 11, 13, 14, 15)}
    for days in range(20):
        due = DAY + timedelta(days=days)
        (one,) = timed([Task(due_on=due)], DAY)
        assert one.left == len([day for day in worked if DAY < day <= due]), due
    (one,) = timed([Task(due_on=DAY)], DAY)
    assert (one.words, one.mark) == ("今天内办完", "due")
    (one,) = timed([Task(due_on=DAY - timedelta(days=4))], DAY)
    assert (one.words, one.mark) == ("已逾期 4 天", "late")
    (one,) = timed([Task(due_on=date(2025, 10, 9))], DAY)
    assert (one.words, one.mark) == ("还剩 4 个工作日", "doing")
    (one,) = timed([Task()], DAY)
    assert (one.words, one.mark) == ("没有期限", "plain")
    far = next(y for y in itertools.count(2027) if not WorkCalendar.official().covers(y))
    (one,) = timed([Task(due_on=date(far, 3, 1))], DAY)
    assert one.words.endswith("（暂定）")


def test_most_urgent_first_and_counted(cast: Cast) -> None:
    actor = cast.actor("drafter", DAY)
    days = {"c": 10, "a": 0, "b": 3, "z": None}
    for name, days_on in days.items():
        due = None if days_on is None else DAY + timedelta(days=days_on)
        give(cast, title=name, due_on=due)
    late = give(cast, title="late", due_on=DAY)
    Task.objects.filter(pk=late.pk).update(due_on=DAY - timedelta(days=1))
    assert [one.task.title for one in tasks_of(actor, cast.agency)] == ["late", "a", "b", "c", "z"]
    counts = counts_of(actor, cast.agency)
    assert (counts.open, counts.late, counts.soon) == (5, 1, 2)
    assert not tasks_of(cast.actor("clerk", DAY), cast.agency)
    assert not tasks_of(cast.actor("neighbour", DAY), cast.other)


def test_queries_do_not_grow(cast: Cast, queries: Any) -> None:
    actor = cast.actor("drafter")

    def look() -> None:
        for one in tasks_of(actor, cast.agency):
            assert str(one.task.seat) + str(one.task.seat.person)

    give(cast)
    few = queries(look)
    for n in range(20):
        give(cast, title=f"{n}")
    # One for the tasks and one for the calendar.
    assert queries(look) == few == 2
    assert queries(lambda: counts_of(actor, cast.agency)) == 2


def test_open_work_moves_with_the_seat(cast: Cast) -> None:
    seat, to = seat_of(cast, "drafter"), seat_of(cast, "section_head")
    task, done = give(cast), give(cast)
    do_task(done, by=cast.actor("drafter"), result="已核对")
    assert open_work(seat)["交办事项"] == 1
    with acting(SYSTEM, "seat.give", cast.agency):
        assert move_work(seat, to)["交办事项"] == 1
    assert [one.task for one in tasks_of(cast.actor("section_head"), cast.agency)] == [task]
    done.refresh_from_db()
    assert done.seat == seat
    assert not open_work(seat).get("交办事项")


def test_holder_and_deputies_are_told_once_each(cast: Cast, settings: Any) -> None:
    settings.EMAIL_HOST, settings.SMS_URL = "127.0.0.1", "http://127.0.0.1:1/"
    today = SYSTEM.day
    cast.drafter.email, cast.drafter.phone = "drafter@example.cn", "13800000000"
    cast.drafter.save()
    cast.reviewer.email = "bad address"
    cast.reviewer.save()
    deputise(seat_of(cast, "drafter"), cast.reviewer, today, today)
    deputise(seat_of(cast, "drafter"), cast.clerk, today + timedelta(days=1), today + timedelta(days=9))
    task = give(cast)
    rows = Message.objects.filter(key__startswith=f"task:{task.pk}:")
    assert sorted(rows.values_list("person_id", "channel", "to")) == sorted(
        [
            (cast.drafter.pk, "desk", ""),
            (cast.drafter.pk, "mail", "drafter@example.cn"),
            (cast.drafter.pk, "sms", "13800000000"),
            (cast.reviewer.pk, "desk", ""),
        ]
    )
    text = rows.get(channel="sms").body
    assert len(text) <= 70
    assert "核对数据" in text


def test_the_table_says_which_seats_may(cast: Cast) -> None:
    found = {(seat.agency_id, seat.kind) for seat in seats_that_may("report.prepare", [cast.agency])}
    assert found == {(cast.agency.pk, "clerk"), (cast.agency.pk, "ogi_head")}


def test_an_account_that_is_closed_hears_nothing(cast: Cast) -> None:
    cast.drafter.is_active = False
    cast.drafter.save()
    gone = add_person("gone", Kind.CLERK, cast.agency)
    gone.is_active = False
    gone.save()
    deputise(seat_of(cast, "drafter"), gone, SYSTEM.day, SYSTEM.day)
    task = give(cast)
    assert not Message.objects.filter(key__startswith=f"task:{task.pk}:").exists()
