"""Whose turn it is: letters that were announced and not written, drafts that came back or lie with somebody else,
opinions that are awaited, and that what only the reader can do comes first."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.rights import NotAllowed
from gongkai.desk import owed, owed_letters  # noqa: F401 - they say what is owed
from gongkai.desk.owed_requests import requests
from gongkai.desk.todo import Desk, Timed, at_desk, sorted_out
from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.actions.clarification import ask_clarification
from gongkai.inforequests.actions.consultation import consult, reached
from gongkai.inforequests.actions.deciding import decide, recall, review, send_back
from gongkai.inforequests.actions.letters import make_letter
from gongkai.inforequests.actions.period import extend
from gongkai.inforequests.actions.service import Sending, send_out
from gongkai.inforequests.letters.from_acts import fields_from_acts
from gongkai.inforequests.models import InfoRequest, Letter
from gongkai.inforequests.reading import case_page
from tests.cast import Cast
from tests.inforequests.cases import DAY, new_case, said_of

pytestmark = pytest.mark.django_db
REPLY = "granted_provided"


def today(cast: Cast, who: str, day: date = DAY) -> list[Timed]:
    return sorted_out(requests(Desk(cast.actor(who, day), cast.agency, day)), day).today


def shown(cast: Cast, case: InfoRequest, who: str = "clerk") -> str:
    page = cast.browse(who).get(reverse("desk:request", args=["xtxsfj", case.pk])).content.decode()
    return page[page.index("<main") :]


def main_button(html: str) -> str:
    return html.partition('<a class="button" href="')[2].partition("</a>")[0].partition('">')[2]


def drafted(cast: Cast) -> InfoRequest:
    case = new_case(cast)
    decide(case, by=cast.actor("clerk", DAY), on=DAY, reply=REPLY, states=said_of(REPLY))
    return case


def letter(cast: Cast, case: InfoRequest, kind: str, day: date) -> Letter:
    given = fields_from_acts(case, kind)
    return make_letter(case, kind, by=cast.actor("clerk", day), on=day, fields=given)


def test_a_letter_that_was_not_made_is_owed_today_until_it_went_out(cast: Cast) -> None:
    case, clerk = new_case(cast), cast.actor("clerk", DAY)
    ask_clarification(case, by=clerk, on=DAY, points=["哪一年的"], until=date(2025, 3, 14))
    (one,) = today(cast, "clerk")
    assert one.todo.title.startswith("制作并寄出补正告知书")
    assert main_button(shown(cast, case)).startswith("制作并寄出补正告知书")
    made = letter(cast, case, "clarification", DAY)
    assert today(cast, "clerk") == []
    desk = Desk(clerk, cast.agency, DAY)
    assert "有 1 件文书要寄发" in [t.todo.title for t in at_desk(desk).today]
    send_out(made, Sending("ems", DAY, "TEST0001"), by=clerk)
    assert "有 1 件文书要寄发" not in [t.todo.title for t in at_desk(desk).today]
    assert main_button(shown(cast, case)) == "登记收到补正"


def test_of_an_extension_too_and_not_to_who_only_reads(cast: Cast) -> None:
    case = new_case(cast)
    extend(case, by=cast.actor("ogi_head", DAY), on=DAY, days=20, reason="数量大")
    assert [one.todo.title.partition("：")[0] for one in today(cast, "clerk")] == ["制作并寄出延期答复告知书"]
    assert today(cast, "reviewer") == []


def test_who_is_asked_is_written_to_and_then_what_comes_back_is_the_main_thing(cast: Cast) -> None:
    case, clerk = new_case(cast), cast.actor("clerk", DAY)
    one = consult(case, by=clerk, on=DAY, whom="third_party", name="乙某", about="材料", address="测试路1号")
    case.refresh_from_db()
    (owing,) = today(cast, "clerk")
    assert "第三方意见征求函（乙某）" in owing.todo.title
    later = date(2025, 3, 10)
    before = case_page(case, cast.actor("clerk", later)).deadline
    made = letter(cast, case, "third_party_inquiry", later)
    send_out(made, Sending("ems", later, "TEST0002"), by=cast.actor("clerk", later))
    one.refresh_from_db()
    assert one.sent_on == later
    after = case_page(case, cast.actor("clerk", later)).deadline
    assert before is not None
    assert after is not None
    assert after.due == date(2025, 3, 21) < before.due
    assert main_button(shown(cast, case)) == "登记乙某收到征求意见函"
    with pytest.raises(CannotDo):
        reached(one, by=cast.actor("clerk", later), on=date(2025, 3, 7))
    reached(one, by=cast.actor("clerk", later), on=later)
    assert main_button(shown(cast, case)) == "登记乙某的意见"


def test_a_letter_does_not_go_out_after_it_arrived(cast: Cast) -> None:
    case, clerk = new_case(cast), cast.actor("clerk", DAY)
    one = consult(case, by=clerk, on=DAY, whom="third_party", name="乙某", about="材料")
    reached(one, by=clerk, on=DAY)
    later = date(2025, 3, 10)
    made = letter(cast, case, "third_party_inquiry", later)
    with pytest.raises(CannotDo, match="不能在那以后寄出"):
        send_out(made, Sending("ems", later, "TEST0002"), by=cast.actor("clerk", later))


@pytest.mark.parametrize(("who", "word"), [("reviewer", "审核答复"), ("leader", "签发答复")])
def test_what_only_the_reader_can_do_comes_first(cast: Cast, who: str, word: str) -> None:
    case = drafted(cast)
    if who == "leader":
        review(case, by=cast.actor("reviewer", DAY), on=DAY)
    lists = at_desk(Desk(cast.actor(who, DAY), cast.agency, DAY))
    assert lists.today[0].todo.title.startswith(word)
    assert lists.first is lists.today[0]


def test_a_returned_draft_says_so_and_leads_to_the_draft(cast: Cast) -> None:
    case = drafted(cast)
    send_back(case, by=cast.actor("reviewer", DAY), on=DAY, reason="没有附统计表")
    (one,) = today(cast, "clerk")
    assert one.todo.title.startswith("退回修改：")
    assert "没有附统计表" in one.todo.title
    assert one.todo.url.endswith(f"/decide/{REPLY}/")
    page = shown(cast, case)
    assert page.index("退回修改：没有附统计表") < page.index("申请内容")
    assert main_button(page) == "修改答复稿"
    draft = cast.browse("clerk").get(one.todo.url).content.decode()
    assert said_of(REPLY)["facts"] in draft
    decide(case, by=cast.actor("clerk", DAY), on=DAY, reply=REPLY, states=said_of(REPLY))
    assert "退回修改：没有附统计表" not in shown(cast, case).partition("申请内容")[0]


def test_the_drafter_reads_the_draft_and_takes_it_back_until_it_is_reviewed(cast: Cast) -> None:
    case, clerk = drafted(cast), cast.actor("clerk", DAY)
    page = shown(cast, case)
    assert main_button(page) == "看答复稿"
    assert "登记申请人撤回" in page
    review_page = reverse("desk:request-review", args=["xtxsfj", case.pk])
    assert said_of(REPLY)["facts"] in cast.browse("clerk").get(review_page).content.decode()
    assert "取回修改" not in shown(cast, case, "reviewer")
    with pytest.raises(NotAllowed):
        recall(case, by=cast.actor("reviewer", DAY), on=DAY, reason="要改")
    with pytest.raises(CannotDo, match="拟稿人自己"):
        recall(case, by=cast.actor("drafter", DAY), on=DAY, reason="要改")
    act = reverse("desk:request-act", args=["xtxsfj", case.pk, "recall"])
    on = {"on_year": "2025", "on_month": "2", "on_day": "21"}
    answer = cast.browse("clerk").post(act, {"reason": "漏附了统计表", **on}, follow=True)
    case.refresh_from_db()
    assert case.state == "handling"
    assert "取回修改：漏附了统计表" in answer.content.decode()
    assert case.events.latest("serial").act_label == "拟稿人取回修改"
    decide(case, by=clerk, on=DAY, reply=REPLY, states=said_of(REPLY))
    review(case, by=cast.actor("reviewer", timezone.localdate()), on=timezone.localdate())
    with pytest.raises(CannotDo, match="已经审核过"):
        recall(case, by=cast.actor("clerk"), on=timezone.localdate(), reason="要改")


def test_while_an_opinion_is_awaited_no_day_is_promised(cast: Cast) -> None:
    case = new_case(cast)
    act = reverse("desk:request-act", args=["xtxsfj", case.pk, "consult_third_party"])
    on = {"on_year": "2025", "on_month": "2", "on_day": "21"}
    answer = cast.browse("clerk").post(act, {"name": "乙某", "about": "材料", **on}, follow=True)
    assert "现在不计答复期限" in answer.content.decode()
    assert "现在的答复期限" not in answer.content.decode()
