"""Walk b in a real browser: a letter came in; the clerk registers it, decides it, two others sign, it is served."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gongkai.inforequests.models import InfoRequest
from tests.browsing import overflow, through
from tests.cast import Cast, assemble

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/desk/xtxsfj/requests/"
PICTURES = os.environ.get("GONGKAI_TEST_PICTURES", "")
"""A folder: where it is named, the pages of the walk are left there as pictures at both sizes."""


@pytest.fixture
def stage(transactional_db: None, static_files: None) -> Cast:
    return assemble()


@pytest.fixture
def sit(stage: Cast, chromium: Any, site: str) -> Iterator[Callable[[str], Any]]:
    """A page of a browser of one's own, signed in."""
    contexts = []

    def at(who: str) -> Any:
        context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", base_url=site)
        contexts.append(context)
        value = stage.browse(who).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": value, "url": site}])
        return context.new_page()

    yield at
    for context in contexts:
        context.close()


def look(page: Any, name: str) -> None:
    """The page fits the window at both sizes; its picture where pictures are wanted."""
    for width, height in ((390, 844), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        wider = overflow(page)
        assert wider == 0, f"{name} at {width}: {wider} px too wide"
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)


def press(page: Any, name: str) -> None:
    through(page, page.get_by_role("button", name=name, exact=True))


def follow(page: Any, name: str) -> None:
    through(page, page.get_by_role("link", name=name, exact=True).first)


def registered(page: Any) -> None:
    """From the list to the number, with one thing forgotten on the way."""
    page.goto(LIST)
    look(page, "list-empty")
    follow(page, "登记第一件申请")
    look(page, "register")
    page.get_by_label("邮寄（需签收）").check()
    page.get_by_label("自然人", exact=True).check()
    page.get_by_label("申请人姓名或者名称").fill("甲某")
    page.get_by_label("联系电话").fill("13800000000")
    page.get_by_label("通信地址").fill("某市某路9号")
    page.get_by_label("申请内容").fill("申请公开2024年法治宣传经费的支出明细")
    press(page, "登记申请")
    page.get_by_role("heading", name="已登记").wait_for()
    look(page, "registered")
    follow(page, "打开这件申请")
    look(page, "case")


def decided(page: Any) -> None:
    """The questions, then the letter, then off to the review."""
    follow(page, "作出决定")
    look(page, "question")
    for _ in range(30):
        if not page.get_by_role("button", name="下一步", exact=True).count():
            break
        chosen = WAY.get(page.get_by_role("heading", level=1).inner_text(), "")
        assert chosen, page.get_by_role("heading", level=1).inner_text()
        page.get_by_label(chosen).first.check()
        press(page, "下一步")
    look(page, "leaf")
    follow(page, "下一步：写告知书")
    page.get_by_label("查明的情况").fill("该支出明细由本机关制作，现存办公室")
    page.get_by_label("提供的方式、途径和时间").fill("随本答复书提供复印件")
    page.get_by_label("不附文件的，申请人到哪里取得").fill("复印件另附，随信寄出")
    look(page, "draft")
    press(page, "看告知书全文")
    look(page, "draft-sure")
    press(page, "送审核")


WAY: dict[str, str] = {}
"""The answers on the way to 予以公开, by question."""


def _lay_the_way() -> None:
    from gongkai.statute.outcomes import QUESTIONS, SCREENS

    WAY.update({screen.text: "都没有" for screen in SCREENS})
    wanted = "granted_provided"
    by_slug = {question.slug: question for question in QUESTIONS}

    def leads(slug: str) -> bool:
        for choice in by_slug[slug].choices:
            if choice.reply == wanted or (choice.to and leads(choice.to)):
                WAY[by_slug[slug].text] = choice.label
                return True
        return False

    assert leads(QUESTIONS[0].slug)


_lay_the_way()


def test_a_letter_came_in_today(stage: Cast, sit: Callable[[str], Any]) -> None:
    clerk = sit("clerk")
    registered(clerk)
    case = InfoRequest.objects.get(agency=stage.agency)
    assert case.number in clerk.get_by_role("heading", level=1).inner_text()
    decided(clerk)
    reviewer = sit("reviewer")
    reviewer.goto(f"{LIST}{case.pk}/review/")
    look(reviewer, "review")
    press(reviewer, "同意，审核")
    leader = sit("leader")
    leader.goto(f"{LIST}{case.pk}/")
    follow(leader, "签发")
    press(leader, "同意，签发")
    clerk.goto(f"{LIST}{case.pk}/")
    follow(clerk, "登记送达")
    look(clerk, "serve")
    clerk.get_by_label("邮政特快专递").check()
    press(clerk, "登记送达")
    clerk.get_by_text("请填写邮件号码").first.wait_for()
    clerk.get_by_label("邮件号码").fill("TEST0001")
    press(clerk, "登记送达")
    clerk.get_by_text("已登记：送达").wait_for()
    look(clerk, "answered")
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("answered", "granted")
    clerk.goto(LIST)
    look(clerk, "list")
