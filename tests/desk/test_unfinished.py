"""A form half filled in is found again from the desk's first page, by its writer alone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.inforequests.cases import new_case

pytestmark = pytest.mark.django_db
TODAY = reverse("desk:today", args=["xtxsfj"])


def test_what_was_not_finished_is_on_the_first_page_until_it_is_sent(cast: Cast) -> None:
    case = new_case(cast)
    clerk = cast.browse("clerk")
    at = reverse("desk:request-draft", args=["xtxsfj", case.pk, "granted_provided"])
    assert "没有写完的" not in clerk.get(TODAY).content.decode()
    clerk.post(at, {"state_facts": "该批复由本机关制作"})
    page = clerk.get(TODAY).content.decode()
    assert "继续写告知书" in page
    assert at in page
    assert "该批复由本机关制作" not in page
    assert "没有写完的" not in cast.browse("ogi_head").get(TODAY).content.decode()


def test_a_page_that_is_no_more_is_named_all_the_same(cast: Cast) -> None:
    from gongkai.desk.keeping import _name

    assert _name("/desk/xtxsfj/requests/new/") == "登记申请"
    assert _name("/desk/xtxsfj/nowhere/at/all/") == "写没有写完的内容"
