"""What is published stays as it was; nobody but the head publishes; an error stops it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gongkai.agencies.rights import NotAllowed
from gongkai.reports.actions.prepare import enter_figure
from gongkai.reports.actions.publish import CannotPublish, publish
from gongkai.reports.exports import FORMATS, published_file
from gongkai.reports.models import ReportVersion
from gongkai.reports.queries import (
    is_as_published,
    made_of,
    public_version,
    public_years,
    published_report,
    state_of,
)
from tests.cast import Cast, add_item, add_request

AT = datetime(2025, 1, 20, 1, 0, tzinfo=UTC)


def test_the_frozen_report_is_the_report(cast: Cast) -> None:
    frozen = published_report(cast.agency, 2024)
    made = state_of(cast.work).made.report
    assert frozen is not None
    assert frozen.cells == made.cells
    assert [(s.key, s.title, s.ordinal, s.text) for s in frozen.sections] == [
        (s.key, s.title, s.ordinal, s.text) for s in made.sections
    ]
    assert (frozen.agency, frozen.year, frozen.title, frozen.period) == (
        made.agency,
        made.year,
        made.title,
        made.period,
    )


def test_a_later_change_does_not_change_what_is_public(cast: Cast) -> None:
    version = public_version(cast.agency, 2024)
    assert version is not None
    assert is_as_published(version, made_of(cast.agency, 2024).report)
    add_item(cast.agency, cast.agency.columns.get(slug="czxx"), 21)
    made = made_of(cast.agency, 2024).report
    assert not is_as_published(version, made)
    frozen = published_report(cast.agency, 2024)
    assert frozen is not None
    section, now = frozen.section("overview"), made.section("overview")
    assert section is not None
    assert now is not None
    assert "政府信息66条" in section.text
    assert "政府信息67条" in now.text


def test_publishing_again_without_a_change_keeps_the_version(cast: Cast) -> None:
    first = publish(cast.work, by=cast.actor("head"), at=AT)
    assert (first.number, ReportVersion.objects.count()) == (1, 1)
    add_item(cast.agency, cast.agency.columns.get(slug="czxx"), 22)
    second = publish(cast.work, by=cast.actor("head"), at=AT)
    assert second.number == 2
    assert second.digest != first.digest
    assert public_version(cast.agency, 2024) == second
    assert [work.public_number for work in public_years(cast.agency)] == [2]


@pytest.mark.parametrize("who", ["clerk", "reviewer", "neighbour"])
def test_nobody_but_the_head(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        publish(cast.draft, by=cast.actor(who), at=AT)
    assert public_version(cast.agency, 2025) is None


def test_an_error_stops_publication(cast: Cast) -> None:
    # One request was received, yet the head office's total was set to three with a reason.
    add_request(cast.agency, "2024-1")
    enter_figure(
        cast.work, cell="t3.new.total", value=3, source="手工", reason="测试", by=cast.actor("clerk"), at=AT
    )
    with pytest.raises(CannotPublish, match="错误"):
        publish(cast.work, by=cast.actor("head"), at=AT)
    assert ReportVersion.objects.count() == 1


def test_a_year_is_not_published_before_it_is_over(cast: Cast) -> None:
    with pytest.raises(CannotPublish, match="还没有结束"):
        publish(cast.work, by=cast.actor("head"), at=datetime(cast.work.year, 12, 31, 15, 0, tzinfo=UTC))


def test_a_published_file_is_made_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    version = publish(cast.work, by=cast.actor("head"), at=AT)
    first = published_file(version, "html")
    monkeypatch.setitem(FORMATS, "html", replace(FORMATS["html"], write=lambda report: b"made again"))
    assert published_file(version, "html") == first
