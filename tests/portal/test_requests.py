"""Asking online without an account: the form, its draft, its papers, its limits."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from docx import Document
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai.audit.models import Entry
from gongkai.files.models import StoredFile
from gongkai.files.queries import files_of_owner
from gongkai.inforequests.actions.drafts import begin, draft_of, keep_step, sweep
from gongkai.inforequests.actions.online import submit_online
from gongkai.inforequests.models import InfoRequest, PortalDraft, PortalTry
from gongkai.inforequests.reach import wrong_number
from gongkai.outbox.queries import notices_of
from gongkai.portal.requests_steps import intake_of
from tests.cast import Cast
from tests.portal.asking import ID_NUMBER, KIND, WHO, ask, fill, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_hurry(settings: Any) -> None:
    settings.REQUEST_FORM_SECONDS = 0


def test_asking_gives_a_number_and_waits_for_the_confirmation(cast: Cast) -> None:
    client = Client()
    case = ask(client)
    assert (case.state, case.channel, case.received_on, case.due_on) == ("unconfirmed", "online", None, None)
    assert case.purpose == ""
    assert case.form_wanted == "电子文件（不能这样提供的，可以用其他形式）"
    assert case.requester.identity_number == ID_NUMBER
    said = text(client.get(url("request-done")))
    assert case.number in said
    assert "-".join([case.tracking_code[n : n + 4] for n in (0, 4, 8)]) in said
    entry = Entry.objects.filter(act="requests.register").latest("number")
    assert (entry.person_name, entry.address) == ("系统", "网上申请")
    told = notices_of(cast.actor("clerk"), cast.agency).latest("pk")
    assert case.number in told.subject
    assert "测试甲" not in told.subject + told.body


def test_the_code_is_not_shown_for_long(cast: Cast) -> None:
    client = Client()
    case = ask(client)
    case.events.update(at=timezone.now() - timedelta(minutes=16))
    said = text(client.get(url("request-done")))
    assert case.number in said
    assert case.tracking_code[:4] not in said
    assert Client().get(url("request-done")).headers["Location"] == url("request-start")


def test_what_was_typed_lies_enciphered_and_goes(cast: Cast) -> None:
    client = Client()
    fill(client)
    row = PortalDraft.objects.get()
    assert "测试甲" not in row.sealed
    assert ID_NUMBER not in row.sealed
    assert client.cookies["gongkai-draft"].value not in (row.token, row.sealed)
    assert client.cookies["gongkai-draft"]["httponly"]
    # Reload, back: nothing is lost. Another browser, another agency: nothing is there.
    for _ in range(2):
        assert b'value="13800000000"' in client.get(url("request-step", "who")).content
    assert Client().get(url("request-step", "who")).headers["Location"] == url("request-start") + "?gone"
    assert draft_of(cast.other, client.cookies["gongkai-draft"].value, timezone.now()) is None
    client.post(url("request-step", "check"), {"website": ""})
    assert not PortalDraft.objects.exists()


def test_a_draft_is_thrown_away_after_a_day(cast: Cast) -> None:
    client, now = Client(), timezone.now()
    fill(client)
    paper = SimpleUploadedFile("a.txt", "证明".encode())
    client.post(
        url("request-step", "files"), {"add": "1", "kind": "identity", "no_secret": "on", "upload": paper}
    )
    assert StoredFile.objects.filter(name="身份证明.txt", removed_at__isnull=True).exists()
    assert sweep(now + timedelta(hours=23)) == 0
    assert sweep(now + timedelta(hours=25)) == 1
    assert not PortalDraft.objects.exists()
    assert not StoredFile.objects.filter(name="身份证明.txt", removed_at__isnull=True).exists()
    assert sweep(now + timedelta(hours=25)) == 0


def test_submitted_twice_is_one_request(cast: Cast) -> None:
    client = Client()
    fill(client)
    now, token = timezone.now(), client.cookies["gongkai-draft"].value
    first, second = draft_of(cast.agency, token, now), draft_of(cast.agency, token, now)
    assert first is not None
    assert second is not None
    told = intake_of(first)
    assert submit_online(first, **told, now=now) == submit_online(second, **told, now=now)
    assert InfoRequest.objects.count() == 1
    # The button pressed again after that leads to the number.
    answer = client.post(url("request-step", "check"), {"website": ""})
    assert answer.headers["Location"] == url("request-done")


def test_wrong_words_are_told_beside_the_field_and_stay(cast: Cast) -> None:
    client = Client()
    client.post(url("request-start"))
    client.post(url("request-step", "kind"), KIND)
    wrong = {"identity_number": "110105194912310021", "phone": "电话", "email": "x"}
    page = HTMLParser(client.post(url("request-step", "who"), WHO | wrong).content.decode())
    summary = page.css_first(".error-summary").text()
    for words in ("校验位不对", "联系电话写法不对", "电子邮箱写法不对"):
        assert words in summary
    assert page.css_first("#id_applicant").attributes["value"] == "测试甲"
    assert page.css_first("#id_phone").attributes["aria-invalid"] == "true"
    none = {"phone": "", "email": "", "address": ""}
    assert "至少留一种联系方式" in text(client.post(url("request-step", "who"), WHO | none))
    # Nobody gets past what is missing.
    assert client.get(url("request-step", "check")).headers["Location"] == url("request-step", "who")


@pytest.mark.parametrize(
    ("kind", "number", "words"),
    [
        ("居民身份证", ID_NUMBER, ""),
        ("居民身份证", "110105491231002", "18 位"),
        ("居民身份证", "11010519491331002X", "校验位不对"),
        ("护照", "E00000000", ""),
        ("统一社会信用代码", "123", "18位"),
    ],
)
def test_numbers_of_papers(kind: str, number: str, words: str) -> None:
    assert words in wrong_number(kind, number)
    assert bool(words) == bool(wrong_number(kind, number))


def test_an_organisation_asks_by_an_agent(cast: Cast) -> None:
    who = {
        "applicant": "某商贸有限公司",
        "identity_kind": "其他登记证书号码",
        "identity_number": "测2025-1",
        "representative": "测试丙",
        "contact": "测试丁",
        "agent": "测试戊",
        "agent_identity": "X1",
    }
    kind = {"requester_kind": "commercial", "acting": "agent", "needs_help": "请用大字"}
    case = ask(Client(), kind=kind, who=who)
    assert (case.requester_kind, case.applicant) == ("commercial", "某商贸有限公司")
    given = case.requester
    assert (given.representative, given.agent, given.needs_help) == ("测试丙", "测试戊", "请用大字")


def test_papers_become_the_cases(cast: Cast) -> None:
    client = Client()
    fill(client)
    here = url("request-step", "files")
    offered = {"add": "1", "kind": "identity", "no_secret": "on"}
    marked = SimpleUploadedFile("张某.txt", "机密★5年".encode())
    assert "不能存放国家秘密" in text(client.post(here, offered | {"upload": marked}))
    unsure = SimpleUploadedFile("张某.txt", "证明".encode())
    assert "请确认文件里没有国家秘密标志" in text(
        client.post(here, {"add": "1", "kind": "identity", "upload": unsure})
    )
    on = {"next": "1", "kind": "identity", "no_secret": "on"}
    for pressed in (offered, on):
        # 下一步 takes a file that was chosen as 上传 does.
        paper = SimpleUploadedFile("张某的身份证.txt", "证明".encode())
        assert client.post(here, pressed | {"upload": paper}).status_code == 302
    first, second = StoredFile.objects.filter(name="身份证明.txt").order_by("added_at")
    assert Client().post(here, {"drop": str(first.pk)}).status_code == 302
    assert client.post(here, {"drop": str(first.pk)}).status_code == 302
    client.post(url("request-step", "check"), {"website": ""})
    assert list(files_of_owner(InfoRequest.objects.get())) == [second]


def test_a_visitor_may_send_one_file_of_some_size(cast: Cast, settings: Any) -> None:
    client = Client()
    fill(client)
    here = url("request-step", "files")
    offered = {"add": "1", "kind": "identity", "no_secret": "on"}
    big = SimpleUploadedFile("a.txt", b"a" * (3 * 1024 * 1024))
    assert client.post(here, offered | {"upload": big}).status_code == 302
    # Elsewhere a visitor's limit stays small.
    big.seek(0)
    assert client.post(url("request-track"), {"upload": big}).status_code == 413
    settings.VISITOR_FILE_MAX_MB = 2
    bigger = SimpleUploadedFile("a.txt", b"a" * (2 * 1024 * 1024 + 9))
    assert "超过 2 MB" in text(client.post(here, offered | {"upload": bigger}))
    huge = SimpleUploadedFile("a.txt", b"a" * (4 * 1024 * 1024))
    assert client.post(here, offered | {"upload": huge}).status_code == 413


def test_programs_are_held_up_in_words(cast: Cast, settings: Any) -> None:
    client = Client()
    fill(client)
    check = url("request-step", "check")
    assert "请留空" in text(client.post(check, {"website": "http://example.invalid"}))
    settings.REQUEST_FORM_SECONDS = 600
    assert "填写得太快" in text(client.post(check, {"website": ""}))
    settings.REQUEST_FORM_SECONDS, settings.REQUEST_ADDRESS_DAY = 0, 1
    assert client.post(check, {"website": ""}).status_code == 302
    fill(client)
    said = text(client.post(check, {"website": ""}))
    assert "邮寄申请表" in said
    assert PortalDraft.objects.count() == 1
    settings.REQUEST_ADDRESS_DAY, settings.REQUEST_AGENCY_HOUR = 100, 1
    assert "现在网上提交的申请太多" in text(client.post(check, {"website": ""}))
    settings.REQUEST_DRAFTS_HOUR = 1
    assert "开始填写的申请太多" in text(client.post(url("request-start")))
    assert "127.0.0.1" not in str(list(PortalTry.objects.values_list("key", flat=True)))


def test_the_page_tells_every_way_and_the_paper_form(cast: Cast) -> None:
    said = text(Client().get(url("requests")))
    for words in ("当面", "邮寄", "不需要说明用途", "10 件以内", "办公时间"):
        assert words in said
    answer = Client().get(url("request-paper"))
    document = Document(io.BytesIO(answer.content))
    words = "".join(p.text for p in document.paragraphs)
    assert cast.agency.name in words
    assert any("不需要说明用途" in cell.text for row in document.tables[0].rows for cell in row.cells)


def test_an_agency_that_has_ended_takes_no_more(cast: Cast) -> None:
    cast.agency.ended_on = date(2025, 1, 1)
    cast.agency.save()
    assert Client().post(url("request-start")).status_code == 200
    assert not PortalDraft.objects.exists()
    token = begin(cast.agency, timezone.now())
    draft = draft_of(cast.agency, token, timezone.now())
    assert draft is not None
    keep_step(draft, "kind", KIND)
    assert "在线申请" not in text(Client().get(url("requests")))
