"""Intake at the desk, as a browser gets it: the form by channel, its papers, its words kept, split, the list, search."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.desk.requests.listing import ROWS
from gongkai.files.models import StoredFile
from gongkai.files.queries import files_of_owner
from gongkai.inforequests import listing
from gongkai.inforequests.actions.cancel_number import cancel_number
from gongkai.inforequests.actions.clarification import ask_clarification, receive_clarification
from gongkai.inforequests.models import InfoRequest
from gongkai.search.models import Entry
from gongkai.statute.channels import BY_SLUG, CHANNELS
from gongkai.statute.workdays import WorkCalendar
from tests.cast import Cast
from tests.inforequests.cases import DAY, new_case
from tests.matrix.requests_case import own as OWN

pytestmark = pytest.mark.django_db
ALL = {"state": "all"}
TEXT = "申请公开法治宣传经费的支出明细"


def url(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=[OWN["agency"], *args])


def day_of(name: str, day: date) -> dict[str, str]:
    return {f"{name}_year": str(day.year), f"{name}_month": str(day.month), f"{name}_day": str(day.day)}


def paper(**more: Any) -> dict[str, Any]:
    """What the clerk fills in for a letter."""
    return {
        "submission_key": "k" * 32,
        "channel": "signed_mail",
        "requester_kind": "natural",
        "applicant": "甲某某",
        "identity_number": "TEST-1",
        "phone": "0000-0000001",
        "matter": "disclosure",
        "content": TEXT,
        **day_of("arrived_on", timezone.localdate()),
        **more,
    }


def sent(client: Client, **more: Any) -> tuple[str, InfoRequest | None]:
    """The page after sending, and what came of it."""
    before = set(InfoRequest.objects.values_list("pk", flat=True))
    page = client.post(url("request-new"), paper(**more), follow=True).content.decode()
    return page, InfoRequest.objects.exclude(pk__in=before).first()


def case_made(client: Client, **more: Any) -> InfoRequest:
    page, case = sent(client, **more)
    assert case is not None, re.findall(r'class="wrong-text">(.*?)</p>', page)
    return case


def numbers(page: str) -> list[str]:
    """The requests of a list, in its order."""
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]+)</a>', page)


# The form


@pytest.mark.parametrize("channel", [c.slug for c in CHANNELS])
def test_every_channel_asks_for_the_days_that_count(cast: Cast, channel: str) -> None:
    clerk, today = cast.browse("clerk"), timezone.localdate()
    name = "submitted_on" if BY_SLUG[channel].counts == "submitted" else "arrived_on"
    none = {"arrived_on_year": "", "arrived_on_month": "", "arrived_on_day": ""}
    page, case = sent(clerk, channel=channel, **none)
    assert case is None
    assert f'id="id_{name}_error"' in page
    case = case_made(clerk, channel=channel, **(none | day_of(name, today)))
    confirmed = BY_SLUG[channel].counts == "confirmed"
    assert case.state == ("unconfirmed" if confirmed else "handling")
    assert case.received_on == (None if confirmed else today)
    assert case.submitted_on == today, "a postmark that cannot be read: the day it arrived"


def test_confirmed_at_once_and_an_organisation_with_an_agent(cast: Cast) -> None:
    clerk, today = cast.browse("clerk"), timezone.localdate()
    whole = {
        "channel": "fax",
        "requester_kind": "commercial",
        "applicant": "甲公司",
        "representative": "乙某",
        "contact": "丙某",
        "agent": "丁某",
        "needs_help": "请读给申请人听",
        "document_number": "甲发〔2024〕1号",
        "section": str(cast.section.pk),
        **day_of("confirmed_on", today),
    }
    page, case = sent(clerk, **whole)
    assert case is None
    assert "请写明怎样与申请人确认的" in page
    assert "请填写代理人证件号码" in page
    case = case_made(clerk, **whole, confirmed_how="电话确认", agent_identity="TEST-2")
    assert (case.received_on, case.section) == (today, cast.section)
    assert case.content == f"{TEXT}（文号：甲发〔2024〕1号）"
    given = case.requester
    assert (given.contact, given.agent, given.needs_help) == ("丙某", "丁某", "请读给申请人听")


def test_days_the_channel_does_not_know_are_left_out(cast: Cast) -> None:
    day = timezone.localdate()
    case = case_made(
        cast.browse("clerk"),
        channel="in_person",
        confirmed_how="电话",
        **day_of("submitted_on", day),
        **day_of("confirmed_on", day),
    )
    assert (case.arrived_on, case.confirmed_on) == (None, None)


def test_a_correction_of_ones_own_record(cast: Cast) -> None:
    assert case_made(cast.browse("clerk"), matter="correction").matter == "correction"


def test_after_saving_the_page_says_what_comes_next(cast: Cast) -> None:
    clerk = cast.browse("clerk")
    first = case_made(clerk, submission_key="1" * 32)
    page, case = sent(clerk, submission_key="2" * 32, content=f"{TEXT}。")
    assert case is not None
    assert case.tracking_code in page
    assert url("request-letter-new", case.pk, "receipt") in page
    assert url("request", first.pk) in page, "an earlier request with the same words"
    page, waits = sent(
        clerk, submission_key="3" * 32, channel="email", applicant="另一人", identity_number=""
    )
    assert waits is not None
    assert "还不算收到" in page
    assert url("request-act", waits.pk, "confirm_receipt") in page
    assert "别的申请人，内容相同" in page


# Papers


def scan(name: str = "扫描.txt", text: str = "申请表") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def test_papers_are_kept_with_the_request_as_private_files(cast: Cast) -> None:
    clerk = cast.browse("clerk")
    form = {"scan": scan(), "identity_file": scan("证件.txt", "证件"), "no_secrets": "on"}
    case = case_made(clerk, **form)
    kept = {file.name for file in files_of_owner(case)}
    assert kept == {"申请材料-扫描.txt", "身份证明-证件.txt"}
    sent(clerk, scan=scan(), no_secrets="on")
    assert files_of_owner(case).count() == 2, "the same form sent twice keeps its papers once"
    file = files_of_owner(case).first()
    assert file is not None
    assert clerk.get(reverse("desk:file", args=[OWN["agency"], file.pk])).status_code == 200
    assert cast.browse("drafter").get(reverse("desk:file", args=[OWN["agency"], file.pk])).status_code == 403


def test_a_paper_that_cannot_be_taken_registers_nothing(cast: Cast) -> None:
    page, case = sent(cast.browse("clerk"), scan=scan("程序.exe"))
    assert case is None
    assert "不能上传" in page
    assert "选过的文件没有保存" in page
    page, case = sent(cast.browse("clerk"), scan=scan("密.txt", "机密★5年"), no_secrets="on")
    assert case is None
    assert not StoredFile.objects.exists()


# Typed words survive


def test_what_was_typed_survives_a_reload_and_goes_when_sent(cast: Cast) -> None:
    clerk = cast.browse("clerk")
    place = url("request-new")
    page = clerk.get(place).content.decode()
    assert f'data-keep-typed="{reverse("desk:kept")}"' in page
    typed = {"channel": "fax", "applicant": "甲某某", "content": "写到一半的申请"}
    clerk.post(reverse("desk:kept"), typed | {"kept-path": place, "kept-page": place})
    page = clerk.get(place).content.decode()
    assert "写到一半的申请" in page
    assert re.search(r'value="fax"[^>]*checked', page)
    case_made(clerk)
    assert "写到一半的申请" not in clerk.get(place).content.decode()


# Splitting


def test_one_form_with_several_matters_is_split(cast: Cast) -> None:
    clerk = cast.browse("clerk")
    case = case_made(clerk)
    page = clerk.post(url("request-split", case.pk), {"matters": "只有一项"}).content.decode()
    assert "拆分至少要有两项内容" in page
    page = clerk.post(url("request-split", case.pk), {"matters": "甲项\n乙项"}, follow=True).content.decode()
    assert "已拆成 2 件" in page
    assert [one.content for one in case.parts.all()] == ["乙项"]


# The list


def test_an_empty_list_says_what_to_do_first(cast: Cast) -> None:
    InfoRequest.objects.all().delete()
    assert "登记第一件申请" in cast.browse("clerk").get(url("requests")).content.decode()
    page = cast.browse("head").get(url("requests")).content.decode()
    assert "登记第一件申请" not in page
    assert "由经办员登记" in page


def test_the_most_urgent_first_and_requesters_masked(cast: Cast) -> None:
    today = timezone.localdate()
    late = new_case(cast, today - timedelta(days=60), applicant="张三丰")
    fresh = new_case(cast, today)
    waits = new_case(
        cast, today, channel="fax", arrived_on=today, requester_kind="commercial", applicant="乙公司"
    )
    page = cast.browse("clerk").get(url("requests")).content.decode()
    assert numbers(page)[:3] == [waits.number, late.number, fresh.number]
    assert "张某" in page
    assert "张三丰" not in page
    assert "乙公司" in page
    for words in ("今天要确认", "逾期", "还剩 20 个工作日"):
        assert words in page
    assert numbers(cast.browse("clerk").get(url("requests"), ALL).content.decode())[0] == waits.number


def test_every_filter(cast: Cast) -> None:
    today = timezone.localdate()
    old = new_case(cast, DAY, content="申请公开甲项目的批复", section=cast.section)
    fax = new_case(cast, today, channel="fax", arrived_on=today, applicant="乙某")
    firm = new_case(cast, today, requester_kind="commercial", applicant="丙公司")
    clerk = cast.browse("clerk")

    def found(**asked: object) -> list[str]:
        return numbers(clerk.get(url("requests"), asked).content.decode())

    assert found(state="overdue") == [old.number]
    assert found(state="unconfirmed") == found(channel="fax") == [fax.number]
    assert found(state="answered") == []
    assert found(year=DAY.year) == found(section=cast.section.pk) == [old.number]
    assert found(kind="commercial") == [firm.number]
    assert set(found(year=today.year)) == {fax.number, firm.number}, "unconfirmed by the day it was sent"
    assert found(q="甲项目 批复") == found(q=old.number) == [old.number]
    assert found(q="丙公司") == [firm.number]
    assert len(found(state="nonsense", year="x", channel="<", section="0")) == 3
    page = clerk.get(url("requests"), {"q": "没有这样的字"}).content.decode()
    assert "没有符合这些条件的申请" in page
    page = cast.browse("drafter").get(url("requests"), {"q": "丙公司"}).content.decode()
    assert numbers(page) == [], "a name is looked for by who may see the requesters' data"


def test_pages_of_thirty_in_few_questions(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for _ in range(35):
        new_case(cast, timezone.localdate(), section=cast.section)
    clerk = cast.browse("clerk")
    clerk.get(url("requests"))
    with django_assert_max_num_queries(12):
        page = clerk.get(url("requests"), {"q": "批复"}).content.decode()
    assert len(numbers(page)) == ROWS
    assert "第 1 / 2 页" in page
    assert len(numbers(clerk.get(url("requests"), {"page": "2"}).content.decode())) == 5


def test_a_list_counts_no_further_than_it_leads(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST", 2)
    for _ in range(3):
        new_case(cast, timezone.localdate())
    page = cast.browse("clerk").get(url("requests")).content.decode()
    assert "超过 2 件，只列前 2 件" in page
    assert len(numbers(page)) == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"state": "unconfirmed", "arrived_on": DAY}, ("due", "今天要确认")),
        ({"state": "unconfirmed", "arrived_on": DAY - timedelta(1)}, ("late", "到达当天没有确认")),
        ({"state": "awaiting_payment", "due_on": DAY}, ("doing", "等申请人")),
        ({"state": "consulting", "due_on": DAY}, ("doing", "期限中止")),
        ({"state": "handling"}, ("plain", "")),
        ({"state": "handling", "due_on": DAY}, ("due", "今天到期")),
        ({"state": "handling", "due_on": date(2025, 2, 26)}, ("due", "还剩 3 个工作日")),
        ({"state": "signed", "due_on": date(2025, 2, 27)}, ("doing", "还剩 4 个工作日")),
        ({"state": "signed", "due_on": date(2025, 2, 19)}, ("late", "逾期 2 个工作日")),
        ({"state": "answered", "closed_on": DAY}, ("done", "")),
    ],
)
def test_how_urgent_a_row_is(fields: dict[str, Any], said: tuple[str, str]) -> None:
    assert listing.urgency(InfoRequest(**fields), DAY, WorkCalendar.official()) == said


# The search


def test_the_search_follows_every_act(cast: Cast) -> None:
    clerk = cast.actor("clerk", date(2025, 3, 3))
    case = new_case(cast, content="申请公开白鹭洲工程的批复")

    def found(words: str, who: str = "clerk") -> bool:
        page = cast.browse(who).get(
            reverse("desk:search", args=["sample-office" if who == "neighbour" else OWN["agency"]]),
            {"q": words},
        )
        return url("request", case.pk) in page.content.decode()

    assert found("白鹭洲")
    assert found(case.number)
    assert not found("白鹭洲", "neighbour")
    assert not found("甲某"), "no applicant in the index"
    ask_clarification(case, by=clerk, on=DAY, points=["哪个工程"], until=date(2025, 3, 20))
    receive_clarification(case, by=clerk, on=date(2025, 3, 3), content="申请公开黄鹤楼工程的批复")
    assert found("黄鹤楼")
    assert not found("白鹭洲")


def test_a_cancelled_number_is_not_found_any_more(cast: Cast) -> None:
    case = new_case(cast)
    key = {"kind": "request", "object_id": str(case.pk)}
    assert Entry.objects.filter(**key).exists()
    head: Actor = cast.actor("ogi_head", DAY)
    cancel_number(case, by=head, reason="重复登记")
    assert not Entry.objects.filter(**key).exists()


def test_what_can_be_seen_to_be_wrong_is_asked_at_once(cast: Cast) -> None:
    client = cast.browse("clerk")
    text, case = sent(
        client, identity_kind="居民身份证", identity_number="12345", phone="abc", obtain="邮寄", address=""
    )
    assert case is None
    for words in ("居民身份证号码是 18 位", "联系电话写法不对", "申请人要“邮寄”，请填写通信地址"):
        assert words in text
