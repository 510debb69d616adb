"""A form sent after the time ran out: kept, filled in again, gone when sent; for its writer alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django import forms
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import include, path
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from gongkai.sign_in.models import KeptForm
from gongkai.sign_in.refill import refilled
from tests.cast import Cast
from tests.sign_in.door import GOOD, SIGN_IN, come_in, said, try_door

PAGE = "/desk/try/"
SAVED: list[dict[str, Any]] = []


class EveryKind(forms.Form):
    """One field of each kind that a desk form may have."""

    title = forms.CharField()
    text = forms.CharField(widget=forms.Textarea)
    kind = forms.ChoiceField(choices=[("a", "甲"), ("b", "乙")])
    many = forms.MultipleChoiceField(choices=[("1", "一"), ("2", "二"), ("3", "三")])
    ticked = forms.BooleanField(required=False, initial=True)
    radio = forms.ChoiceField(choices=[("x", "是"), ("y", "否")], widget=forms.RadioSelect)
    version = forms.CharField(widget=forms.HiddenInput, initial="7")
    password = forms.CharField(widget=forms.PasswordInput, required=False)
    paper = forms.FileField(required=False)


def form_page(request: HttpRequest) -> HttpResponse:
    """A page such as others write: it knows nothing of time-outs."""
    form = EveryKind(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        SAVED.append(form.cleaned_data)
        return HttpResponse("saved")
    token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">'
    other = f'<form method="post" action="/desk/sign-out/">{token}<button>退出</button></form>'
    own = f'<form method="post" enctype="multipart/form-data">{token}{form}<button name="go" value="save">保存</button></form>'
    script = '<script src="/static/nothing.js" defer></script>'
    return HttpResponse(
        f"<!DOCTYPE html><html lang='zh-CN'><head><title>表</title>{script}</head><body>{other}"
        f"<main id='main'><h1>表</h1>{own}</main></body></html>"
    )


urlpatterns = [path("desk/try/", form_page), path("", include("gongkai.config.urls"))]
pytestmark = pytest.mark.urls(__name__)
TYPED = {
    "title": '关于"补贴"的 <说明>&',
    "text": "\n第一行\n第二行 </textarea> &amp;",
    "kind": "b",
    "many": ["1", "3"],
    "radio": "y",
    "version": "6",
    "password": "must-not-stay",
    "go": "save",
}


@pytest.fixture
def clock() -> Any:
    SAVED.clear()
    with time_machine.travel(timezone.now(), tick=False) as moving:
        yield moving


def values(page: Any) -> dict[str, list[str]]:
    """What a browser would send of the page's own form."""
    main = LexborHTMLParser(page.content.decode()).css("main form")
    form = next(f for f in main if f.css("textarea"))
    found: dict[str, list[str]] = {}
    for field in form.css("input, textarea, select"):
        name, kind = field.attributes["name"] or "", field.attributes.get("type")
        if field.tag == "select":
            found[name] = [
                o.attributes["value"] or "" for o in field.css("option") if "selected" in o.attributes
            ]
        elif field.tag == "textarea":
            found[name] = [field.text()]
        elif kind in ("checkbox", "radio"):
            found.setdefault(name, [])
            if "checked" in field.attributes:
                found[name].append(field.attributes.get("value") or "on")
        else:
            found[name] = [field.attributes.get("value") or ""]
    return found


def late(cast: Cast, clock: Any, **more: Any) -> Client:
    """The clerk's form sent after twenty-one minutes; the browser afterwards."""
    client = come_in(cast.clerk)
    client.get(PAGE)
    clock.shift(timedelta(minutes=21))
    answer = client.post(PAGE, {**TYPED, **more}, follow=True)
    assert "刚才提交的内容已经保留" in said(answer)
    assert answer.redirect_chain == [(f"{SIGN_IN}?next=%2Fdesk%2Ftry%2F", 302)]
    assert SAVED == []
    return client


def test_kept_and_filled_in_again(cast: Cast, clock: Any) -> None:
    client = late(cast, clock)
    _, answer = try_door("clerk", client=client, to=PAGE)
    page = client.get(answer["Location"])
    assert "您离开时没有提交的内容已经填回，请检查后再提交" in said(page)
    back = values(page)
    assert back["title"] == [TYPED["title"]]
    assert back["text"] == [TYPED["text"]]
    assert (back["kind"], back["many"], back["radio"], back["ticked"]) == (["b"], ["1", "3"], ["y"], [])
    assert back["version"] == ["7"]
    assert back["password"] == [""]
    assert "must-not-stay" not in page.content.decode()
    # Asked again, it is there again; sent, it is gone.
    assert "已经填回" in said(client.get(PAGE))
    assert client.post(PAGE, {**TYPED, "version": "7"}).content == b"saved"
    assert SAVED[0]["title"] == TYPED["title"]
    assert "已经填回" not in said(client.get(PAGE))
    assert not KeptForm.objects.exists()


def test_nothing_of_it_lies_open_and_no_password_at_all(cast: Cast, clock: Any) -> None:
    from gongkai.sign_in.sealing import unseal

    late(cast, clock)
    kept = KeptForm.objects.get()
    assert "补贴" not in kept.sealed
    opened = unseal(kept.sealed, f"form of {cast.clerk.pk}").decode()
    assert "补贴" in opened
    assert "must-not-stay" not in opened
    assert "csrf" not in opened


def test_a_file_has_to_be_chosen_again_and_the_page_says_so(cast: Cast, clock: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = late(cast, clock, paper=SimpleUploadedFile("a.txt", b"x"))
    try_door("clerk", client=client)
    assert "当时选的 1 个文件不能保留，请重新选择" in said(client.get(PAGE))


def test_somebody_else_at_the_same_browser_sees_nothing(cast: Cast, clock: Any) -> None:
    client = late(cast, clock)
    cast.head.set_password(GOOD)
    cast.head.save()
    try_door("head", client=client)
    page = client.get(PAGE)
    assert "填回" not in said(page)
    assert "补贴" not in page.content.decode()
    kept = KeptForm.objects.get()
    client.post(f"/desk/account/kept/{kept.pk}/drop/")
    assert KeptForm.objects.exists()


def test_gone_after_a_day(cast: Cast, clock: Any) -> None:
    client = late(cast, clock)
    clock.shift(timedelta(days=1))
    try_door("clerk", client=client)
    assert "填回" not in said(client.get(PAGE))
    assert not KeptForm.objects.exists()


def test_thrown_away_by_its_writer(cast: Cast, clock: Any) -> None:
    client = late(cast, clock)
    try_door("clerk", client=client)
    client.get(PAGE)
    answer = client.post(f"/desk/account/kept/{KeptForm.objects.get().pk}/drop/", {"next": PAGE})
    assert answer["Location"] == PAGE
    assert "填回" not in said(client.get(PAGE))


def test_the_page_it_stands_on_is_where_one_comes_back_to(cast: Cast, clock: Any) -> None:
    """A form whose address is another than its page's; only an address of this site is believed."""
    client = come_in(cast.clerk)
    clock.shift(timedelta(minutes=21))
    answer = client.post(PAGE, TYPED, HTTP_REFERER="http://testserver/desk/try/?page=2")
    assert answer["Location"] == f"{SIGN_IN}?next=%2Fdesk%2Ftry%2F%3Fpage%3D2"
    try_door("clerk", client=client)
    assert "已经填回" in said(client.get("/desk/try/?page=2"))
    clock.shift(timedelta(minutes=21))
    answer = client.post(PAGE, TYPED, HTTP_REFERER="http://evil.example/desk/")
    assert answer["Location"] == f"{SIGN_IN}?next=%2Fdesk%2Ftry%2F"


def test_where_the_form_is_gone_the_words_are_shown(cast: Cast, clock: Any) -> None:
    client = come_in(cast.clerk)
    clock.shift(timedelta(minutes=21))
    client.post(PAGE, TYPED, HTTP_REFERER="http://testserver/desk/xtxsfj/")
    try_door("clerk", client=client)
    words = said(client.get("/desk/xtxsfj/"))
    assert "这一页现在没有那张表，内容列在下面" in words
    assert "第二行" in words


def test_a_bare_button_is_not_kept_and_not_done(cast: Cast, clock: Any) -> None:
    client = come_in(cast.clerk)
    clock.shift(timedelta(minutes=21))
    answer = client.post("/desk/xtxsfj/reports/2024/publish/", follow=True)
    assert "刚才的操作没有执行，请登录以后再做一次" in said(answer)
    assert not KeptForm.objects.exists()


def test_passwords_and_codes_pages_are_never_kept(cast: Cast, clock: Any) -> None:
    client = come_in(cast.clerk)
    clock.shift(timedelta(minutes=21))
    client.post("/desk/account/password/", {"current": GOOD, "new": "xxxxxxxxxxxx", "again": "yyyyy"})
    assert not KeptForm.objects.exists()


def test_no_more_than_ten_and_none_too_large(cast: Cast, clock: Any) -> None:
    client = come_in(cast.clerk)
    for n in range(12):
        clock.shift(timedelta(minutes=21))
        client.post(PAGE, TYPED, HTTP_REFERER=f"http://testserver/desk/try/?page={n}")
        try_door("clerk", client=client)
    assert KeptForm.objects.count() == 10
    KeptForm.objects.all().delete()
    clock.shift(timedelta(minutes=21))
    client.post(PAGE, {**TYPED, "text": "长" * 400_001})
    assert not KeptForm.objects.exists()


def test_a_forged_form_is_not_kept(cast: Cast, clock: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    come_in(cast.clerk)
    cookies = try_door("clerk")[0].cookies
    strict.cookies["sessionid"] = cookies["sessionid"].value
    clock.shift(timedelta(minutes=21))
    assert strict.post(PAGE, TYPED).status_code == 403
    assert not KeptForm.objects.exists()


def test_kept_ahead_by_the_script(cast: Cast, clock: Any) -> None:
    client = come_in(cast.clerk)
    sent = {**TYPED, "kept-path": PAGE, "kept-page": "/desk/try/?page=3"}
    assert client.post("/desk/account/kept/", sent).json()["left"] == 1200
    assert "已经填回" in said(client.get("/desk/try/?page=3"))
    clock.shift(timedelta(minutes=21))
    answer = client.post("/desk/account/kept/", sent, HTTP_ACCEPT="application/json")
    assert answer.status_code == 401
    try_door("clerk", client=client)
    assert "已经填回" in said(client.get("/desk/try/?page=3"))
    for bad in ("//evil.example/x", "https://evil.example/", ""):
        client.post("/desk/account/kept/", {**TYPED, "kept-path": bad, "kept-page": bad})
    assert not KeptForm.objects.filter(page__contains="evil").exists()


def test_a_factor_asked_in_between_loses_nothing(cast: Cast, clock: Any, settings: Any) -> None:
    client = come_in(cast.clerk)
    settings.SECOND_FACTOR_FOR_ALL = True
    answer = client.post(PAGE, TYPED)
    assert answer["Location"] == "/desk/account/factor/set-up/?next=%2Fdesk%2Ftry%2F"
    assert KeptForm.objects.count() == 1
    assert SAVED == []


def test_filling_in_costs_nothing_where_nothing_was_kept(cast: Cast, queries: Callable[..., int]) -> None:
    client = come_in(cast.clerk)
    client.get(PAGE)
    # The session, the person, the stay with its factor, the seats.
    assert queries(lambda: client.get(PAGE)) == 4


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    html = '<main><form method="post"><input name="a"><textarea name="b">old</textarea></form></main>'
    made, left, found = refilled(html, "/p/", "/p/", [("a", text), ("b", text)])
    tree = LexborHTMLParser(made)
    assert found
    assert left == []
    assert tree.css_first("input").attributes["value"] == text
    assert tree.css_first("textarea").text() == text


def test_the_rest_of_the_page_stays() -> None:
    html = (
        '<!DOCTYPE html><html lang="zh-CN"><head><title>甲</title></head><body class="desk">'
        '<form method="get" action="/p/"><input name="a" value="search"></form>'
        '<form method="post" action="/other/"><input name="a" value="1"></form>'
        '<main><form method="post"><input name="a" value="2"></form></main></body></html>'
    )
    made, left, found = refilled(html, "/p/", "/p/", [("a", "new"), ("gone", "rest"), ("empty", " ")])
    assert made == html.replace('value="2"', 'value="new"')
    assert (left, found) == (["rest"], True)


def test_the_code_of_an_agency_is_kept_and_a_factors_code_is_not(cast: Cast, clock: Any) -> None:
    """机构代码 is typed into a field called `code`; what a telephone shows is not, so that it can be left out."""
    import json

    from gongkai.desk.account_forms import CodeForm
    from gongkai.sign_in.sealing import unseal

    client = come_in(cast.clerk)
    clock.shift(timedelta(minutes=21))
    factors = dict.fromkeys(CodeForm().fields, "123456")
    client.post(PAGE, {"code": "MMXSLJ", **factors})
    kept = KeptForm.objects.get(person=cast.clerk)
    assert json.loads(unseal(kept.sealed, f"form of {cast.clerk.pk}")) == [["code", "MMXSLJ"]]
