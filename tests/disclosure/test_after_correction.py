"""What goes along with a corrected or re-evaluated item: old attachments, day due, relations, files of thrown drafts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.dictionaries.models import OfficeWord
from gongkai.dictionaries.queries import calendar
from gongkai.disclosure.actions.attaching import attach, detach, relate, replace_file
from gongkai.disclosure.actions.columns import add_column, missing_columns, rename_address
from gongkai.disclosure.actions.drafting import edit, revise, throw_away
from gongkai.disclosure.actions.evaluating import evaluate
from gongkai.disclosure.actions.history import LeaksFound, Past, SignedOnPaper, bring_in, leaks_of
from gongkai.disclosure.actions.publishing import publish
from gongkai.disclosure.actions.register_keeping import keep as keep_register
from gongkai.disclosure.actions.register_keeping import mark_column
from gongkai.disclosure.actions.submitting import submit
from gongkai.disclosure.leftovers import clear_leftovers
from gongkai.disclosure.listing import waiting
from gongkai.disclosure.models import Item, Publication, RegisterEntry
from gongkai.disclosure.outdated import still_said_to_hold
from gongkai.disclosure.planning import way_of
from gongkai.disclosure.queries import related_to
from gongkai.disclosure.registers.counting import in_force, year_of_registers
from gongkai.disclosure.registers.listing import figures_of
from gongkai.disclosure.stale import stale_attachments
from gongkai.files.actions.made import keep_made
from gongkai.files.models import StoredFile
from tests.cast import SYSTEM, Cast
from tests.disclosure.office import column, new_draft, passed, published, reviewed, today

pytestmark = pytest.mark.django_db


def file_for(cast: Cast, item: Item, text: str = "附件", name: str = "附件.txt") -> StoredFile:
    return keep_made(
        by=cast.actor("clerk"), agency=cast.agency, name=name, content=text.encode(), owner=item, section=None
    )


def with_file(cast: Cast) -> Item:
    """A public item with a listed attachment."""
    item = new_draft(cast)
    attach(item, file_for(cast, item), by=cast.actor("clerk"))
    reviewed(cast, item)
    publish(item, by=cast.actor("clerk"), at=timezone.now())
    return item


def test_an_attachment_older_than_the_corrected_text_is_shown_and_asked_about(cast: Cast) -> None:
    clerk, item = cast.actor("clerk"), with_file(cast)
    assert stale_attachments(item) == []
    revise(item, note="更正数字", by=clerk)
    assert stale_attachments(item) == []
    edit(item, text="<p>更正后的正文</p>", by=clerk)
    (old,) = stale_attachments(item)
    page = reverse("desk:item-submit", args=[cast.agency.slug, item.pk])
    client = cast.browse("clerk")
    assert "附件还是改正文以前的" in client.get(page).content.decode()
    answer = client.post(page, {"ready": "1", "note": ""}).content.decode()
    assert "正文改了，附件还是原来的" in answer
    together = reverse("desk:items-submit", args=[cast.agency.slug])
    assert "还是原来的" in client.post(together, {"item": item.pk}, follow=True).content.decode()
    client.post(page, {"ready": "1", "note": "", "kept": "on"})
    item.refresh_from_db()
    assert item.state == Item.State.IN_REVIEW
    sheet = item.sheets.latest("serial")
    shown = cast.browse("section_head").get(reverse("desk:item-review", args=[cast.agency.slug, sheet.pk]))
    assert "正文改了，这个附件没有换" in shown.content.decode()
    replace_file(old, file_for(cast, item, "改好的附件"), by=clerk)
    assert stale_attachments(item) == []


def test_what_is_found_to_be_public_has_a_day_by_which(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    item = new_draft(
        cast, access="withheld", access_reason="理由", access_basis="依据", formed_on=date(2020, 1, 2)
    )
    reviewed(cast, item)
    assert (item.state, item.due_on) == (Item.State.KEPT, None)
    evaluate(item, result="proactive", reason="已经可以公开", by=cast.actor("ogi_head"))
    item.refresh_from_db()
    assert item.disclosable_on == today()
    assert item.due_on == calendar().add(today(), 20)
    assert [one.pk for one in waiting(cast.agency, clerk, clerk.day).opened] == [item.pk]
    assert (
        "已定为主动公开"
        in cast.browse("clerk").get(reverse("desk:today", args=[cast.agency.slug])).content.decode()
    )
    reviewed(cast, item)
    publish(item, by=clerk, at=timezone.now())
    assert waiting(cast.agency, clerk, clerk.day).opened == []


def test_a_revision_that_opens_what_was_kept_counts_from_that_day(cast: Cast) -> None:
    item = new_draft(
        cast, access="withheld", access_reason="理由", access_basis="依据", formed_on=date(2020, 1, 2)
    )
    reviewed(cast, item)
    revise(item, note="", by=cast.actor("clerk"))
    edit(item, access="proactive", by=cast.actor("clerk"))
    assert item.due_on == calendar().add(today(), 20)
    edit(item, access="withheld", by=cast.actor("clerk"))
    assert (item.disclosable_on or today()) == today()
    assert item.due_on is None


def test_what_belongs_together_is_read_from_what_was_published(cast: Cast) -> None:
    clerk = cast.actor("clerk")
    old, shown = published(cast, title="旧办法")
    new = new_draft(cast, title="新办法")
    relate(new, [("repeals", old)], by=clerk)
    assert (related_to(shown), list(still_said_to_hold(cast.agency))) == ([], [])
    reviewed(cast, new)
    live = publish(new, by=clerk, at=timezone.now())
    told = [("repeals", False, live)]
    assert related_to(shown) == told
    assert list(still_said_to_hold(cast.agency)) == [old]
    revise(new, note="不再废止", by=clerk)
    relate(new, [], by=clerk)
    assert related_to(shown) == told
    assert list(still_said_to_hold(cast.agency, by=new)) == [old]
    other, beside = published(cast, title="另一件")
    revise(other, note="加上相关", by=clerk)
    relate(other, [("see_also", old)], by=clerk)
    assert related_to(beside) == []
    assert related_to(shown) == told


def test_files_of_drafts_thrown_away_are_destroyed(cast: Cast) -> None:
    clerk, later = cast.actor("clerk"), timezone.now() + timedelta(days=2)
    gone, kept = new_draft(cast), new_draft(cast)
    file, stays, loose = file_for(cast, gone), file_for(cast, kept), file_for(cast, kept, "去掉的")
    attach(gone, file, by=clerk)
    attach(kept, stays, by=clerk)
    detach(attach(kept, loose, by=clerk), by=clerk)
    throw_away(gone, by=clerk)
    assert clear_leftovers(timezone.now()) == ""
    assert clear_leftovers(later) == "清理了 1 个已删除草稿的附件"
    assert clear_leftovers(later) == ""
    file.refresh_from_db()
    stays.refresh_from_db()
    assert file.removed_at is not None
    assert stays.removed_at is None


def past(cast: Cast, **more: Any) -> Past:
    when = datetime(2023, 3, 2, 9, 0, tzinfo=timezone.get_current_timezone())
    day = date(2023, 3, 1)
    fields: dict[str, Any] = {"title": "旧信息", "text": "<p>正文</p>", "formed_on": day, **more}
    signed = (
        SignedOnPaper("甲某", "文字", day, ("text",)),
        SignedOnPaper("乙某", "政策", day, ("policy",)),
        SignedOnPaper("丙某", "政治", day, ("political",)),
        SignedOnPaper("丁某", "保密", day, ("secrecy",)),
        SignedOnPaper("戊某", "领导", day, ("final",)),
    )
    return Past(column=column(cast), published_at=when, signed=signed, **fields)


def test_what_is_brought_in_is_searched_before_it_is_public(cast: Cast) -> None:
    fine, bad = past(cast), past(cast, title="名单", text="<p>联系手机 13812345678</p>")
    before = Publication.objects.count()
    with pytest.raises(LeaksFound, match="第2条“名单”：正文有手机号") as refused:
        bring_in(cast.agency, [fine, bad], reason="补录", by=SYSTEM)
    assert Publication.objects.count() == before
    (leak,) = refused.value.leaks
    hidden = past(cast, fields={"keywords": "13812345678"})
    assert [one.find.where for one in leaks_of(cast.agency, [hidden])] == ["关键词"]
    cleared = past(cast, title=bad.title, text=bad.text, let_stand={leak.find.bound: "是对外公布的值班电话"})
    assert len(bring_in(cast.agency, [fine, cleared], reason="补录", by=SYSTEM)) == 2


def test_a_column_that_takes_its_old_address_again_sends_nobody_in_a_circle(
    cast: Cast, client: Client
) -> None:
    clerk = cast.actor("clerk")
    made = add_column(cast.agency, slug="jia", name="甲栏目", by=clerk)

    def answer(slug: str) -> Any:
        return client.get(reverse("portal:column", args=[cast.agency.slug, slug]))

    rename_address(made, "yi", by=clerk)
    moved = answer("jia")
    assert (moved.status_code, moved.url) == (
        301,
        reverse("portal:column", args=[cast.agency.slug, "yi"]),
    )
    assert moved.headers["Cache-Control"].startswith("public, max-age=")
    rename_address(made, "jia", by=clerk)
    assert answer("jia").status_code == 200
    assert answer("yi").url.endswith("/jia/")


def test_one_function_counts_what_is_in_force(cast: Cast) -> None:
    clerk, kind, year = cast.actor("clerk"), "normative_documents", today().year
    add_column(cast.agency, slug="zcwj", name="政策文件", kind="policy", by=clerk)
    mark_column(column(cast, "zcwj"), kind, by=clerk)
    keep_register(cast.agency, kind, since=year, opening=5, by=clerk)
    item, _ = published(cast, where="zcwj", title="有效的", document_number="测发1号")
    published(cast, where="zcwj", title="明年施行", in_force_on=date(year + 1, 1, 2))
    for number in ("测发1号", "测发2号"):
        values = {"title": "登记的", "number": number, "day": date(year, 1, 2)}
        RegisterEntry.objects.create(
            agency=cast.agency, kind=kind, entered_by="甲", entered_at=timezone.now(), **values
        )
    told = in_force(cast.agency, kind, year)
    cell = figures_of(year_of_registers(cast.agency, year), year)[f"t2.{kind}.valid"]
    assert (told.total, told.total) == (int(cell.raw), told.rows + told.items + told.unlisted)
    client = cast.browse("clerk")
    for page in ("register", "register-documents"):
        text = client.get(reverse(f"desk:{page}", args=[cast.agency.slug, kind])).content.decode()
        assert f"现行有效 <strong>{told.total}</strong> 件" in text
    assert item.title in text


def test_the_ready_made_columns_are_listed_and_confirmed(cast: Cast) -> None:
    client, page = cast.browse("clerk"), reverse("desk:columns-set-up", args=[cast.agency.slug])
    missing = missing_columns(cast.agency)
    before = cast.agency.columns.count()
    assert missing
    text = client.get(page).content.decode()
    assert all(one.name in text for one in missing)
    assert cast.agency.columns.count() == before
    assert "一个也没有勾选" in client.post(page, {}).content.decode()
    child = next(one for one in missing if any(up.slug == one.parent for up in missing))
    client.post(page, {"column": [child.slug]})
    made = cast.agency.columns.get(slug=child.slug)
    assert (made.parent.slug, cast.agency.columns.count()) == (child.parent, before + 2)


def test_the_submit_page_shows_the_way_this_item_goes(cast: Cast) -> None:
    client, item = cast.browse("section_head"), new_draft(cast, who="section_head")
    page = client.get(reverse("desk:item-submit", args=[cast.agency.slug, item.pk])).content.decode()
    way = way_of(item, cast.actor("section_head"))
    assert [f"{n}. " + "、".join(one.label for one in stage) in page for n, stage in enumerate(way.stages, 1)]
    sheet = submit(item, by=cast.actor("section_head"))
    stages = sorted({step.stage for step in sheet.steps.all()})
    assert len(stages) == len(way.stages)


def test_a_withdrawal_says_what_it_does_to_the_figures(cast: Cast) -> None:
    item, live = published(cast)
    page = reverse("desk:item-act", args=[cast.agency.slug, item.pk, "withdraw"])
    year = timezone.localtime(live.first_at).year
    text = cast.browse("head").get(page).content.decode()
    assert f"这条信息计入{year}年主动公开的条数" in text
    assert "年报已经公布" not in text
    other, _ = published(cast, title="另一条")
    Publication.objects.filter(item=other)
    with patch("gongkai.desk.disclosure.acts.public_years", return_value=[SimpleNamespace(year=year)]):
        assert f"{year}年的年报已经公布" in cast.browse("head").get(page).content.decode()


def test_several_are_published_together_after_they_are_listed(cast: Cast) -> None:
    one, two, draft = (passed(cast, title=t) for t in ("甲条", "乙条", "丙条"))
    edit(draft, title="丙条改过", by=cast.actor("clerk"))
    client, page = cast.browse("clerk"), reverse("desk:items-publish", args=[cast.agency.slug])
    chosen = {"item": [one.pk, two.pk, draft.pk]}
    text = client.post(page, chosen).content.decode()
    assert "发布这 2 条" in text
    assert Item.objects.filter(state="published", pk__in=[one.pk, two.pk]).count() == 0
    OfficeWord.objects.create(agency=cast.agency, word="乙条", blocks=True)
    text = client.post(page, {**chosen, "sure": "1"}, follow=True).content.decode()
    assert "已发布 1 条：“甲条”" in text
    assert "“乙条”没有发布" in text
    assert "请先勾选" in client.post(page, {"item": ["x"]}, follow=True).content.decode()
    listed = client.get(f"{reverse('desk:items', args=[cast.agency.slug])}?state=passed").content.decode()
    assert "发布选中的" in listed


def test_the_link_to_what_the_public_reads_passes_what_is_kept(cast: Cast) -> None:
    item, live = published(cast)
    item.agency.portal_open or pytest.skip("no portal")
    text = cast.browse("clerk").get(reverse("desk:item", args=[cast.agency.slug, item.pk])).content.decode()
    assert f"{reverse('portal:item', args=[cast.agency.slug, item.pk])}?v={live.pk}" in text
