"""文件检查与遮盖 in a browser: a box is drawn with the mouse, the copy is made; both sizes, nothing blocked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from gongkai.files.models import Redaction
from gongkai.files.queries import content_of
from gongkai.files.reading.everything import read
from tests.browser.test_dictionaries import sign_in
from tests.browsing import Visit, through
from tests.cast import Cast
from tests.files.offered import page as pdf

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("GONGKAI_TEST_PICTURES", "")
TEXT = "关于救助资金发放情况的公示\n申请人：张三，身份证号11010519491231002X，电话13812345678。\n咨询电话：0731-57881234。\n经办：印章"


def look(visit: Visit, name: str) -> None:
    for width, height in ((390, 844), (1366, 768)):
        visit.page.set_viewport_size({"width": width, "height": height})
        assert visit.overflow() <= 0, f"{name} at {width}"
        if PICTURES:
            visit.page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)


def test_a_pdf_is_checked_a_box_is_drawn_and_the_copy_is_clean(
    visit: Visit, cast: Cast, tmp_path: Path
) -> None:
    sign_in(visit, cast, "clerk")
    page: Any = visit.page
    (tmp_path / "公示.pdf").write_bytes(pdf(TEXT))
    visit.open(reverse("desk:redaction", args=["xtxsfj"]))
    page.get_by_label("要检查的文件").set_input_files(str(tmp_path / "公示.pdf"))
    look(visit, "redaction-list")
    through(page, page.get_by_role("button", name="检查这个文件"))
    assert page.get_by_role("heading", level=1).inner_text() == "公示.pdf"
    look(visit, "redaction-one")
    through(page, page.get_by_role("link", name="第 1 页").first)
    box = page.locator("[data-boxes] svg").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 150)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 190, steps=4)
    page.mouse.up()
    assert float(page.locator("#id_form-0-width").input_value()) > 5
    look(visit, "redaction-page")
    through(page, page.get_by_role("button", name="保存这一页的标记"))
    assert len(Redaction.objects.get().marks["boxes"]) == 1
    through(page, page.get_by_role("link", name="返回这个文件"))
    through(page, page.get_by_role("button", name="生成遮盖后的文件"))
    made = Redaction.objects.get()
    assert made.copy is not None
    left = read(b"".join(content_of(made.copy)), "a.pdf")
    assert [p.unit for p in left.pieces] == ["name"]
    look(visit, "redaction-made")
    assert visit.complaints == []
    assert visit.outside == []
