"""更正登记: what is put right, what follows from it, and what can no longer be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.agencies.rights import NotAllowed
from gongkai.audit.models import Entry
from gongkai.dictionaries.queries import calendar
from gongkai.inforequests.actions.amending import LASTING, REQUESTER, UNTIL_SIGNED, amend
from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.actions.cancel_number import cancel_number
from gongkai.inforequests.actions.clarification import ask_clarification
from gongkai.inforequests.models import Amendment, InfoRequest
from gongkai.inforequests.records import records_for
from gongkai.statute.channels import ReceiptError
from gongkai.statute.clock import deadline
from gongkai.statute.requesters import KINDS
from tests.cast import Cast
from tests.inforequests.cases import DAY, answer, new_case

pytestmark = pytest.mark.django_db


def put_right(cast: Cast, case: InfoRequest, who: str = "clerk", **given: Any) -> Any:
    return amend(case, given, by=cast.actor(who, DAY + timedelta(days=30)), reason="抄错了")


def test_the_day_of_receipt_moves_the_period_and_the_number_stays(cast: Cast) -> None:
    case = new_case(cast)
    number = case.number
    done = put_right(cast, case, submitted_on=date(2025, 2, 19))
    assert (case.number, case.received_on) == (number, date(2025, 2, 19))
    assert case.due_on == done.after == deadline(date(2025, 2, 19), (), calendar()).due
    assert done.before == deadline(DAY, (), calendar()).due
    assert done.labels == ("申请时间",)


def test_ledger_and_table_three_follow(cast: Cast) -> None:
    case = new_case(cast)
    answer(cast, case, "granted_provided", date(2025, 3, 3))
    put_right(cast, case, requester_kind="commercial")
    (record,) = records_for(cast.agency, 2025)
    assert record.requester == "commercial"


def test_another_channel_another_day_of_receipt(cast: Cast) -> None:
    case = new_case(cast)
    put_right(cast, case, channel="signed_mail", submitted_on=date(2025, 2, 18), arrived_on=date(2025, 2, 20))
    assert case.received_on == date(2025, 2, 20)
    with pytest.raises(CannotDo, match="请填写确认的日期"):
        put_right(cast, case, channel="fax", arrived_on=date(2025, 2, 20))
    put_right(cast, case, channel="fax", confirmed_on=date(2025, 2, 24))
    assert case.received_on == date(2025, 2, 24)


def test_what_was_not_confirmed_is_received_once_the_channel_is_put_right(cast: Cast) -> None:
    case = new_case(cast, channel="ordinary_mail", arrived_on=DAY)
    assert case.state == "unconfirmed"
    put_right(cast, case, channel="signed_mail")
    assert (case.state, case.received_on) == ("handling", DAY)
    assert case.due_on == deadline(DAY, (), calendar()).due
    assert case.events.last().act == "confirm_receipt"


def test_days_fit_what_was_done_since(cast: Cast) -> None:
    case = new_case(cast)
    asked = DAY + timedelta(days=3)
    ask_clarification(
        case, by=cast.actor("clerk", asked), on=asked, points=["写明年份"], until=asked + timedelta(days=15)
    )
    with pytest.raises(CannotDo, match="晚于已经做过的“发出补正告知书”"):
        put_right(cast, case, submitted_on=asked + timedelta(days=1))
    with pytest.raises(ReceiptError):
        put_right(cast, case, channel="signed_mail", submitted_on=DAY, arrived_on=DAY - timedelta(days=1))
    case.refresh_from_db()
    assert case.received_on == DAY


def test_what_the_signed_answer_states_stays(cast: Cast) -> None:
    case = new_case(cast)
    answer(cast, case, "granted_provided", date(2025, 3, 3))
    for name, value in (("applicant", "乙某"), ("content", "别的"), ("submitted_on", date(2025, 2, 20))):
        with pytest.raises(CannotDo, match="答复已经签发"):
            put_right(cast, case, **{name: value})
    put_right(cast, case, phone="13900000000", address="某县某路2号")
    assert case.requester.phone == "13900000000"


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"applicant": "甲某"}, "没有改动"),
        ({"applicant": "  "}, "请填写申请人姓名"),
        ({"requester_kind": "nobody"}, "请选择申请人类别"),
        ({"submitted_on": date(2025, 12, 1)}, "还没有到"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(cast: Cast, given_: dict[str, Any], said: str) -> None:
    case = new_case(cast)
    with pytest.raises(CannotDo, match=said):
        put_right(cast, case, **given_)
    assert not Amendment.objects.exists()
    with pytest.raises(CannotDo, match="请写明为什么"):
        amend(case, {"phone": "1"}, by=cast.actor("clerk", DAY), reason=" ")


def test_before_and_after_are_kept_and_no_personal_data_goes_to_the_trail(cast: Cast) -> None:
    case = new_case(cast)
    put_right(cast, case, applicant="改名某", phone="13812345678", requester_kind="research")
    kept = Amendment.objects.get()
    assert kept.changes["applicant"] == ["甲某", "改名某"]
    assert kept.changes["phone"] == ["没有填", "13812345678"]
    told = str(Entry.objects.filter(act="requests.register").order_by("-number").first().detail)
    assert "联系电话" in told
    assert "自然人 → 科研机构" in told
    assert "改名某" not in told
    assert "13812345678" not in told


def test_only_who_registers_may(cast: Cast) -> None:
    case = new_case(cast)
    for who in ("drafter", "reviewer", "leader", "neighbour"):
        with pytest.raises(NotAllowed):
            put_right(cast, case, who, phone="1")


def test_the_number_given_by_mistake_goes_with_its_corrections(cast: Cast) -> None:
    case = new_case(cast)
    put_right(cast, case, phone="13900000000")
    cancel_number(case, by=cast.actor("leader", DAY + timedelta(days=31)), reason="登记了两次")
    assert not InfoRequest.objects.exists()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(back=st.integers(0, 20), kind=st.sampled_from([k.slug for k in KINDS]))
def test_the_due_day_is_that_of_a_request_registered_rightly(cast: Cast, back: int, kind: str) -> None:
    """Whatever was written first: after the correction it is due when one registered rightly would be."""
    right = DAY - timedelta(days=back)
    wrong = new_case(cast)
    if back or kind != "natural":
        put_right(cast, wrong, submitted_on=right, requester_kind=kind)
    rightly = new_case(cast, on=right, requester_kind=kind)
    assert (wrong.due_on, wrong.received_on) == (rightly.due_on, rightly.received_on)


def test_the_page_puts_right_and_says_what_moved(cast: Cast) -> None:
    case = new_case(cast)
    at = reverse("desk:request-amend", args=["xtxsfj", case.pk])
    clerk = cast.browse("clerk")
    page = clerk.get(at).content.decode()
    assert "更正登记" in page
    form = {
        "channel": "in_person", "requester_kind": "natural", "applicant": "甲某", "content": case.content,
        "submitted_on_year": "2025", "submitted_on_month": "2", "submitted_on_day": "19",
        "phone": "13800000000",
    }  # fmt: skip
    again = clerk.post(at, form).content.decode()
    assert "请写明更正的原因" in again
    assert "13800000000" in again
    done = clerk.post(at, form | {"reason": "日期看错了"}, follow=True).content.decode()
    assert "已更正：" in done
    assert "改为2025年3月19日" in done
    person = clerk.get(reverse("desk:request-person", args=["xtxsfj", case.pk])).content.decode()
    assert "日期看错了" in person
    assert "2025年2月21日" in person


def test_after_the_signature_the_page_asks_only_what_may_change(cast: Cast) -> None:
    case = new_case(cast)
    answer(cast, case, "granted_provided", date(2025, 3, 3))
    page = cast.browse("clerk").get(reverse("desk:request-amend", args=["xtxsfj", case.pk])).content.decode()
    assert 'name="phone"' in page
    assert 'name="applicant"' not in page


def test_each_field_of_the_registration_is_in_one_group() -> None:
    assert not set(REQUESTER) & {*LASTING, *UNTIL_SIGNED}
