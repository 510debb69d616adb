"""In a real browser: a reconsideration about an answered request is registered, decided, the request handled anew."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.utils import timezone

from gongkai.inforequests.models import InfoRequest
from gongkai.remedies.models import Remedy
from tests.browsing import overflow, through
from tests.cast import Cast, assemble
from tests.inforequests.cases import answer, new_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("GONGKAI_TEST_PICTURES", "")
NUMBER = "测复〔2026〕7号"


@pytest.fixture
def stage(transactional_db: None, static_files: None) -> Cast:
    return assemble()


@pytest.fixture
def clerk(stage: Cast, visit: Any) -> Any:
    value = stage.browse("clerk").cookies["sessionid"].value
    visit.page.context.add_cookies([{"name": "sessionid", "value": value, "url": visit.address}])
    return visit.page


def look(page: Any, name: str) -> None:
    """The page fits the window at both sizes; its picture where pictures are wanted."""
    for width, height in ((390, 844), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        assert overflow(page) == 0, f"{name} at {width}"
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)


def press(page: Any, name: str) -> None:
    through(page, page.get_by_role("button", name=name, exact=True))


def follow(page: Any, name: str) -> None:
    through(page, page.get_by_role("link", name=name, exact=True).first)


def day(page: Any, group: str, on: Any) -> None:
    boxes = page.get_by_role("group", name=group)
    for label, value in (("年", on.year), ("月", on.month), ("日", on.day)):
        boxes.get_by_label(label, exact=True).fill(str(value))


def test_ordered_to_answer_again(stage: Cast, clerk: Any, site: str) -> None:
    today = timezone.localdate()
    case = new_case(stage)
    answer(stage, case, "denied_process", case.received_on)
    clerk.goto(f"{site}/desk/xtxsfj/remedies/")
    look(clerk, "remedies-empty")
    clerk.goto(f"{site}/desk/xtxsfj/requests/{case.pk}/")
    follow(clerk, "登记复议、诉讼")
    assert clerk.get_by_label("针对哪件申请").input_value() == case.number
    press(clerk, "登记")
    clerk.get_by_text("请选择类别。").first.wait_for()
    clerk.get_by_label("行政复议", exact=True).check()
    assert not clerk.get_by_label("先行的行政复议").is_visible()
    look(clerk, "remedy-register")
    clerk.get_by_label("复议机关或者法院").fill("某县人民政府（测试）")
    clerk.get_by_label("案号").fill(NUMBER)
    clerk.get_by_label("争议的事项").fill("不服属于过程性信息、不予公开的答复")
    day(clerk, "受理之日", today)
    day(clerk, "答复书、答辩状最迟哪一天提交", today)
    press(clerk, "登记")
    look(clerk, "remedy")
    clerk.goto(f"{site}/desk/xtxsfj/")
    clerk.get_by_text(f"提交答复书：{NUMBER}").wait_for()
    follow(clerk, "打开这件案子")
    follow(clerk, "登记答复书已提交")
    press(clerk, "登记")
    follow(clerk, "登记结果")
    clerk.get_by_label("结果纠正").check()
    day(clerk, "审结之日", today)
    clerk.get_by_label("决定或者裁判的内容").fill("撤销，责令重新答复")
    clerk.get_by_label("要求重新办理这件申请").check()
    day(clerk, "最迟哪一天重新答复", today)
    look(clerk, "remedy-conclude")
    press(clerk, "登记结果")
    look(clerk, "remedy-decided")
    follow(clerk, "去重新办理")
    assert NUMBER in clerk.get_by_label("哪个机关的哪份决定或者判决").input_value()
    look(clerk, "remedy-reopen")
    press(clerk, "重新办理")
    clerk.get_by_text("为什么是这一天").click()
    clerk.get_by_text("以这一天为准").wait_for()
    look(clerk, "remedy-reopened")
    clerk.goto(f"{site}/desk/xtxsfj/remedies/?year={today.year}")
    look(clerk, "remedies")
    assert Remedy.objects.get().result == "corrected"
    reopened = InfoRequest.objects.get()
    assert (reopened.state, reopened.due_on) == ("handling", today)
