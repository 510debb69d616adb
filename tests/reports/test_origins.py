"""Every figure opens to what made it, and what it opens to adds up to the figure."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gongkai.reports.actions.prepare import enter_figure
from gongkai.reports.composition import compose
from gongkai.reports.origins import NoSuchFigure, kind_of, origin_of, origins_in_words
from tests.cast import Cast, add_request


def test_every_figure_of_the_report_opens_and_adds_up(cast: Cast) -> None:
    for n, kind in enumerate(("natural", "commercial", "natural")):
        add_request(
            cast.agency, f"2024-{n}", requester_kind=kind, closed_on=date(2024, 7, 1), outcome="granted"
        )
    made = compose(cast.work)
    for key in (*made.facts, *made.report.cells):
        origin = origin_of(made, cast.work, key)
        assert origin.said, key
        assert origin.label, key
        match origin.kind:
            case "items" | "requests":
                assert origin.behind is not None
                assert len(list(origin.behind.all_lines())) == origin.value
                if origin.parts:
                    assert sum(part.value for part in origin.parts) == origin.value
            case "entered":
                assert origin.entered is not None
                assert origin.entered.number == origin.value
            case "sum":
                assert len(origin.parts) == 4 or key.startswith("group.")
                assert sum(part.value for part in origin.parts) == origin.value
            case other:
                raise AssertionError(f"{key}: {other}")


def test_the_parts_of_the_whole_are_the_columns(cast: Cast) -> None:
    made = compose(cast.work)
    origin = origin_of(made, cast.work, "items")
    assert [part.value for part in origin.parts] == [9, 5, 2, 4, 17, 11, 18]
    behind = origin_of(made, cast.work, "items.czxx").behind
    assert behind is not None
    assert [line.texts[1] for line in behind.all_lines()] == [made.facts["items.czxx"].label] * 2


def test_a_zero_says_what_was_looked_at(cast: Cast) -> None:
    assert "没有登记过2024年收到的申请" in origin_of(compose(cast.work), cast.work, "t3.granted.natural").said
    add_request(cast.agency, "2024-1")
    said = origin_of(compose(cast.work), cast.work, "t3.granted.natural").said
    assert "申请1件" in said
    assert "有0件" in said
    assert "予以公开" in said
    assert "自然人" in said


def test_a_missing_figure_says_so(cast: Cast) -> None:
    made = compose(cast.draft)
    assert kind_of(made, "t2.penalties") == "missing"
    assert "还没有人填报" in origin_of(made, cast.draft, "t2.penalties").said


def test_a_figure_set_against_the_count_shows_both(cast: Cast) -> None:
    add_request(cast.agency, "2024-1")
    enter_figure(
        cast.work,
        cell="t3.new.total",
        value=3,
        source="手工",
        reason="测试",
        by=cast.actor("clerk"),
        at=datetime(2025, 1, 9, 2, 0, tzinfo=UTC),
    )
    origin = origin_of(compose(cast.work), cast.work, "t3.new.total")
    assert origin.value == 3
    assert "统计为1，人工改填为3" in origin.said
    assert origin.behind is not None
    assert [line.texts[0] for line in origin.behind.all_lines()] == ["2024-1"]


def test_how_the_figures_of_tables_and_prose_came_about(cast: Cast) -> None:
    found = {kind: n for kind, _, n in origins_in_words(compose(cast.work))}
    assert found == {"requests": 25 * 7, "entered": 10 + 12, "sum": 3, "items": 1 + 7}


def test_no_such_figure(cast: Cast) -> None:
    with pytest.raises(NoSuchFigure):
        origin_of(compose(cast.work), cast.work, "t2.nothing")
