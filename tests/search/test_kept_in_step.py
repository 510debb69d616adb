"""The hourly look at the index: what is new at once, everything once a day and a bounded part at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from gongkai.disclosure.actions.publishing import publish
from gongkai.disclosure.models import Item
from gongkai.search import indexing, keeping
from gongkai.search.keeping import look_through
from gongkai.search.models import Entry, LookedThrough, PublicEntry
from tests.cast import Cast
from tests.disclosure.office import new_draft, passed, published

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def later(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def test_what_came_past_the_acts_is_found_within_the_hour(cast: Cast) -> None:
    look_through(NOW)
    item, _ = published(cast, title="新来的")
    Entry.objects.filter(kind="item", object_id=str(item.pk)).delete()
    PublicEntry.objects.filter(kind="item", number=item.pk).delete()
    look_through(later(1))
    assert Entry.objects.filter(kind="item", object_id=str(item.pk)).exists()
    assert PublicEntry.objects.filter(kind="item", number=item.pk).exists()


def test_within_a_day_nothing_is_read_twice(cast: Cast) -> None:
    look_through(NOW)
    seats_and_reports = look_through(later(1))
    item = Item.objects.order_by("pk").first()
    assert item is not None
    Entry.objects.filter(kind="item", object_id=str(item.pk)).delete()
    assert look_through(later(2)) == seats_and_reports
    assert not Entry.objects.filter(kind="item", object_id=str(item.pk)).exists()
    look_through(later(25))
    assert Entry.objects.filter(kind="item", object_id=str(item.pk)).exists()


def test_a_round_goes_on_where_it_was_left(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [new_draft(cast, title=f"第{n}条") for n in range(7)]
    look_through(NOW)
    monkeypatch.setattr(keeping, "ROWS", 20)
    monkeypatch.setattr(indexing, "AT_ONCE", 20)
    Entry.objects.filter(kind="item").delete()
    missing = []
    for hour in range(25, 31):
        look_through(later(hour))
        missing.append(Item.objects.count() - Entry.objects.filter(kind="item").count())
    assert missing == sorted(missing, reverse=True)
    assert missing[0] > missing[1]
    assert missing[-1] == 0
    assert LookedThrough.objects.get(name="desk:item").newest >= items[-1].pk


def test_what_is_no_more_goes(cast: Cast) -> None:
    item = passed(cast, title="还在的")
    publish(item, by=cast.actor("clerk"), at=timezone.now())
    stray = Entry.objects.get(kind="item", object_id=str(item.pk))
    for number in (item.pk + 1000, item.pk + 2000):
        stray.pk, stray.object_id = None, str(number)
        stray.save(force_insert=True)
    gone = PublicEntry.objects.get(kind="item", number=item.pk)
    gone.pk, gone.number = gone.pk + 7, item.pk + 1000
    gone.save(force_insert=True)
    look_through(NOW)
    assert not Entry.objects.filter(
        kind="item", object_id__in=[str(item.pk + n) for n in (1000, 2000)]
    ).exists()
    assert not PublicEntry.objects.filter(kind="item", number=item.pk + 1000).exists()
    assert PublicEntry.objects.filter(kind="item", number=item.pk).exists()
