"""A site with one of each failure: all are found, nothing else is, each becomes a task and closes on a re-check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.dictionaries.models import OfficeWord
from gongkai.disclosure.actions.columns import add_column
from gongkai.disclosure.models import Item, Publication
from gongkai.oversight import messages
from gongkai.oversight.actions.run import recheck
from gongkai.oversight.inspection.columns import look_at_columns
from gongkai.oversight.inspection.found import Round
from gongkai.oversight.messages import Unanswered
from gongkai.oversight.models import Finding, SiteVisit
from gongkai.statute.inspection import RULES
from tests.cast import SYSTEM, Cast
from tests.oversight.site import HOME, bring, freshen, inspect, open_rules

MOBILE, IDENTITY = "13812345678", "11010519491231002X"


@pytest.fixture
def waiting() -> Iterator[list[Unanswered]]:
    """A source of messages as another room would register one."""
    told: list[Unanswered] = []
    messages.register_messages("test", lambda agency, day: told)
    yield told
    messages.SOURCES.pop("test")


def test_nothing_is_invented(cast: Cast) -> None:
    freshen(cast)
    run = inspect(cast)
    assert open_rules(cast) == []
    assert (run.state, run.found, run.percent) == ("done", 0, 100)
    assert run.done == run.total > 70


@pytest.mark.parametrize("day", [date(2024, 7, 1), date(2024, 12, 30), date(2025, 1, 17), date(2026, 11, 30)])
def test_stale_columns_counted_by_hand(cast: Cast, day: date) -> None:
    """The sample as of a day, against a plain loop over what was public then."""
    moment = datetime(day.year, day.month, day.day, 23, tzinfo=timezone.get_current_timezone())
    found = {one.key: one.rule for one in look_at_columns(Round(cast.agency, moment))}
    for column in cast.agency.columns.all():
        days = [timezone.localdate(row.published_at) for row in column.publications.all()]
        age = (day - max(days)).days
        limit = {"news": 14}.get(column.kind, 180)
        lead = 4 if limit == 14 else 30
        wanted = "column_stale" if age > limit else "column_soon" if age > limit - lead else None
        assert found.get(f"column:{column.pk}") == wanted, column.name
    newest = max(
        timezone.localdate(row.published_at) for row in Publication.objects.filter(agency=cast.agency)
    )
    newest = max(newest, date(2025, 1, 16))
    assert ("home" in found) == ((day - newest).days > 14)


def seeded(cast: Cast, waiting: list[Unanswered]) -> dict[str, Any]:
    """One of each; by rule what mends it."""
    today = timezone.localdate()
    old, past = today - timedelta(days=25), today - timedelta(days=200)
    freshen(cast, days_ago=20)
    agency, mended = cast.agency, {}
    kw = {"formed": old, "published": old}
    for n in range(5):
        add_column(agency, slug=f"empty-{n}", name=f"空白{n}", by=SYSTEM, kind="general")
    fresh = add_column(agency, slug="soon", name="快要超期", by=SYSTEM, kind="general", limit_days=30)
    bring(
        cast,
        fresh.slug,
        "快要超期的",
        formed=today - timedelta(days=28),
        published=today - timedelta(days=28),
    )
    good = bring(cast, "zwgk", "好的", **kw)
    mended["secret"] = bring(cast, "zwgk", "带密级的", text="<p>机密★10年</p>", **kw)
    mended["leak"] = bring(cast, "zwgk", "带身份证的", text=f"<p>甲某，公民身份号码{IDENTITY}。</p>", **kw)
    OfficeWord.objects.create(agency=agency, word="错敏测试词", instead="改正的词", note="测试")
    mended["wrong_word"] = bring(cast, "zwgk", "错敏", text="<p>这里有错敏测试词。</p>", **kw)
    mended["published_late"] = bring(cast, "zwgk", "晚了的", formed=past, published=old)
    mended["no_date"] = bring(cast, "zwgk", "废止没有日期", validity="repealed", **kw)
    mended["dates"] = bring(cast, "zwgk", "倒签的", formed=old, published=old - timedelta(days=3))
    mended["lapsed"] = bring(
        cast, "zwgk", "过期的", formed=past, published=past, lapses_on=today - timedelta(days=1)
    )
    mended["lapsing"] = bring(cast, "zwgk", "快到期", formed=past, published=past, lapses_on=today)
    links = (
        f'<p><a href="{HOME}items/{good.pk}/">好的</a><a href="{HOME}columns/zwgk/">好的栏目</a>'
        f'<a href="{HOME}reports/2024/">年报</a><a href="mailto:a@example.com">信箱</a><a href="#x">这里</a>'
        f'<a href="../{good.pk}/">同一处</a><a href="{HOME}items/99999999/">没有的</a></p>'
    )
    mended["link_inside"] = bring(cast, "zwgk", "链接", text=links, **kw)
    mended["overdue"] = Item.objects.create(
        agency=agency,
        column=agency.columns.get(slug="zwgk"),
        title="没有公开的",
        index_number="TEST/2026-1",
        formed_on=past,
        due_on=today - timedelta(days=1),
    )
    waiting += [
        Unanswered("1", "咨询办事时间", today - timedelta(days=61), "/desk/"),
        Unanswered("2", "咨询办事地点", today - timedelta(days=91), "/desk/"),
        Unanswered("3", "刚来的", today - timedelta(days=60)),
        Unanswered("4", "很久以前的", today - timedelta(days=366)),
    ]
    Agency.objects.filter(pk=agency.pk).update(phone="")
    now = timezone.now()
    SiteVisit.objects.bulk_create(
        SiteVisit(agency=agency, at=now - timedelta(hours=n), opened=n > 0) for n in range(20)
    )
    agency.refresh_from_db()
    return mended


ONE_EACH = sorted(
    [
        *set(RULES) - {"column_stale", "column_empty", "link_outside", "attachment", "guide_unchecked"},
        *["column_empty"] * 5,
        *["column_stale"],
    ]
)
"""The outside link, the attachment and the guide nobody looked at have tests of their own."""


def test_one_of_each_is_found_and_becomes_a_task(cast: Cast, waiting: list[Unanswered]) -> None:
    mended = seeded(cast, waiting)
    run = inspect(cast)
    assert open_rules(cast) == ONE_EACH
    for finding in Finding.objects.filter(agency=cast.agency).select_related("task__seat"):
        assert finding.task is not None, finding.rule
        assert finding.task.done_at is None
        assert finding.seat == finding.task.seat
        assert finding.due_on == finding.task.due_on > timezone.localdate()
        assert all((finding.url, finding.what, finding.where)), finding.rule
        assert finding.item_id is None or finding.item_id == mended[finding.rule].pk
        assert IDENTITY not in finding.what + finding.where
    assert (run.found, run.new) == (len(ONE_EACH), len(ONE_EACH))
    again = inspect(cast)
    assert (again.found, again.new, again.closed) == (len(ONE_EACH), 0, 0)
    assert Finding.objects.filter(agency=cast.agency).count() == len(ONE_EACH)


def test_each_closes_on_a_recheck_once_mended(cast: Cast, waiting: list[Unanswered]) -> None:
    mended = seeded(cast, waiting)
    inspect(cast)
    clerk, now = cast.actor("clerk"), timezone.now()
    rows = list(Finding.objects.filter(agency=cast.agency).select_related("agency"))
    for finding in rows:
        assert recheck(finding, by=clerk, at=now).state == "open", finding.rule
    mend(cast, mended, waiting)
    for finding in rows:
        finding.agency.refresh_from_db()
        assert recheck(finding, by=clerk, at=timezone.now()).state == "closed", finding.rule
    assert not Finding.objects.filter(agency=cast.agency, task__done_at__isnull=True).exists()


def test_each_closes_in_the_night_once_mended(cast: Cast, waiting: list[Unanswered]) -> None:
    mended = seeded(cast, waiting)
    inspect(cast)
    mend(cast, mended, waiting)
    run = inspect(cast)
    assert (run.found, run.closed) == (0, len(ONE_EACH))
    assert not Finding.objects.exclude(state="closed").exists()
    assert not Finding.objects.filter(task__done_at__isnull=True).exists()


def mend(cast: Cast, mended: dict[str, Any], waiting: list[Unanswered]) -> None:
    """Put everything right, as far as tests can without thirty reviews: what is wrong is taken down."""
    from gongkai.disclosure.actions.withdrawing import withdraw

    today: date = timezone.localdate()
    for rule, item in mended.items():
        item.refresh_from_db()
        if rule == "overdue":
            item.delete()
        else:
            withdraw(item, cause="wrong", by=cast.actor("leader"), reason="测试", at=timezone.now())
    for column in cast.agency.columns.all():
        bring(cast, column.slug, f"{column.name}又一条", formed=today, published=today)
    waiting.clear()
    Agency.objects.filter(pk=cast.agency.pk).update(phone="0731-00000000")
    SiteVisit.objects.update(opened=True)
