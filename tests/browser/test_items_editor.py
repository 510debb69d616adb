"""The editor in a browser: a paste from Word comes in cleaned, buttons put marks in, the public's view follows; and
without scripts the same box saves the same text."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.urls import reverse

from gongkai.disclosure.actions.submitting import submit
from gongkai.disclosure.models import ReviewSheet
from tests.browser.test_dictionaries import sign_in
from tests.browsing import Visit, through
from tests.cast import Cast
from tests.disclosure.office import new_draft

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("GONGKAI_TEST_PICTURES", "")
PASTE = """html => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "plain");
  const box = document.querySelector("[data-editor]");
  box.focus();
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def look(visit: Visit, name: str, at: str) -> None:
    visit.open(at)
    for width, height in ((390, 844), (1366, 768)):
        visit.page.set_viewport_size({"width": width, "height": height})
        assert visit.overflow() <= 0, f"{name} at {width}"
        if PICTURES:
            visit.page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)


def test_a_paste_from_word_and_the_buttons(visit: Visit, cast: Cast) -> None:
    sign_in(visit, cast, "clerk")
    item = new_draft(cast, text="")
    page: Any = visit.page
    visit.open(reverse("desk:item-text", args=["xtxsfj", item.pk]))
    assert not page.get_by_role("button", name="看样子，先不保存").is_visible()
    box = page.get_by_label("正文", exact=True)
    page.evaluate(
        PASTE,
        "<p class=MsoNormal style='text-align:center'>一览表<o:p></o:p></p>"
        "<table><tr><td colspan=2>合并</td></tr><tr><td>1</td><td>2</td></tr></table>",
    )
    page.get_by_role("region", name="公众看到的样子").get_by_role("cell", name="合并").wait_for()
    assert box.input_value() == "{中}一览表\n| 合并 | << |\n| 1 | 2 |"
    box.fill("一段")
    box.select_text()
    page.get_by_role("button", name="加粗", exact=True).click()
    assert box.input_value() == "**一段**"
    page.get_by_role("button", name="标题", exact=True).click()
    assert box.input_value() == "# **一段**"
    page.keyboard.press("Control+z")
    assert box.input_value() == "**一段**"
    through(page, page.get_by_role("button", name="保存，返回这条信息"))
    item.refresh_from_db()
    assert item.text == "<p><strong>一段</strong></p>"


def test_the_other_pages_fit_both_sizes(visit: Visit, cast: Cast) -> None:
    sign_in(visit, cast, "ogi_head")
    item = new_draft(cast, text="<p>身份证号11010519491231002X</p>")
    submit(item, by=cast.actor("clerk"))
    sheet = ReviewSheet.objects.get(item=item)
    for name, *args in (
        ("columns",),
        ("column", "czxx"),
        ("column-new",),
        ("column-act", "czxx", "merge"),
        ("review-routes",),
        ("items-batch",),
        ("item-findings", item.pk),
        ("item-review", sheet.pk),
        ("item-refer", sheet.pk),
        ("item-word", item.pk),
    ):
        look(visit, f"more-{name}", reverse(f"desk:{name}", args=["xtxsfj", *args]))
    page: Any = visit.page
    visit.open(reverse("desk:item-findings", args=["xtxsfj", item.pk]))
    through(page, page.get_by_role("link", name="可以公开，写理由放行"))
    page.get_by_label("为什么可以公开").fill("测试号码，不是真人的")
    through(page, page.get_by_role("button", name="放行这一处"))
    page.get_by_text("测试号码，不是真人的").wait_for()
