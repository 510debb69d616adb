"""The forms about people and seats: what was typed stays, what will happen is said first, and then it happens."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.actions.deputies import deputise
from gongkai.agencies.models import Deputy, Kind, Person, Seat
from gongkai.tasks.actions.tasks import give_task
from tests.cast import SYSTEM, Cast, add_person, sit_down

OWN = "xtxsfj"


def seat_of(cast: Cast, who: str) -> Seat:
    return Seat.objects.get(person=cast.people[who])


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return html.unescape(answer.content.decode())


def day_parts(name: str, day: date) -> dict[str, Any]:
    return {f"{name}_year": day.year, f"{name}_month": day.month, f"{name}_day": day.day}


def deputy_typed(who: Any, since: date, until: date, reason: str = "休假") -> dict[str, Any]:
    return {"person": who, "reason": reason, **day_parts("since", since), **day_parts("until", until)}


def carried(page: str) -> dict[str, list[str]]:
    """What the confirming page carries along, without the token."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page):
        if name != "csrfmiddlewaretoken":
            found.setdefault(name, []).append(value)
    return found


def confirm(client: Client, url: str, page: str) -> Any:
    """Press the button of the confirming page."""
    return client.post(url, carried(page) | {"sure": "1"})


def go_back(client: Client, url: str, page: str) -> str:
    """返回修改."""
    return text(client.post(url, carried(page) | {"again": "1"}))


def error_of(page: str) -> str:
    assert "<title>错误：" in page
    return page


# Hand over


def test_handing_over_at_the_agencys_desk(cast: Cast) -> None:
    seat, to = seat_of(cast, "clerk"), cast.ogi_head
    give_task(by=cast.actor("head"), seat=seat, title="核对目录")
    url = reverse("desk:people-hand-over", args=[OWN, seat.pk])
    client = cast.browse("clerk")
    assert "交办事项 1 件" in text(client.get(url))
    page = error_of(text(client.post(url, {"to": "", "note": "轮岗到二组"})))
    assert "请选择一个人" in page
    assert 'value="轮岗到二组"' in page
    page = text(client.post(url, {"to": to.pk, "note": "轮岗到二组"}))
    assert "手上的工作（交办事项 1 件）一并转给" in page
    assert "也不能再打开它的工作台" in page
    assert Seat.objects.get(pk=seat.pk).person == cast.clerk, "nothing happens before it is confirmed"
    page = go_back(client, url, page)
    assert f'<option value="{to.pk}" selected>' in page
    assert 'value="轮岗到二组"' in page
    assert "<title>错误：" not in page
    answer = confirm(client, url, text(client.post(url, {"to": to.pk, "note": "轮岗到二组"})))
    assert answer["Location"] == reverse("desk:home"), "the desk is no longer hers"
    assert Seat.objects.get(pk=seat.pk).person == to
    assert client.get(reverse("desk:people", args=[OWN])).status_code == 404


def test_only_colleagues_are_offered_and_taken(cast: Cast) -> None:
    url = reverse("desk:people-hand-over", args=[OWN, seat_of(cast, "clerk").pk])
    client = cast.browse("clerk")
    page = text(client.get(url))
    assert cast.head.name in page
    assert f'<option value="{cast.neighbour.pk}"' not in page
    assert f'<option value="{cast.clerk.pk}"' not in page
    error_of(text(client.post(url, {"to": cast.neighbour.pk})))
    error_of(text(client.post(url, {"to": "x"})))
    # Who hands out seats does not take one: refused by the act, said on the form, the words still there.
    page = text(cast.browse("head").post(url, {"to": cast.head.pk, "note": "自己来", "sure": "1"}))
    assert "不能给自己安排岗位" in error_of(page)
    assert 'value="自己来"' in page


def test_leaving_a_seat_vacant(cast: Cast) -> None:
    seat = seat_of(cast, "drafter")
    url = reverse("desk:people-hand-over", args=[OWN, seat.pk])
    client = cast.browse("section_head")
    page = text(client.post(url, {"to": "vacant", "note": ""}))
    assert "留在岗位上，等接任的人办理" in page
    assert "确认空缺" in page
    assert confirm(client, url, page)["Location"] == reverse("desk:people", args=[OWN])
    assert Seat.objects.get(pk=seat.pk).person is None
    page = text(client.get(reverse("desk:people", args=[OWN])))
    assert "空缺" in page
    assert "安排人" in page


def test_the_security_administrator_names_anybody(cast: Cast) -> None:
    seat = seat_of(cast, "clerk")
    url = reverse("desk:site-seat-hand-over", args=[seat.pk])
    client = cast.browse("secadmin")
    page = error_of(text(client.post(url, {"to": "没有这个人", "note": "退休"})))
    assert "没有找到“没有这个人”" in page
    assert 'value="没有这个人"' in page
    assert "只能选一样" in error_of(text(client.post(url, {"to": "nobody", "vacant": "on"})))
    assert "只能选一样" in error_of(text(client.post(url, {"to": ""})))
    add_person("other.nobody", "clerk", cast.other)
    Person.objects.filter(username="other.nobody").update(name=cast.nobody.name)
    page = error_of(text(client.post(url, {"to": cast.nobody.name})))
    assert "nobody、other.nobody" in page
    page = text(client.post(url, {"to": "NOBODY", "note": "退休"}))
    assert f"{cast.nobody.name}（nobody）" in page
    page = go_back(client, url, page)
    assert 'value="NOBODY"' in page
    page = text(client.post(url, {"to": "nobody", "note": "退休"}))
    assert confirm(client, url, page)["Location"] == reverse("desk:site-seats")
    assert Seat.objects.get(pk=seat.pk).person == cast.nobody


# Stand-ins


def test_arranging_and_calling_off_a_stand_in(cast: Cast) -> None:
    today = timezone.localdate()
    seat = seat_of(cast, "clerk")
    give_task(by=cast.actor("head"), seat=seat, title="核对目录")
    url = reverse("desk:people-deputise", args=[OWN, seat.pk])
    client = cast.browse("clerk")
    typed = deputy_typed(cast.leader.pk, today + timedelta(1), today + timedelta(5))
    for wrong, said in (
        ({"person": ""}, "请选择一个人"),
        ({"since_month": "13"}, "写法不对"),
        ({"until_year": "", "until_month": "", "until_day": ""}, "请填写到哪一天止"),
    ):
        page = error_of(text(client.post(url, typed | wrong)))
        assert said in page
        assert 'value="休假"' in page
    backwards = deputy_typed(cast.leader.pk, today + timedelta(5), today + timedelta(1)) | {"sure": "1"}
    page = error_of(text(client.post(url, backwards)))
    assert "结束的日子不能早于开始的日子" in page
    page = text(client.post(url, typed))
    assert "共 5 天，含首尾" in page
    assert "（交办事项 1 件）" in page
    page = go_back(client, url, page)
    assert f'<option value="{cast.leader.pk}" selected>' in page
    assert 'value="休假"' in page
    assert page.count(f'value="{(today + timedelta(5)).year}"') == 2
    assert not Deputy.objects.exists()
    assert confirm(client, url, text(client.post(url, typed))).status_code == 302
    made = Deputy.objects.get()
    page = error_of(text(client.post(url, typed | {"person": cast.head.pk, "sure": "1"})))
    assert "已经由" in page
    off = reverse("desk:people-cancel", args=[OWN, made.pk])
    assert "到时不会" in text(client.get(off))
    assert client.post(off, {"sure": "1"}).status_code == 302
    assert Deputy.objects.get().cancelled_on == today
    assert client.get(off).status_code == 404
    assert "取消" in text(client.get(reverse("desk:people-history", args=[OWN])))


def test_a_stand_in_of_an_administrator(cast: Cast) -> None:
    today = timezone.localdate()
    url = reverse("desk:site-seat-deputise", args=[seat_of(cast, "auditor").pk])
    client = cast.browse("secadmin")
    typed = deputy_typed("sysadmin", today, today)
    page = error_of(text(client.post(url, typed | {"sure": "1"})))
    assert "必须由三个人分别担任" in page
    assert 'value="sysadmin"' in page
    assert confirm(client, url, text(client.post(url, typed | {"person": "nobody"}))).status_code == 302
    made = Deputy.objects.get()
    off = reverse("desk:site-deputy-cancel", args=[made.pk])
    assert "从现在起不能再" in text(client.get(off))
    assert client.post(off, {"sure": "1"})["Location"] == reverse("desk:site-seats")
    assert Deputy.objects.get().cancelled_on == today


# End, set up, give


def test_ending_a_seat_asks_who_takes_the_work(cast: Cast) -> None:
    seat, to = seat_of(cast, "clerk"), seat_of(cast, "ogi_head")
    task = give_task(by=cast.actor("head"), seat=seat, title="核对目录")
    url = reverse("desk:site-seat-end", args=[seat.pk])
    client = cast.browse("secadmin")
    page = error_of(text(client.post(url, {"note": "合并岗位", "to": ""})))
    assert "请选择接手的岗位" in page
    assert 'value="合并岗位"' in page
    error_of(text(client.post(url, {"to": seat_of(cast, "neighbour").pk})))
    page = text(client.post(url, {"note": "合并岗位", "to": to.pk}))
    assert "手上的工作（交办事项 1 件）转到“" in page
    assert "撤销以后不能恢复" in page
    page = go_back(client, url, page)
    assert f'<option value="{to.pk}" selected>' in page
    page = text(client.post(url, {"note": "合并岗位", "to": to.pk}))
    assert confirm(client, url, page).status_code == 302
    task.refresh_from_db()
    assert task.seat == to
    assert client.get(url).status_code == 404
    last = reverse("desk:site-seat-end", args=[seat_of(cast, "auditor").pk])
    assert "只剩这一个人" in error_of(text(client.post(last, {"note": "", "sure": "1"})))


def test_giving_seats_and_setting_up_a_vacant_one(cast: Cast) -> None:
    client = cast.browse("secadmin")
    url = reverse("desk:site-person-seats", args=[cast.nobody.pk])
    assert cast.agency.name in text(client.get(url))
    assert client.get(url, {"agency": "no-such"}).status_code == 404
    there = f"{url}?agency={OWN}"
    assert "请至少勾选一个岗位" in error_of(text(client.post(there, {})))
    error_of(text(client.post(there, {"places": ["clerk.0", "nonsense.0"]})))
    places = ["clerk.0", f"drafter.{cast.section.pk}"]
    page = text(client.post(there, {"places": places}))
    assert "授予 2 个岗位" in page
    assert carried(page) == {"places": places}
    page = go_back(client, there, page)
    assert re.findall(r'value="([^"]+)"[^>]*checked', page) == places
    page = text(client.post(there, {"places": places}))
    assert confirm(client, there, page).status_code == 302
    kinds = Seat.objects.filter(person=cast.nobody).values_list("kind", flat=True)
    assert sorted(kinds) == [Kind.CLERK, Kind.DRAFTER]
    assert 'value="clerk.0"' not in text(client.get(there)), "what is held is not offered again"
    new = f"{reverse('desk:site-seat-new')}?agency={OWN}"
    page = text(client.post(new, {"places": ["text_reviewer.0"]}))
    assert "设立以后是空缺" in page
    assert confirm(client, new, page)["Location"] == reverse("desk:site-seats")
    assert Seat.objects.get(kind=Kind.TEXT_REVIEWER, person=None).agency == cast.agency
    twice = f"{url}?agency=-"
    page = text(client.post(twice, {"places": ["audit_admin.0", "system_admin.0"]}))
    assert "必须由三个人分别担任" in error_of(text(confirm(client, twice, page)))
    assert not Seat.objects.filter(person=cast.nobody, agency=None).exists(), "both or none"


# Accounts


def test_a_new_account_and_its_password_shown_once(cast: Cast) -> None:
    client = cast.browse("sysadmin")
    url = reverse("desk:site-person-new")
    typed = {"username": "wang.fang", "name": "王芳", "phone": "13900001111", "email": "wf@example.cn"}
    for wrong, said in (
        ({"username": ""}, "请写用户名"),
        ({"name": " "}, "请写姓名"),
        ({"phone": "123"}, "手机号是 11 位数字"),
        ({"email": "wf"}, "邮箱写法不对"),
        ({"username": "CLERK"}, "已经有人用了"),
        ({"username": "wang fang"}, "用户名用字母"),
        ({"name": cast.clerk.name}, "已经有同名的账号"),
    ):
        page = error_of(text(client.post(url, typed | wrong)))
        assert said in page
        for name in typed.keys() - wrong.keys():
            assert f'value="{typed[name]}"' in page, name
    assert not Person.objects.filter(username="wang.fang").exists()
    answer = client.post(url, typed)
    shown = re.search(r'<span class="secret">([^<]+)</span>', text(answer))
    assert shown is not None
    assert "no-store" in answer["Cache-Control"]
    person = Person.objects.get(username="wang.fang")
    assert person.check_password(shown[1])
    assert person.must_change_password
    one = text(client.get(reverse("desk:site-person", args=[person.pk])))
    assert shown[1] not in one
    assert shown[1] not in text(client.get(url))
    again = typed | {"username": "clerk2", "name": cast.clerk.name, "another": "on"}
    assert "已经新增" in text(client.post(url, again))


def test_putting_an_account_right(cast: Cast) -> None:
    client = cast.browse("sysadmin")
    url = reverse("desk:site-person-edit", args=[cast.clerk.pk])
    page = error_of(text(client.post(url, {"name": "", "phone": "13900001111", "email": ""})))
    assert 'value="13900001111"' in page
    assert client.post(url, {"name": "改名", "phone": "13900001111", "email": ""}).status_code == 302
    cast.clerk.refresh_from_db()
    assert (cast.clerk.name, cast.clerk.phone) == ("改名", "13900001111")


def test_closing_and_opening_again(cast: Cast) -> None:
    seat = seat_of(cast, "clerk")
    give_task(by=cast.actor("head"), seat=seat, title="核对目录")
    client, theirs = cast.browse("sysadmin"), cast.browse("clerk")
    url = reverse("desk:site-person-close", args=[cast.clerk.pk])
    page = error_of(text(client.post(url, {"reason": "调离"})))
    assert "留作空缺" in page
    assert 'value="调离"' in page
    assert "请写原因" in error_of(text(client.post(url, {f"seat-{seat.pk}": "on"})))
    page = text(client.post(url, {"reason": "调离", f"seat-{seat.pk}": "on"}))
    assert "手上的工作（交办事项 1 件）留在岗位上" in page
    page = go_back(client, url, page)
    assert "checked" in page
    assert 'value="调离"' in page
    page = text(client.post(url, {"reason": "调离", f"seat-{seat.pk}": "on"}))
    assert confirm(client, url, page).status_code == 302
    assert Seat.objects.get(pk=seat.pk).person is None
    assert theirs.get(reverse("desk:today", args=[OWN])).status_code == 302, "out at once"
    assert "已经停用" in error_of(text(client.post(url, {"reason": "再来", "sure": "1"})))
    back = reverse("desk:site-person-reopen", args=[cast.clerk.pk])
    assert "以前的岗位不会自动恢复" in text(client.get(back))
    assert client.post(back, {"sure": "1"}).status_code == 302
    assert "没有停用" in text(client.post(back, {"sure": "1"}))
    assert Person.objects.get(pk=cast.clerk.pk).is_active
    own = reverse("desk:site-person-close", args=[cast.sysadmin.pk])
    mine = {f"seat-{seat_of(cast, 'sysadmin').pk}": "on", "reason": "x", "sure": "1"}
    assert "不能停用自己的账号" in error_of(text(client.post(own, mine)))


def test_a_new_password_shown_once(cast: Cast) -> None:
    client = cast.browse("secadmin")
    url = reverse("desk:site-person-password", args=[cast.clerk.pk])
    old = cast.clerk.password
    assert "原来的密码马上作废" in text(client.get(url))
    assert Person.objects.get(pk=cast.clerk.pk).password == old
    shown = re.search(r'<span class="secret">([^<]+)</span>', text(client.post(url, {"sure": "1"})))
    assert shown is not None
    assert Person.objects.get(pk=cast.clerk.pk).check_password(shown[1])
    assert shown[1] not in text(client.get(url))
    own = reverse("desk:site-person-password", args=[cast.secadmin.pk])
    assert "我的账号" in text(client.post(own, {"sure": "1"}))


# Rows


def _more(cast: Cast, count: int, name: str) -> None:
    today = timezone.localdate()
    for n in range(count):
        person = add_person(f"{name}{n}", Kind.DRAFTER, cast.agency, cast.section)
        seat = Seat.objects.get(person=person)
        deputise(seat, person=cast.head, since=today, until=today, by=SYSTEM)


@pytest.mark.parametrize(
    ("who", "name", "args"),
    [
        ("ogi_head", "desk:people", [OWN]),
        ("ogi_head", "desk:people-history", [OWN]),
        ("secadmin", "desk:site-people", []),
        ("secadmin", "desk:site-seats", []),
    ],
)
def test_no_query_for_each_row(
    cast: Cast,
    queries: Callable[[Callable[[], Any]], int],
    who: str,
    name: str,
    args: list[Any],
) -> None:
    client, url = cast.browse(who), reverse(name, args=args)
    _more(cast, 2, "few")
    client.get(url)
    few = queries(lambda: client.get(url))
    _more(cast, 14, "many")
    assert queries(lambda: client.get(url)) - few <= 0


def test_many_are_paged_and_found(cast: Cast) -> None:
    for n in range(60):
        Person.objects.create(username=f"extra{n:02}", name=f"多余{n:02}")
    client, url = cast.browse("sysadmin"), reverse("desk:site-people")
    first, second = text(client.get(url)), text(client.get(url, {"page": 2}))
    assert "page=2" in first
    assert len(re.findall("多余", first)) < 60
    assert "多余59" in first + second
    found = text(client.get(url, {"words": "多余07"}))
    assert "extra07" in found
    assert "extra08" not in found
    seats = text(cast.browse("secadmin").get(reverse("desk:site-seats"), {"words": "没有这样的岗位"}))
    assert "没有找到" in seats
    assert sit_down(Client(), cast.clerk).pk
