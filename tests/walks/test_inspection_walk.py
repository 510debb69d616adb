"""In a real browser: a self-inspection is asked for, a finding opened, mended and re-checked, another explained, the
quarter's sheet looked at and taken along."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from gongkai.disclosure.actions.columns import add_column
from gongkai.oversight.inspection.running import work
from gongkai.oversight.models import Finding, InspectionRun
from tests.browsing import overflow, through
from tests.cast import SYSTEM, Cast, assemble
from tests.oversight.site import HOME, bring, freshen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("GONGKAI_TEST_PICTURES", "")
DESK = "/desk/xtxsfj/"


@pytest.fixture
def stage(transactional_db: None, static_files: None) -> Cast:
    return assemble()


def sign_in(stage: Cast, visit: Any, who: str) -> Any:
    value = stage.browse(who).cookies["sessionid"].value
    visit.page.context.clear_cookies()
    visit.page.context.add_cookies([{"name": "sessionid", "value": value, "url": visit.address}])
    return visit.page


def look(page: Any, name: str) -> None:
    """The page fits the window at both sizes and has no fault that axe-core calls serious; its picture where pictures
    are wanted."""
    worst = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in worst] == [], name
    for width, height in ((390, 844), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        assert overflow(page) == 0, f"{name} at {width}"
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)


def press(page: Any, name: str) -> None:
    through(page, page.get_by_role("button", name=name, exact=True))


def follow(page: Any, name: str) -> None:
    through(page, page.get_by_role("link", name=name, exact=True).first)


def seed(stage: Cast) -> None:
    """A site with a few things wrong, a veto item among them."""
    today = timezone.localdate()
    freshen(stage)
    stage.agency.guide_checks.update(on=today - timedelta(days=400))
    old, past = today - timedelta(days=5), today - timedelta(days=300)
    text = f'<p>办法见<a href="{HOME}items/99999999/">《工作规则》</a>。</p>'
    bring(stage, "zwgk", "关于公布工作规则的通知", formed=old, published=old, text=text)
    bring(
        stage, "zwgk", "法治宣传工作方案", formed=past, published=past, lapses_on=today - timedelta(days=20)
    )
    bring(stage, "zwgk", "关于会议纪要的通知", formed=old, published=old, text="<p>机密★10年</p>")
    add_column(stage.agency, slug="zjgg", name="证明事项告知承诺", by=SYSTEM, kind="general")


def test_from_the_button_to_the_sheet(stage: Cast, visit: Any, site: str) -> None:
    seed(stage)
    clerk = sign_in(stage, visit, "clerk")
    clerk.goto(f"{site}{DESK}")
    follow(clerk, "巡查")
    look(clerk, "inspection-empty")
    press(clerk, "现在检查")
    clerk.get_by_text("自查已经安排").wait_for()
    run = InspectionRun.objects.get()
    InspectionRun.objects.filter(pk=run.pk).update(state="running", stage="items", total=100, done=40)
    clerk.reload()
    look(clerk, "inspection-running")
    InspectionRun.objects.filter(pk=run.pk).update(state="waiting", stage="", total=0, done=0)
    work()
    clerk.reload()
    look(clerk, "inspection")
    clerk.get_by_text("单项否决项：有一项就不合格").wait_for()
    clerk.goto(f"{site}{DESK}")
    clerk.get_by_text("自查发现：站内链接打不开").first.wait_for()
    look(clerk, "inspection-todo")
    clerk.goto(f"{site}{DESK}oversight/?rule=guide_unchecked")
    follow(clerk, "公开指南的地址、电话、办公时间400天没有核对")
    look(clerk, "inspection-finding")
    press(clerk, "复查")
    clerk.get_by_text("复查仍然查到这个问题").wait_for()
    follow(clerk, "打开去改")
    press(clerk, "核对无误")
    clerk.get_by_text("请核对以后勾选").first.wait_for()
    look(clerk, "inspection-guide")
    clerk.get_by_label("我打过电话，看过地址和办公时间，都对").check()
    press(clerk, "核对无误")
    guide = Finding.objects.get(rule="guide_unchecked")
    clerk.goto(f"{site}{DESK}oversight/findings/{guide.pk}/")
    press(clerk, "复查")
    clerk.get_by_text("已经销号").first.wait_for()
    look(clerk, "inspection-closed")
    head = sign_in(stage, visit, "ogi_head")
    head.goto(f"{site}{DESK}")
    head.get_by_text("公开了秘密标志或者内部文件").first.wait_for()
    lapsed = Finding.objects.get(rule="lapsed")
    head.goto(f"{site}{DESK}oversight/findings/{lapsed.pk}/")
    follow(head, "说明理由")
    press(head, "说明理由")
    head.get_by_text("请写明理由").first.wait_for()
    look(head, "inspection-explain")
    head.get_by_label("理由", exact=True).fill("正在修订，年底前重新发布")
    press(head, "说明理由")
    head.get_by_text("已说明理由，到期以前").wait_for()
    head.goto(f"{site}{DESK}oversight/limits/")
    look(head, "inspection-limits")
    head.goto(f"{site}{DESK}oversight/limits/home_stale/days/")
    head.get_by_label("首页多少天没有更新（天）").fill("7")
    head.get_by_label("为什么改").fill("县里年度考核要求")
    look(head, "inspection-limit")
    press(head, "保存")
    head.get_by_text("更严").first.wait_for()
    head.goto(f"{site}{DESK}oversight/sheets/")
    look(head, "inspection-sheet")
    with head.expect_download() as got:
        head.get_by_role("link", name="下载 .docx").click()
    assert got.value.suggested_filename.endswith("政府信息公开自查表.docx")
    if PICTURES:
        got.value.save_as(f"{PICTURES}/sheet.docx")
        with head.expect_download() as got:
            head.get_by_role("link", name="下载 .xlsx").click()
        got.value.save_as(f"{PICTURES}/sheet.xlsx")
    assert sorted(Finding.objects.values_list("rule", "state")) == [
        ("column_empty", "open"),
        ("guide_unchecked", "closed"),
        ("lapsed", "explained"),
        ("link_inside", "open"),
        ("secret", "open"),
    ]
