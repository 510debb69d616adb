"""写告知书: nothing typed is lost, nothing is given away that nobody could get, and the second draft shows what changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.inforequests.actions.base import CannotDo
from gongkai.inforequests.actions.consultation import consult, receive_opinion
from gongkai.inforequests.actions.deciding import decide, send_back
from gongkai.inforequests.models import InfoRequest
from gongkai.inforequests.papers import papers_of
from tests.cast import Cast
from tests.desk.test_requests_intake import day_of
from tests.inforequests.cases import new_case
from tests.inforequests.test_papers import offered, put

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
REPLY = "granted_provided"
SAID = {"state_facts": "该批复现存档案室", "state_how": "随信寄出"}


def url(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=["xtxsfj", *args])


def typed(**more: Any) -> dict[str, Any]:
    return {**SAID, **day_of("on", TODAY), **more}


@pytest.fixture
def case(cast: Cast) -> InfoRequest:
    return new_case(cast, on=TODAY)


def text(client: Client, address: str, **form: Any) -> str:
    answer = client.post(address, form) if form else client.get(address)
    return answer.content.decode()


def test_a_grant_that_gives_nothing_is_held_up(cast: Cast, case: InfoRequest) -> None:
    clerk, at = cast.browse("clerk"), url("request-draft", case.pk, REPLY)
    for more in ({}, {"sure": "1"}):
        page = text(clerk, at, **typed(**more))
        assert "请放入要随答复公开的文件" in page
        assert "该批复现存档案室" in page, "what was typed stays"
    case.refresh_from_db()
    assert case.state == "handling"
    states = {"facts": "查到了", "how": "领取"}
    with pytest.raises(CannotDo, match="予以公开的，要有公开的东西"):
        decide(case, by=cast.actor("clerk"), on=TODAY, reply=REPLY, states=states)
    shown = text(clerk, at, **typed(state_no_files="到办公室领取"))
    assert "到办公室领取" not in shown.partition('class="card')[2].partition("</div>")[0], (
        "not for the letter"
    )
    clerk.post(at, typed(state_no_files="到办公室领取", sure="1"))
    case.refresh_from_db()
    assert case.state == "in_review"
    sheet = text(cast.browse("reviewer"), url("request-review", case.pk))
    assert "不附文件。申请人到哪里取得：到办公室领取" in sheet


def test_a_file_is_put_in_in_place_and_what_was_typed_stays(cast: Cast, case: InfoRequest) -> None:
    clerk, at = cast.browse("clerk"), url("request-draft", case.pk, REPLY)
    file = {"material-file": offered(), "material-about": "某项目批复", "material-no_secrets": "on"}
    answer = clerk.post(at, typed(put="1", **file))
    assert answer.status_code == 302
    page = text(clerk, at)
    assert "某项目批复（批复.txt）" in page
    assert "该批复现存档案室" in page
    assert papers_of(case).get().disclose
    assert "附件：某项目批复" in text(clerk, at, **typed())
    clerk.get(url("request", case.pk))
    assert "该批复现存档案室" in text(clerk, at), "kept after a look at the letter as well"
    clerk.post(at, typed(sure="1"))
    draft = case.decisions.get()
    assert draft.states["attachments"] == "某项目批复"
    assert [row["title"] for row in draft.papers] == ["某项目批复"]
    assert "您离开时没有提交的内容" not in text(clerk, at), "sent: nothing is kept any more"


def test_a_chosen_file_is_taken_whatever_button_was_pressed(cast: Cast, case: InfoRequest) -> None:
    clerk, at = cast.browse("clerk"), url("request-draft", case.pk, REPLY)
    assert clerk.post(at, typed(**{"material-file": offered()})).status_code == 302, (
        "without a name it is asked for"
    )
    page = text(clerk, at)
    assert "请填写材料的名称" in page
    assert "该批复现存档案室" in page
    assert not papers_of(case).exists()
    file = {"material-file": offered(), "material-about": "批复", "material-no_secrets": "on"}
    assert "附件：批复" in text(clerk, at, **typed(**file))


def test_material_that_was_not_chosen_is_offered(cast: Cast, case: InfoRequest) -> None:
    paper = put(cast, case, about="某项目批复")
    clerk, at = cast.browse("clerk"), url("request-draft", case.pk, REPLY)
    page = text(clerk, at)
    assert "没有选上" in page
    assert f'name="choose" value="{paper.pk}"' in page
    clerk.post(at, typed(choose=str(paper.pk)))
    paper.refresh_from_db()
    assert paper.disclose
    page = text(clerk, at)
    assert "没有选上" not in page
    assert "该批复现存档案室" in page
    assert clerk.post(at, typed(choose="x")).status_code == 302


def test_a_wrong_line_of_the_search_stands_at_the_head(cast: Cast, case: InfoRequest) -> None:
    clerk, at = cast.browse("clerk"), url("request-draft", case.pk, "unable_not_existing")
    form = typed(**{"search-0-where": "档案室"}, **day_of("search-0-on", TODAY + timedelta(days=1)))
    summary = text(clerk, at, **form).partition("error-summary")[2].partition("</div>")[0]
    assert "第1行：请填写“谁检索”" in summary
    assert "第1行：检索的日期还没有到" in summary
    assert "#id_search-0-who" in summary
    form |= {"search-0-on_year": "2027", "search-0-on_month": "2", "search-0-on_day": "30"}
    assert "没有2027年2月30日这一天" in text(clerk, at, **form)


def test_a_draft_of_a_day_to_come_is_not_shown_as_a_letter(cast: Cast, case: InfoRequest) -> None:
    form = {**typed(state_no_files="到办公室"), **day_of("on", TODAY + timedelta(days=1))}
    page = text(cast.browse("clerk"), url("request-draft", case.pk, REPLY), **form)
    assert "拟稿日期还没有到" in page
    assert "请通读告知书全文" not in page


def test_the_second_draft_shows_why_and_what_changed(cast: Cast, case: InfoRequest) -> None:
    clerk, sheet = cast.actor("clerk"), url("request-review", case.pk)
    reviewer = cast.browse("reviewer")
    states = {"facts": "查到了", "how": "领取", "no_files": "到办公室"}
    for _ in range(2):
        decide(case, by=clerk, on=TODAY, reply=REPLY, states=states)
        case.refresh_from_db()
        page = text(reviewer, sheet)
        send_back(case, by=cast.actor("reviewer"), on=TODAY, reason="没有附统计表")
        case.refresh_from_db()
    assert "没有附统计表" in page
    assert "一个字也没有改" in page
    put(cast, case, about="统计表", disclose=True)
    decide(case, by=clerk, on=TODAY, reply=REPLY, states=states)
    page = text(reviewer, sheet)
    assert "<ins>统计表（批复.txt）</ins>" in page
    assert "一个字也没有改" not in page


def test_how_a_third_party_was_asked_is_filled_in(cast: Cast, case: InfoRequest) -> None:
    clerk = cast.actor("clerk")
    asked = consult(case, by=clerk, on=TODAY, whom="third_party", name="乙公司", address="", about="价格")
    receive_opinion(asked, by=clerk, on=TODAY, opinion="objects", grounds="涉及商业秘密。")
    page = text(cast.browse("clerk"), url("request-draft", case.pk, "denied_third_party"))
    assert "书面征求第三方意见，结果为：不同意公开，理由为：涉及商业秘密" in page
