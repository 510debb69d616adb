"""督办单: numbered, handed to the agency's seat, answered there, closed above; several at once are one act or none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.agencies.rights import NotAllowed
from gongkai.audit.models import Entry
from gongkai.desk.todo import Desk, at_desk
from gongkai.outbox.queries import notices_of
from gongkai.oversight.actions.answer_order import answer
from gongkai.oversight.actions.close_order import again, close
from gongkai.oversight.actions.hand import CannotHand, hand
from gongkai.oversight.actions.orders import CannotOrder, Wanted, issue, remind
from gongkai.oversight.board.counting import lines_of
from gongkai.oversight.models import Finding, Order
from gongkai.tasks.actions.tasks import do_task
from gongkai.tasks.models import Task
from tests.cast import Cast, add_request


def wanted(kind: str = "opinion", **more: object) -> Wanted:
    fields = {
        "title": "补齐栏目",
        "text": "通知公告栏目很久没有更新，请补齐。",
        "due_on": timezone.localdate(),
    }
    return Wanted(kind, **{**fields, **more})  # type: ignore[arg-type]


def owed(cast: Cast, who: str, agency: Agency) -> list[str]:
    lists = at_desk(Desk(cast.actor(who), agency, timezone.localdate()))
    return [one.todo.title for one in [*lists.today, *lists.week, *lists.later]]


def test_the_whole_way(cast: Cast) -> None:
    above, clerk = cast.actor("supervisor"), cast.actor("clerk")
    order = issue(cast.county, cast.agency, wanted(), by=above)
    assert (order.serial, order.state, order.seat.person) == (1, "open", cast.clerk)  # type: ignore[union-attr]
    assert any("督办意见：补齐栏目" in one for one in owed(cast, "clerk", cast.agency))
    assert any(order.number in one for one in owed(cast, "ogi_head", cast.agency))
    assert not any("督办" in one for one in owed(cast, "neighbour", cast.other))
    assert any("补齐栏目" in one.subject for one in notices_of(clerk, cast.agency))
    with pytest.raises(CannotOrder):
        answer(order, "  ", by=clerk)
    order = answer(order, "已经补齐。", by=clerk)
    assert order.state == "answered"
    assert Task.objects.get(orders=order).done_at is not None
    assert any("答复了" in one for one in owed(cast, "supervisor", cast.county))
    with pytest.raises(CannotOrder):
        answer(order, "再答", by=clerk)
    order = again(order, "还差一条。", timezone.localdate(), by=above)
    assert order.state == "open"
    assert order.task.done_at is None
    order = close(answer(order, "补了。", by=clerk), "属实。", by=above)
    assert [one.act for one in order.events.all()] == ["issue", "answer", "again", "answer", "close"]
    with pytest.raises(CannotOrder):
        close(order, "再来", by=above)
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"order.issue", "order.answer", "order.close"} <= acts


def test_a_task_done_by_hand_answers_nothing(cast: Cast) -> None:
    order = issue(cast.county, cast.agency, wanted(), by=cast.actor("supervisor"))
    assert order.task
    do_task(order.task, by=cast.actor("clerk"), result="看了")
    assert any(order.number in one for one in owed(cast, "clerk", cast.agency))
    assert answer(order, "办好了。", by=cast.actor("clerk")).state == "answered"


def test_taken_back_before_the_answer(cast: Cast) -> None:
    order = issue(cast.county, cast.agency, wanted(), by=cast.actor("supervisor"))
    close(order, "发错了。", by=cast.actor("supervisor"))
    assert Task.objects.get(orders=order).withdrawn


def test_who_may(cast: Cast) -> None:
    for who in ("clerk", "head", "neighbour", "sysadmin"):
        with pytest.raises(NotAllowed):
            issue(cast.county, cast.agency, wanted(), by=cast.actor(who))
    order = issue(cast.county, cast.agency, wanted(), by=cast.actor("supervisor"))
    for who in ("supervisor", "neighbour", "drafter"):
        with pytest.raises(NotAllowed):
            answer(order, "答复", by=cast.actor(who))
    with pytest.raises(NotAllowed):
        close(order, "销号", by=cast.actor("head"))
    Agency.objects.filter(pk=cast.agency.pk).update(supervisor=None)
    with pytest.raises(NotAllowed):
        issue(cast.county, Agency.objects.get(pk=cast.agency.pk), wanted(), by=cast.actor("supervisor"))


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"text": ""}, {"due_on": timezone.localdate() - timedelta(days=1)}]
)
def test_what_cannot_be_issued(cast: Cast, wrong: dict[str, object]) -> None:
    with pytest.raises(CannotOrder):
        issue(cast.county, cast.agency, wanted(**wrong), by=cast.actor("supervisor"))
    with pytest.raises(CannotOrder):
        remind(
            cast.county,
            [(cast.agency, wanted("remind")), (cast.other, wanted("remind", **wrong))],
            by=cast.actor("supervisor"),
        )
    assert not Order.objects.exists()


def test_all_overdue_agencies_are_reminded_with_what_was_shown(cast: Cast) -> None:
    day = timezone.localdate()
    for agency in (cast.agency, cast.other):
        add_request(agency, "数1号", due_on=day - timedelta(days=3))
    client = cast.browse("supervisor")
    url = reverse("desk:county-remind-all", args=["county-office"])
    shown = client.get(url).content.decode()
    assert shown.count("已经超过3天") == 2
    answer_day = {"due_on_0": day.year, "due_on_1": day.month, "due_on_2": day.day}
    keys = [f"due_on_{part}" for part in ("year", "month", "day")]
    client.post(url, {**answer_day, **dict(zip(keys, (day.year, day.month, day.day), strict=True))})
    orders = list(Order.objects.order_by("serial"))
    assert [one.serial for one in orders] == [1, 2]
    assert all(one.text in shown for one in orders)
    assert all(one.kind == "remind" and one.task for one in orders)
    line = next(one for one in lines_of(cast.county, day) if one.agency == cast.agency)
    assert (line.orders, line.orders_late) == (1, 0)


def test_the_pages_of_an_order(cast: Cast) -> None:
    day = timezone.localdate()
    client, clerk = cast.browse("supervisor"), cast.browse("clerk")
    typed = {"due_on_year": day.year, "due_on_month": day.month, "due_on_day": day.day}
    back = reverse("desk:county-return", args=["county-office", "xtxsfj", 2024])
    assert "核对台账" in client.get(back).content.decode()
    wrong = client.post(back, {"title": "", "text": "留住的字", **typed}).content.decode()
    assert "请写明要办的事项" in wrong
    assert "留住的字" in wrong
    client.post(back, {"title": "退回", "text": "数对不上", **typed})
    order = Order.objects.get()
    assert (order.kind, order.year) == ("return", 2024)
    line = next(
        one for one in lines_of(cast.county, day.replace(year=2025, day=1)) if one.agency == cast.agency
    )
    assert line.report == "returned"
    clerk.post(reverse("desk:order", args=["xtxsfj", order.pk]), {"text": "改好了"})
    page = client.get(reverse("desk:county-order", args=["county-office", order.pk])).content.decode()
    assert "改好了" in page
    assert "要求重新答复" in page
    client.post(
        reverse("desk:county-order-again", args=["county-office", order.pk]), {"words": "还差", **typed}
    )
    clerk.post(reverse("desk:order", args=["xtxsfj", order.pk]), {"text": "都好了"})
    client.post(reverse("desk:county-order-close", args=["county-office", order.pk]), {"words": "属实"})
    order.refresh_from_db()
    assert order.state == "closed"
    assert "已销号" in clerk.get(reverse("desk:orders", args=["xtxsfj"])).content.decode()
    assert "已销号" in client.get(reverse("desk:county-orders", args=["county-office"])).content.decode()


def finding_of(cast: Cast) -> Finding:
    now = timezone.now()
    seat = next(one for one in cast.actor("clerk").at(cast.agency))
    return Finding.objects.create(
        agency=cast.agency, rule="lapsed", key="1", gravity=3, what="有效期已过", found_at=now, seen_at=now,
        due_on=timezone.localdate() + timedelta(days=9), seat=seat,
    )  # fmt: skip


def test_a_finding_is_handed_to_another_seat(cast: Cast) -> None:
    finding, to = finding_of(cast), cast.actor("drafter").at(cast.agency)[0]
    for seat, reason in ((to, " "), (cast.actor("clerk").at(cast.agency)[0], "给自己")):
        with pytest.raises(CannotHand):
            hand(finding, seat, reason, by=cast.actor("clerk"))
    with pytest.raises(CannotHand):
        hand(finding, cast.actor("neighbour").at(cast.other)[0], "别家", by=cast.actor("clerk"))
    for who in ("drafter", "section_head", "supervisor", "neighbour"):
        with pytest.raises(NotAllowed):
            hand(finding, to, "不是我的", by=cast.actor(who))
    moved = hand(finding, to, "由法治股更新", by=cast.actor("clerk"))
    assert moved.seat == to
    assert moved.task
    assert moved.task.seat == to
    assert moved.due_on == finding.due_on
    assert any("自查发现" in one for one in owed(cast, "drafter", cast.agency))
    # Whoever has it now may hand it on; the old task goes when nothing of it is left.
    onward = hand(moved, cast.actor("clerk").at(cast.agency)[0], "写错了", by=cast.actor("drafter"))
    first = Task.objects.get(pk=moved.task_id)
    assert first.done_at is not None
    assert onward.task_id != first.pk
    client = cast.browse("clerk")
    url = reverse("desk:finding-hand", args=["xtxsfj", finding.pk])
    assert "请选择转给谁" in client.post(url, {"seat": "", "reason": "字"}).content.decode()
    client.post(url, {"seat": to.pk, "reason": "由法治股更新"})
    finding.refresh_from_db()
    assert finding.seat == to
    assert "由法治股更新" in finding.handed


def test_nobody_there_to_answer_is_said(cast: Cast) -> None:
    bare = Agency.objects.create(slug="bare", name="没有人的局", code="BARE", supervisor=cast.county)
    url = reverse("desk:county-opinion", args=["county-office", "bare"])
    assert "还没有安排经办员" in cast.browse("supervisor").get(url).content.decode()
    order = issue(cast.county, bare, wanted(), by=cast.actor("supervisor"))
    assert order.seat is None
    assert order.task is None
