"""The day after the last day: what a requester did not do stands on the desk, on the case and in a notice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai.desk.owed_requests import requests
from gongkai.desk.requests.case import buttons
from gongkai.desk.todo import Desk, Timed, sorted_out
from gongkai.inforequests.actions.clarification import ask_clarification, lapse_no_clarification
from gongkai.inforequests.actions.closing import reopen
from gongkai.inforequests.actions.fees import give_fee_notice, lapse_no_payment
from gongkai.inforequests.actions.letters import make_letter
from gongkai.inforequests.actions.online import send_message
from gongkai.inforequests.actions.period import ask_reasons
from gongkai.inforequests.actions.service import Sending, send_out, signed_for
from gongkai.inforequests.letters.from_acts import fields_from_acts
from gongkai.inforequests.models import InfoRequest, Letter
from gongkai.inforequests.reading import case_page
from gongkai.inforequests.reminding import remind
from gongkai.inforequests.requester_view import requester_view
from gongkai.outbox.models import Message
from tests.cast import Cast
from tests.inforequests.cases import DAY, new_case

pytestmark = pytest.mark.django_db
UNTIL = date(2025, 3, 14)
AFTER = UNTIL + timedelta(days=1)


def clarified(cast: Cast) -> InfoRequest:
    case, clerk = new_case(cast), cast.actor("clerk", DAY)
    ask_clarification(case, by=clerk, on=DAY, points=["哪一年的"], until=UNTIL)
    return case


def charged(cast: Cast) -> InfoRequest:
    """A notice of 21 February: received that day, it would be paid by 21 March."""
    case, head = new_case(cast), cast.actor("ogi_head", DAY)
    give_fee_notice(case, by=head, on=DAY, basis="pages", units=50, reason="数量大", pay_how="银行转账")
    return case


def posted(cast: Cast, case: InfoRequest, kind: str, day: date = DAY, **more: Any) -> Letter:
    by = cast.actor("clerk", day)
    letter = make_letter(case, kind, by=by, on=day, fields=fields_from_acts(case, kind))
    send_out(letter, Sending("ems", day, "TEST0001", **more), by=by)
    return letter


def lists(cast: Cast, day: date, who: str = "clerk") -> tuple[list[Timed], list[Timed]]:
    found = sorted_out(requests(Desk(cast.actor(who, day), cast.agency, day)), day)
    return found.today, found.waiting


def offered(cast: Cast, case: InfoRequest, day: date) -> list[str]:
    page = case_page(InfoRequest.objects.select_related("agency").get(pk=case.pk), cast.actor("clerk", day))
    return [one.label for one in buttons(cast.agency, page, handles=True)]


def test_a_clarification_that_did_not_come_is_there_the_day_after_by_itself(cast: Cast) -> None:
    case = clarified(cast)
    posted(cast, case, "clarification")
    today, waiting = lists(cast, UNTIL)
    assert (today, [one.todo.waits_for for one in waiting]) == ([], ["申请人补正"])
    assert "逾期不补正，不再处理" not in offered(cast, case, UNTIL)
    today, waiting = lists(cast, AFTER)
    assert waiting == []
    (one,) = today
    assert one.todo.title.startswith(f"补正期限已过：{case.number}")
    assert one.todo.url.endswith(f"/requests/{case.pk}/acts/lapse_no_clarification/")
    assert "没有登记寄出" not in one.todo.why
    assert offered(cast, case, AFTER)[:2] == ["登记收到补正", "逾期不补正，不再处理"]
    assert lists(cast, AFTER, "reviewer") == ([], [])
    lapse_no_clarification(case, by=cast.actor("clerk", AFTER), on=AFTER)
    assert lists(cast, AFTER)[0] == []


def test_a_notice_that_did_not_go_out_is_said_first(cast: Cast) -> None:
    case = clarified(cast)
    made, over = sorted(lists(cast, AFTER)[0], key=lambda one: one.todo.title)
    assert made.todo.title.startswith("制作并寄出补正告知书")
    assert "没有登记寄出" in over.todo.why
    url = reverse("desk:request-act", args=["xtxsfj", case.pk, "lapse_no_clarification"])
    assert "申请人不知道" in cast.browse("clerk").get(url).content.decode()


def test_what_came_online_comes_first(cast: Cast) -> None:
    case = clarified(cast)
    posted(cast, case, "clarification")
    at = timezone.make_aware(datetime.combine(UNTIL, time(10)))
    send_message(case, text="要2024年的", now=at)
    (one,) = lists(cast, AFTER)[0]
    assert one.todo.title.startswith("申请人在网上提交了")


def test_of_a_case_asked_again_the_last_asking_counts(cast: Cast) -> None:
    case = clarified(cast)
    lapse_no_clarification(case, by=cast.actor("clerk", AFTER), on=AFTER)
    clerk = cast.actor("clerk", AFTER)
    reopen(case, by=clerk, on=AFTER, ordered_by="某县政府复议决定")
    ask_clarification(case, by=clerk, on=AFTER, points=["哪一年的"], until=date(2025, 4, 30))
    posted(cast, case, "clarification", AFTER)
    assert lists(cast, date(2025, 4, 30))[0] == []
    assert len(lists(cast, date(2025, 5, 1))[0]) == 1


def test_reasons_that_did_not_come(cast: Cast) -> None:
    case = new_case(cast)
    ask_reasons(case, by=cast.actor("clerk", DAY), on=DAY, facts="46件", until=UNTIL)
    posted(cast, case, "reasons")
    (one,) = lists(cast, AFTER)[0]
    assert one.todo.title.startswith("说明理由的期限已过")
    assert one.todo.due_on == case.due_on


def fees(cast: Cast) -> str:
    url = reverse("desk:request-fees", args=["xtxsfj"])
    page = HTMLParser(cast.browse("clerk").get(f"{url}?year=2025").content.decode())
    return "".join(cell.text() for cell in page.css("td[data-label='缴费期限']"))


def test_the_last_day_to_pay_is_the_earliest_until_it_is_known(cast: Cast) -> None:
    """Notice of 21 February, 20 working days: 21 March. Signed for on 3 March: 31 March, counted by hand."""
    case, earliest, known = charged(cast), date(2025, 3, 21), date(2025, 3, 31)
    letter = posted(cast, case, "fee")
    assert fees(cast) == "最早 2025-03-21"
    assert lists(cast, earliest)[0] == []
    (one,) = lists(cast, earliest + timedelta(days=1))[0]
    assert one.todo.title.startswith("缴费期限可能已过")
    signed_for(
        letter.dispatches.get(), by=cast.actor("clerk", date(2025, 3, 3)), on=date(2025, 3, 3), who="本人"
    )
    assert fees(cast) == "2025-03-31"
    assert lists(cast, known)[0] == []
    (one,) = lists(cast, known + timedelta(days=1))[0]
    assert one.todo.title.startswith("缴费期限已过")
    on = known + timedelta(days=1)
    lapse_no_payment(case, by=cast.actor("clerk", on), on=on, received_on=date(2025, 3, 3))
    assert fees(cast) == "2025-03-31"


def test_the_requester_reads_the_same(cast: Cast) -> None:
    case = charged(cast)
    posted(cast, case, "fee", signed_for_on=None)
    ask = requester_view(case, DAY).ask
    assert ask is not None
    assert ask.until.startswith("2025年3月21日")
    assert any("最早到2025年3月21日" in line for line in ask.lines)


def test_the_notice_goes_out_once_and_again_after_a_week(cast: Cast) -> None:
    posted(cast, clarified(cast), "clarification")
    counts = []
    for day in (UNTIL, AFTER, AFTER, UNTIL + timedelta(days=6), UNTIL + timedelta(days=7)):
        remind(timezone.make_aware(datetime.combine(day, time(9))))
        counts.append(Message.objects.filter(key__startswith="request-over:").count())
    assert counts == [0, 1, 1, 1, 2]


def test_as_many_queries_for_thirty_as_for_three(
    cast: Cast, queries: Callable[[Callable[[], Any]], int]
) -> None:
    def look() -> None:
        lists(cast, AFTER)

    for n in range(3):
        ask = new_case(cast, content=f"第{n}件")
        ask_clarification(ask, by=cast.actor("clerk", DAY), on=DAY, points=["哪年"], until=UNTIL)
    before = queries(look)
    for n in range(27):
        ask = new_case(cast, content=f"又{n}件")
        ask_clarification(ask, by=cast.actor("clerk", DAY), on=DAY, points=["哪年"], until=UNTIL)
    assert queries(look) == before
