"""A case behind its number and code: what its requester sees and does there, and that nobody sees anybody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.files.queries import files_of_owner
from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.actions.clarification import ask_clarification
from gongkai.inforequests.actions.confirm_receipt import confirm_receipt
from gongkai.inforequests.actions.consultation import consult
from gongkai.inforequests.actions.deciding import decide, review, send_back, serve, sign
from gongkai.inforequests.actions.fees import give_fee_notice
from gongkai.inforequests.actions.letters import make_letter
from gongkai.inforequests.actions.online import set_message_aside, take_message
from gongkai.inforequests.actions.period import ask_reasons
from gongkai.inforequests.actions.split import split
from gongkai.inforequests.letters.fields import decision_fields
from gongkai.inforequests.messages import messages_of, waiting_messages
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.requester_view import find_case, letters_for_requester
from gongkai.outbox.queries import notices_of
from tests.cast import Cast
from tests.inforequests.cases import said_of
from tests.portal.asking import ID_NUMBER, ask, open_case, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_hurry(settings: Any) -> None:
    settings.REQUEST_FORM_SECONDS = 0


@pytest.fixture
def received(cast: Cast) -> InfoRequest:
    """One asked online that the clerk has confirmed."""
    case = ask(Client())
    confirm_receipt(case, by=cast.actor("clerk"), on=timezone.localdate(), how="电话确认")
    return case


def test_number_and_code_belong_together(cast: Cast, received: InfoRequest, settings: Any) -> None:
    other = ask(Client())
    agency, code = cast.agency, received.tracking_code
    typed = received.number.replace("〔", "[").replace("〕", "]")
    assert find_case(agency, f" {typed} ", f"{code[:4]}-{code[4:].lower()}") == received
    assert find_case(agency, received.number, other.tracking_code) is None
    assert find_case(cast.other, received.number, code) is None
    old = InfoRequest.objects.create(
        agency=agency, number="旧1号", requester_kind="natural", applicant="甲某", channel="fax", content="旧"
    )
    assert find_case(agency, old.number, "") is None
    assert find_case(agency, old.number, "------------") is None
    client, answers = Client(), set()
    for number, given in ((received.number, other.tracking_code), ("没有这个号", code)):
        page = text(client.post(url("request-track"), {"number": number, "code": given}))
        answers.add(page.replace(number, ""))
    assert len(answers) == 1
    settings.REQUEST_TRACK_FAILURES = 2
    last = client.post(url("request-track"), {"number": received.number, "code": code})
    assert "输错的次数太多" in text(last)


def test_a_case_is_behind_its_code_and_kept_by_nobody(cast: Cast, received: InfoRequest) -> None:
    client = open_case(received)
    answer = client.get(url("request-case"))
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    page = answer.content.decode()
    for private in (ID_NUMBER, "13800000000", "测试甲", "电话确认"):
        assert private not in page
    # A cookie made up, or of another agency's page, opens nothing.
    client.cookies["gongkai-case"] = f"{received.pk}"
    assert client.get(url("request-case")).headers["Location"] == url("request-track")
    assert open_case(received).post(url("request-leave")).cookies["gongkai-case"].value == ""


def test_the_course_is_told_in_plain_words(cast: Cast, received: InfoRequest) -> None:
    today, clerk = timezone.localdate(), cast.actor("clerk")
    consult(received, by=clerk, on=today, whom="third_party", name="某某公司", about="报价单")
    said = text(open_case(received).get(url("request-case")))
    assert "正在征求第三方的意见" in said
    for secret in ("某某公司", "报价单", cast.clerk.name, "consult"):
        assert secret not in said


def test_a_clarification_is_answered_online_and_confirmed_by_the_clerk(
    cast: Cast, received: InfoRequest
) -> None:
    today, clerk = timezone.localdate(), cast.actor("clerk")
    point = "请写明是哪一年的"
    ask_clarification(received, by=clerk, on=today, points=[point], until=today + timedelta(days=10))
    client = open_case(received)
    assert point in text(client.get(url("request-case")))
    paper = SimpleUploadedFile("清单.txt", "2024年".encode())
    for _ in range(2):
        answer = client.post(url("request-reply"), {"text": "2024年的", "upload": paper})
        assert answer.status_code == 302
        paper.seek(0)
    one = messages_of(received).get()
    assert waiting_messages(cast.agency).get() == one
    assert one.file in files_of_owner(received)
    received.refresh_from_db()
    assert received.state == "awaiting_clarification"
    assert "等工作人员确认" in text(client.get(url("request-case")))
    assert "补正" in notices_of(clerk, cast.agency).latest("pk").subject
    take_message(one, by=clerk, on=today)
    received.refresh_from_db()
    assert received.state == "handling"
    assert received.content.endswith("补正：2024年的")
    with pytest.raises(CannotDo):
        take_message(one, by=clerk, on=today)
    assert client.get(url("request-reply")).headers["Location"] == url("request-case")


def test_an_answer_typed_for_too_long_is_not_lost(cast: Cast, received: InfoRequest) -> None:
    today, clerk = timezone.localdate(), cast.actor("clerk")
    ask_clarification(received, by=clerk, on=today, points=["哪一年的"], until=today + timedelta(days=10))
    client = Client()
    page = client.post(url("request-reply"), {"text": "2024年的<支出>"}).content.decode()
    assert "您写的内容没有丢" in page
    assert 'name="kept" value="2024年的&lt;支出&gt;"' in page
    assert not messages_of(received).exists()
    again = client.post(
        url("request-track"), {"number": received.number, "code": "错", "kept": "2024年的<支出>"}
    )
    assert "2024年的&lt;支出&gt;" in again.content.decode()
    back = (
        client.post(
            url("request-track"),
            {"number": received.number, "code": received.tracking_code, "kept": "2024年的<支出>"},
        )
    ).content.decode()
    assert ">\n2024年的&lt;支出&gt;</textarea>" in back
    assert client.post(url("request-reply"), {"text": "2024年的<支出>"}).status_code == 302
    assert messages_of(received).get().text == "2024年的<支出>"


def test_the_clerk_confirms_at_the_desk(cast: Cast, received: InfoRequest) -> None:
    today, desk = timezone.localdate(), cast.browse("clerk")
    until = today + timedelta(days=10)
    ask_clarification(received, by=cast.actor("clerk"), on=today, points=["哪一年的"], until=until)
    open_case(received).post(url("request-reply"), {"text": "2024年的"})
    at = {"agency": "xtxsfj", "pk": received.pk}
    assert "2024年的" in text(desk.get(reverse("desk:request-online", kwargs=at)))
    here = reverse("desk:request-online-take", kwargs=at | {"number": messages_of(received).get().pk})
    assert "请写明不采用的原因" in text(desk.post(here, {"aside": "1"}))
    assert "请填写与申请人确认的日期" in text(desk.post(here, {"take": "1"}))
    day = {"on_year": today.year, "on_month": today.month, "on_day": today.day}
    answer = desk.post(here, {"take": "1", "content": "2024年的发放办法", **day})
    assert answer.headers["Location"] == reverse("desk:request", kwargs=at)
    received.refresh_from_db()
    assert (received.state, received.content) == ("handling", "2024年的发放办法")
    assert desk.get(here).status_code == 404


def test_reasons_are_given_online_and_confirmed_by_the_clerk(cast: Cast, received: InfoRequest) -> None:
    today, clerk = timezone.localdate(), cast.actor("clerk")
    ask_reasons(received, by=clerk, on=today, facts="本月46件", until=today + timedelta(days=10))
    client = open_case(received)
    assert "本月46件" in text(client.get(url("request-case")))
    assert client.post(url("request-reply"), {"text": "论文需要"}).status_code == 302
    assert received.state == "awaiting_reasons"
    take_message(messages_of(received).get(), by=clerk, on=today)
    assert received.events.latest("serial").said == "论文需要"
    received.refresh_from_db()
    assert received.state == "handling"


def test_a_fee_notice_says_how_to_pay(cast: Cast, received: InfoRequest) -> None:
    today = timezone.localdate()
    give_fee_notice(
        received,
        by=cast.actor("ogi_head"),
        on=today,
        basis="pages",
        units=40,
        reason="页数较多",
        pay_how="到示例银行网点缴费",
    )
    client = open_case(received)
    said = text(client.get(url("request-case")))
    assert "应缴 100 元" in said
    assert "到示例银行网点缴费" in said
    assert client.post(url("request-reply"), {"text": "今天在网点缴了"}).status_code == 302
    set_message_aside(messages_of(received).get(), by=cast.actor("clerk"), why="没有查到缴费")
    assert "没有采用：没有查到缴费" in text(client.get(url("request-case")))


def test_a_request_is_taken_back_online(cast: Cast, received: InfoRequest) -> None:
    client = open_case(received)
    assert client.post(url("request-withdraw")).status_code == 200
    received.refresh_from_db()
    assert received.state == "handling"
    assert client.post(url("request-withdraw"), {"sure": "1"}).status_code == 302
    received.refresh_from_db()
    assert (received.state, received.reply) == ("withdrawn", "other_withdrawn")
    assert "撤回" in notices_of(cast.actor("clerk"), cast.agency).latest("pk").subject
    assert client.post(url("request-withdraw"), {"sure": "1"}).status_code == 302
    assert "不能撤回" in text(client.get(url("request-case")))


def test_the_parts_of_a_split_request_are_the_requesters(cast: Cast, received: InfoRequest) -> None:
    (part,) = split(received, ["甲文件", "乙文件"], by=cast.actor("clerk"))
    said = text(open_case(received).get(url("request-case")))
    assert part.number in said
    assert part.tracking_code in said
    assert received.tracking_code not in text(open_case(part).get(url("request-case")))


def _drafted(cast: Cast, case: InfoRequest, reply: str, day: date) -> int:
    draft = decide(case, by=cast.actor("clerk"), on=day, reply=reply, states=said_of(reply))
    review(case, by=cast.actor("reviewer"), on=day)
    sign(case, by=cast.actor("leader"), on=day)
    made = make_letter(case, f"reply_{reply}", by=cast.actor("clerk"), on=day, fields=decision_fields(draft))
    return made.pk


def test_only_what_was_served_can_be_taken_home(cast: Cast, received: InfoRequest) -> None:
    day, clerk = timezone.localdate(), cast.actor("clerk")
    receipt = make_letter(received, "receipt", by=clerk, on=day).pk
    dropped = _drafted(cast, received, "granted_already_public", day)
    send_back(received, by=cast.actor("leader"), on=day, reason="改正")
    served = _drafted(cast, received, "granted_provided", day)
    client, stranger = open_case(received), open_case(ask(Client()))
    inquiry = make_letter(
        received,
        "agency_inquiry",
        by=clerk,
        on=day,
        fields={"涉及的信息": "甲", "答复要求": "乙", "收件人": "某局"},
    ).pk
    status = lambda who, pk: who.get(url("request-letter", pk)).status_code  # noqa: E731
    assert [status(client, pk) for pk in (receipt, dropped, served, inquiry)] == [200, 404, 404, 404]
    serve(received, by=clerk, on=day, how="网络平台")
    assert [letter.pk for letter in letters_for_requester(received)] == [receipt, served]
    assert [status(client, pk) for pk in (receipt, dropped, served, inquiry)] == [200, 404, 200, 404]
    assert [status(stranger, pk) for pk in (receipt, served)] == [404, 404]
    answer = client.get(url("request-letter", served))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[arg-type]
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_case_page_takes_a_bounded_number_of_queries(
    cast: Cast, received: InfoRequest, queries: Callable[[Callable[[], Any]], int]
) -> None:
    today, clerk = timezone.localdate(), cast.actor("clerk")
    client = open_case(received)
    before = queries(lambda: client.get(url("request-case")))
    ask_clarification(received, by=clerk, on=today, points=["甲"], until=today + timedelta(days=9))
    for words in ("一", "二", "三"):
        client.post(url("request-reply"), {"text": words})
    assert queries(lambda: client.get(url("request-case"))) <= before <= 12
