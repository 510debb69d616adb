"""An attachment covered on the platform: what could not be searched in it says so, and is not sent to be covered again."""

from __future__ import annotations

import pytest

from gongkai.disclosure.actions.attaching import attach
from gongkai.disclosure.actions.clearing import clear_finding
from gongkai.disclosure.actions.covering import begin_covering, take_copy
from gongkai.disclosure.scanning import finds
from gongkai.files.actions.made import keep_made
from gongkai.files.actions.redacting import make_copy, mark
from gongkai.files.redaction.marks import Box, Marks
from tests.cast import Cast
from tests.disclosure.office import new_draft
from tests.files.offered import page

pytestmark = pytest.mark.django_db


def test_a_covered_pdf_asks_for_a_look_and_not_for_more_covering(cast: Cast) -> None:
    clerk, item = cast.actor("clerk"), new_draft(cast)
    file = keep_made(
        by=clerk,
        agency=cast.agency,
        name="决定书.pdf",
        content=page("身份证 11010519491231002X"),
        owner=item,
        section=None,
    )
    attached = attach(item, file, by=clerk)
    assert [find.label for find in finds(item) if find.open] == ["身份证号"]
    begun = begin_covering(attached, by=clerk)
    mark(begun, Marks(boxes=(Box(0, 0.0, 0.0, 1.0, 1.0),)), by=clerk)
    make_copy(begun, by=clerk)
    take_copy(attached, by=clerk)
    item.refresh_from_db()
    (left,) = [find for find in finds(item) if find.open]
    assert left.label == "遮盖后成了图片的页"
    assert "不用再遮盖" in left.why
    clear_finding(item, left.bound, by=cast.actor("reviewer"), reason="逐页看过，遮盖完整。")
    assert not [find for find in finds(item) if find.open]
