"""A seat changes hands, in a real browser: from the new account to the desk, cover for some days, and its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.agencies.models import Deputy, Kind, Person, Seat
from gongkai.audit.models import Entry
from gongkai.tasks.actions.tasks import give_task
from gongkai.tasks.models import Task
from tests.browsing import through
from tests.cast import SYSTEM, Cast, assemble

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK, SEATS = "/desk/xtxsfj/", "/desk/site/seats/"
OWN_PASSWORD = "Mq7t-Vb2xLs"
IN_HAND = "核对上半年的主动公开目录"


@pytest.fixture
def stage(transactional_db: None, static_files: None) -> Cast:
    return assemble()


@pytest.fixture
def sit(stage: Cast, chromium: Any, site: str) -> Iterator[Callable[[str], Any]]:
    """A page of a browser of one's own: signed in by the cookie of a session, but for who comes in by the door."""
    contexts = []

    def at(who: str) -> Any:
        context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", base_url=site)
        contexts.append(context)
        if who != "anonymous":
            value = stage.browse(who).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": value, "url": site}])
        return context.new_page()

    yield at
    for context in contexts:
        context.close()


def press(page: Any, *buttons: str) -> None:
    for name in buttons:
        through(page, page.get_by_role("button", name=name))


def opens(page: Any, path: str = DESK) -> int:
    """The status of the answer."""
    status: int = page.goto(path).status
    return status


def new_account(admin: Any) -> str:
    """The system administrator makes the account; the first password."""
    admin.goto("/desk/site/people/")
    through(admin, admin.get_by_role("link", name="新增人员"))
    admin.get_by_label("用户名").fill("xin.lai")
    admin.get_by_label("姓名").fill("新来的人")
    press(admin, "新增")
    secret: str = admin.locator(".secret").inner_text()
    return secret


def through_the_door(page: Any, password: str) -> None:
    page.goto("/desk/")
    page.get_by_label("用户名").fill("xin.lai")
    page.get_by_label("密码").fill(password)
    press(page, "登录")


def change_password(page: Any, first: str) -> None:
    page.get_by_role("heading", name="请先设定新密码").wait_for()
    page.get_by_label("现在的密码").fill(first)
    page.get_by_label("新密码", exact=True).fill(OWN_PASSWORD)
    page.get_by_label("再输一遍新密码").fill(OWN_PASSWORD)
    press(page, "保存新密码")


def fill_day(page: Any, name: str, day: date) -> None:
    for part in ("year", "month", "day"):
        page.locator(f"input[name={name}_{part}]").fill(str(getattr(day, part)))


def hand_over(giver: Any, stage: Cast, seat: Seat) -> None:
    giver.goto(f"{SEATS}?words={stage.clerk.name}")
    through(giver, giver.get_by_label(f"{seat}：移交"))
    giver.get_by_label("交给谁").fill("xin.lai")
    press(giver, "下一步")
    said = giver.inner_text("main")
    assert f"{stage.clerk.name}从现在起不能再用这个岗位办事" in said
    assert "交办事项 1 件" in said
    press(giver, "确认移交")
    assert "已经移交给新来的人" in giver.inner_text("main")


def deputise(giver: Any, seat: Seat, since: date) -> None:
    giver.goto(f"{SEATS}?words=xin.lai")
    through(giver, giver.get_by_label(f"{seat}：安排代班"))
    giver.get_by_label("谁来代班").fill("nobody")
    fill_day(giver, "since", since)
    fill_day(giver, "until", since + timedelta(days=4))
    press(giver, "下一步")
    assert "共 5 天，含首尾" in giver.inner_text("main")
    press(giver, "确认代班")


def call_off(giver: Any) -> None:
    giver.goto(f"{SEATS}?words=xin.lai")
    through(giver, giver.get_by_role("link", name="取消"))
    press(giver, "确认取消")


def test_a_seat_changes_hands_and_is_covered(stage: Cast, sit: Callable[[str], Any]) -> None:
    seat = Seat.objects.get(person=stage.clerk, agency=stage.agency, kind=Kind.CLERK)
    give_task(by=SYSTEM, seat=seat, title=IN_HAND, due_on=timezone.localdate() + timedelta(days=3))
    old, giver = sit("clerk"), sit("secadmin")
    assert opens(old) == 200
    assert IN_HAND in old.inner_text("main")
    first = new_account(sit("sysadmin"))

    hand_over(giver, stage, seat)
    newcomer = Person.objects.get(username="xin.lai")
    assert Seat.objects.get(pk=seat.pk).person == newcomer

    # The session that was open all along no longer leads to the desk.
    assert opens(old) == 404

    # The first sign-in asks for a new password, then leads to the work in hand; the first one is worth nothing now.
    new = sit("anonymous")
    through_the_door(new, first)
    change_password(new, first)
    new.wait_for_url(f"**{DESK}")
    assert IN_HAND in new.inner_text("main")
    again = sit("anonymous")
    through_the_door(again, first)
    again.get_by_text("用户名或者密码不对").first.wait_for()

    # Cover from today on.
    standing_in = sit("nobody")
    assert opens(standing_in) == 404
    today = timezone.localdate()
    deputise(giver, seat, today)
    assert opens(standing_in) == 200
    assert IN_HAND in standing_in.inner_text("main")
    assert opens(new) == 200

    call_off(giver)
    assert opens(standing_in) == 404
    assert opens(new) == 200
    assert Deputy.objects.get(seat=seat).cancelled_on == today

    # What the trail says of it, and in whose hands the work is.
    acts = list(
        Entry.objects.filter(act__startswith="seat.").order_by("number").values_list("act", "person_name")
    )
    secadmin = stage.secadmin.name
    assert acts[-3:] == [
        ("seat.hand_over", secadmin),
        ("seat.deputise", secadmin),
        ("seat.deputise", secadmin),
    ]
    task = Task.objects.get(title=IN_HAND)
    assert (task.seat_id, task.done_at) == (seat.pk, None)
