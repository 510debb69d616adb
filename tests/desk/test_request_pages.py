"""A request through its pages, from the paper to the served letter, by the seats that each step needs."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.reading import case_page
from gongkai.statute.outcomes import REPLIES
from tests.cast import Cast
from tests.inforequests.cases import new_case

pytestmark = pytest.mark.django_db
OWN = "xtxsfj"


def url(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=[OWN, *args])


def parts(name: str, day: Any) -> dict[str, str]:
    return {f"{name}_year": str(day.year), f"{name}_month": str(day.month), f"{name}_day": str(day.day)}


def paper(**more: str) -> dict[str, str]:
    """The form as the clerk fills it in for somebody at the counter."""
    return {
        "submission_key": "a" * 32,
        "channel": "in_person",
        "requester_kind": "natural",
        "applicant": "甲某",
        "identity_kind": "居民身份证",
        "identity_number": "430321199001010016",
        "address": "某市某路9号",
        "phone": "13800000000",
        "matter": "disclosure",
        "content": "申请公开某项目的批复文件",
        **parts("submitted_on", timezone.localdate()),
        **more,
    }


def open_case(cast: Cast) -> tuple[Client, InfoRequest]:
    clerk = cast.browse("clerk")
    answer = clerk.post(url("request-new"), paper(), follow=True)
    assert "已登记" in answer.content.decode()
    return clerk, InfoRequest.objects.get(agency=cast.agency, content=paper()["content"])


def test_from_the_paper_to_the_served_letter(cast: Cast) -> None:
    clerk, case = open_case(cast)
    today = timezone.localdate()
    assert case.state == "handling"
    assert case.received_on == today

    said = clerk.get(url("request", case.pk)).content.decode()
    assert "还剩 20 个工作日" in said
    assert "甲某" in said

    asked = clerk.get(url("request-decide", case.pk)).content.decode()
    assert "下一步" in asked
    form = {
        "state_facts": "该批复由本机关制作，现存档案室",
        "state_how": "随本答复书提供复印件",
        "state_no_files": "复印件另附，随信寄出",
        **parts("on", today),
    }
    at = url("request-draft", case.pk, "granted_provided")
    shown = clerk.post(at, form).content.decode()
    assert "经查，该批复由本机关制作，现存档案室" in shown
    clerk.post(at, form | {"sure": "1"})
    case.refresh_from_db()
    assert case.state == "in_review"

    reviewer, leader = cast.browse("reviewer"), cast.browse("leader")
    assert "同意，审核" in reviewer.get(url("request-review", case.pk)).content.decode()
    reviewer.post(url("request-review", case.pk), {"agree": "1"})
    leader.post(url("request-review", case.pk), {"agree": "1", "opinion": "同意"})
    case.refresh_from_db()
    assert case.state == "signed"

    assert "打印、盖章" in clerk.get(url("request-serve", case.pk)).content.decode()
    served = {"how": "ems", "mail_number": "TEST1", **parts("on", today)}
    clerk.post(url("request-serve", case.pk), served)
    case.refresh_from_db()
    assert (case.state, case.outcome, case.closed_on) == ("answered", "granted", today)
    letter = case.letters.get()
    assert clerk.get(reverse("desk:file", args=[OWN, letter.pdf_id])).status_code == 200


def test_sent_twice_is_one_request_and_a_bad_form_keeps_what_was_typed(cast: Cast) -> None:
    clerk = cast.browse("clerk")
    before = InfoRequest.objects.count()
    answer = clerk.post(
        url("request-new"), paper(applicant="", phone="", address="", content="某年的预算说明")
    )
    text = answer.content.decode()
    assert "请填写申请人姓名或者名称" in text
    assert "请至少写一种联系方式" in text
    assert "某年的预算说明" in text
    for _ in range(2):
        clerk.post(url("request-new"), paper())
    assert InfoRequest.objects.count() == before + 1


def test_sent_back_with_words_and_drafted_anew(cast: Cast) -> None:
    clerk, case = open_case(cast)
    today = timezone.localdate()
    form = {
        "state_facts": "查到了",
        "state_how": "当面领取",
        "state_no_files": "到办公室领取",
        "sure": "1",
        **parts("on", today),
    }
    at = url("request-draft", case.pk, "granted_provided")
    clerk.post(at, form)
    reviewer = cast.browse("reviewer")
    assert "请写明退回的原因" in reviewer.post(url("request-review", case.pk), {"back": "1"}).content.decode()
    reviewer.post(url("request-review", case.pk), {"back": "1", "opinion": "时间要写清楚"})
    assert "时间要写清楚" in clerk.get(at).content.decode()
    clerk.post(at, form | {"state_how": "2025年3月5日前当面领取"})
    sheet = reviewer.get(url("request-review", case.pk)).content.decode()
    assert "<ins>2025年3月5日前</ins>" in sheet


def test_who_drafted_does_not_sign(cast: Cast) -> None:
    head = cast.browse("ogi_head")
    _, case = open_case(cast)
    form = {
        "state_facts": "查到了",
        "state_how": "领取",
        "state_no_files": "到办公室",
        "sure": "1",
        **parts("on", timezone.localdate()),
    }
    head.post(url("request-draft", case.pk, "granted_provided"), form)
    said = head.post(url("request-review", case.pk), {"agree": "1"}).content.decode()
    assert "起草、审核、签发要由不同的人办" in said
    assert cast.browse("drafter").post(url("request-review", case.pk), {"agree": "1"}).status_code == 403


@pytest.mark.parametrize("reply", [r.slug for r in REPLIES])
def test_every_kind_of_reply_has_its_form(cast: Cast, reply: str) -> None:
    case = new_case(cast)
    answer = cast.browse("clerk").get(url("request-draft", case.pk, reply))
    by_act = reply in ("other_withdrawn", "other_no_correction", "other_no_fee")
    assert answer.status_code == (404 if by_act else 200)


def test_the_case_page_asks_little_however_long_the_case(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    clerk, case = open_case(cast)
    clerk.get(url("request", case.pk))
    for n in range(3):
        clerk.post(url("request-new"), paper(submission_key=f"{n}" * 32))
    with django_assert_max_num_queries(20):
        clerk.get(url("request", case.pk))
    with django_assert_max_num_queries(12):
        case_page(case, cast.actor("clerk"))


def test_a_look_at_the_requester_is_written_down(cast: Cast) -> None:
    from gongkai.audit.models import Entry

    clerk, case = open_case(cast)
    assert "430321199001010016" not in clerk.get(url("request", case.pk)).content.decode()
    before = Entry.objects.filter(act="requests.personal").count()
    assert "430321199001010016" in clerk.get(url("request-person", case.pk)).content.decode()
    assert Entry.objects.filter(act="requests.personal").count() == before + 1
    assert cast.browse("drafter").get(url("request-person", case.pk)).status_code == 403
