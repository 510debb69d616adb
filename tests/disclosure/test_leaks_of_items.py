"""What an item would tell beside the words one sees is searched as they are."""

from __future__ import annotations

import pytest

from gongkai.disclosure.actions.drafting import draft
from gongkai.disclosure.completeness import obstacles
from gongkai.disclosure.content import WORDS
from gongkai.disclosure.scanning import FIELDS, finds
from gongkai.disclosure.word_import import _said_of
from tests.cast import Cast
from tests.disclosure.office import column, new_draft

PHONE = "13812345678"
CHOSEN = {
    *("index_number", "formed_on", "catalogue", "ways", "validity", "validity_on", "lapses_on", "access"),
    "in_force_on",
    *("origin", "concerns", "duty", "request_id", "request_number"),
}
"""What is chosen, a day, or the platform's own, and so holds nobody's words."""


def test_every_field_that_somebody_types_is_searched() -> None:
    assert set(WORDS) - set(FIELDS) == CHOSEN


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        f'<p><a href="tel:{PHONE}">联系人</a></p>',
        f'<p><a href="https://x.gov.cn/q?sj={PHONE}">查询</a></p>',
        f'<p><a href="mailto:a@x.gov.cn?body=%E6%89%8B%E6%9C%BA{PHONE}">写信</a></p>',
    ],
)
def test_where_a_link_leads_keeps_it_back(cast: Cast, text: str) -> None:
    item = new_draft(cast, text=text)
    assert {one.where for one in finds(item) if one.open} == {"图片说明、链接地址"}
    assert "链接地址" in obstacles(item)[0]


@pytest.mark.django_db
def test_the_subject_is_searched(cast: Cast) -> None:
    item = draft(cast.agency, column(cast), title="x", subject=f"手机{PHONE}", by=cast.actor("clerk"))
    assert [one.where for one in finds(item) if one.open] == ["主题分类"]


@pytest.mark.parametrize(
    ("alt", "kept"), [("C:/Users/甲某/照片.jpg", ""), ("图1.PNG", ""), (" 办事大厅外景 ", "办事大厅外景")]
)
def test_a_path_is_not_what_a_picture_shows(alt: str, kept: str) -> None:
    assert _said_of(alt) == kept
