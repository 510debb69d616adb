"""转为主动公开 from the proposal to the public page: begun, owed, due, kept from naming who asked, written down at the end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.disclosure.taking_over import take_over_all
from gongkai.disclosure.actions.base import CannotDo
from gongkai.disclosure.actions.converting import begin_from_request
from gongkai.disclosure.actions.drafting import edit, throw_away
from gongkai.disclosure.actions.publishing import publish, schedule
from gongkai.disclosure.models import Item, Publication
from gongkai.disclosure.scanning import finds
from gongkai.disclosure.scheduling import publish_due_items
from gongkai.inforequests.actions.conversion import propose
from gongkai.inforequests.models import Conversion
from tests.cast import Cast
from tests.desk.test_items_pages import errors, post, shown, url
from tests.disclosure.office import column, reviewed
from tests.inforequests.cases import new_case
from tests.statute.day_by_day import walk

pytestmark = pytest.mark.django_db
WHAT = "某项目批复"


def proposed(cast: Cast, on: date | None = None, **more: object) -> Conversion:
    """A proposal at a request of a person named 甲某某."""
    day = on or timezone.localdate()
    case = new_case(cast, on=day, applicant="甲某某", **more)
    return propose(case, by=cast.actor("clerk", day), what=WHAT, reason="三个人申请")


def begun(cast: Cast, one: Conversion, **more: object) -> Item:
    """The draft begun from it, with all that a review asks for."""
    item = begin_from_request(
        cast.agency, column(cast), title=one.what, request_id=one.request_id, request_number=one.request.number,
        proposed_on=one.proposed_on, by=cast.actor("clerk"),
    )  # fmt: skip
    edit(item, by=cast.actor("clerk"), summary="批复", text="<p>同意。</p>", **more)
    return item


def test_the_desk_leads_from_the_proposal_to_the_draft_and_back(cast: Cast) -> None:
    one, clerk = proposed(cast), cast.browse("clerk")
    today = shown(clerk.get(url("today")))
    assert f"转为主动公开：{WHAT}" in today
    assert url("item-convert", one.pk) in today
    assert WHAT not in shown(cast.browse("drafter").get(url("today")))
    page = shown(clerk.get(url("item-convert", one.pk)))
    assert f'value="{WHAT}"' in page
    answer = post(clerk, url("item-convert", one.pk), title="", column="", section="")
    assert errors(answer) == ["请选择栏目。", "请填写标题。"]
    answer = post(
        clerk, url("item-convert", one.pk), title="甲某某申请的批复", column=str(column(cast).pk), section=""
    )
    assert "标题里有申请人的姓名" in errors(answer)[0]
    post(clerk, url("item-convert", one.pk), title=WHAT, column=str(column(cast).pk), section="")
    item = Item.objects.get(request_id=one.request_id)
    assert (item.title, item.request_number, item.converted_on) == (WHAT, one.request.number, one.proposed_on)
    assert f"转为主动公开：{WHAT}" not in shown(clerk.get(url("today")))
    at = clerk.get(url("item-convert", one.pk))
    assert (at.status_code, at["Location"]) == (302, url("item", item.pk))
    assert url("request", one.request_id) in shown(clerk.get(url("item", item.pk)))
    assert url("item", item.pk) in shown(clerk.get(url("request-conversion", one.pk)))
    with pytest.raises(CannotDo, match="已经开始起草"):
        begun(cast, one)
    throw_away(item, by=cast.actor("clerk"))
    assert f"转为主动公开：{WHAT}" in shown(clerk.get(url("today")))


def test_an_old_document_is_due_twenty_working_days_after_it_was_proposed(cast: Cast) -> None:
    one = proposed(cast, date(2025, 9, 15))
    item = begun(cast, one, formed_on=date(2019, 3, 1))
    day = walk(one.proposed_on, 20)
    assert item.due_on == day
    # What is formed later than it was asked for has its own twenty days.
    edit(item, by=cast.actor("clerk"), formed_on=date(2025, 11, 3))
    assert item.due_on > day


def test_who_asked_is_found_before_it_goes_out(cast: Cast) -> None:
    item = begun(cast, proposed(cast))
    assert not [one for one in finds(item) if one.open]
    edit(item, by=cast.actor("clerk"), text="<p>应甲某某的申请公开。</p>")
    (find,) = [one for one in finds(item) if one.open]
    assert (find.text, find.where) == ("甲某某", "正文")
    assert "不能看出是谁申请的" in find.why


def test_an_organisation_may_be_named_as_documents_name_it(cast: Cast) -> None:
    one = proposed(cast, requester_kind="commercial")
    item = begun(cast, one)
    edit(item, by=cast.actor("clerk"), text="<p>甲某某有限公司的批复。</p>")
    assert not [one for one in finds(item) if one.open]


def test_published_by_hand_the_proposal_says_where(cast: Cast) -> None:
    one = proposed(cast)
    item = begun(cast, one)
    reviewed(cast, item)
    answer = post(cast.browse("clerk"), url("item-act", item.pk, "publish"), sure="1", when="now")
    assert "已登记“已转为主动公开”" in shown(answer)
    one.refresh_from_db()
    address = reverse("portal:item", args=[cast.agency.slug, item.pk])
    assert (one.state, one.item, one.url) == ("taken_over", f"{item.column.name}：{WHAT}", address)
    told_at = [
        *(address, reverse("portal:item-print", args=[cast.agency.slug, item.pk])),
        *(f"{reverse('portal:search')}?q={WHAT}", reverse("portal:data-item", args=[item.pk])),
    ]
    for where in told_at:
        told = Client().get(where).content.decode()
        assert WHAT in told
        assert one.request.number not in told
        assert "甲某某" not in told


def test_published_at_its_time_the_tick_says_where(cast: Cast) -> None:
    one, other = proposed(cast), proposed(cast, content="申请公开另一份文件")
    item = begun(cast, one)
    begun(cast, other)
    reviewed(cast, item)
    at = timezone.now() + timedelta(hours=1)
    schedule(item, at=at, by=cast.actor("clerk"))
    assert take_over_all(at) == ""
    publish_due_items(at)
    # The public reads it from the moment it was published.
    assert Publication.objects.get(item=item).ended_at is None
    assert take_over_all(at) == "登记转为主动公开 1 件"
    assert take_over_all(at) == ""
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, one.decided_by, other.state) == ("taken_over", "系统", "proposed")


def test_an_item_that_only_names_a_request_takes_no_proposal_over(cast: Cast) -> None:
    one = proposed(cast)
    item = begun(cast, one)
    Item.objects.filter(pk=item.pk).update(converted_on=None)
    item.refresh_from_db()
    reviewed(cast, item)
    publish(item, by=cast.actor("clerk"), at=timezone.now())
    assert take_over_all(timezone.now()) == ""
