"""Walk d in a real browser: the year 2024 of the sample, from its records to the published page; a correction."""

from __future__ import annotations

import os
from typing import Any

import pytest

from gongkai.agencies.models import Kind, Person
from gongkai.reports.models import ReportYear
from gongkai.reports.queries import public_version, published_report, thaw
from gongkai.sample.loading import load
from gongkai.statute.report.readers import read_bytes
from tests.browsing import overflow, through
from tests.cast import add_person, add_request, sit_down

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("GONGKAI_TEST_PICTURES", "")
YEAR = "/desk/xtxsfj/reports/2024/"
ITEMS = {"政务公开": 9, "人事信息": 5, "财政信息": 2, "机构信息": 4}
"""Some of the parts the founding report tells of; all of them make 66."""


@pytest.fixture
def work(transactional_db: None, static_files: None) -> ReportYear:
    """The sample's year as its registers have it; its figures are still to be entered."""
    loaded = load()
    loaded.work.entered.all().delete()
    add_person("ogi_head", Kind.OGI_HEAD, loaded.agency)
    add_person("leader", Kind.LEADER, loaded.agency)
    return loaded.work


def come(page: Any, site: str, who: str) -> None:
    """Another person at the same machine."""
    from django.test import Client

    client = Client()
    sit_down(client, Person.objects.get(username=who))
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


def look(page: Any, name: str) -> None:
    """The page fits the window at both sizes; its picture where pictures are wanted."""
    for width, height in ((390, 844), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        assert overflow(page) == 0, f"{name} at {width}"
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)


def press(page: Any, name: str) -> None:
    through(page, page.get_by_role("button", name=name, exact=True).first)


def follow(page: Any, name: str) -> None:
    through(page, page.get_by_role("link", name=name, exact=True).first)


def enter(page: Any) -> None:
    """The clerk's figures: table two, table four, the fee; what stays empty is 0."""
    follow(page, "第二部分：主动公开政府信息情况")
    page.get_by_label("来源", exact=True).fill("业务台账（示例）")
    page.get_by_label("第二十条第（六）项 行政处罚（本年处理决定数量）（件）").fill("两")
    page.get_by_label("上面空着的都是 0").check()
    press(page, "保存")
    page.get_by_role("link", name="请填数字").wait_for()
    look(page, "year-table-wrong")
    assert page.get_by_label("来源", exact=True).input_value() == "业务台账（示例）"
    page.get_by_label("第二十条第（六）项 行政处罚（本年处理决定数量）（件）").fill("２")
    press(page, "保存")
    page.get_by_text("已保存 10 个数。").wait_for()
    look(page, "year-table")
    for part in ("第四部分", "第六部分"):
        follow(page, part)
        page.get_by_label("来源", exact=True).fill("复议应诉台账、财务报表（示例）")
        page.get_by_label("上面空着的都是 0").check()
        press(page, "保存")
    page.get_by_text("已保存 1 个数。").wait_for()


def explain_all(page: Any, site: str) -> None:
    """A sentence to every warning."""
    page.goto(f"{site}{YEAR}checks/")
    look(page, "year-checks")
    boxes = page.locator("textarea[name^='said-']")
    for n in range(boxes.count()):
        boxes.nth(n).fill("已经核对，情况属实。")
    if boxes.count():
        press(page, "保存说明")


def signed_by(page: Any, site: str, who: str, button: str, serial: int) -> None:
    """One signs the sheet."""
    come(page, site, who)
    page.goto(f"{site}{YEAR}sheets/{serial}/")
    look(page, f"year-sheet-{serial}-{who}")
    press(page, button)


def test_from_the_records_to_the_published_page(work: ReportYear, visit: Any, site: str) -> None:
    page = visit.page
    come(page, site, "clerk")
    page.goto(f"{site}{YEAR}")
    look(page, "year-bench")
    assert page.locator(".year-steps > li").count() == 8
    enter(page)
    page.goto(f"{site}{YEAR}opening/")
    follow(page, "手工录入几个数")
    page.get_by_label("从哪里看到的").fill("上年年报纸质件")
    look(page, "year-typed")
    press(page, "录入")
    look(page, "year-opening")
    press(page, "核对过了，确认")
    page.goto(f"{site}{YEAR}registers/")
    look(page, "year-registers")
    press(page, "看过了，确认收尾登记")
    explain_all(page, site)
    assert page.request.get(f"{site}/zfxxgk/xtxsfj/reports/2024/").status == 404
    page.goto(f"{site}{YEAR}hand-in/")
    look(page, "year-hand-in")
    press(page, "送签")
    page.get_by_text("已送签。现在等公开机构负责人审核。").wait_for()
    signed_by(page, site, "ogi_head", "审核同意", 1)
    assert page.request.get(f"{site}/zfxxgk/xtxsfj/reports/2024/").status == 404
    signed_by(page, site, "leader", "签批同意", 1)
    come(page, site, "clerk")
    page.goto(f"{site}{YEAR}publication/")
    look(page, "year-publication-before")
    press(page, "发布2024年年报")
    page.get_by_text("现在是第1版").wait_for()
    _is_the_founding_report(work, page, site)
    _is_handed_in_and_archived(page, site)


def _is_the_founding_report(work: ReportYear, page: Any, site: str) -> None:
    """Every figure of the founding report; every file tells the same; a figure opens to its records."""
    told = published_report(work.agency, 2024)
    assert told is not None
    values = {cell: told.value(cell) for cell in told.cells}
    assert values.pop("t2.penalties") == 2
    assert set(values.values()) == {0}
    assert len(values) == 199
    page.goto(f"{site}/zfxxgk/xtxsfj/reports/2024/")
    said = page.locator("main").inner_text()
    assert "主动公开政府信息66条" in said
    for name, count in ITEMS.items():
        assert f"{name}{count}条" in said
    assert page.locator("td.figure").count() == 200
    for ending in ("docx", "pdf", "xlsx", "json", "html"):
        answer = page.request.get(f"{site}/zfxxgk/xtxsfj/reports/2024/files/{ending}/")
        read = read_bytes(answer.body())
        assert {cell: read.value(cell) or 0 for cell in values} == values, ending
        assert read.value("t2.penalties") == 2, ending
    page.goto(f"{site}{YEAR}preview/")
    follow(page, "66")
    assert page.get_by_text("共66条").count() or page.get_by_text("66 条").count()


def _is_handed_in_and_archived(page: Any, site: str) -> None:
    page.goto(f"{site}{YEAR}publication/")
    follow(page, "登记报送")
    page.get_by_label("报送给").fill("县人民政府办公室（示例）")
    page.get_by_label("报送方式").fill("公文交换")
    press(page, "登记报送")
    follow(page, "登记回执")
    page.get_by_label("回执编号").fill("收字1号")
    press(page, "登记回执")
    look(page, "year-publication")
    page.goto(f"{site}{YEAR}archive/")
    look(page, "year-archive")
    press(page, "归档2024年年报")
    look(page, "year-bench-done")
    assert page.locator(".year-steps .tag-done").count() >= 8


def test_a_request_changed_after_the_signature_makes_a_correction(
    work: ReportYear, visit: Any, site: str
) -> None:
    page = visit.page
    come(page, site, "clerk")
    page.goto(f"{site}{YEAR}")
    enter(page)
    explain_all(page, site)
    page.goto(f"{site}{YEAR}hand-in/")
    press(page, "送签")
    signed_by(page, site, "ogi_head", "审核同意", 1)
    signed_by(page, site, "leader", "签批同意", 1)
    add_request(work.agency, "2024-补1")
    page.goto(f"{site}{YEAR}sheets/1/")
    page.get_by_text("签批过的年报不变").wait_for()
    look(page, "year-sheet-changed")
    come(page, site, "clerk")
    page.goto(f"{site}{YEAR}publication/")
    press(page, "发布2024年年报")
    version = public_version(work.agency, 2024)
    assert version is not None
    assert thaw(version).value("t3.new.total") == 0
    page.get_by_role("heading", name="发布后记录有变化").wait_for()
    look(page, "year-changed")
    explain_all(page, site)
    page.goto(f"{site}{YEAR}publication/")
    follow(page, "送签更正版")
    press(page, "送签")
    page.get_by_role("link", name="请写明更正了什么").wait_for()
    page.get_by_label("更正说明").fill("第三部分漏计1件申请，现予更正。")
    press(page, "送签")
    signed_by(page, site, "ogi_head", "审核同意", 2)
    signed_by(page, site, "leader", "签批同意", 2)
    come(page, site, "clerk")
    page.goto(f"{site}{YEAR}publication/")
    press(page, "发布2024年年报更正版")
    told = published_report(work.agency, 2024)
    assert told is not None
    assert (told.value("t3.new.total"), told.value("t3.carried_out.natural")) == (1, 1)
    page.goto(f"{site}/zfxxgk/xtxsfj/reports/2024/")
    page.get_by_text("第三部分漏计1件申请，现予更正。").wait_for()
    look(page, "year-public-corrected")
