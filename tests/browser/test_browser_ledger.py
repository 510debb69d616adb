"""The ledger in a browser: narrowed, opened, exported."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

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


OLD = """序号,登记编号,申请日期,申请人,申请内容,申请方式,办结日期,答复结果,备注
1,2022-01,2022-03-01,李某丁,申请公开行政复议案件统计,现场,2022-03-20,予以公开,
2,2022-02,2022-04-06,示例律师事务所,申请公开公证机构名册,网上申请,2022-04-25,部分公开,
3,2022-03,2022-05-09,周某戊,申请公开处罚案卷材料,邮寄,2022-06-02,不予公开,存档
4,2022-04,去年,吴某己,申请公开培训通知,现场,,,
"""


def test_an_old_ledger_is_imported(stage: Cast, visit: Visit, tmp_path: Path) -> None:
    page, file = visit.page, tmp_path / "2022年台账.csv"
    file.write_bytes(OLD.encode("gb18030"))
    come_in(visit, stage, "clerk")
    visit.open("/desk/xtxsfj/ledger/?year=2022")
    assert page.locator(".sheet-ledger tbody td").nth(1).inner_text() == "无"
    through(page, page.get_by_role("link", name="导入旧台账"))
    page.get_by_label("旧台账", exact=True).set_input_files(str(file))
    look(visit, "ledger-import")
    through(page, page.get_by_role("button", name="上传"))
    look(visit, "ledger-columns")
    assert page.get_by_label("第3列：申请日期").input_value() == "submitted_on"
    through(page, page.get_by_role("button", name="下一步"))
    page.get_by_label("“邮寄”").select_option("signed_mail")
    page.get_by_label("“不予公开”").select_option("denied_enforcement_file")
    look(visit, "ledger-questions")
    through(page, page.get_by_role("button", name="下一步"))
    assert "“去年”不是日期" in page.content()
    look(visit, "ledger-ready")
    through(page, page.get_by_role("button", name="只导入没有问题的 3 件"))
    look(visit, "ledger-done")
    visit.open("/desk/xtxsfj/ledger/?year=2022")
    cells = page.locator(".sheet-ledger tbody tr").nth(2).locator("td").all_inner_texts()
    assert cells[1:4] == ["周某", "邮寄（需签收）", "2022-05-09"]
    assert cells[5:] == [
        "2022-03",
        "湘潭县司法局",
        "2022-06-02",
        "已答复",
        "",
        "",
        "属于行政执法案卷",
    ]


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
    visit.open("/desk/xtxsfj/ledger/?year=2024&print=1")
    paper = PdfDocument(page.pdf(prefer_css_page_size=True))
    assert [round(side / 72 * 25.4) for side in paper[0].get_size()] == [297, 210], "A4, lying"
    assert len(paper) == 1
    words = paper[0].get_textpage().get_text_bounded()
    assert "申请渠道" in words
    assert "筛选" not in words
    visit.open("/desk/xtxsfj/ledger/?year=2024&state=closed")
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
