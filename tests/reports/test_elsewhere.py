"""A past year's report that was published before: said once, nobody is reminded of it any more."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.rights import NotAllowed
from gongkai.reports import queries as annual
from gongkai.reports.actions.elsewhere import CannotNote, note_elsewhere
from gongkai.reports.models import PublishedElsewhere
from tests.cast import Cast

pytestmark = pytest.mark.django_db
URL = "https://www.example.gov.cn/nb.html"


def owed(cast: Cast, day: date) -> list[int]:
    return [duty.year for duty in annual.duties_of(cast.other, list(annual.reports_of(cast.other)), day)]


def noted(cast: Cast, year: int, who: str = "neighbour", on: date | None = None, url: str = URL) -> None:
    day = timezone.localdate()
    note_elsewhere(
        cast.other, year, url=url, on=on or date(year + 1, 1, 20), by=cast.actor(who, day), at=timezone.now()
    )


def test_nobody_is_reminded_of_it_any_more(cast: Cast) -> None:
    day = timezone.localdate()
    last = day.year - 1
    assert last in owed(cast, day)
    noted(cast, last)
    assert last not in owed(cast, day)
    assert owed(cast, day)[-1] == day.year


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"url": "年报网页"}, "http"),
        ({"on": date(2000, 1, 1)}, "核对公布日期"),
        ({"on": date(2999, 1, 1)}, "还没有到"),
    ],
)
def test_what_cannot_be_is_said(cast: Cast, more: dict[str, object], said: str) -> None:
    with pytest.raises(CannotNote, match=said):
        noted(cast, timezone.localdate().year - 1, **more)  # type: ignore[arg-type]
    assert not PublishedElsewhere.objects.exists()


def test_not_for_a_year_that_is_not_over_and_not_by_everybody(cast: Cast) -> None:
    with pytest.raises(CannotNote, match="还没有结束"):
        noted(cast, timezone.localdate().year)
    for who in ("clerk", "drafter", "leader"):
        with pytest.raises(NotAllowed):
            noted(cast, timezone.localdate().year - 1, who)


def test_the_page_leads_there_and_back(cast: Cast) -> None:
    last = timezone.localdate().year - 1
    neighbour = cast.browse("neighbour")
    at = reverse("desk:report-elsewhere", args=["sample-office", last])
    years = reverse("desk:reports", args=["sample-office"])
    assert at in neighbour.get(years).content.decode()
    assert "请填写公布的网址" in neighbour.post(at, {}).content.decode()
    form = {"url": URL, "on_year": str(last + 1), "on_month": "1", "on_day": "20"}
    said = neighbour.post(at, form, follow=True).content.decode()
    assert "不再提醒编写" in said
    assert URL in said
    assert neighbour.get(at).status_code == 404
    assert (
        f"{last}年年报没有在本平台"
        not in neighbour.get(reverse("desk:today", args=["sample-office"])).content.decode()
    )
