"""Sent twice is one request; several matters become several; a number given by mistake stays as cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongkai.agencies.actor import Actor
from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.actions.cancel_number import cancel_number
from gongkai.inforequests.actions.clarification import ask_clarification
from gongkai.inforequests.actions.register import Intake, submit
from gongkai.inforequests.actions.split import split
from gongkai.inforequests.models import InfoRequest, Register, RegisterNumber
from tests.cast import Cast
from tests.inforequests.cases import DAY, new_case

PORTAL = Actor.system(DAY, "门户")
FORM = Intake("online", "natural", "甲某", "申请内容", DAY, arrived_on=DAY, submission_key="k" * 40)


def test_a_form_sent_twice_is_one_request_and_one_number(cast: Cast) -> None:
    first = submit(cast.agency, FORM, by=PORTAL)
    assert submit(cast.agency, FORM, by=PORTAL) == first
    assert submit(cast.agency, replace(FORM, submission_key="m" * 40), by=PORTAL) != first
    assert Register.objects.get(agency=cast.agency).last == 2
    assert submit(cast.agency, replace(FORM, submission_key=""), by=PORTAL) != submit(
        cast.agency, replace(FORM, submission_key=""), by=PORTAL
    )


def test_several_matters_become_several_requests_of_one_day(cast: Cast) -> None:
    clerk = cast.actor("clerk", date(2025, 2, 25))
    whole = new_case(cast, requester={"phone": "0000-1"})
    parts = split(whole, ["甲项目的批复", " ", "乙项目的批复", "丙项目的批复"], by=clerk)
    assert whole.content == "甲项目的批复"
    assert [p.content for p in parts] == ["乙项目的批复", "丙项目的批复"]
    assert {p.due_on for p in parts} == {whole.due_on}
    assert [p.split_from for p in parts] == [whole, whole]
    assert parts[0].requester.phone == "0000-1"
    assert [n.serial for n in RegisterNumber.objects.all()] == [1, 2, 3]
    assert len({p.tracking_code for p in [whole, *parts]}) == 3
    with pytest.raises(CannotDo, match="至少"):
        split(whole, ["只有一项"], by=clerk)
    ask_clarification(whole, by=clerk, on=date(2025, 2, 25), points=["x"], until=date(2025, 3, 20))
    with pytest.raises(CannotDo, match="不能再拆分"):
        split(whole, ["一", "二"], by=clerk)


def test_a_cancelled_number_is_kept_and_never_given_again(cast: Cast) -> None:
    head = cast.actor("ogi_head", date(2025, 2, 25))
    mistaken = new_case(cast)
    with pytest.raises(CannotDo, match="原因"):
        cancel_number(mistaken, by=head, reason="")
    gone = cancel_number(mistaken, by=head, reason="重复登记")
    assert (gone.request, gone.serial, gone.reason) == (None, 1, "重复登记")
    assert not InfoRequest.objects.exists()
    assert new_case(cast).number.endswith("第2号")
    begun = new_case(cast)
    ask_clarification(
        begun, by=cast.actor("clerk", date(2025, 2, 25)), on=DAY, points=["x"], until=date(2025, 3, 1)
    )
    with pytest.raises(CannotDo, match="不能作废"):
        cancel_number(begun, by=head, reason="不要了")


def test_a_case_that_others_rest_on_keeps_its_number(cast: Cast) -> None:
    """A part was split from it: it has only its registration in its course, but cannot go."""
    head = cast.actor("ogi_head", date(2025, 2, 25))
    whole = new_case(cast)
    (part,) = split(whole, ["甲项目的批复", "乙项目的批复"], by=cast.actor("clerk", date(2025, 2, 25)))
    with pytest.raises(CannotDo, match="已经拆分"):
        cancel_number(whole, by=head, reason="重复登记")
    whole.refresh_from_db()
    assert (whole.events.count(), whole.requester.request_id) == (1, whole.pk), "nothing went"
    cancel_number(part, by=head, reason="拆错了")
    cancel_number(whole, by=head, reason="重复登记")
    assert not InfoRequest.objects.exists()
