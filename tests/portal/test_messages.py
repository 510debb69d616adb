"""Writing a message without an account: the steps, the files, the limits, the page of progress, the turn to a request."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.files.queries import files_of_owner
from gongkai.inforequests.models import InfoRequest, PortalDraft, PortalTry
from gongkai.oversight.actions import message_handling as handling
from gongkai.oversight.models import Message
from tests.cast import Cast
from tests.portal.asking import text, url

pytestmark = pytest.mark.django_db
WHO = {"wants": "yes", "name": "留言人壬", "phone": "13900001234", "email": "", "address": ""}
WHAT = {"subject": "公交线路", "text": "建议公开公交线路调整方案"}


@pytest.fixture(autouse=True)
def no_hurry(settings: Any) -> None:
    settings.REQUEST_FORM_SECONDS = 0


def fill(client: Client, kind: str = "advice", **changed: dict[str, str]) -> None:
    """Begin and fill in everything but the last look."""
    assert client.post(url("message-start")).status_code == 302
    steps: dict[str, dict[str, str]] = {
        "kind": {"kind": kind},
        "what": WHAT,
        "files": {"next": "1"},
        "who": WHO,
    }
    for step, typed in steps.items():
        answer = client.post(url("message-step", step), typed | changed.get(step, {}))
        assert answer.status_code == 302, text(answer)


def write(client: Client, kind: str = "advice", **changed: dict[str, str]) -> Message:
    fill(client, kind, **changed)
    answer = client.post(url("message-step", "check"), {"website": ""})
    assert answer.headers["Location"] == url("message-done"), text(answer)
    return Message.objects.latest("pk")


def test_a_message_is_written_and_followed(cast: Cast) -> None:
    client = Client()
    made = write(client)
    assert (made.agency, made.kind, made.text, made.wants_answer) == (
        cast.agency,
        "advice",
        WHAT["text"],
        True,
    )
    assert made.sender.name == "留言人壬"
    assert not PortalDraft.objects.exists()
    said = text(client.get(url("message-done")))
    assert made.number in said
    assert "-".join([made.tracking_code[n : n + 4] for n in (0, 4, 8)]) in said
    handling.answer(made, by=cast.actor("clerk"), text="已经公开，见政策文件栏目。")
    other = Client()
    assert other.get(url("message-case")).headers["Location"] == url("message-track")
    wrong = other.post(url("message-track"), {"number": made.number, "code": "ACDEFGHJKLMN"})
    assert "对不上" in text(wrong)
    found = other.post(url("message-track"), {"number": made.number, "code": made.tracking_code.lower()})
    assert found.headers["Location"] == url("message-case")
    page = text(other.get(url("message-case")))
    assert "已经公开，见政策文件栏目。" in page
    assert "本地规定" in page


def test_what_was_typed_survives_errors_and_going_back(cast: Cast) -> None:
    client = Client()
    client.post(url("message-start"))
    client.post(url("message-step", "kind"), {"kind": "enquiry"})
    answer = client.post(url("message-step", "what"), {"subject": "", "text": "只写了内容"})
    assert answer.status_code == 200
    assert "只写了内容" in answer.content.decode()
    client.post(url("message-step", "what"), WHAT)
    assert WHAT["text"] in client.get(url("message-step", "what")).content.decode()
    assert client.get(url("message-step", "check")).headers["Location"] == url("message-step", "files")
    row = PortalDraft.objects.get()
    assert WHAT["text"] not in row.sealed


def test_a_complaint_goes_above_and_is_followed_where_it_was_written(cast: Cast) -> None:
    client = Client()
    fill(client, "complaint", who=WHO | {"wants": "no", "phone": ""})
    client.get(url("message-step", "who"))
    refused = client.post(url("message-step", "who"), WHO | {"phone": ""})
    assert "联系方式" in text(refused)
    check = text(client.get(url("message-step", "check")))
    assert cast.county.name in check
    client.post(url("message-step", "check"), {"website": ""})
    made = Message.objects.latest("pk")
    assert (made.agency, made.through) == (cast.county, cast.agency)
    client.get(url("message-done"))
    assert "待受理" in text(client.get(url("message-case")))


def test_without_an_office_above_a_complaint_is_not_taken(cast: Cast) -> None:
    Agency.objects.filter(pk=cast.agency.pk).update(supervisor=None)
    client = Client()
    client.post(url("message-start"))
    said = text(client.post(url("message-step", "kind"), {"kind": "complaint"}))
    assert "请直接向那个机关提出" in said


def test_files_go_with_it_and_out_of_the_agencys_reach(cast: Cast) -> None:
    client = Client()
    fill(client, "complaint")
    upload = SimpleUploadedFile("我的照片.txt", "证据".encode())
    sent = {"upload": upload, "no_secret": "on", "add": "1"}
    assert client.post(url("message-step", "files"), sent).status_code == 302
    client.post(url("message-step", "check"), {"website": ""})
    made = Message.objects.latest("pk")
    (file,) = files_of_owner(made)
    assert file.agency == cast.county
    assert "我的照片" not in file.name


def test_programs_and_hurry_and_too_much_are_stopped(cast: Cast, settings: Any) -> None:
    client = Client()
    fill(client)
    assert "留空" in text(client.post(url("message-step", "check"), {"website": "http://x"}))
    settings.REQUEST_FORM_SECONDS = 600
    assert "太快" in text(client.post(url("message-step", "check"), {"website": ""}))
    settings.REQUEST_FORM_SECONDS, settings.REQUEST_ADDRESS_DAY = 0, 1
    PortalTry.objects.filter(what="msg_submit").delete()
    client.post(url("message-step", "check"), {"website": ""})
    again = Client()
    fill(again)
    assert "上限" in text(again.post(url("message-step", "check"), {"website": ""}))
    assert Message.objects.count() == 1
    settings.REQUEST_TRACK_FAILURES = 2
    for _ in range(3):
        answer = again.post(url("message-track"), {"number": "留〔2026〕1号", "code": "ACDEFGHJKLMN"})
    assert "次数太多" in text(answer)


def test_a_wish_for_information_becomes_a_request_with_the_persons_word(cast: Cast) -> None:
    client = Client()
    client.post(url("message-start"))
    answer = client.post(url("message-step", "kind"), {"kind": "request"})
    assert answer.headers["Location"] == url("message-request")
    assert "20 个工作日" in text(client.get(url("message-request")))
    begun = client.post(url("message-request"))
    assert begun.headers["Location"] == url("request-step", "kind")
    assert client.get(url("request-step", "kind")).status_code == 200


def test_a_guided_message_takes_its_words_along(cast: Cast) -> None:
    client = Client()
    made = write(client, "enquiry", what={"subject": "预算", "text": "请给我2025年预算文件"})
    client.get(url("message-done"))
    assert client.get(url("message-case-request")).headers["Location"] == url("message-case")
    handling.guide(made, by=cast.actor("clerk"), how="")
    assert "转为信息公开申请" in text(client.get(url("message-case")))
    before = InfoRequest.objects.count()
    client.post(url("message-case-request"))
    assert InfoRequest.objects.count() == before
    client.post(
        url("request-step", "kind"), {"requester_kind": "natural", "acting": "self", "needs_help": ""}
    )
    page = client.get(url("request-step", "what"))
    # The steps are gone through in order; the words wait in theirs.
    assert page.status_code == 302
    from gongkai.inforequests.actions.drafts import draft_of

    draft = draft_of(cast.agency, client.cookies["gongkai-draft"].value, timezone.now())
    assert draft is not None
    assert draft.steps["what"]["content"] == "请给我2025年预算文件"


def test_the_code_is_not_shown_for_long(cast: Cast) -> None:
    client = Client()
    made = write(client)
    made.events.update(at=timezone.now() - timedelta(minutes=16))
    said = text(client.get(url("message-done")))
    assert made.number in said
    assert made.tracking_code[:4] not in said


def test_the_page_names_who_answers_and_that_the_period_is_local(cast: Cast) -> None:
    said = text(Client().get(url("messages")))
    for word in ("写留言", cast.county.name, "本地规定", "15 个工作日"):
        assert word in said
    assert "Set-Cookie" not in Client().get(url("messages")).headers
