"""Reminders: counted by hand from the calendar of 2025; each step is told once, the deputy is told too."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from gongkai.agencies.actions.deputies import deputise
from gongkai.agencies.models import Seat
from gongkai.desk.owed_requests import requests
from gongkai.desk.todo import Desk
from gongkai.inforequests.actions.consultation import consult, reached, receive_opinion
from gongkai.inforequests.actions.register import Intake, register
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.reminding import remind
from gongkai.outbox.models import Message
from tests.cast import SYSTEM, Cast
from tests.inforequests.cases import answer, new_case

pytestmark = pytest.mark.django_db
# Received on 21 February 2025, due on 21 March: 12 March has 7 working days left, 18 March 3, 20 March 1.
STEPS = [
    (date(2025, 3, 11), ""),
    (date(2025, 3, 12), "还剩 7 个工作日"),
    (date(2025, 3, 13), ""),
    (date(2025, 3, 18), "还剩 3 个工作日"),
    (date(2025, 3, 20), "还剩 1 个工作日"),
    (date(2025, 3, 21), ""),
    (date(2025, 3, 24), "已超过 1 个工作日"),
    (date(2025, 3, 25), ""),
    (date(2025, 3, 31), "已超过 6 个工作日"),
]


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def told() -> list[Message]:
    return list(Message.objects.filter(key__startswith="request:").order_by("pk"))


def test_each_step_is_told_once(cast: Cast) -> None:
    new_case(cast)
    for day, words in STEPS:
        before = len(told())
        remind(at(day))
        remind(at(day))
        new = told()[before:]
        assert [words in message.body for message in new] == ([True] if words else []), day


def test_an_answered_case_is_left_in_peace_and_a_missed_step_is_made_up_for(cast: Cast) -> None:
    case, other = new_case(cast), new_case(cast, content="另一件")
    answer(cast, case, "granted_provided", date(2025, 3, 3))
    remind(at(date(2025, 3, 19)))
    assert [m.body.startswith(other.number) for m in told()] == [True]
    assert "还剩 2 个工作日" in told()[0].body


def test_unconfirmed_is_told_every_day_until_it_is(cast: Cast) -> None:
    day = date(2025, 2, 21)
    mail = Intake("fax", "natural", "乙某", "申请公开某年的预算", day, arrived_on=day)
    register(cast.agency, mail, by=cast.actor("clerk", day))
    for n in (21, 24, 25):
        remind(at(date(2025, 2, n)))
    assert ["确认" in m.body for m in told()] == [True, True]


def test_the_deputy_is_told_too(cast: Cast) -> None:
    case = new_case(cast)
    assert case.seat is not None
    deputise(
        case.seat,
        person=cast.people["drafter"],
        by=SYSTEM,
        since=date(2025, 3, 10),
        until=date(2025, 3, 14),
    )
    remind(at(date(2025, 3, 12)))
    assert {m.person_id for m in told()} == {cast.people["clerk"].pk, cast.people["drafter"].pk}


def test_a_seat_that_nobody_holds_leaves_it_to_the_clerks(cast: Cast) -> None:
    case = new_case(cast)
    head = Seat.objects.get(person=cast.people["section_head"])
    InfoRequest.objects.filter(pk=case.pk).update(seat=head)
    remind(at(date(2025, 3, 12)))
    assert {m.person_id for m in told()} == {cast.people["section_head"].pk}
    Seat.objects.filter(pk=head.pk).update(person=None)
    remind(at(date(2025, 3, 18)))
    assert [m.person_id for m in told()][1:] == [cast.people["clerk"].pk]


def test_no_name_and_no_words_of_the_requester_leave_the_platform(cast: Cast) -> None:
    new_case(cast, applicant="张三丰", content="关于张三丰的材料")
    remind(at(date(2025, 3, 20)))
    assert all("张三丰" not in m.body + m.subject for m in told())


def test_as_many_queries_for_thirty_as_for_three(cast: Cast, django_assert_max_num_queries: object) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asked = []
    for n in (3, 30):
        for k in range(n):
            new_case(cast, content=f"{n} {k}")
        remind(at(date(2025, 3, 12)))
        with CaptureQueriesContext(connection) as seen:
            remind(at(date(2025, 3, 12)))
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_an_opinion_that_is_overdue_is_told_and_owed_until_it_is_written_down(cast: Cast) -> None:
    """Reached on 26 February, fifteen working days end on 19 March (by hand): told on the 20th, once a week."""
    case, clerk = new_case(cast), cast.actor("clerk", date(2025, 4, 30))
    asked = consult(case, by=clerk, on=date(2025, 2, 24), whom="third_party", name="乙公司", about="报价表")
    reached(asked, by=clerk, on=date(2025, 2, 26))

    def owed(day: date) -> list[str]:
        return [
            todo.title.partition("：")[0]
            for todo in requests(Desk(cast.actor("clerk", day), cast.agency, day))
        ]

    def told_of_it() -> int:
        return Message.objects.filter(key__startswith="request-opinion:").count()

    written = "制作并寄出第三方意见征求函（乙公司）"
    assert owed(date(2025, 3, 19)) == [written]
    found = []
    for day in (19, 20, 21, 26, 27):
        remind(at(date(2025, 3, day)))
        remind(at(date(2025, 3, day)))
        found.append(told_of_it())
    assert found == [0, 1, 1, 2, 2]
    assert (
        "乙公司" not in Message.objects.get(key__startswith=f"request-opinion:{asked.pk}:2025-03-19:0").body
    )
    assert owed(date(2025, 3, 20)) == ["登记意见"], "an opinion that is late comes before a letter not made"
    asked.refresh_from_db()
    receive_opinion(asked, by=clerk, on=date(2025, 3, 28), opinion="silent")
    remind(at(date(2025, 4, 10)))
    assert told_of_it() == 2
    assert owed(date(2025, 4, 1)) == ["办理并答复"]
