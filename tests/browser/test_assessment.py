"""Assessment in a browser: the supervisor writes a scheme, counts, judges; the agency sees its points and objects."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from gongkai.oversight.models import AssessmentScheme
from tests.browser.test_axe import wrong_on
from tests.browser.test_browser_desk import come_in as sit_in
from tests.browsing import Visit, overflow, through
from tests.cast import Cast, assemble
from tests.oversight.test_assessment import fill

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("GONGKAI_TEST_PICTURES", "")
"""A folder: where it is named, the pages are left there as pictures at both sizes."""


@pytest.fixture
def stage(transactional_db: None, static_files: None) -> Cast:
    cast = assemble()
    fill(cast)
    return cast


def look(page: Any, name: str) -> None:
    """The page fits the window at both sizes, and axe-core finds nothing grave; its picture where wanted."""
    assert wrong_on(page) == [], name
    for width, height in ((390, 844), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        assert overflow(page) <= 0, (name, width)
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)


def add(page: Any, name: str, points: str, how: str, step: str = "", rule: str = "") -> None:
    through(page, page.get_by_role("link", name="加一个指标"))
    page.get_by_label("指标名称").fill(name)
    page.get_by_label("满分", exact=True).fill(points)
    page.get_by_label(how).check()
    page.get_by_label("每件扣几分，或者目标是多少").fill(step)
    page.get_by_label("评分标准").fill(rule)
    through(page, page.get_by_role("button", name="保存"))


def test_from_the_scheme_to_an_objection(stage: Cast, visit: Visit, tmp_path: Path) -> None:
    page, year = visit.page, timezone.localdate().year
    record = tmp_path / "检查记录.txt"
    record.write_text("记录", encoding="utf-8")
    sit_in(visit, stage, "supervisor")
    visit.open("/desk/county-office/county/")
    through(page, page.get_by_role("link", name="考核"))
    look(page, "assessments")
    through(page, page.get_by_role("button", name="开始编写"))
    add(page, "申请按期答复", "40", "平台统计：申请按期答复率")
    through(page, page.get_by_role("link", name="加一个指标"))
    look(page, "assessment-indicator")
    page.go_back()
    add(page, "逾期没有答复", "20", "平台统计：逾期没有答复的申请", "3")
    add(page, "单项否决问题", "20", "平台统计：没有整改的单项否决问题", "5")
    add(
        page,
        "政策解读质量",
        "20",
        "由主管部门评分，写理由、附依据",
        rule="形式多样 15—20 分，只有文字 5—14 分",
    )
    look(page, "assessment-draft")
    through(page, page.get_by_role("button", name="生效"))
    through(page, page.get_by_role("link", name="统计得分"))
    through(page, page.get_by_role("button", name="统计得分"))
    for agency in (stage.agency, stage.other):
        through(page, page.get_by_role("link", name=agency.name))
        through(page, page.get_by_role("link", name="评分"))
        page.get_by_label("得分（满分 20）").fill("15")
        page.get_by_label("理由").fill("有图解，没有视频。")
        page.get_by_label("依据").set_input_files(str(record))
        page.get_by_label("文件打开看过，没有国家秘密").check()
        through(page, page.get_by_role("button", name="保存"))
        look(page, "assessment-agency")
        visit.open(f"/desk/county-office/county/assessment/{year}/")
    look(page, "assessment")
    through(page, page.get_by_role("link", name="征求机关意见"))
    through(page, page.get_by_role("button", name="征求机关意见"))
    assert AssessmentScheme.objects.get().state == "told"
    sit_in(visit, stage, "ogi_head")
    visit.open("/desk/xtxsfj/assessment/")
    look(page, "assessment-own")
    through(page, page.get_by_role("link", name="提异议"))
    look(page, "assessment-object")
    page.get_by_label("逾期没有答复：14 分").check()
    page.get_by_label("理由").fill("其中一件已经当场答复。")
    through(page, page.get_by_role("button", name="提异议"))
    assert "异议已提出" in page.content()
