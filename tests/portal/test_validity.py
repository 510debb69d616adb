"""Does a document hold today? Said alike by its page, the library, the search, and by hand, before and after each day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.disclosure.actions.columns import add_column
from gongkai.disclosure.models import Publication
from gongkai.disclosure.queries import policies
from gongkai.portal.items import validity_of
from tests.cast import Cast
from tests.disclosure.office import published
from tests.portal.test_search import titles

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAYS = [None, *(TODAY + timedelta(days=n) for n in (-2, -1, 0, 1, 2))]


def by_hand(validity: str, since: date | None, until: date | None, day: date) -> str:
    """Gone through day by day from long before: what has happened by then, the first that happened counting."""
    if validity != "valid" and since is None:
        return validity
    here = TODAY - timedelta(days=30)
    while here <= day:
        if until and here > until:
            return "lapsed"
        if validity != "valid" and since and here >= since:
            return validity
        here += timedelta(days=1)
    return "valid"


def test_page_library_and_search_say_the_same(cast: Cast) -> None:
    add_column(cast.agency, slug="zcwj", name="政策文件", kind="policy", by=cast.actor("clerk"))
    wanted: dict[str, tuple[str, date | None, date | None]] = {}
    for n, (validity, since, until) in enumerate(product(("valid", "repealed", "lapsed"), DAYS[1:], DAYS)):
        if validity == "valid" and since != DAYS[1]:
            continue
        title = f"独角兽{n:03d}号办法"
        wanted[title] = (validity, since if validity != "valid" else None, until)
    for title, (validity, since, until) in wanted.items():
        more: dict[str, Any] = {"validity_on": since, "validity_by": "测试文件"} if since else {}
        published(cast, where="zcwj", title=title, validity=validity, lapses_on=until, **more)
    for day in (TODAY - timedelta(days=3), *(one for one in DAYS if one)):
        expected = {title: by_hand(*facts, day) for title, facts in wanted.items()}
        rows = Publication.objects.filter(title__in=wanted)
        assert {row.title: row.validity_on(day) for row in rows} == expected
        assert {row.title: row.holds for row in policies(cast.agency, day)} == expected
    for kind in ("valid", "repealed", "lapsed"):
        today = {title for title, facts in wanted.items() if by_hand(*facts, TODAY) == kind}
        found: list[str] = []
        for page in range(1, 20):
            here = titles("独角兽", validity=kind, page=str(page))
            found += [one for one in here if one not in found]
        assert set(found) == today


def test_what_is_repealed_from_a_day_to_come_says_so_and_holds(cast: Cast) -> None:
    to_come, long_ago = TODAY + timedelta(days=14), date(2024, 5, 1)
    soon, live = published(
        cast, title="将废止的", validity="repealed", validity_on=to_come, validity_by="测发1号"
    )
    text = Client().get(reverse("portal:item", args=["xtxsfj", soon.pk])).content.decode()
    words = f"{to_come.year}年{to_come.month}月{to_come.day}日"
    assert f"本文件将自{words}起废止（测发1号）。" in text
    assert 'class="not-valid"' not in text
    assert '<dd class="validity-valid">有效</dd>' in text
    assert validity_of(live, to_come).said == f"本文件自{words}起废止（测发1号）。"
    gone, live = published(
        cast, title="已废止的", validity="repealed", validity_on=long_ago, validity_by="测发2号"
    )
    assert validity_of(live, TODAY).said == "本文件自2024年5月1日起废止（测发2号）。"
    assert (
        'class="not-valid"' in Client().get(reverse("portal:item", args=["xtxsfj", gone.pk])).content.decode()
    )
