"""The guided decision page by page: what is ticked is asked, going back gives the page before as it was."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.inforequests.cases import new_case

pytestmark = pytest.mark.django_db
"""Addresses are taken from the pages themselves, as a browser sends the form."""


def sent(page: str, name: str, *values: str) -> str:
    """The address a browser goes to when this form is sent with these values."""
    hidden = re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.partition('<form method="get"')[2]
    )
    return "?" + "&".join(f"{k}={v}" for k, v in [*hidden, *((name, value) for value in values)])


def heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page)
    assert found
    return unescape(found[1])


def test_seven_pages_to_a_plain_release_and_back_again(cast: Cast) -> None:
    case = new_case(cast)
    clerk: Client = cast.browse("clerk")
    at = reverse("desk:request-decide", args=["xtxsfj", case.pk])
    ask = ""
    answers = [
        ("clear", "clear"), ("purpose", "information"), ("ticked", "none"), ("responsible", "yes"),
        ("held", "all"), ("already_public", "no"), ("ticked", "none"),
    ]  # fmt: skip
    asked = []
    for n, (name, value) in enumerate(answers, 1):
        page = clerk.get(at + ask).content.decode()
        assert f"第 {n} 步" in page
        asked.append(heading(page))
        ask = sent(page, name, value)
    leaf = clerk.get(at + ask).content.decode()
    assert "应当这样答复" in heading(leaf)
    assert reverse("desk:request-draft", args=["xtxsfj", case.pk, "granted_provided"]) in leaf
    assert "已经回答的（7 步）" in leaf
    while back := re.search(r'href="(\?[^"]*)">上一步', leaf):
        leaf = clerk.get(at + unescape(back[1])).content.decode()
        assert heading(leaf) == asked.pop()
    assert asked == []


def test_what_is_ticked_is_asked_by_itself(cast: Cast) -> None:
    case = new_case(cast)
    clerk = cast.browse("clerk")
    at = reverse("desk:request-decide", args=["xtxsfj", case.pk])
    way = "?clear=clear&purpose=information&trail=clear&trail=purpose&at=rare"
    wrong = clerk.get(at + way).content.decode()
    assert "请勾选有的情形" in wrong
    both = clerk.get(f"{at}{way}&ticked=none&ticked=repeated").content.decode()
    assert "去掉一个" in both
    assert re.search(r'value="repeated" id="t-repeated" checked', both)
    one = clerk.get(f"{at}{way}&ticked=repeated").content.decode()
    assert "以前就要过同样的内容" in heading(one)
    assert "同一个申请人以前要过同样的内容" in one.partition("已经回答的（3 步）")[2]
    after = clerk.get(at + sent(one, "repeated", "no")).content.decode()
    assert "该由本机关负责公开" in heading(after)
    assert "第 5 步" in after


def test_the_ground_found_on_the_way_stands_in_the_form(cast: Cast) -> None:
    case = new_case(cast)
    at = reverse("desk:request-draft", args=["xtxsfj", case.pk, "partial"])
    page = cast.browse("clerk").get(f"{at}?withheld=denied_third_party").content.decode()
    assert ">\n《中华人民共和国政府信息公开条例》第十五条</textarea>" in page
