"""What is published is what was signed, and stays as it was; a correction is a version of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gongkai.agencies.rights import NotAllowed
from gongkai.reports.actions.entering import Given, enter_figures
from gongkai.reports.actions.prepare import enter_figure
from gongkai.reports.actions.publish import CannotPublish, publish
from gongkai.reports.actions.signing import CannotSign, hand_in
from gongkai.reports.exports import FORMATS, published_file
from gongkai.reports.models import ReportVersion
from gongkai.reports.queries import (
    is_as_published,
    made_of,
    public_version,
    public_years,
    published_report,
    state_of,
    thaw,
)
from gongkai.statute.report.checks import check
from gongkai.statute.report.findings import Level
from gongkai.statute.report.readers import read_bytes
from tests.cast import Cast, add_item, add_request
from tests.reports.office import published

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


def test_a_correction_is_the_next_version_and_says_what_it_corrects(cast: Cast) -> None:
    assert ReportVersion.objects.count() == 1
    add_item(cast.agency, cast.agency.columns.get(slug="czxx"), 22)
    with pytest.raises(CannotSign, match="更正了什么"):
        published(cast, cast.work, AT)
    second = published(cast, cast.work, AT, note="漏计1条公开信息。")
    assert (second.number, second.note) == (2, "漏计1条公开信息。")
    assert public_version(cast.agency, 2024) == second
    assert [work.public_number for work in public_years(cast.agency)] == [2]


def test_without_a_change_there_is_nothing_to_correct(cast: Cast) -> None:
    with pytest.raises(CannotSign, match="没有不同"):
        published(cast, cast.work, AT, note="没有什么。")
    with pytest.raises(CannotPublish, match="已经发布"):
        publish(cast.work, by=cast.actor("clerk"), at=AT)


@pytest.mark.parametrize("who", ["reviewer", "leader", "head", "neighbour"])
def test_nobody_else_publishes(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        publish(cast.draft, by=cast.actor(who), at=AT)
    assert public_version(cast.agency, 2025) is None


@pytest.mark.parametrize("who", ["clerk", "ogi_head"])
def test_nothing_is_published_that_nobody_signed(cast: Cast, who: str) -> None:
    with pytest.raises(CannotPublish, match="没有签批"):
        publish(cast.draft, by=cast.actor(who), at=AT)


def test_an_error_stops_the_signature(cast: Cast) -> None:
    # One request was received, yet the total was set to three with a reason.
    add_request(cast.agency, "2024-1")
    enter_figure(
        cast.work, cell="t3.new.total", value=3, source="手工", reason="测试", by=cast.actor("clerk"), at=AT
    )
    with pytest.raises(CannotSign, match="错误"):
        hand_in(cast.work, by=cast.actor("clerk"), at=AT, note="更正。")
    assert ReportVersion.objects.count() == 1


def test_a_missing_figure_stops_the_signature(cast: Cast) -> None:
    with pytest.raises(CannotSign, match="错误"):
        hand_in(cast.draft, by=cast.actor("clerk"), at=datetime(2026, 1, 8, tzinfo=UTC))
    assert "W-02" in {one.code for one in state_of(cast.draft).findings}


def test_a_year_is_not_handed_in_before_it_is_over(cast: Cast) -> None:
    with pytest.raises(CannotSign, match="还没有结束"):
        hand_in(cast.work, by=cast.actor("clerk"), at=datetime(2024, 12, 31, 15, 0, tzinfo=UTC))


def test_a_published_file_is_made_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    version = public_version(cast.agency, 2024)
    assert version is not None
    first = published_file(version, "html")
    monkeypatch.setitem(FORMATS, "html", replace(FORMATS["html"], write=lambda report: b"made again"))
    assert published_file(version, "html") == first


def test_a_figure_set_against_the_count_is_found_with_its_reason(cast: Cast) -> None:
    add_request(cast.agency, "2024-2")
    given = [
        Given("t3.new.natural", 3, "手工", "漏登2件"),
        Given("t3.carried_out.natural", 3, "手工", "漏登2件"),
    ]
    enter_figures(cast.work, given, by=cast.actor("clerk"), at=AT)
    found = [one for one in state_of(cast.work).findings if one.code == "W-01"]
    assert len(found) == 2
    assert "统计为1，改用填报数3" in found[0].message
    assert "漏登2件" in found[0].message


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_a_corrected_version_says_what_it_corrects_in_every_file(cast: Cast, ending: str) -> None:
    add_request(cast.agency, "2024-51")
    version = published(cast, cast.work, AT, note="漏计申请1件，现予补上。")
    name = f"年报.{ending}"
    back = read_bytes(published_file(version, ending), name)
    told = [paragraph.text for paragraph in back.preface]
    assert any("更正说明（第2版，2025年1月20日公布）：漏计申请1件，现予补上。" in text for text in told)
    first = version.report.versions.get(number=1)
    assert not any("更正说明" in one.text for one in read_bytes(published_file(first, ending), name).preface)
    assert {c: cell.value for c, cell in back.cells.items()} == {
        c: cell.value for c, cell in thaw(version).cells.items()
    }
    assert [one for one in check(back) if one.level is not Level.NOTE] == []
