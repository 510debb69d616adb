"""In a real browser: the time runs out under a form, and the words are there again; the second factor; no stumbling."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import include, path

from gongkai.sign_in.models import KeptForm, Stay
from tests.browser.test_browser_walk import STUMBLES
from tests.browsing import Visit, through
from tests.cast import Cast, assemble
from tests.sign_in.door import GOOD, code_of, give_password

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.browser.test_browser_sign_in"),
]
PAGE = "/desk/try/"
SAVED: list[str] = []
PLACE = """{% extends "desk/account/base.html" %}{% block main %}<h1>登记</h1>
<form method="post">{% csrf_token %}{% for field in form %}{% include "design/field.html" %}{% endfor %}
<button class="button">保存</button></form>{% endblock %}"""


class Small(forms.Form):
    """Two fields."""

    title = forms.CharField(label="标题")
    text = forms.CharField(label="内容", widget=forms.Textarea)


def form_page(request: HttpRequest) -> HttpResponse:
    form = Small(request.POST or None)
    if request.method == "POST" and form.is_valid():
        SAVED.append(form.cleaned_data["title"])
        return HttpResponseRedirect("/desk/account/")
    return HttpResponse(engines["django"].from_string(PLACE).render({"form": form, "here": "x"}, request))


urlpatterns = [path("desk/try/", form_page), path("", include("gongkai.config.urls"))]


@pytest.fixture
def stage(transactional_db: None, static_files: None) -> Cast:
    return assemble()


def sign_in(visit: Visit, cast: Cast, username: str, to: str = "/desk/") -> None:
    give_password(cast.people[username])
    visit.open(to)
    through_the_door(visit, username)


def through_the_door(visit: Visit, username: str) -> None:
    visit.page.get_by_label("用户名").fill(username)
    visit.page.get_by_label("密码").fill(GOOD)
    through(visit.page, visit.page.get_by_role("button", name="登录"))


def test_time_runs_out_under_a_form(stage: Cast, visit: Visit, settings: Any) -> None:
    settings.IDLE_MINUTES = 10 / 60
    sign_in(visit, stage, "clerk", PAGE)
    page = visit.page
    page.get_by_label("标题").fill("关于补贴的说明")
    page.get_by_label("内容").fill("第一行\n第二行")
    bar = page.locator(".idle-bar")
    bar.get_by_text("两分钟后将自动退出").wait_for()
    assert bar.get_attribute("aria-live") == "polite"
    page.wait_for_url("**/desk/sign-in/**", timeout=45_000)
    settings.IDLE_MINUTES = 20
    assert KeptForm.objects.count() == 1
    assert Stay.objects.get().end == "idle"
    through_the_door(visit, "clerk")
    page.get_by_text("您离开时没有提交的内容已经填回").wait_for()
    assert page.get_by_label("标题").input_value() == "关于补贴的说明"
    assert page.get_by_label("内容").input_value() == "第一行\n第二行"
    assert page.evaluate(STUMBLES) == []
    through(page, page.get_by_role("button", name="保存"))
    page.get_by_role("heading", name="我的账号").wait_for()
    assert SAVED == ["关于补贴的说明"]
    assert not KeptForm.objects.exists()
    # What is refused to a script that asks too late is told in the browser's log; it is meant.
    visit.complaints[:] = [c for c in visit.complaints if "401" not in c]


def test_go_on_working(stage: Cast, visit: Visit, settings: Any) -> None:
    settings.IDLE_MINUTES = 1
    sign_in(visit, stage, "clerk", PAGE)
    button = visit.page.get_by_role("button", name="继续工作")
    button.wait_for()
    settings.IDLE_MINUTES = 20
    button.click()
    button.wait_for(state="detached")


def test_without_scripts_the_late_form_comes_back(
    stage: Cast, chromium: Any, site: str, settings: Any
) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    visit = Visit(context.new_page(), site)
    sign_in(visit, stage, "clerk", PAGE)
    visit.page.get_by_label("标题").fill("没有脚本")
    visit.page.get_by_label("内容").fill("也会回来")
    settings.IDLE_MINUTES = 0
    visit.page.get_by_role("button", name="保存").click()
    settings.IDLE_MINUTES = 20
    through_the_door(visit, "clerk")
    assert visit.page.get_by_label("标题").input_value() == "没有脚本"
    context.close()


@pytest.mark.parametrize("desk_size", [{"width": 1366, "height": 768}, {"width": 390, "height": 844}])
def test_setting_the_second_factor_up(stage: Cast, visit: Visit) -> None:
    sign_in(visit, stage, "secadmin")
    page = visit.page
    page.get_by_role("heading", name="启用第二因素").wait_for()
    # The page's own policy forbids waiting by a script inside it: the picture is asked to decode itself instead.
    assert page.evaluate("document.querySelector('img.qr').decode().then(() => true)")
    assert page.evaluate(STUMBLES) == []
    assert visit.overflow() == 0
    secret = "".join(page.locator(".key span").all_inner_texts())
    page.get_by_label("验证码").fill(code_of(secret))
    through(page, page.get_by_role("button", name="启用"))
    assert page.locator(".codes li").count() == 10
    assert page.evaluate(STUMBLES) == []
    through(page, page.get_by_role("button", name="已经记下，开始工作"))
    for to in (
        "/desk/site/sign-in/",
        "/desk/site/sign-in/failures/",
        "/desk/site/sign-in/factors/",
        f"/desk/site/sign-in/factors/{stage.secadmin.pk}/remove/",
        "/desk/account/",
        "/desk/account/password/",
        "/desk/account/factor/",
        "/desk/account/factor/codes/",
        "/desk/account/sessions/",
    ):
        visit.open(to)
        assert page.evaluate(STUMBLES) == [], to
        assert visit.overflow() == 0, to
