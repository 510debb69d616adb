"""In a real browser: a section is asked and answers, a material goes out with the answer, the requester fetches it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Seat
from gongkai.inforequests.actions.conversion import propose
from gongkai.inforequests.actions.deciding import decide, review, serve
from gongkai.inforequests.actions.signing import sign_and_make
from tests.inforequests.cases import new_case, said_of
from tests.walks.test_paper_request_walk import Cast, follow, look, press, sit, stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["sit", "stage"]


def desk(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=["xtxsfj", *args])


def test_from_the_section_to_the_requester(
    stage: Cast, sit: Any, chromium: Any, site: str, tmp_path: Path
) -> None:
    today = timezone.localdate()
    new_case(stage, on=today, applicant="乙某")
    case = new_case(stage, on=today)
    clerk, drafter = sit("clerk"), sit("drafter")
    clerk.goto(desk("request", case.pk))
    follow(clerk, "请股室查找")
    look(clerk, "errand-new")
    clerk.get_by_label("交给谁办").select_option(str(Seat.objects.get(person=stage.people["drafter"]).pk))
    due = clerk.get_by_role("group", name="请在哪一天前答复")
    for label, value in (("年", today.year), ("月", today.month), ("日", today.day)):
        due.get_by_label(label, exact=True).fill(str(value))
    press(clerk, "交办")
    drafter.goto(desk("today"))
    look(drafter, "errand-on-the-desk")
    drafter.goto(desk("request-errand", case.pk, case.errands.get().pk))
    look(drafter, "errand-answer")
    first = drafter.get_by_role("group", name="第 1 次检索")
    for label, value in (
        ("在哪里检索", "档案室"),
        ("谁检索", "丙某"),
        ("用什么词", "项目 批复"),
        ("结果", "找到一份"),
    ):
        first.get_by_label(label).fill(value)
    for label, value in (("年", today.year), ("月", today.month), ("日", today.day)):
        first.get_by_label(label, exact=True).fill(str(value))
    press(drafter, "答复")
    look(drafter, "errand-answered")
    paper = tmp_path / "批复.txt"
    paper.write_text("批复全文", encoding="utf-8")
    clerk.goto(desk("request-paper-new", case.pk))
    look(clerk, "paper-new")
    clerk.get_by_label("文件", exact=True).set_input_files(str(paper))
    clerk.get_by_label("是什么").select_option("material")
    clerk.get_by_label("说明").fill("某项目批复")
    clerk.get_by_label("公开：签发、送达以后").check()
    press(clerk, "放入案卷")
    look(clerk, "case-with-papers")
    clerk.goto(desk("request-paper", case.pk, case.papers.get().pk))
    look(clerk, "paper")
    clerk.goto(desk("request-draft", case.pk, "granted_provided"))
    look(clerk, "draft-with-material")
    by, states = stage.actor("clerk"), said_of("granted_provided")
    decide(case, by=by, on=today, reply="granted_provided", states=states)
    head = sit("leader")
    review(case, by=stage.actor("reviewer"), on=today)
    head.goto(desk("request-review", case.pk))
    look(head, "review-with-material")
    sign_and_make(case, by=stage.actor("leader"), on=today)
    serve(case, by=by, on=today, how="网络平台")
    _at_home(chromium.new_page(base_url=site, locale="zh-CN"), case)
    propose(case, by=by, what="某项目批复", reason="两个人申请")
    correction = new_case(stage, on=today, matter="correction", content="登记的出生年份有误")
    for name, args in (
        ("request-conversions", ()),
        ("request-conversion", (1,)),
        ("request-fees", ()),
        ("request-numbers", ()),
        ("request-moved", ()),
        ("request-correction", (correction.pk,)),
        ("request-assign", (correction.pk,)),
    ):
        pk = args if name != "request-conversion" else (case.conversion.pk,)
        clerk.goto(desk(name, *pk))
        look(clerk, name)


def _at_home(page: Any, case: Any) -> None:
    """The requester, on a telephone."""
    page.goto(reverse("portal:request-track", args=["xtxsfj"]))
    page.get_by_label("申请编号").fill(case.number)
    page.get_by_label("查询码").fill(case.tracking_code)
    press(page, "查询")
    look(page, "track-case")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="某项目批复").click()
    assert Path(fetched.value.path()).read_text(encoding="utf-8") == "批复全文"
