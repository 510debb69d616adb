"""审查: in order, by the right people, once each, of exactly the content; sent back, recalled, referred."""

from __future__ import annotations

import pytest
from django.utils import timezone

from gongkai.agencies.models import Kind, Seat
from gongkai.agencies.rights import NotAllowed
from gongkai.audit.models import Entry
from gongkai.disclosure.actions.attaching import relate
from gongkai.disclosure.actions.base import CannotDo
from gongkai.disclosure.actions.drafting import edit
from gongkai.disclosure.actions.referring import enter_answer, refer
from gongkai.disclosure.actions.routes import choose_route, set_route
from gongkai.disclosure.actions.signing import send_back, sign
from gongkai.disclosure.actions.submitting import recall, submit
from gongkai.disclosure.completeness import OBSTACLES, register_obstacle
from gongkai.disclosure.content import content_of, digest_of
from gongkai.disclosure.foresight import is_stuck
from gongkai.disclosure.listing import my_sheets
from gongkai.disclosure.models import Drafter, Item, ReviewSheet
from gongkai.disclosure.routes import BadRoute, read
from gongkai.disclosure.signing import signable, why_not_now
from gongkai.outbox.models import Message
from tests.cast import Cast, add_person
from tests.disclosure.office import ROUND, column, new_draft, reviewed

State, Result = Item.State, ReviewSheet.Result
OK = "经审查，可以公开。"


def waiting(cast: Cast, sheet: ReviewSheet) -> dict[str, list[str]]:
    """What each of the cast could sign now."""
    found = {who: [s.check_slug or s.level for s in signable(sheet, cast.actor(who))] for who in cast.people}
    return {who: steps for who, steps in found.items() if steps}


def told(cast: Cast, who: str, subject: str) -> int:
    return Message.objects.filter(person_id=cast.people[who].pk, subject=subject, channel="desk").count()


def test_the_whole_way_of_an_item(cast: Cast) -> None:
    item = new_draft(cast, who="drafter", section=cast.section)
    assert (item.state, item.version, item.source) == (State.DRAFT, 1, cast.agency.name)
    sheet = submit(item, by=cast.actor("drafter"), note="请审")
    assert (item.state, sheet.digest) == (State.IN_REVIEW, digest_of(content_of(item)))
    assert waiting(cast, sheet) == {"section_head": ["first"], "ogi_head": ["first"]}
    assert told(cast, "section_head", "请审查拟公开的信息") == 1
    sign(sheet, by=cast.actor("section_head"), grounds=OK)
    checks = ["text", "policy", "political", "secrecy"]
    assert waiting(cast, sheet) == dict.fromkeys(("reviewer", "ogi_head", "leader", "head"), checks)
    assert told(cast, "reviewer", "请审查拟公开的信息") == 1
    assert told(cast, "head", "请审查拟公开的信息") == 0
    sign(sheet, by=cast.actor("reviewer"), grounds="文字、政策、政治、保密均无问题。")
    assert waiting(cast, sheet) == {"leader": ["final"], "head": ["final"]}
    assert sheet.result == Result.OPEN
    sign(sheet, by=cast.actor("leader"), grounds="同意公开。")
    item.refresh_from_db()
    assert (sheet.result, item.state) == (Result.PASSED, State.PASSED)
    assert told(cast, "clerk", "审查通过，请发布") == 1
    signed = [(s.name, s.stage, s.digest) for s in sheet.signatures.order_by("id")]
    assert [one[1] for one in signed] == [1, 2, 3]
    assert {one[2] for one in signed} == {sheet.digest}
    acts = set(Entry.objects.filter(act__startswith="disclosure.").values_list("act", flat=True))
    assert {"disclosure.draft", "disclosure.submit", "disclosure.review_section", "disclosure.sign"} <= acts


def test_nobody_signs_before_the_turn_or_without_the_seat(cast: Cast) -> None:
    sheet = submit(new_draft(cast), by=cast.actor("clerk"))
    with pytest.raises(CannotDo, match="还没有轮到"):
        sign(sheet, by=cast.actor("leader"), grounds=OK)
    for who in ("drafter", "neighbour", "supervisor", "sysadmin", "secadmin", "auditor", "nobody"):
        with pytest.raises(NotAllowed):
            sign(sheet, by=cast.actor(who), grounds=OK)
        with pytest.raises(NotAllowed):
            send_back(sheet, by=cast.actor(who), words="不行")
    assert not sheet.signatures.exists()


def test_nobody_signs_two_levels(cast: Cast) -> None:
    sheet = submit(new_draft(cast), by=cast.actor("clerk"))
    sign(sheet, by=cast.actor("ogi_head"), grounds=OK)
    with pytest.raises(CannotDo, match="两个层级"):
        sign(sheet, by=cast.actor("ogi_head"), grounds=OK)
    sign(sheet, by=cast.actor("leader"), grounds=OK)
    with pytest.raises(CannotDo, match="两个层级"):
        sign(sheet, by=cast.actor("leader"), grounds=OK)
    sign(sheet, by=cast.actor("head"), grounds=OK)
    assert sheet.result == Result.PASSED


def test_who_wrote_on_it_signs_nothing(cast: Cast) -> None:
    item = new_draft(cast)
    edit(item, by=cast.actor("section_head"), text="<p>改过</p>")
    edit(item, by=cast.actor("ogi_head"), title="改过的标题")
    sheet = submit(item, by=cast.actor("clerk"))
    # Nobody is left for the first level: it is left out, and the sheet says so by its steps.
    assert not sheet.steps.filter(level="first").exists()
    for who in ("section_head", "ogi_head", "clerk"):
        with pytest.raises((CannotDo, NotAllowed)):
            sign(sheet, by=cast.actor(who), grounds=OK)


def test_a_conclusion_needs_grounds(cast: Cast) -> None:
    sheet = submit(new_draft(cast), by=cast.actor("clerk"))
    with pytest.raises(CannotDo, match="审查意见"):
        sign(sheet, by=cast.actor("section_head"), grounds="  ")
    with pytest.raises(CannotDo, match="退回的原因"):
        send_back(sheet, by=cast.actor("section_head"), words="")


def test_what_is_lacking_is_said_at_once(cast: Cast) -> None:
    item = new_draft(cast, summary="", text="", access="withheld", origin="joint", validity="repealed")
    with pytest.raises(CannotDo) as refused:
        submit(item, by=cast.actor("clerk"))
    for words in ("内容概述", "正文", "理由", "依据", "负责公开的机关", "废止或者失效的日期", "由什么文件"):
        assert words in str(refused.value)
    assert not item.sheets.exists()


def test_sent_back_with_words_and_put_under_review_again(cast: Cast) -> None:
    item = new_draft(cast)
    sheet = submit(item, by=cast.actor("clerk"))
    sign(sheet, by=cast.actor("section_head"), grounds=OK)
    send_back(sheet, by=cast.actor("reviewer"), words="第二段有错别字")
    item.refresh_from_db()
    assert (item.state, sheet.result, sheet.closed_words) == (
        State.SENT_BACK,
        Result.SENT_BACK,
        "第二段有错别字",
    )
    assert told(cast, "clerk", "拟公开的信息退回修改") == 1
    edit(item, by=cast.actor("clerk"), text="<p>改好了</p>")
    again = reviewed(cast, item)
    assert (again.serial, again.result, item.state) == (2, Result.PASSED, State.PASSED)


def test_any_change_reopens_all(cast: Cast) -> None:
    item = new_draft(cast)
    for field in ("title", "summary", "text", "document_number", "keywords", "audience", "author"):
        sheet = submit(item, by=cast.actor("clerk"))
        sign(sheet, by=cast.actor("section_head"), grounds=OK)
        edit(item, by=cast.actor("drafter"), **{field: "<p>另一段</p>" if field == "text" else "另一个"})
        sheet.refresh_from_db()
        assert (item.state, sheet.result) == (State.DRAFT, Result.CHANGED)
        with pytest.raises(CannotDo, match="办结"):
            sign(sheet, by=cast.actor("reviewer"), grounds=OK)


def test_a_change_that_changes_nothing_reopens_nothing(cast: Cast) -> None:
    item = new_draft(cast)
    sheet = submit(item, by=cast.actor("clerk"))
    edit(item, by=cast.actor("clerk"), title=item.title, text=item.text)
    sheet.refresh_from_db()
    assert sheet.result == Result.OPEN
    with pytest.raises(CannotDo, match="没有改动"):
        submit(item, by=cast.actor("clerk"))


def test_a_relation_is_content_too(cast: Cast) -> None:
    item, other = new_draft(cast), new_draft(cast)
    sheet = submit(item, by=cast.actor("clerk"))
    relate(item, [("interprets", other)], by=cast.actor("clerk"))
    sheet.refresh_from_db()
    assert (sheet.result, item.state) == (Result.CHANGED, State.DRAFT)
    with pytest.raises(CannotDo, match="本机关"):
        relate(item, [("interprets", item)], by=cast.actor("clerk"))


def test_what_was_changed_past_the_acts_cannot_be_signed(cast: Cast) -> None:
    item = new_draft(cast)
    sheet = submit(item, by=cast.actor("clerk"))
    Item.objects.filter(pk=item.pk).update(text="<p>没有人看过的</p>")
    with pytest.raises(CannotDo, match="重新送审"):
        sign(sheet, by=cast.actor("section_head"), grounds=OK)
    assert submit(item, by=cast.actor("clerk")).serial == 2


def test_recalled_before_it_is_through(cast: Cast) -> None:
    item = new_draft(cast)
    sheet = submit(item, by=cast.actor("clerk"))
    recall(item, by=cast.actor("clerk"))
    sheet.refresh_from_db()
    assert (item.state, sheet.result) == (State.DRAFT, Result.RECALLED)
    with pytest.raises(CannotDo):
        recall(item, by=cast.actor("clerk"))


def test_unclear_is_referred_and_nobody_signs_meanwhile(cast: Cast) -> None:
    item = new_draft(cast)
    sheet = submit(item, by=cast.actor("clerk"))
    ask = {"whom": "secrecy", "organ": "测试县保密局", "question": "附图能否公开"}
    with pytest.raises(NotAllowed):
        refer(sheet, by=cast.actor("clerk"), **ask)
    referral = refer(sheet, by=cast.actor("reviewer"), **ask)
    with pytest.raises(CannotDo, match="已经报请"):
        refer(sheet, by=cast.actor("reviewer"), **ask)
    with pytest.raises(CannotDo, match="等答复"):
        sign(sheet, by=cast.actor("section_head"), grounds=OK)
    enter_answer(referral, by=cast.actor("reviewer"), finding="may", answer="可以公开")
    for who in ROUND:
        sign(sheet, by=cast.actor(who), grounds=OK)
    assert sheet.result == Result.PASSED


def test_a_finding_against_it_sends_it_back(cast: Cast) -> None:
    item = new_draft(cast)
    sheet = submit(item, by=cast.actor("clerk"))
    referral = refer(
        sheet, by=cast.actor("head"), whom="supervising", organ="测试县政府办", question="能否公开"
    )
    enter_answer(referral, by=cast.actor("head"), finding="must_not", answer="属于工作秘密")
    item.refresh_from_db()
    sheet.refresh_from_db()
    assert (item.state, sheet.result) == (State.SENT_BACK, Result.SENT_BACK)
    assert "不得公开" in sheet.closed_words


def test_an_office_of_two_works(cast: Cast) -> None:
    """One drafts, the other signs the four checks and the final level in one sheet with one signature."""
    from gongkai.agencies.actor import Actor
    from gongkai.disclosure.actions.columns import add_column
    from gongkai.disclosure.actions.drafting import draft

    boss = add_person("boss", Kind.HEAD, cast.other)
    where = add_column(cast.other, slug="gg", name="公告", by=cast.actor("neighbour"))
    item = draft(cast.other, where, title="甲", summary="乙", text="<p>丙</p>", by=cast.actor("neighbour"))
    sheet = submit(item, by=cast.actor("neighbour"))
    assert sheet.route == "两人审查"
    head = Actor.of(boss, timezone.localdate())
    assert [s.check_slug or s.level for s in signable(sheet, head)] == [
        *("text", "policy", "political", "secrecy", "final")
    ]
    sign(sheet, by=head, grounds="四关无问题，同意公开。")
    assert (sheet.result, sheet.signatures.count()) == (Result.PASSED, 1)
    with pytest.raises((CannotDo, NotAllowed)):
        sign(sheet, by=cast.actor("neighbour"), grounds=OK)


def test_one_alone_can_not(cast: Cast) -> None:
    from gongkai.disclosure.actions.columns import add_column
    from gongkai.disclosure.actions.drafting import draft

    where = add_column(cast.other, slug="gg", name="公告", by=cast.actor("neighbour"))
    item = draft(cast.other, where, title="甲", summary="乙", text="<p>丙</p>", by=cast.actor("neighbour"))
    with pytest.raises(CannotDo, match="没有人能签“文字关”"):
        submit(item, by=cast.actor("neighbour"))


def test_routine_items_go_the_short_way(cast: Cast) -> None:
    item = new_draft(cast, where="fzxc")
    assert column(cast, "fzxc").routine
    sheet = submit(item, by=cast.actor("clerk"))
    assert (sheet.route, sheet.steps.count()) == ("简易审查", 5)
    for who in ("reviewer", "ogi_head"):
        sign(sheet, by=cast.actor(who), grounds=OK)
    assert sheet.result == Result.PASSED


def test_an_agency_sets_its_own_way(cast: Cast) -> None:
    stages = [
        {"level": "second", "checks": ["secrecy"]},
        {"level": "second", "checks": ["text", "policy", "political"], "kinds": ["leader", "ogi_head"]},
        {"level": "final", "kinds": ["head"]},
    ]
    with pytest.raises(NotAllowed):
        set_route(cast.agency, "standard", name="本局流程", stages=stages, by=cast.actor("clerk"))
    set_route(cast.agency, "standard", name="本局流程", stages=stages, by=cast.actor("ogi_head"))
    sheet = submit(new_draft(cast), by=cast.actor("clerk"))
    assert sheet.route == "本局流程"
    # The head alone may sign the final level here: the checks are left to the others.
    assert set(waiting(cast, sheet)) == {"reviewer", "ogi_head", "leader"}
    for who in ("reviewer", "leader", "head"):
        sign(sheet, by=cast.actor(who), grounds=OK)
    assert sheet.result == Result.PASSED
    choose_route(cast.agency, "standard", "two", by=cast.actor("head"))
    sheet = submit(new_draft(cast), by=cast.actor("clerk"))
    assert waiting(cast, sheet).keys() == {"ogi_head", "leader", "head"}


def test_no_way_leaves_out_a_check() -> None:
    whole = ["text", "policy", "political", "secrecy"]
    for stages, words in (
        ([{"level": "final"}], "政治关"),
        ([{"level": "second", "checks": whole}], "终审"),
        ([{"level": "second", "checks": [*whole, "text"]}, {"level": "final"}], "文字关"),
        ([{"level": "second", "checks": whole, "kinds": ["clerk"]}, {"level": "final"}], "经办员"),
        ([{"level": "final"}, {"level": "second", "checks": whole}], "最后"),
        ([{"level": "second", "checks": ["magic"]}], "magic"),
        ([{"level": "last"}], "层级"),
    ):
        with pytest.raises(BadRoute, match=words):
            read("x", stages)


def test_what_is_not_disclosed_unasked_is_decided_by_the_same_review(cast: Cast) -> None:
    item = new_draft(cast, access="withheld", access_reason="内部事务", access_basis="《条例》第十六条第一款")
    assert item.due_on is None
    sheet = reviewed(cast, item)
    assert (sheet.result, item.state) == (Result.PASSED, State.KEPT)
    assert item.evaluate_on is not None
    assert item.evaluate_on.year == timezone.localdate().year + 1


def test_an_obstacle_stops_the_last_signature(cast: Cast) -> None:
    sheet = submit(new_draft(cast), by=cast.actor("clerk"))
    register_obstacle("test", lambda item: ["发现身份证号，请先处理。"])
    try:
        for who in ROUND[:-1]:
            sign(sheet, by=cast.actor(who), grounds=OK)
        with pytest.raises(CannotDo, match="身份证号"):
            sign(sheet, by=cast.actor("leader"), grounds=OK)
    finally:
        del OBSTACLES["test"]
    sign(sheet, by=cast.actor("leader"), grounds=OK)
    assert sheet.result == Result.PASSED


def test_who_alone_may_sign_the_last_level_keeps_the_pen(cast: Cast) -> None:
    """The leader wrote on it, so only the head can sign the final level, and leaves the checks to others."""
    item = new_draft(cast)
    Drafter.objects.create(item=item, version=item.version, person=cast.people["leader"])
    sheet = submit(item, by=cast.actor("clerk"))
    sign(sheet, by=cast.actor("section_head"), grounds=OK)
    head = cast.actor("head")
    assert "后面的层级只有您能签" in why_not_now(sheet, head)
    with pytest.raises(CannotDo, match="后面的层级只有您能签"):
        sign(sheet, by=head, grounds=OK)
    assert set(waiting(cast, sheet)) == {"reviewer", "ogi_head"}
    assert [one.pk for one in my_sheets(cast.agency, cast.actor("reviewer"))] == [sheet.pk]
    sign(sheet, by=cast.actor("reviewer"), grounds=OK)
    assert not why_not_now(sheet, head)
    assert [one.pk for one in my_sheets(cast.agency, head)] == [sheet.pk]
    sign(sheet, by=head, grounds=OK)
    assert sheet.result == Result.PASSED


def test_the_list_asks_only_who_is_asked_first(cast: Cast) -> None:
    sheet = submit(new_draft(cast), by=cast.actor("clerk"))
    sign(sheet, by=cast.actor("section_head"), grounds=OK)
    # The leader may sign the checks, and is not bothered while a reviewer is there.
    assert signable(sheet, cast.actor("leader"))
    assert [bool(my_sheets(cast.agency, cast.actor(who))) for who in ("reviewer", "leader", "head")] == [
        True, False, False,
    ]  # fmt: skip


def test_a_sheet_nobody_can_sign_any_more_says_so(cast: Cast) -> None:
    sheet = submit(new_draft(cast), by=cast.actor("clerk"))
    assert not is_stuck(sheet, cast.actor("clerk").day)
    for who in ("leader", "head"):
        Seat.objects.filter(person=cast.people[who]).update(person=None)
    assert is_stuck(sheet, cast.actor("clerk").day)
