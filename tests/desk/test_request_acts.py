"""Every act of the procedure through its page: the state after, the due day after, what is refused in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from gongkai.inforequests.actions.register import Intake, register
from gongkai.inforequests.models import InfoRequest
from tests.cast import Cast
from tests.desk.test_request_pages import parts, url
from tests.inforequests.cases import new_case

pytestmark = pytest.mark.django_db
RECEIVED = date(2025, 2, 21)


def do(cast: Cast, case: InfoRequest, act: str, who: str = "clerk", **typed: str) -> str:
    """Send the form of an act; the page it leads to."""
    answer = cast.browse(who).post(url("request-act", case.pk, act), typed, follow=True)
    case.refresh_from_db()
    return answer.content.decode()


def day(name: str, year: int, month: int, at: int) -> dict[str, str]:
    return parts(name, date(year, month, at))


def test_clarification_asked_received_and_the_clock_anew(cast: Cast) -> None:
    case = new_case(cast)
    said = do(
        cast, case, "ask_clarification", points="要哪一年的\n要哪个项目的",
        **day("until", 2025, 3, 14), **day("on", 2025, 2, 26),
    )  # fmt: skip
    assert "已登记：发出补正告知书" in said
    assert "要哪个项目的" in said
    assert case.state == "awaiting_clarification"
    assert "现在不能“发出补正告知书”" in do(cast, case, "ask_clarification")
    do(cast, case, "receive_clarification", content="2024年某项目的批复", **day("on", 2025, 3, 10))
    # Twenty working days after 10 March, Qingming 4 April off.
    assert (case.state, case.due_on) == ("handling", date(2025, 4, 8))
    assert "一件申请只能有一次" not in do(cast, case, "ask_clarification")


def test_an_impossible_day_is_told_and_what_was_typed_stays(cast: Cast) -> None:
    case = new_case(cast)
    said = do(
        cast, case, "ask_clarification", points="要哪一年的",
        **day("until", 2025, 2, 25), **day("on", 2025, 2, 26),
    )  # fmt: skip
    assert "要在发出告知书的" in said
    assert "要哪一年的" in said
    assert case.state == "handling"
    said = do(cast, case, "withdraw", how="书面撤回", **day("on", 2025, 2, 20))
    assert "早于上一步" in said
    assert case.state == "handling"


def test_the_head_extends_and_nobody_else(cast: Cast) -> None:
    case = new_case(cast)
    before = case.due_on
    typed = {"days": "20", "reason": "需要检索的材料多", **day("on", 2025, 3, 3)}
    answer = cast.browse("clerk").post(url("request-act", case.pk, "extend"), typed)
    assert answer.status_code == 403
    assert "公开机构负责人" in answer.content.decode()
    do(cast, case, "extend", "ogi_head", **typed)
    # 21 March and twenty more working days: 4 April is off, 27 April is worked.
    assert (before, case.due_on) == (date(2025, 3, 21), date(2025, 4, 21))
    assert "现在不能" in do(cast, case, "extend", "ogi_head", **typed)


def test_consultation_is_not_counted(cast: Cast) -> None:
    case = new_case(cast)
    do(cast, case, "consult_third_party", name="某公司", about="合同单价", **day("on", 2025, 2, 24))
    assert case.state == "consulting"
    asked = case.consultations.get()
    at = {"number": asked.pk, "pk": case.pk, "agency": "xtxsfj"}
    clerk = cast.browse("clerk")
    opinion = reverse("desk:request-opinion", kwargs=at)
    early = clerk.post(opinion, {"opinion": "silent", **day("on", 2025, 2, 28)})
    assert "期限还没有过" in early.content.decode()
    clerk.post(reverse("desk:request-reached", kwargs=at), day("on", 2025, 2, 26))
    without = clerk.post(opinion, {"opinion": "objects", **day("on", 2025, 3, 3)})
    assert "请写明其理由" in without.content.decode()
    clerk.post(opinion, {"opinion": "objects", "grounds": "属于商业秘密", **day("on", 2025, 3, 3)})
    case.refresh_from_db()
    # Five working days, 25 February to 3 March, are not counted.
    assert (case.state, case.due_on) == ("handling", date(2025, 3, 28))


def test_a_fee_is_reckoned_paid_and_the_period_begins_anew(cast: Cast) -> None:
    case = new_case(cast)
    typed = {"basis": "pages", "units": "20", "reason": "数量过多", "pay_how": "非税缴款"}
    assert "不收费" in do(cast, case, "give_fee_notice", "ogi_head", **typed, **day("on", 2025, 2, 24))
    do(cast, case, "give_fee_notice", "ogi_head", **(typed | {"units": "100"}), **day("on", 2025, 2, 24))
    assert case.state == "awaiting_payment"
    assert case.events.get(act="give_fee_notice").data["yuan"] > 0
    do(cast, case, "receive_payment", **day("on", 2025, 3, 3))
    assert (case.state, case.due_on) == ("handling", date(2025, 3, 31))


def test_confirmed_then_received(cast: Cast) -> None:
    mail = Intake("email", "natural", "乙某", "申请公开某年的预算", RECEIVED, arrived_on=RECEIVED)
    case = register(cast.agency, mail, by=cast.actor("clerk", RECEIVED))
    assert "还没有与申请人确认" in cast.browse("clerk").get(url("request", case.pk)).content.decode()
    assert "请填写怎样与申请人确认的" in do(cast, case, "confirm_receipt", **day("on", 2025, 2, 24))
    do(cast, case, "confirm_receipt", how="电话确认", **day("on", 2025, 2, 24))
    assert (case.state, case.received_on) == ("handling", date(2025, 2, 24))
    do(cast, case, "withdraw", how="书面撤回", **day("on", 2025, 2, 25))
    assert (case.state, case.outcome) == ("withdrawn", "other_other")
    do(cast, case, "archive", **day("on", 2025, 2, 26))
    assert case.state == "archived"
    do(cast, case, "reopen", ordered_by="某县政府复议决定", **day("on", 2025, 3, 3))
    assert case.state == "handling"


@pytest.mark.parametrize(
    ("act", "kind", "typed"),
    [
        ("", "receipt", {}),
        ("ask_clarification", "clarification", {"points": "要哪一年的", **day("until", 2025, 3, 14)}),
        ("ask_reasons", "reasons", {"facts": "半年内申请46件", **day("until", 2025, 3, 14)}),
        ("extend", "extension", {"days": "10", "reason": "材料多"}),
        ("consult_third_party", "third_party_inquiry", {"name": "某公司", "about": "合同单价"}),
        ("consult_third_party", "consultation_notice", {"name": "某公司", "about": "合同单价"}),
        (
            "consult_agency",
            "agency_inquiry",
            {"name": "某局", "about": "联合文件", **day("answer_by", 2025, 3, 14)},
        ),
        ("consult_joint_makers", "agency_inquiry", {"name": "某局", "about": "联合文件"}),
        (
            "give_fee_notice",
            "fee",
            {"basis": "pages", "units": "100", "reason": "过多", "pay_how": "非税缴款"},
        ),
    ],
)
def test_its_letter_is_filled_in_from_the_act(cast: Cast, act: str, kind: str, typed: Any) -> None:
    case = new_case(cast)
    if act:
        do(cast, case, act, "ogi_head", **typed, **day("on", 2025, 2, 24))
    clerk = cast.browse("clerk")
    page = clerk.get(url("request-letter-new", case.pk, kind))
    first = page.context["form"].initial
    sent = {k: v for k, v in first.items() if isinstance(v, str)} | day("day", 2025, 2, 24)
    answer = clerk.post(url("request-letter-new", case.pk, kind), sent, follow=True)
    assert "已制作" in answer.content.decode()
    assert case.letters.get().kind == kind
