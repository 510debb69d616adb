"""The pages of notices, tasks and the outbox, as a browser gets them."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Agency, Deputy, Person
from gongkai.audit.models import Entry
from gongkai.outbox.models import Message
from gongkai.outbox.queries import unread_count
from gongkai.tasks.actions.tasks import give_task
from gongkai.tasks.models import Task
from tests.cast import SYSTEM, Cast


def own(name: str, cast: Cast, *args: Any) -> str:
    return reverse(f"desk:{name}", args=[cast.agency.slug, *args])


def give(cast: Cast, who: str = "drafter", **more: Any) -> Task:
    return give_task(
        **{"by": SYSTEM, "seat": cast.people[who].seats.earliest("pk"), "title": "核对数据"} | more
    )


def mail(n: int, state: str, **more: Any) -> Message:
    now = timezone.now()
    fields = {
        "key": f"m{n}",
        "channel": "mail",
        "state": state,
        "to": "zhang.san@example.gov.cn",
        "subject": "给张三的标题",
        "body": "给张三的正文",
        "made_at": now,
        "not_before": now,
    }
    return Message.objects.create(**fields | more)


def test_a_notice_is_unread_until_opened(cast: Cast) -> None:
    Message.objects.all().delete()
    task = give(cast, url="/desk/somewhere/")
    browser, actor = cast.browse("drafter"), cast.actor("drafter")
    assert unread_count(actor, cast.agency) == unread_count(actor) == 1
    text = browser.get(own("notices", cast)).content.decode()
    assert "1 条未读" in text
    notice = Message.objects.get(key=f"task:{task.pk}:given:{cast.drafter.pk}:desk")
    text = browser.get(own("notice", cast, notice.pk)).content.decode()
    assert "核对数据" in text
    assert 'href="/desk/somewhere/"' in text
    assert unread_count(actor, cast.agency) == 0
    first = Message.objects.get(pk=notice.pk).read_at
    browser.get(own("notice", cast, notice.pk))
    assert Message.objects.get(pk=notice.pk).read_at == first


def test_unread_first_and_all_read_at_once_but_only_mine(cast: Cast) -> None:
    Message.objects.all().delete()
    for n in range(35):
        give(cast, title=f"事{n}")
    give(cast, who="clerk")
    newest = Message.objects.filter(person_id=cast.drafter.pk).latest("pk")
    browser = cast.browse("drafter")
    browser.get(own("notice", cast, newest.pk))
    titles = re.findall(r"新的交办事项：(事\d+)", browser.get(own("notices", cast)).content.decode())
    assert titles == [f"事{n}" for n in range(33, 3, -1)]
    last = browser.get(own("notices", cast) + "?page=2").content.decode()
    assert re.findall(r"新的交办事项：(事\d+)", last)[-1] == "事34", "what was read comes last"
    answer = browser.post(own("notices-read", cast), follow=True)
    assert "已把 34 条消息标为已读" in answer.content.decode()
    assert unread_count(cast.actor("drafter"), cast.agency) == 0
    assert unread_count(cast.actor("clerk"), cast.agency) == 1


def test_a_task_from_giving_to_done(cast: Cast) -> None:
    seat = cast.drafter.seats.get()
    clerk, drafter = cast.browse("clerk"), cast.browse("drafter")
    typed = {"seat": seat.pk, "title": "", "why": "年报要用", "due_on_year": "2099", "due_on_month": "13"}
    text = clerk.post(own("task-give", cast), typed).content.decode()
    assert "请写明要做的事" in text
    assert "年报要用" in text, "what was typed stays"
    assert not Task.objects.exists()
    typed |= {"title": "核对数据", "due_on_month": "3", "due_on_day": "2"}
    answer = clerk.post(own("task-give", cast), typed, follow=True)
    assert "并已通知" in answer.content.decode()
    task = Task.objects.get()
    assert str(task.due_on) == "2099-03-02"
    assert "核对数据" in drafter.get(own("tasks", cast)).content.decode()
    page = own("task", cast, task.pk)
    assert "请用一句话写明办理结果" in drafter.post(page, {"word": " "}).content.decode()
    answer = drafter.post(page, {"word": "已核对，无误"}, follow=True)
    assert "已办结：核对数据" in answer.content.decode()
    assert "已核对，无误" in drafter.get(own("tasks-done", cast)).content.decode()
    assert "<textarea" not in drafter.get(page).content.decode()


def test_only_who_works_in_the_seat_does_it(cast: Cast) -> None:
    task = give(cast)
    page = own("task", cast, task.pk)
    for who in ("clerk", "section_head", "reviewer", "ogi_head", "leader", "head"):
        assert cast.browse(who).post(page, {"word": "x"}).status_code == 403, who
    for who in ("nobody", "neighbour", "supervisor", "sysadmin", "secadmin", "auditor"):
        assert cast.browse(who).post(page, {"word": "x"}).status_code == 404, who
    assert Task.objects.get().done_at is None
    today = timezone.localdate()
    Deputy.objects.create(seat=task.seat, person=cast.reviewer, since=today, until=today, given_by="测试")
    assert cast.browse("reviewer").post(page, {"word": "代办"}).status_code == 302
    assert Task.objects.get().result == "代办"


def test_taking_back_asks_first(cast: Cast) -> None:
    task = give(cast)
    page, clerk = own("task-withdraw", cast, task.pk), cast.browse("clerk")
    text = clerk.get(page).content.decode()
    assert cast.drafter.name in text
    assert "不能恢复" in text
    assert cast.browse("drafter").post(page, {"word": "x"}).status_code == 403
    clerk.post(page, {"word": "不用了"})
    assert Task.objects.get().withdrawn


def test_a_seat_of_another_agency_cannot_be_chosen(cast: Cast) -> None:
    theirs = cast.neighbour.seats.get()
    text = cast.browse("clerk").post(own("task-give", cast), {"seat": theirs.pk, "title": "x"})
    assert "请从列表里选择交给谁办" in text.content.decode()
    assert not Task.objects.exists()


def test_the_outbox_shows_no_personal_data(cast: Cast) -> None:
    mail(1, "given_up", error="连不上邮件服务器", tries=5)
    mail(2, "waiting", channel="sms", to="13812345678")
    text = cast.browse("sysadmin").get(reverse("desk:site-outbox")).content.decode()
    assert "z***@example.gov.cn" in text
    assert "138****5678" in text
    for secret in ("zhang.san", "13812345678", "张三"):
        assert secret not in text
    assert "连不上邮件服务器" in text
    assert "发送程序没有在运行" in text
    given_up = cast.browse("sysadmin").get(reverse("desk:site-outbox-state", args=["given_up"]))
    assert "138****5678" not in given_up.content.decode()


def test_sending_again_is_an_act_of_the_system_administrator(cast: Cast) -> None:
    row = mail(1, "given_up", error="连不上邮件服务器", tries=5)
    url = reverse("desk:site-outbox-resend", args=[row.pk])
    assert cast.browse("secadmin").post(url).status_code == 403
    assert cast.browse("clerk").post(url).status_code == 404
    browser = cast.browse("sysadmin")
    assert "已重新排队" in browser.post(url, follow=True).content.decode()
    row.refresh_from_db()
    assert (row.state, row.tries) == ("waiting", 0)
    entry = Entry.objects.filter(act="outbox.resend", result="done").get()
    assert "zhang.san" not in entry.detail + entry.object_name
    assert "不用重新发送" in browser.post(url, follow=True).content.decode()
    assert browser.post(reverse("desk:site-outbox-resend", args=[0])).status_code == 404


def test_sending_again_goes_to_the_address_of_now(cast: Cast) -> None:
    """The reason to send again is mostly that the address was wrong."""
    browser = cast.browse("sysadmin")
    for channel, old, new in (
        ("mail", "old@example.cn", "new@example.cn"),
        ("sms", "13800000000", "13900000000"),
    ):
        row = mail(1 if channel == "mail" else 2, "given_up", channel=channel, to=old, tries=1)
        Message.objects.filter(pk=row.pk).update(person_id=cast.drafter.pk)
        url = reverse("desk:site-outbox-resend", args=[row.pk])
        Person.objects.filter(pk=cast.drafter.pk).update(email="", phone="")
        assert "没有填写或者写错了" in browser.post(url, follow=True).content.decode()
        row.refresh_from_db()
        assert (row.state, row.to) == ("given_up", old)
        Person.objects.filter(pk=cast.drafter.pk).update(email="new@example.cn", phone="13900000000")
        browser.post(url)
        row.refresh_from_db()
        assert (row.state, row.to) == ("waiting", new)


def test_lists_ask_the_same_however_long(cast: Cast, queries: Any) -> None:
    drafter, admin = cast.browse("drafter"), cast.browse("sysadmin")
    pages = [
        (drafter, own("notices", cast)),
        (drafter, own("tasks", cast)),
        (cast.browse("clerk"), own("tasks-given", cast)),
        (admin, reverse("desk:site-outbox")),
    ]
    give(cast)
    mail(0, "sent")

    def ask() -> list[int]:
        return [queries(lambda b=browser, u=url: b.get(u)) for browser, url in pages]

    ask()
    few = ask()
    for n in range(1, 15):
        give(cast, title=f"事{n}")
        mail(n, "sent")
    assert ask() == few


def test_empty_lists_say_what_comes(cast: Cast) -> None:
    Message.objects.all().delete()
    assert Agency.objects.filter(pk=cast.agency.pk).exists()
    assert "还没有消息" in cast.browse("drafter").get(own("notices", cast)).content.decode()
    assert "没有要办的事" in cast.browse("drafter").get(own("tasks", cast)).content.decode()
    assert "按“交办一件事”" in cast.browse("clerk").get(own("tasks-given", cast)).content.decode()
