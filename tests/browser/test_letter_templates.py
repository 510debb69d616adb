"""文书模板 in a real browser: downloaded, spoilt, told where, mended, looked at, put to use; 今日寄发 beside it."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from docx import Document

from gongkai.inforequests.actions.letters import make_letter
from gongkai.inforequests.models import Dispatch, LetterTemplate
from tests.browsing import overflow, through
from tests.cast import assemble
from tests.inforequests.cases import new_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("GONGKAI_TEST_PICTURES", "")


def look(page: Any, name: str) -> None:
    for width, height in ((390, 844), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        assert overflow(page) == 0, f"{name} at {width}"
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)


def changed(path: Path, old: str, new: str) -> Path:
    """The template as an office edits it."""
    document = Document(io.BytesIO(path.read_bytes()))
    for one in document.paragraphs:
        if old in one.text:
            one.text = one.text.replace(old, new)
    document.save(str(path))
    return path


def test_a_template_is_made_ones_own_and_a_day_is_posted(
    transactional_db: None, static_files: None, chromium: Any, site: str, tmp_path: Path
) -> None:
    cast = assemble()
    today = timezone.localdate()
    letters = [
        make_letter(
            new_case(cast, applicant=who, requester={"address": "某市某区某路9号", "postcode": "410000"}),
            "receipt",
            by=cast.actor("clerk", today),
            on=today,
        )
        for who in ("甲某", "乙某")
    ]
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", base_url=site)
    value = cast.browse("clerk").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": site}])
    page = context.new_page()
    page.goto("/desk/xtxsfj/settings/")
    through(page, page.get_by_role("link", name="文书模板", exact=True))
    look(page, "template-kinds")
    through(page, page.get_by_role("link", name="政府信息公开申请登记回执"))
    with page.expect_download() as started:
        page.get_by_role("link", name="下载平台的模板（Word，附字段说明）").click()
    file = tmp_path / "回执.docx"
    started.value.save_as(str(file))
    page.get_by_label("改好的模板").set_input_files(str(changed(file, "{{ 查询码 }}", "{{ 查寻码 }}")))
    through(page, page.get_by_role("button", name="上传并检查"))
    assert page.get_by_text("“查寻码”不是这种文书的字段").count()
    look(page, "template-wrong")
    page.get_by_label("改好的模板").set_input_files(str(changed(file, "{{ 查寻码 }}", "{{ 查询码 }}")))
    through(page, page.get_by_role("button", name="上传并检查"))
    look(page, "template-fresh")
    through(page, page.get_by_role("button", name="启用第 1 版"))
    assert LetterTemplate.objects.get().in_use
    page.goto("/desk/xtxsfj/outgoing/")
    look(page, "outgoing")
    page.get_by_label(f"{letters[0].number}的邮件号码、签收人或者依据").fill("TEST0001")
    page.get_by_label(f"{letters[1].number}的邮件号码、签收人或者依据").fill("TEST0001")
    through(page, page.get_by_role("button", name="登记寄发"))
    look(page, "outgoing-wrong")
    page.get_by_label(f"{letters[1].number}的邮件号码、签收人或者依据").fill("TEST0002")
    through(page, page.get_by_role("button", name="登记寄发"))
    assert Dispatch.objects.count() == 2
    context.close()
