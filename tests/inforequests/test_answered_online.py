"""What a requester answers online is seen at the desk and cannot be passed over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.owed_requests import requests
from gongkai.desk.todo import Desk, timed
from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.actions.clarification import (
    ask_clarification,
    lapse_no_clarification,
    receive_clarification,
)
from gongkai.inforequests.actions.online import send_message, take_message
from gongkai.inforequests.messages import messages_of
from gongkai.inforequests.models import InfoRequest
from tests.cast import Cast
from tests.desk.test_request_pages import parts
from tests.inforequests.cases import new_case

pytestmark = pytest.mark.django_db
SAID = "要2024年的那一份"


def sent(cast: Cast, *more: str) -> InfoRequest:
    """A case whose requester was asked what is meant, and answered online."""
    today = timezone.localdate()
    case = new_case(cast, on=today)
    until = today + timedelta(days=1)
    ask_clarification(case, by=cast.actor("clerk"), on=today, points=["哪一年的"], until=until)
    for text in (SAID, *more):
        send_message(case, text=text, now=timezone.now())
    return case


def test_the_desk_and_the_page_of_the_case_lead_to_the_answer(cast: Cast) -> None:
    case, today = sent(cast), timezone.localdate()
    take = reverse("desk:request-online-take", args=["xtxsfj", case.pk, messages_of(case).get().pk])
    owed = requests(Desk(cast.actor("clerk"), cast.agency, today))
    (todo,) = (one for one in owed if "网上提交" in one.title)
    assert (todo.url, timed(todo, today).group) == (take, "today")
    assert "申请人在网上提交了“补正”" in todo.title
    desk = cast.browse("clerk")
    shown = desk.get(reverse("desk:request", args=["xtxsfj", case.pk])).content.decode()
    assert SAID in shown
    assert f'<a class="button" href="{take}">登记收到补正</a>' in shown
    act = reverse("desk:request-act", args=["xtxsfj", case.pk, "receive_clarification"])
    assert act not in shown
    assert desk.get(act).headers["Location"] == take
    posted = desk.post(act, {"content": "补正后的内容", **parts("on", today)})
    assert "还没有人处理" in posted.content.decode()
    case.refresh_from_db()
    assert case.state == "awaiting_clarification"


def test_it_is_neither_passed_over_nor_lost(cast: Cast) -> None:
    case, clerk = sent(cast), cast.actor("clerk")
    today, later = timezone.localdate(), cast.actor("clerk", timezone.localdate() + timedelta(days=2))
    with pytest.raises(CannotDo, match="还没有人处理"):
        receive_clarification(case, by=clerk, on=today, content="别的内容")
    with pytest.raises(CannotDo, match="还没有人处理"):
        lapse_no_clarification(case, by=later, on=later.day)
    with pytest.raises(CannotDo, match="和补正以前一样"):
        take_message(messages_of(case).get(), by=clerk, on=today, content=case.content)
    assert messages_of(case).get().taken_on is None


def test_words_that_did_not_change_are_refused(cast: Cast) -> None:
    today, clerk = timezone.localdate(), cast.actor("clerk")
    case = new_case(cast, on=today)
    until = today + timedelta(days=9)
    ask_clarification(case, by=clerk, on=today, points=["哪一年的"], until=until)
    with pytest.raises(CannotDo, match="和补正以前一样"):
        receive_clarification(case, by=clerk, on=today, content=f" {case.content}\n")


def test_two_answers_are_taken_together_and_a_third_unseen_one_is_not(cast: Cast) -> None:
    case, today = sent(cast, "局里发的"), timezone.localdate()
    first, second = messages_of(case)
    page = reverse("desk:request-online-take", args=["xtxsfj", case.pk, first.pk])
    desk = cast.browse("clerk")
    shown = desk.get(page).content.decode()
    assert SAID in shown
    assert "局里发的" in shown
    filled = {"take": "1", "content": "", "seen": str(second.pk), **parts("on", today)}
    send_message(case, text="还要附件", now=timezone.now())
    assert "又提交了一份" in desk.post(page, filled).content.decode()
    filled["seen"] = str(messages_of(case).last().pk)  # type: ignore[union-attr]
    assert desk.post(page, filled).status_code == 302
    case.refresh_from_db()
    assert case.state == "handling"
    assert case.content.endswith(f"补正：{SAID}\n补正：局里发的\n补正：还要附件")
    assert not messages_of(case).filter(taken_on__isnull=True).exists()
