"""The ledger in a browser: narrowed, opened, exported."""

from __future__ import annotations

import os
from datetime import date

import pytest

from gongkai.statute.ledger.xlsx import read_xlsx
from tests.browser.test_browser_desk import come_in
from tests.browsing import Visit, through
from tests.cast import Cast, add_request, assemble

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("GONGKAI_TEST_PICTURES", "")
"""A folder: where it is named, the pages are left there as pictures at both sizes."""


@pytest.fixture
def stage(transactional_db: None, static_files: None) -> Cast:
    cast = assemble()
    names = ("赵某甲", "钱某乙", "孙某丙", "示例商贸有限公司")
    for n, name in enumerate(names, start=1):
        closed = {"closed_on": date(2024, 6, 20), "outcome": "granted", "state": "answered", "obtain": "邮寄"}
        add_request(
            cast.agency,
            f"湘潭县司信公开〔2024〕第{n}号",
            applicant=name,
            requester_kind="commercial" if n == 4 else "natural",
            submitted_on=date(2024, 3, n),
            received_on=date(2024, 3, n),
            content="申请公开2023年法律援助经费的支出明细",
            publication="未发布",
            **({} if n == 3 else closed),
        )
    return cast


def look(visit: Visit, name: str) -> None:
    """The page fits the window at both sizes; its picture where pictures are wanted."""
    for width, height in ((390, 844), (1366, 768)):
        visit.page.set_viewport_size({"width": width, "height": height})
        assert visit.overflow() <= 0, (name, width)
        if PICTURES:
            visit.page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)


def test_narrowed_opened_and_exported(stage: Cast, visit: Visit) -> None:
    page = visit.page
    come_in(visit, stage, "clerk")
    visit.open("/desk/xtxsfj/requests/?state=all")
    through(page, page.get_by_role("link", name="台账", exact=True))
    page.get_by_label("年份").select_option("2024")
    page.get_by_label("处理状态").select_option("closed")
    through(page, page.get_by_role("button", name="筛选"))
    assert page.locator(".sheet-ledger tbody tr").count() == 3
    look(visit, "ledger")
    assert "赵某甲" not in page.content()
    through(page, page.get_by_role("link", name="显示这一页的姓名"))
    assert "赵某甲" in page.content()
    through(page, page.get_by_role("link", name="导出台账"))
    look(visit, "ledger-export")
    with page.expect_download() as coming:
        page.get_by_role("link", name="下载内部用台账").click()
    assert coming.value.suggested_filename == "湘潭县司法局2024年依申请公开工作台账（节选）.xlsx"
    with open(coming.value.path(), "rb") as file:
        assert [row.applicant for row in read_xlsx(file.read()).rows] == [
            "赵某甲",
            "钱某乙",
            "示例商贸有限公司",
        ]
