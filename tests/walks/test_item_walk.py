"""Walk c in a real browser: a section's draft with an ID number in its attachment is held back, redacted, reviewed by
everybody on the way, signed, published, read by the public; changed, it needs a new review."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from gongkai.agencies.models import Kind
from gongkai.disclosure.models import Item, Publication, ReviewSheet
from gongkai.files.models import Redaction
from gongkai.files.queries import content_of
from gongkai.files.reading.everything import read
from tests.browsing import overflow, through
from tests.cast import Cast, add_person, assemble
from tests.files.offered import word

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = "/desk/xtxsfj/items/"
PICTURES = os.environ.get("GONGKAI_TEST_PICTURES", "")
"""A folder: where it is named, the pages of the walk are left there as pictures at both sizes."""
ID_NUMBER = "11010519491231002X"
CHECKS = {
    "text": ("文字关", Kind.TEXT_REVIEWER),
    "policy": ("政策关", Kind.POLICY_REVIEWER),
    "political": ("政治关", Kind.POLITICAL_REVIEWER),
    "secrecy": ("保密关", Kind.SECRECY_REVIEWER),
}


@pytest.fixture
def stage(transactional_db: None, static_files: None) -> Cast:
    cast = assemble()
    for check, (_, kind) in CHECKS.items():
        cast.people[check] = add_person(f"{check}_reviewer", kind, cast.agency)
    return cast


@pytest.fixture
def sit(stage: Cast, chromium: Any, site: str) -> Iterator[Callable[[str], Any]]:
    """A page of a browser of one's own, signed in."""
    contexts = []

    def at(who: str) -> Any:
        context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", base_url=site)
        contexts.append(context)
        if who != "anonymous":
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
        assert wider <= 0, f"{name} at {width}: {wider} px too wide"
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)


def press(page: Any, name: str) -> None:
    through(page, page.get_by_role("button", name=name, exact=True).first)


def follow(page: Any, name: str) -> None:
    through(page, page.get_by_role("link", name=name, exact=True).first)


def written(page: Any, folder: Path) -> None:
    """The section's drafter, step by step, until it is held back."""
    page.goto(HERE)
    look(page, "items-first")
    follow(page, "写一条信息")
    look(page, "item-new")
    page.get_by_label("标题").fill("关于救助资金发放情况的公示")
    page.get_by_label("放在哪个栏目").select_option(label="政务公开")
    press(page, "下一步：写正文")
    page.get_by_label("内容概述").fill("2025年第一季度救助资金发放情况")
    page.get_by_label("正文", exact=True).fill(
        "现将发放情况公示如下。\n| 批次 | 人数 |\n|---|---|\n| 第一批 | 12 |"
    )
    page.get_by_role("region", name="公众看到的样子").get_by_role("cell", name="第一批").wait_for()
    look(page, "item-text")
    press(page, "保存，下一步")
    page.get_by_label("发文字号").fill("测司公〔2025〕3号")
    look(page, "item-catalogue")
    press(page, "保存，下一步")
    look(page, "item-access")
    press(page, "保存，下一步")
    (folder / "名单.docx").write_bytes(word("申请人：张某", f"身份证号{ID_NUMBER}"))
    page.get_by_label("文件", exact=True).set_input_files(str(folder / "名单.docx"))
    press(page, "上传")
    page.get_by_text("身份证号").first.wait_for()
    look(page, "item-attachments")
    press(page, "下一步")
    look(page, "item-relations")
    press(page, "下一步")
    look(page, "item-findings")
    follow(page, "下一步：检查和送审")
    press(page, "送审")
    page.get_by_text("还有不能公开的内容没有处理，不能送审").first.wait_for()
    look(page, "item-held-back")


def redacted(page: Any, item: Item) -> None:
    """The clerk has the attachment redacted by the platform and puts the copy in its place."""
    page.goto(f"{HERE}{item.pk}/")
    look(page, "item-blocked")
    follow(page, "看在哪里")
    follow(page, "遮盖、换掉这个附件")
    look(page, "item-attachment")
    press(page, "在平台上遮盖这个附件")
    press(page, "生成遮盖后的文件")
    made = Redaction.objects.get()
    assert made.copy is not None
    page.goto(f"{HERE}{item.pk}/attachments/{item.attachments.get().pk}/")
    press(page, f"换成遮盖后的“{made.copy.name}”")
    page.get_by_text("没有查出不能公开的内容").wait_for()


def sign(page: Any, sheet: ReviewSheet, label: str, name: str = "") -> None:
    page.goto(f"/desk/xtxsfj/reviews/{sheet.pk}/")
    page.get_by_label(f"{label}的意见和理由").fill("已逐段核对，符合要求，同意公开。")
    if name:
        look(page, name)
    press(page, "同意")


def test_from_a_sections_draft_to_the_public_page(
    stage: Cast, sit: Callable[[str], Any], tmp_path: Path
) -> None:
    drafter = sit("drafter")
    written(drafter, tmp_path)
    item = Item.objects.get(title="关于救助资金发放情况的公示")
    assert (item.state, item.section) == ("draft", stage.section)
    clerk = sit("clerk")
    redacted(clerk, item)
    drafter.goto(f"{HERE}{item.pk}/submit/")
    look(drafter, "item-submit")
    press(drafter, "送审")
    sheet = ReviewSheet.objects.get(item=item)
    public = sit("anonymous")
    at_public = reverse("portal:item", args=["xtxsfj", item.pk])
    assert public.goto(at_public).status == 404

    sign(sit("section_head"), sheet, "初审", "review-first")
    for check, (label, _) in CHECKS.items():
        sign(sit(check), sheet, label, "review-check" if check == "text" else "")
        assert public.goto(at_public).status == 404
    sign(sit("leader"), sheet, "终审", "review-final")
    sheet.refresh_from_db()
    assert sheet.result == "passed"
    assert sheet.signatures.values("person").distinct().count() == 6
    assert public.goto(at_public).status == 404

    clerk.goto(HERE)
    look(clerk, "items-waiting")
    clerk.goto(f"{HERE}{item.pk}/")
    follow(clerk, "发布")
    look(clerk, "item-publish")
    press(clerk, "发布")
    assert public.goto(at_public).status == 200
    assert "现将发放情况公示如下" in public.content()
    (out,) = Publication.objects.get(item=item).files.all()
    assert ID_NUMBER not in "".join(p.text for p in read(b"".join(content_of(out.file)), "a.docx").pieces)
    look(clerk, "item-published")
    clerk.goto(f"/desk/xtxsfj/reviews/{sheet.pk}/paper/")
    look(clerk, "review-paper")
    if PICTURES:
        clerk.pdf(path=f"{PICTURES}/review-paper.pdf", format="A4")
    changed(clerk, public, item, at_public, sit)


def changed(clerk: Any, public: Any, item: Item, at_public: str, sit: Callable[[str], Any]) -> None:
    """A change is a new version with a review of its own; the public goes on reading what was reviewed."""
    follow_to_revise = f"{HERE}{item.pk}/act/revise/"
    clerk.goto(follow_to_revise)
    clerk.get_by_label("更正说明").fill("更正人数")
    press(clerk, "修订")
    clerk.goto(f"{HERE}{item.pk}/text/")
    box = clerk.get_by_label("正文", exact=True)
    box.fill(box.input_value().replace("12", "21"))
    press(clerk, "保存，返回这条信息")
    clerk.goto(f"{HERE}{item.pk}/act/publish/")
    clerk.get_by_text("还没有审查通过，不能发布").wait_for()
    public.goto(at_public)
    assert public.get_by_role("cell", name="12").count() == 1
    assert public.get_by_role("cell", name="21").count() == 0
    clerk.goto(f"{HERE}{item.pk}/submit/")
    press(clerk, "送审")
    look(clerk, "item-submit-old-files")
    clerk.get_by_label("上面的附件我打开看过，和改过的正文不矛盾，不用换").check()
    press(clerk, "送审")
    sheet = ReviewSheet.objects.get(item=item, serial=2)
    head = sit("section_head")
    head.goto(f"/desk/xtxsfj/reviews/{sheet.pk}/")
    assert head.locator("mark.new").all_inner_texts()[-1].strip() == "21"
    look(head, "review-changed")
    public.goto(at_public)
    assert public.get_by_role("cell", name="12").count() == 1
