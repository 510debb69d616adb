"""发布: exactly what was reviewed, by whoever may; versions, withdrawal, set times; what the public then reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from gongkai.agencies.rights import NotAllowed
from gongkai.disclosure.actions.attaching import attach, relate
from gongkai.disclosure.actions.base import CannotDo
from gongkai.disclosure.actions.drafting import edit, revise
from gongkai.disclosure.actions.history import Past, SignedOnPaper, bring_in
from gongkai.disclosure.actions.publishing import publish, schedule, unschedule
from gongkai.disclosure.actions.signing import send_back
from gongkai.disclosure.actions.submitting import submit
from gongkai.disclosure.actions.withdrawing import reword, withdraw, withdrawal_due
from gongkai.disclosure.figures import counts_by_column
from gongkai.disclosure.gate import GateClosed
from gongkai.disclosure.models import Item, Publication
from gongkai.disclosure.queries import (
    NoItem,
    columns_of,
    public_file,
    public_item,
    public_items,
    related_to,
    versions_of,
    withdrawn_item,
)
from gongkai.disclosure.scheduling import publish_due_items
from gongkai.disclosure.serving import reviewed_content
from gongkai.files import store
from gongkai.files.actions.made import keep_made
from gongkai.files.queries import Sealed
from gongkai.outbox.models import Message
from tests.cast import SYSTEM, Cast
from tests.disclosure.office import column, new_draft, passed, published, reviewed, today

State = Item.State


def test_published_is_what_was_reviewed(cast: Cast) -> None:
    item = passed(cast, document_number="测〔2026〕1号", keywords="测试")
    for who in ("drafter", "section_head", "reviewer", "leader", "head", "neighbour", "sysadmin", "nobody"):
        with pytest.raises(NotAllowed):
            publish(item, by=cast.actor(who), at=timezone.now())
    shown = publish(item, by=cast.actor("clerk"), at=timezone.now())
    told = public_item(cast.agency, item.pk)
    assert (told, told.html, told.told["keywords"]) == (shown, "<p>测试正文</p>", "测试")
    assert (told.content, told.digest) == (shown.sheet.content, shown.sheet.digest)
    assert item.state == State.PUBLISHED
    assert public_items(cast.agency).first() == shown
    with pytest.raises(GateClosed, match="已经发布过"):
        publish(item, by=cast.actor("clerk"), at=timezone.now())


def test_the_gate_stays_closed(cast: Cast) -> None:
    item, clerk = new_draft(cast), cast.actor("clerk")
    with pytest.raises(GateClosed, match="还没有审查通过"):
        publish(item, by=clerk, at=timezone.now())
    reviewed(cast, item)
    Item.objects.filter(pk=item.pk).update(title="没有人看过的")
    with pytest.raises(GateClosed, match="有改动") as refused:
        publish(item, by=clerk, at=timezone.now())
    assert refused.value.changed
    kept = new_draft(cast, access="on_request", access_reason="理由", access_basis="依据")
    reviewed(cast, kept)
    with pytest.raises(GateClosed, match="依申请公开"):
        publish(kept, by=clerk, at=timezone.now())
    assert not Publication.objects.filter(item__in=[item, kept]).exists()


def test_a_corrected_version_takes_the_place_of_the_first(cast: Cast) -> None:
    item, first = published(cast)
    clerk = cast.actor("clerk")
    revise(item, note="更正金额", by=clerk)
    edit(item, by=clerk, text="<p>改正的正文</p>")
    assert public_item(cast.agency, item.pk) == first
    reviewed(cast, item, ("ogi_head", "reviewer", "head"))
    second = publish(item, by=clerk, at=timezone.now())
    first.refresh_from_db()
    assert (first.ended, second.first_at) == (Publication.Ended.REPLACED, first.first_at)
    assert public_item(cast.agency, item.pk).html == "<p>改正的正文</p>"
    assert [v.told["correction_note"] for v in versions_of(cast.agency, item.pk)] == ["更正金额", ""]
    # Corrected, it still counts once.
    (count,) = [c for c in counts_by_column(cast.agency, today().year) if c.slug == "zwgk"]
    assert count.items == 1


def test_withdrawn_with_a_reason_and_never_raised_again(cast: Cast) -> None:
    item, shown = published(cast)
    head, now = cast.actor("head"), timezone.now()
    with pytest.raises(NotAllowed):
        withdraw(item, cause="wrong", reason="数字有误", by=cast.actor("clerk"), at=now)
    for cause, reason, words in (("", "x", "原因"), ("wrong", " ", "理由"), ("penalty", "撤销", "日期")):
        with pytest.raises(CannotDo, match=words):
            withdraw(item, cause=cause, reason=reason, by=head, at=now)
    withdraw(item, cause="penalty", reason="决定书已撤销", by=head, at=now, changed_on=today())
    assert item.state == State.WITHDRAWN
    with pytest.raises(NoItem):
        public_item(cast.agency, item.pk)
    notice = withdrawn_item(cast.agency, item.pk)
    assert notice is not None
    assert "决定书已撤销" in notice.ended_reason
    assert "第四十八条" in notice.ended_reason
    assert withdrawal_due(date(2024, 9, 12)).last_day == date(2024, 9, 18)
    with pytest.raises(GateClosed):
        publish(item, by=cast.actor("clerk"), at=timezone.now())
    assert not counts_by_column(cast.agency, today().year)
    # A corrected version may come, through the gate.
    revise(item, note="更正后重新公开", by=cast.actor("clerk"))
    reviewed(cast, item)
    again = publish(item, by=cast.actor("clerk"), at=timezone.now())
    assert public_item(cast.agency, item.pk) == again
    assert withdrawn_item(cast.agency, item.pk) is None
    shown.refresh_from_db()
    assert shown.ended == Publication.Ended.WITHDRAWN
    with pytest.raises(CannotDo, match="已经重新公开"):
        reword(item, reason="别的话", by=head, at=timezone.now())


def test_the_reason_of_a_withdrawal_holds_nothing_that_must_not_go_out(cast: Cast) -> None:
    item, _ = published(cast)
    head = cast.actor("head")
    with pytest.raises(CannotDo, match="手机号码"):
        withdraw(item, cause="private", reason="有家长电话13812345678", by=head, at=timezone.now())
    assert public_item(cast.agency, item.pk)
    withdraw(item, cause="private", reason="有家长王某的名字", by=head, at=timezone.now())
    told = Message.objects.filter(subject="信息已经撤回", channel="desk")
    assert {one.person_id for one in told} >= {cast.people["clerk"].pk}
    notice = withdrawn_item(cast.agency, item.pk)
    assert notice is not None
    assert "王某" in notice.public_reason
    with pytest.raises(NotAllowed):
        reword(item, reason="别的话", by=cast.actor("clerk"), at=timezone.now())
    for reason, words in ((" ", "理由"), ("电话13812345678", "手机号码")):
        with pytest.raises(CannotDo, match=words):
            reword(item, reason=reason, by=head, at=timezone.now())
    reword(item, reason="涉及个人信息。", by=head, at=timezone.now())
    assert notice.public_reason == "涉及个人信息。"
    assert "王某" in notice.ended_reason


def test_nobody_is_asked_to_review_what_did_not_change(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    item, _ = published(cast)
    revise(item, note="更正金额", by=clerk)
    with pytest.raises(CannotDo, match="一个字也没有改"):
        submit(item, by=clerk)
    edit(item, by=clerk, correction_note="更正标题")
    with pytest.raises(CannotDo, match="一个字也没有改"):
        submit(item, by=clerk)
    edit(item, by=clerk, title="改了的标题")
    sheet = submit(item, by=clerk)
    send_back(sheet, by=cast.actor("section_head"), words="请改回去")
    item.refresh_from_db()
    with pytest.raises(CannotDo, match="退回以后内容没有改动"):
        submit(item, by=clerk)
    assert submit(item, by=clerk, note="标题就是这样").result == "open"


def test_published_and_closed_at_set_times(cast: Cast) -> None:
    item, clerk = passed(cast), cast.actor("clerk")
    soon = timezone.now() + timedelta(hours=1)
    with pytest.raises(CannotDo, match="晚于现在"):
        schedule(item, at=timezone.now() - timedelta(hours=1), by=clerk)
    schedule(item, at=soon, until=soon + timedelta(days=1), by=clerk)
    assert publish_due_items(timezone.now()) == ""
    assert publish_due_items(soon) == "发布、下线 1 条，没有发布 0 条"
    assert publish_due_items(soon) == ""
    assert public_item(cast.agency, item.pk, soon).published_at == soon
    over = soon + timedelta(days=1)
    # Past its end nobody reads it, whether the tick has come round or not.
    with pytest.raises(NoItem):
        public_item(cast.agency, item.pk, over)
    assert publish_due_items(over) == "发布、下线 1 条，没有发布 0 条"
    item.refresh_from_db()
    assert (item.state, item.publications.get().ended) == (State.EXPIRED, Publication.Ended.EXPIRED)
    assert [c.items for c in counts_by_column(cast.agency, soon.astimezone().year) if c.slug == "zwgk"] == [1]


def test_a_set_time_does_not_open_the_gate(cast: Cast) -> None:
    item, other, clerk = passed(cast), passed(cast), cast.actor("clerk")
    soon = timezone.now() + timedelta(hours=1)
    schedule(item, at=soon, by=clerk)
    schedule(other, at=soon, by=clerk)
    unschedule(other, by=clerk)
    Item.objects.filter(pk=item.pk).update(text="<p>审查以后换上的</p>")
    assert publish_due_items(soon) == "发布、下线 0 条，没有发布 1 条"
    item.refresh_from_db()
    assert (item.publish_at, item.publications.count()) == (None, 0)
    assert Message.objects.filter(subject="定时发布没有成功", person_id=cast.clerk.pk).exists()
    # An edit takes the set time away with the review.
    schedule(other, at=soon, by=clerk)
    edit(other, by=clerk, title="改过")
    assert (other.publish_at, other.state) == (None, State.DRAFT)


def test_a_file_goes_out_as_reviewed_or_not_at_all(cast: Cast) -> None:
    item, clerk = new_draft(cast), cast.actor("clerk")
    file = keep_made(by=clerk, agency=cast.agency, name="附件.txt", content=b"reviewed", owner=item)
    attach(item, file, by=clerk)
    with pytest.raises(NoItem):
        public_file(cast.agency, item.pk, file.pk)
    reviewed(cast, item)
    publish(item, by=clerk, at=timezone.now())
    shown = public_file(cast.agency, item.pk, file.pk)
    assert b"".join(reviewed_content(shown)) == b"reviewed"
    with pytest.raises(NoItem):
        public_file(cast.other, item.pk, file.pk)
    # Other content put under the same number in the store: found out before a byte leaves.
    store.put(file.pk, [b"replaced"])
    with pytest.raises(Sealed):
        reviewed_content(shown)
    withdraw(item, cause="wrong", reason="错", by=cast.actor("head"), at=timezone.now())
    with pytest.raises(NoItem):
        public_file(cast.agency, item.pk, file.pk)


def test_what_belongs_together_shows_both_ways_once_public(cast: Cast) -> None:
    policy, shown = published(cast)
    reading = new_draft(cast, where="fzxc", title="解读")
    relate(reading, [("interprets", policy)], by=cast.actor("clerk"))
    assert related_to(shown) == []
    reviewed(cast, reading, ("reviewer", "ogi_head"))
    told = publish(reading, by=cast.actor("clerk"), at=timezone.now())
    assert related_to(public_item(cast.agency, policy.pk)) == [("interprets", False, told)]
    assert related_to(told) == [("interprets", True, shown)]


def test_history_enters_by_the_same_gate(cast: Cast) -> None:
    where, day = column(cast), date(2023, 5, 4)
    whole = (
        SignedOnPaper("甲某", "办公室", day, ("text", "policy", "political", "secrecy")),
        SignedOnPaper("乙某", "分管领导", day, ("final",)),
    )

    def past(signed: tuple[SignedOnPaper, ...], **more: Any) -> Past:
        at = timezone.now() - timedelta(days=1)
        return Past(**{"column": where, "title": "旧的", "text": "<p>旧</p>", "formed_on": day,
                       "published_at": at, "signed": signed, **more})  # fmt: skip

    for wrong, words in (
        (past(whole[:1]), "不全"),
        (past((*whole[:1], SignedOnPaper("甲某", "办公室", day, ("final",)))), "签了两次"),
        (past((*whole, SignedOnPaper("丙某", "x", day, ("final",)))), "不全"),
        (past(whole, published_at=timezone.now() + timedelta(days=1)), "没有到"),
        (past((whole[0], SignedOnPaper("乙某", "x", date(2999, 1, 1), ("final",)))), "晚于发布"),
        (past(whole, column=cast.others_item.column), "本机关"),
    ):
        with pytest.raises(CannotDo, match=words):
            bring_in(cast.agency, [wrong], reason="移交", by=SYSTEM)
    for who in (*cast.people, "anonymous"):
        with pytest.raises(NotAllowed):
            bring_in(cast.agency, [past(whole)], reason="移交", by=cast.actor(who))
    (item,) = bring_in(cast.agency, [past(whole)], reason="移交", by=SYSTEM)
    shown = public_item(cast.agency, item.pk)
    assert (shown.sheet.paper, shown.sheet.reason, shown.sheet.signatures.count()) == (True, "移交", 2)
    with pytest.raises(IntegrityError):
        bring_in(cast.agency, [past(whole, index_number=item.index_number)], reason="移交", by=SYSTEM)


def test_public_questions_ask_little(cast: Cast, queries: Callable[[Callable[[], Any]], int]) -> None:
    item, _ = published(cast)
    where = column(cast)
    assert queries(lambda: list(columns_of(cast.agency))) == 1
    assert queries(lambda: [i.column.name for i in public_items(cast.agency, where)[:20]]) == 1

    def page() -> None:
        told = public_item(cast.agency, item.pk)
        _ = (told.column.name, [f.name for f in told.files.all()], related_to(told))

    assert queries(page) <= 4
