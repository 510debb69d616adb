"""起草: index numbers never used twice, due days, clean text and names, versions, throwing away."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.rights import NotAllowed
from gongkai.disclosure.actions.attaching import (
    attach,
    detach,
    name_attachment,
    order_attachments,
    replace_file,
)
from gongkai.disclosure.actions.base import CannotDo
from gongkai.disclosure.actions.drafting import draft, edit, give_up_revision, revise, throw_away
from gongkai.disclosure.actions.evaluating import evaluate
from gongkai.disclosure.actions.recount import recount
from gongkai.disclosure.actions.submitting import submit
from gongkai.disclosure.clean import clean_html, plain_text, with_addresses
from gongkai.disclosure.models import IndexNumber, Item, ReviewSheet
from gongkai.disclosure.queries import items_due, items_of, items_to_evaluate
from gongkai.files.actions.made import keep_made
from gongkai.files.models import StoredFile
from tests.cast import SYSTEM, Cast
from tests.disclosure.office import column, new_draft, published, reviewed, today


def stored(cast: Cast, owner: object, name: str = "附件.txt", content: bytes = b"one") -> StoredFile:
    return keep_made(by=cast.actor("clerk"), agency=cast.agency, name=name, content=content, owner=owner)


def test_index_numbers_are_never_given_twice(cast: Cast) -> None:
    year = today().year
    one, two = new_draft(cast), new_draft(cast)
    assert [i.index_number for i in (one, two)] == [f"XTXSFJ/{year}-{n:05d}" for n in (1, 2)]
    throw_away(two, by=cast.actor("clerk"))
    assert not Item.objects.filter(pk=two.pk).exists()
    assert new_draft(cast).index_number == f"XTXSFJ/{year}-00003"
    given = IndexNumber.objects.get(number=two.index_number)
    assert (given.item_id, given.void_on) == (None, today())
    # The sample's 66 of 2024 came first; one brought along from elsewhere is stepped over.
    older = new_draft(cast, formed_on=date(2024, 3, 4))
    assert older.index_number == "XTXSFJ/2024-00067"
    Item.objects.filter(pk=older.pk).update(index_number="XTXSFJ/2024-00068")
    assert new_draft(cast, formed_on=date(2024, 3, 4)).index_number == "XTXSFJ/2024-00069"


def test_what_was_under_review_is_not_thrown_away(cast: Cast) -> None:
    item = new_draft(cast)
    submit(item, by=cast.actor("clerk"))
    edit(item, by=cast.actor("clerk"), title="改过")
    with pytest.raises(CannotDo, match="不能删除"):
        throw_away(item, by=cast.actor("clerk"))


def test_the_due_day_is_counted_by_kind_and_shown(cast: Cast) -> None:
    """law.md §1.7: 2024-09-12 is 7 working days from 09-24, 20 from 10-16; 20 calendar days end on 10-08, the first
    working day after the holiday."""
    days = {
        "general": date(2024, 10, 16),
        "penalty": date(2024, 9, 24),
        "licence": date(2024, 9, 24),
        "other_enforcement": date(2024, 10, 16),
        "budget": date(2024, 10, 8),
    }
    made = {duty: new_draft(cast, duty=duty, formed_on=date(2024, 9, 12)) for duty in days}
    assert {duty: item.due_on for duty, item in made.items()} == days
    edit(made["general"], by=cast.actor("clerk"), formed_on=date(2024, 1, 29))
    assert made["general"].due_on == date(2024, 2, 29)
    assert items_due(cast.agency).first() == made["general"]
    assert items_due(cast.agency, date(2024, 2, 28)).count() == 0
    edit(made["general"], by=cast.actor("clerk"), access="withheld")
    assert made["general"].due_on is None
    Item.objects.filter(pk=made["budget"].pk).update(due_on=date(2020, 1, 1))
    assert (recount(by=SYSTEM), recount(by=SYSTEM)) == (1, 0)


def test_fields_that_do_not_fit_are_refused_in_words(cast: Cast) -> None:
    item = new_draft(cast)
    for fields, words in (
        ({"title": " "}, "标题"),
        ({"summary": "长" * 201}, "内容概述最多200个字"),
        ({"duty": "penalty_withdrawal"}, "公开期限"),
        ({"access": "secret"}, "公开属性"),
        ({"catalogue": "nothing"}, "法定主动公开内容"),
        ({"concerns": ["rumour"]}, "涉及的内容"),
        ({"column": cast.others_item.column}, "本机关"),
        ({"index_number": "1"}, "不能这样修改"),
        ({"state": "passed"}, "不能这样修改"),
    ):
        with pytest.raises(CannotDo, match=words):
            edit(item, by=cast.actor("clerk"), **fields)
    for who in ("reviewer", "leader", "head", "neighbour", "supervisor", "sysadmin", "nobody"):
        with pytest.raises(NotAllowed):
            edit(item, by=cast.actor(who), title="别的")
        with pytest.raises(NotAllowed):
            draft(cast.agency, column(cast), title="别的", by=cast.actor(who))


def test_a_drafter_of_a_section_reaches_the_section_only(cast: Cast) -> None:
    own = new_draft(cast, who="drafter", section=cast.section)
    edit(own, by=cast.actor("drafter"), title="改过")
    with pytest.raises(NotAllowed):
        new_draft(cast, who="drafter", section=cast.other_section)


def test_attachments_are_content_and_belong_to_the_item(cast: Cast) -> None:
    item, clerk = new_draft(cast), cast.actor("clerk")
    first = attach(item, stored(cast, item), by=clerk, name="..\\图<纸>")
    assert first.name == "图纸.txt"
    second = attach(item, stored(cast, item, content=b"two"), by=clerk)
    order_attachments(item, [second.pk, first.pk], by=clerk)
    assert [a.pk for a in item.attachments.order_by("order")] == [second.pk, first.pk]
    for change in (
        lambda: name_attachment(first, "改名", by=clerk),
        lambda: replace_file(first, stored(cast, item, content=b"three"), by=clerk),
        lambda: detach(second, by=clerk),
        lambda: attach(item, stored(cast, item, content=b"four"), by=clerk),
    ):
        sheet = submit(item, by=clerk)
        change()
        sheet.refresh_from_db()
        item.refresh_from_db()
        assert (sheet.result, item.state) == (ReviewSheet.Result.CHANGED, Item.State.DRAFT)
    for owner in (cast.others_item, cast.work):
        with pytest.raises(CannotDo, match="别的事项"):
            attach(item, stored(cast, owner), by=clerk)


def test_text_keeps_what_a_page_may_hold_and_nothing_else(cast: Cast) -> None:
    item, clerk = new_draft(cast), cast.actor("clerk")
    file = stored(cast, item, "图.png")
    attach(item, file, by=clerk, inline=True)
    own, strange = f"files/{file.pk.hex}", f"files/{'0' * 32}"
    edit(
        item,
        by=clerk,
        text=f'<h2 onclick="x()">一</h2><p class="right hidden" style="color:red">二<script>alert(1)</script></p>'
        f'<table width="1"><tr><td colspan="2" rowspan="999999">三</td></tr></table><img src="{own}" alt="图">'
        f'<img src="{strange}"><img src="https://example.com/a.png"><a href="javascript:x()">四</a>'
        f'<a href="https://example.com/">五</a><iframe src="/"></iframe><!-- 六 --><p> </p>',
    )
    assert item.text == (
        '<h2>一</h2><p class="right">二</p>'
        '<table><tbody><tr><td colspan="2">三</td></tr></tbody></table>'
        f'<img src="{own}" alt="图"><img><img><a rel="noopener noreferrer">四</a>'
        '<a href="https://example.com/" rel="noopener noreferrer">五</a>'
    )
    assert clean_html(item.text, {file.pk.hex}) == item.text
    assert plain_text("<p>甲&lt;乙&amp;</p><ul><li>丙<br>丁</li></ul>") == "甲<乙&\n丙\n丁"
    assert with_addresses(item.text, lambda n: f"/x/{n[:2]}").count(f'src="/x/{file.pk.hex[:2]}"') == 1


def test_a_new_version_of_what_is_public(cast: Cast) -> None:
    item, shown = published(cast)
    clerk = cast.actor("clerk")
    with pytest.raises(CannotDo, match="修订"):
        edit(item, by=clerk, text="<p>悄悄改</p>")
    with pytest.raises(CannotDo, match="更正说明"):
        revise(item, note=" ", by=clerk)
    revise(item, note="更正第二段的金额", by=clerk)
    assert (item.version, item.state) == (2, Item.State.DRAFT)
    edit(item, by=clerk, title="新标题", text="<p>改过</p>")
    shown.refresh_from_db()
    assert (shown.title, shown.ended_at) == ("测试信息", None)
    give_up_revision(item, by=clerk)
    assert (item.title, item.text, item.state, item.correction_note) == (
        "测试信息",
        "<p>测试正文</p>",
        Item.State.PUBLISHED,
        "",
    )
    assert items_of(cast.agency, Item.State.PUBLISHED).get(pk=item.pk).is_public


def test_what_is_withheld_is_evaluated_every_year(cast: Cast) -> None:
    item = new_draft(cast, access="withheld", access_reason="内部事务", access_basis="《条例》第十六条")
    reviewed(cast, item)
    due = item.evaluate_on
    assert due is not None
    assert list(items_to_evaluate(cast.agency, due)) == [item]
    with pytest.raises(NotAllowed):
        evaluate(item, result="keep", reason="仍是内部事务", by=cast.actor("clerk"))
    evaluate(item, result="keep", reason="仍是内部事务", by=cast.actor("ogi_head", due))
    assert item.evaluate_on == date(due.year + 1, due.month, due.day)
    evaluate(item, result="proactive", reason="已无不公开的理由", by=cast.actor("ogi_head"))
    assert (item.state, item.access, item.version) == (Item.State.DRAFT, "proactive", 2)
