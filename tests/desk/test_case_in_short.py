"""What the page of a case, its questions and the desk say in short: what was asked before, how it ended, where to go."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gongkai.desk.owed_requests import requests
from gongkai.desk.todo import Desk
from gongkai.inforequests.actions.clarification import ask_clarification, receive_clarification
from gongkai.inforequests.actions.register import Intake, register
from gongkai.inforequests.letters.catalogue import FIELD_OF, kind_of_reply
from gongkai.inforequests.letters.fields import case_fields
from gongkai.inforequests.letters.preview import words_of
from tests.cast import Cast
from tests.inforequests.cases import DAY, answer, new_case

pytestmark = pytest.mark.django_db


def main(cast: Cast, name: str, *args: object, who: str = "clerk", ask: str = "") -> str:
    page = cast.browse(who).get(reverse(f"desk:{name}", args=["xtxsfj", *args]) + ask).content.decode()
    return page[page.index("<main") :]


def test_what_was_asked_before_stays_and_the_answer_says_it_was_corrected(cast: Cast) -> None:
    case, clerk, later = new_case(cast), cast.actor("clerk", DAY), date(2025, 3, 10)
    kind = kind_of_reply("granted_provided")
    assert case_fields(case, kind, DAY)["补正情况"] == ""
    ask_clarification(case, by=clerk, on=DAY, points=["哪一年的"], until=date(2025, 3, 14))
    receive_clarification(case, by=cast.actor("clerk", later), on=later, content="2024年的批复")
    assert "补正以前写的" in main(cast, "request", case.pk)
    assert "申请公开某项目的批复文件" in main(cast, "request", case.pk)
    assert case_fields(case, kind, later)["补正情况"] == "您于2025年3月10日作了补正，以上为补正后的内容。"
    assert "}}”。{{ 补正情况 }}" in kind.text
    letter = words_of(case, kind, later, {FIELD_OF["facts"]: "由本机关制作", FIELD_OF["how"]: "随信寄去"})
    assert any(line.endswith("以上为补正后的内容。") for line in letter)


def test_how_it_ended_stands_on_top(cast: Cast) -> None:
    case = new_case(cast)
    answer(cast, case, "granted_provided", date(2025, 3, 3))
    found = main(cast, "request", case.pk).partition("办理结果")[2].partition("</div>")[0]
    assert "予以公开" in found
    assert "邮件号码TEST0001" in found
    assert "（审查员（示例））" not in main(cast, "request-review", case.pk)


def test_what_the_case_knows_is_not_asked(cast: Cast) -> None:
    case = new_case(cast)
    first = main(cast, "request-decide", case.pk)
    assert "看得明白申请人要的是什么吗" in first
    assert "第 1 步，一般还有 6 步" in first
    assert "先<a" in first
    assert reverse("desk:request-act", args=["xtxsfj", case.pk, "ask_clarification"]) in first
    assert "上一步" not in first
    second = main(cast, "request-decide", case.pk, ask="?clear=clear")
    assert "第 2 步，一般还有 5 步" in second
    assert "上一步" in second
    assert (
        "是不是已经撤回了"
        in main(cast, "request-decide", case.pk, ask="?ask=withdrawn").partition("</h1>")[0]
    )


def test_the_desk_leads_to_the_act_and_says_things_once(cast: Cast) -> None:
    fax = Intake("fax", "natural", "乙某", "申请公开某年的预算", DAY, arrived_on=DAY)
    register(cast.agency, fax, by=cast.actor("clerk", DAY))
    (todo,) = requests(Desk(cast.actor("clerk", DAY), cast.agency, DAY))
    assert todo.url.endswith("/acts/confirm_receipt/")
    waiting = main(cast, "today", who="ogi_head")
    assert "登记来信、来访的申请" in waiting
    assert "来了一封信怎么办" in main(cast, "help")
