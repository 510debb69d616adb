"""What the desk says is to be done on requests, to whom, and whom it waits for."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.desk.owed_requests import requests
from gongkai.desk.todo import Desk, Todo
from gongkai.inforequests.actions.deciding import decide, review, sign
from gongkai.inforequests.actions.register import Intake, register
from tests.cast import Cast
from tests.inforequests.cases import DAY, new_case, said_of

pytestmark = pytest.mark.django_db
REPLY = "granted_provided"


def owed(cast: Cast, who: str, day: date = DAY) -> list[Todo]:
    return list(requests(Desk(cast.actor(who, day), cast.agency, day)))


def said(cast: Cast, who: str) -> list[str]:
    """Each thing as its first words, in brackets where somebody else is waited for."""
    return [
        f"（{t.title.partition('：')[0]}）" if t.waits_for else t.title.partition("：")[0]
        for t in owed(cast, who)
    ]


def test_from_state_to_state(cast: Cast) -> None:
    case = new_case(cast)
    assert (said(cast, "clerk"), said(cast, "leader")) == (["办理并答复"], [])
    decide(case, by=cast.actor("clerk", DAY), on=DAY, reply=REPLY, states=said_of(REPLY))
    assert (said(cast, "clerk"), said(cast, "reviewer")) == (["（等审核人审核）"], ["审核答复"])
    review(case, by=cast.actor("reviewer", DAY), on=DAY)
    assert (said(cast, "leader"), said(cast, "reviewer")) == (["签发答复"], [])
    sign(case, by=cast.actor("leader", DAY), on=DAY)
    assert said(cast, "clerk") == ["送达答复"]
    (todo,) = owed(cast, "clerk")
    assert todo.due_on == case.due_on == date(2025, 3, 21)
    assert todo.url.endswith(f"/requests/{case.pk}/serve/")


def test_what_is_not_confirmed_presses(cast: Cast) -> None:
    fax = Intake("fax", "natural", "乙某", "申请公开某年的预算", DAY, arrived_on=DAY)
    register(cast.agency, fax, by=cast.actor("clerk", DAY))
    (todo,) = owed(cast, "clerk")
    assert todo.pressing
    assert todo.title.startswith("与申请人确认收到")


def test_nothing_of_the_neighbours(cast: Cast) -> None:
    new_case(cast)
    desk = Desk(cast.actor("neighbour", DAY), cast.other, DAY)
    assert list(requests(desk)) == []
