"""Messages in a browser: a citizen writes one on a phone without scripts, the clerk answers it, the county asks about a
complaint; every page fits at both sizes."""

from __future__ import annotations

import os
from typing import Any

import pytest

from gongkai.oversight.actions import message_handling as handling
from gongkai.oversight.actions import message_passing as passing
from gongkai.oversight.models import Message
from tests.browser.test_axe import wrong_on
from tests.browser.test_browser_desk import come_in as sit_in
from tests.browsing import Visit, overflow, through
from tests.cast import Cast, assemble
from tests.oversight.messages import come_in

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("GONGKAI_TEST_PICTURES", "")
"""A folder: where it is named, the pages are left there as pictures at both sizes."""


@pytest.fixture
def stage(transactional_db: None, static_files: None, settings: Any) -> Cast:
    settings.REQUEST_FORM_SECONDS = 0
    return assemble()


def look(page: Any, name: str) -> None:
    """The page fits the window at both sizes; its picture where pictures are wanted."""
    for width, height in ((390, 844), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        assert overflow(page) <= 0, (name, width)
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)


def test_a_citizen_writes_without_scripts(stage: Cast, chromium: Any, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{site}/zfxxgk/xtxsfj/messages/")
    look(page, "portal-messages")
    page.get_by_role("link", name="写留言").click()
    look(page, "portal-message-start")
    page.get_by_role("button", name="开始填写").click()
    page.get_by_role("button", name="下一步").click()
    assert "请选择是哪一类" in page.content()
    look(page, "portal-message-kind")
    page.get_by_label("投诉举报：认为本机关没有依法公开信息").check()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("标题").fill("应当公开的预算没有公开")
    page.get_by_label("内容").fill("2026年部门预算到现在没有在网站公开，请督促。")
    look(page, "portal-message-what")
    page.get_by_role("button", name="下一步").click()
    look(page, "portal-message-files")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("请答复我").check()
    page.get_by_role("button", name="下一步").click()
    assert "至少留一种联系方式" in page.content()
    assert page.get_by_label("请答复我").is_checked()
    page.get_by_label("联系电话").fill("13900001234")
    look(page, "portal-message-who")
    page.get_by_role("button", name="下一步").click()
    look(page, "portal-message-check")
    page.get_by_role("button", name="提交留言").click()
    look(page, "portal-message-done")
    page.get_by_role("link", name="看办理进度").click()
    made = Message.objects.get()
    assert made.agency == stage.county
    handling.accept(made, by=stage.actor("supervisor"))
    handling.answer(made, by=stage.actor("supervisor"), text="经核实，预算已于今天公开。")
    page.reload()
    assert "经核实，预算已于今天公开。" in page.content()
    look(page, "portal-message-case")
    context.close()


def test_the_clerk_answers(stage: Cast, visit: Visit) -> None:
    page = visit.page
    for n in range(3):
        come_in(
            stage,
            ("enquiry", "advice", "enquiry")[n],
            subject=("补贴怎样申领", "多设自助机", "公证收费标准")[n],
        )
    visit.open("/zfxxgk/xtxsfj/")
    sit_in(visit, stage, "clerk")
    visit.open("/desk/xtxsfj/messages/")
    look(page, "messages")
    through(page, page.get_by_role("link", name="登记来信、来电、来访"))
    look(page, "message-new")
    visit.open("/desk/xtxsfj/messages/")
    through(page, page.get_by_role("link", name="补贴怎样申领"))
    look(page, "message")
    assert wrong_on(page) == []
    through(page, page.get_by_role("link", name="答复", exact=True))
    through(page, page.get_by_role("button", name="答复"))
    assert "请写明答复" in page.content()
    look(page, "message-answer")
    page.get_by_label("答复", exact=True).fill("到3号窗口申领，带身份证。")
    page.get_by_label("只答复本人，不公开").check()
    through(page, page.get_by_role("button", name="答复"))
    assert "已保存答复" in page.content()
    through(page, page.get_by_role("link", name="办结"))
    page.get_by_label("已解答").check()
    through(page, page.get_by_role("button", name="办结"))
    assert "已办结" in page.content()
    visit.open("/desk/xtxsfj/messages/counts/")
    look(page, "message-counts")
    visit.open("/desk/xtxsfj/messages/periods/")
    look(page, "message-periods")
    visit.open("/desk/xtxsfj/")
    look(page, "message-today")


def test_the_county_asks_and_the_agency_tells(stage: Cast, visit: Visit) -> None:
    made = come_in(stage, "complaint", subject="预算没有公开", text="部门预算没有公开。")
    handling.accept(made, by=stage.actor("supervisor"))
    passing.ask_account(made, by=stage.actor("supervisor"), question="请说明2026年部门预算公开的情况。")
    sit_in(visit, stage, "clerk")
    visit.open("/desk/xtxsfj/messages/accounts/")
    through(visit.page, visit.page.get_by_role("link", name="请说明2026年部门预算公开的情况"))
    look(visit.page, "message-inquiry")
    visit.page.get_by_label("情况说明").fill("今天已经公开。")
    through(visit.page, visit.page.get_by_role("button", name="提交说明"))
    sit_in(visit, stage, "supervisor")
    visit.open(f"/desk/county-office/messages/{made.pk}/")
    look(visit.page, "message-complaint")
    assert wrong_on(visit.page) == []
    assert "今天已经公开。" in visit.page.content()
