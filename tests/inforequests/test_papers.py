"""Papers and notes of a case: who puts them in, what goes out with the answer and when, what is never given."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.files.actions.adding import examine
from gongkai.files.actions.made import keep_made
from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.actions.cancel_number import cancel_number
from gongkai.inforequests.actions.deciding import decide, review, send_back, serve, sign
from gongkai.inforequests.actions.papers import choose, put_paper, remove_paper, write_note
from gongkai.inforequests.models import CasePaper, InfoRequest
from gongkai.inforequests.papers import disclosed_papers, papers_of
from tests.cast import Cast
from tests.desk.test_requests_intake import day_of
from tests.inforequests.cases import answer, new_case, said_of
from tests.portal.asking import open_case, text, url

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def offered(words: str = "批复全文", name: str = "批复.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode())


def put(cast: Cast, case: InfoRequest, kind: str = "material", who: str = "clerk", **more: Any) -> CasePaper:
    by = cast.actor(who)
    judged = examine(by=by, agency=cast.agency, upload=offered(), confirmed=True)
    return put_paper(case, judged, by=by, kind=kind, dated=more.pop("dated", TODAY), **more)


def desk(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=["xtxsfj", *args])


@pytest.fixture
def case(cast: Cast) -> InfoRequest:
    return new_case(cast, on=TODAY)


def test_what_is_reviewed_is_what_goes_out_and_only_after_service(cast: Cast, case: InfoRequest) -> None:
    wanted = put(cast, case, about="某项目批复", disclose=True)
    put(cast, case, "identity")
    kept = put(cast, case, about="内部底稿")
    decide(
        case, by=cast.actor("clerk"), on=TODAY, reply="granted_provided", states=said_of("granted_provided")
    )
    (draft,) = case.decisions.all()
    assert [row["paper"] for row in draft.papers] == [wanted.pk]
    changed = draft.digest
    draft.papers = []
    assert draft.digest != changed, "the signature is bound to the material"
    with pytest.raises(CannotDo, match="已经送审"):
        choose(kept, by=cast.actor("clerk"), disclose=True)
    with pytest.raises(CannotDo, match="已经列入答复稿"):
        remove_paper(wanted, by=cast.actor("clerk"), reason="不要了")
    client, other = open_case(case), open_case(new_case(cast, on=TODAY))
    given = url("request-given", wanted.pk)
    assert client.get(given).status_code == 404, "not before service"
    review(case, by=cast.actor("reviewer"), on=TODAY)
    sign(case, by=cast.actor("leader"), on=TODAY)
    assert disclosed_papers(case) == []
    serve(case, by=cast.actor("clerk"), on=TODAY, how="网络平台")
    assert "某项目批复" in text(client.get(url("request-case")))
    answered = client.get(given)
    assert b"".join(answered.streaming_content) == "批复全文".encode()  # type: ignore[attr-defined]
    assert "attachment" in answered.headers["Content-Disposition"]
    for paper in papers_of(case).exclude(pk=wanted.pk):
        assert client.get(url("request-given", paper.pk)).status_code == 404
    assert other.get(given).status_code == 404, "no other case's"
    assert Client().get(given).headers["Location"] == url("request-track")


def test_a_draft_sent_back_takes_its_material_anew(cast: Cast, case: InfoRequest) -> None:
    first = put(cast, case, disclose=True)
    clerk = cast.actor("clerk")
    decide(case, by=clerk, on=TODAY, reply="granted_provided", states=said_of("granted_provided"))
    send_back(case, by=cast.actor("reviewer"), on=TODAY, reason="不是这一份")
    choose(first, by=clerk, disclose=False)
    second = put(cast, case, disclose=True)
    answer(cast, case, "granted_provided", TODAY)
    assert disclosed_papers(case) == [second]


def test_an_answer_that_gives_nothing_gives_no_material(cast: Cast, case: InfoRequest) -> None:
    put(cast, case, disclose=True)
    answer(cast, case, "unable_not_existing", TODAY)
    assert case.decisions.get().papers == []
    assert disclosed_papers(case) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"kind": "identity", "disclose": True}, "只有“拟公开的材料”"),
        ({"kind": "nothing"}, "请选择这份材料是什么"),
        ({"kind": "envelope", "dated": TODAY + timedelta(days=1)}, "还没有到"),
    ],
)
def test_what_cannot_be_put_in(cast: Cast, case: InfoRequest, more: dict[str, Any], said: str) -> None:
    with pytest.raises(CannotDo, match=said):
        put(cast, case, **more)
    assert not papers_of(case).exists()


def test_every_look_is_written_down_and_a_paper_taken_out_is_gone(cast: Cast, case: InfoRequest) -> None:
    paper = put(cast, case, "phone")
    before = Entry.objects.filter(act="file.read").count()
    head = cast.browse("head")
    assert head.get(desk("file", paper.file_id)).status_code == 200
    assert Entry.objects.filter(act="file.read").count() == before + 1
    page = cast.browse("drafter").get(desk("request", case.pk)).content.decode()
    assert desk("file", paper.file_id) not in page
    assert "电话记录" in page
    clerk = cast.browse("clerk")
    page = clerk.post(desk("request-paper", case.pk, paper.pk), {"remove": "1"}).content.decode()
    assert "请写明删除的原因" in page
    clerk.post(desk("request-paper", case.pk, paper.pk), {"remove": "1", "reason": "放错了"})
    assert not papers_of(case).exists()
    assert clerk.get(desk("file", paper.file_id)).status_code == 404


def test_the_pages_by_which_they_come_in(cast: Cast, case: InfoRequest) -> None:
    drafter, clerk = cast.browse("drafter"), cast.browse("clerk")
    typed = {"kind": "envelope", "about": "", **day_of("dated", TODAY), "no_secrets": "on"}
    page = drafter.post(desk("request-paper-new", case.pk), typed).content.decode()
    assert "请选择要放入的文件" in page
    typed["file"] = offered(name="信封.txt")
    answer = drafter.post(desk("request-paper-new", case.pk), {**typed, "more": "1"})
    assert answer.headers["Location"] == desk("request-paper-new", case.pk)
    typed |= {"kind": "material", "file": offered(), "about": "批复"}
    page = clerk.post(desk("request-paper-new", case.pk), typed).content.decode()
    assert "请选择这份拟公开的材料随不随答复公开" in page
    assert not papers_of(case).filter(kind="material").exists()
    typed |= {"file": offered(), "disclose": "no"}
    assert clerk.post(desk("request-paper-new", case.pk), typed).headers["Location"] == desk(
        "request", case.pk
    )
    paper = papers_of(case).get(kind="material")
    clerk.post(desk("request-paper", case.pk, paper.pk), {"disclose": "1"})
    page = clerk.get(desk("request-draft", case.pk, "granted_provided")).content.decode()
    assert "批复（批复.txt）" in page
    typed["file"] = offered("机密★5年", "密.txt")
    assert clerk.post(desk("request-paper-new", case.pk), typed).status_code == 200
    assert papers_of(case).count() == 2
    clerk.post(desk("request-note-new", case.pk), {"text": "电话问过申请人", **day_of("on", TODAY)})
    page = clerk.get(desk("request", case.pk)).content.decode()
    assert "信封（邮戳）" in page
    assert "电话问过申请人" in page
    assert "电话问过申请人" not in text(open_case(case).get(url("request-case")))


def test_a_note_needs_words_and_a_day_that_has_come(cast: Cast, case: InfoRequest) -> None:
    with pytest.raises(CannotDo, match="请写明"):
        write_note(case, by=cast.actor("clerk"), on=TODAY, text=" ")
    with pytest.raises(CannotDo, match="还没有到"):
        write_note(case, by=cast.actor("clerk"), on=TODAY + timedelta(days=1), text="x")


def test_a_cancelled_number_takes_its_papers_along(cast: Cast, case: InfoRequest) -> None:
    paper = put(cast, case, "application")
    write_note(case, by=cast.actor("clerk"), on=TODAY, text="登记了两次")
    cancel_number(case, by=cast.actor("ogi_head"), reason="重复登记")
    paper.file.refresh_from_db()
    assert paper.file.removed_at is not None
    assert not CasePaper.objects.exists()


def test_files_of_before_get_their_names(cast: Cast, case: InfoRequest) -> None:
    made = {
        name: keep_made(by=cast.actor("clerk"), agency=cast.agency, name=name, content=b"x", owner=case)
        for name in ("身份证明.txt", "申请材料-信.txt", "清单.txt")
    }
    name_papers = import_module("gongkai.inforequests.migrations.0007_name_the_papers").name_papers
    for _ in range(2):
        name_papers(apps, None)
    kinds = {one.file_id: one.kind for one in papers_of(case)}
    assert [kinds[file.pk] for file in made.values()] == ["identity", "application", "supplement"]
