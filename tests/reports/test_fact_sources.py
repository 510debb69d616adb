"""Where the prose gets its figures: rooms name sources, they are asked when needed, and what they count is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import Column, Publication, ReviewSheet
from gongkai.inforequests.models import RequestEvent
from gongkai.reports import fact_sources
from gongkai.reports.actions.prepare import write_prose
from gongkai.reports.composition import all_facts, compose
from gongkai.reports.fact_sources import facts_from, register_facts
from gongkai.reports.origins import origin_of
from gongkai.reports.prose import NO_FIGURE, Fact
from gongkai.reports.queries import state_of
from gongkai.statute.report.findings import Level
from tests.cast import Cast, add_item, add_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def training(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A room above that counts training: how often it was asked."""
    asked: list[int] = []

    def ask(agency: Agency, year: int) -> Iterator[Fact]:
        asked.append(year)
        yield Fact("training.sessions", 2, "培训（次）", "登记的培训。", "/desk/training/")

    monkeypatch.setattr(fact_sources, "_sources", dict(fact_sources._sources))
    register_facts("training", "培训", ask)
    return asked


def text_of(cast: Cast, section: str = "overview") -> str:
    found = compose(cast.draft).report.section(section)
    assert found is not None
    return found.text


def test_a_room_above_supplies_facts_and_is_asked_only_when_needed(cast: Cast, training: list[int]) -> None:
    write_prose(cast.draft, "overview", [{"composer": "items"}], by=cast.actor("clerk"))
    compose(cast.draft)
    assert training == []
    write_prose(
        cast.draft,
        "overview",
        [{"subheading": "监督保障方面", "composer": "training"}],
        by=cast.actor("clerk"),
    )
    assert text_of(cast) == "（一）监督保障方面\n全年组织政府信息公开培训2次。"
    origin = origin_of(compose(cast.draft), cast.draft, "training.sessions")
    assert (origin.kind, origin.value, origin.page) == ("source", 2, "/desk/training/")
    assert training == [2025, 2025]


def test_where_no_room_knows_it_nothing_is_said(cast: Cast) -> None:
    write_prose(
        cast.draft,
        "overview",
        [{"subheading": "监督保障方面", "composer": "training"}],
        by=cast.actor("clerk"),
    )
    assert text_of(cast) == ""


def test_a_source_keeps_to_its_own_keys(cast: Cast, training: list[int]) -> None:
    register_facts("stray", "别的", lambda agency, year: [Fact("training.people", 1, "")])
    with pytest.raises(ValueError, match=r"training\.people"):
        list(facts_from(["stray"], cast.agency, 2025))
    for slug in ("t3", "items", "a.b"):
        with pytest.raises(ValueError, match="slug"):
            register_facts(slug, "", lambda agency, year: [])


def test_the_reviews_are_counted_as_they_were_held(cast: Cast) -> None:
    facts = all_facts(compose(cast.work), cast.work)
    sheets = [
        s
        for s in ReviewSheet.objects.filter(item__agency=cast.agency)
        if s.closed_at and s.closed_at.year == 2024
    ]
    assert facts["review.held"].value == facts["review.items"].value == len(sheets) == 66
    assert facts["review.sent_back"].value == facts["review.withdrawn"].value == 0
    assert "review.redacted" not in facts
    other = all_facts(compose(cast.others_draft), cast.others_draft)
    assert other["review.held"].value == ReviewSheet.objects.filter(item__agency=cast.other).count() == 1


def test_the_columns_and_those_kept_up(cast: Cast) -> None:
    Column.objects.create(agency=cast.agency, slug="empty", name="空栏目", order=99)
    facts = all_facts(compose(cast.work), cast.work)
    held = set(Publication.objects.filter(agency=cast.agency).values_list("column", flat=True))
    assert (facts["columns.kept"].value, facts["columns.updated"].value) == (8, len(held)) == (8, 7)
    assert facts["items.empty"].value == 0


def test_the_handling_of_requests(cast: Cast) -> None:
    def event(request: object, serial: int, act: str, on: date) -> None:
        RequestEvent.objects.create(
            request=request, serial=serial, act=act, from_state="handling", to_state="handling",
            on=on, at=f"{on}T09:00+08:00", by="甲某",
        )  # fmt: skip

    one = add_request(cast.agency, "2024-1", closed_on=date(2024, 6, 20), outcome="granted", state="answered")
    two = add_request(
        cast.agency,
        "2024-2",
        channel="online",
        closed_on=date(2024, 7, 1),
        outcome="denied_process",
        state="answered",
    )
    add_request(cast.agency, "2024-3", closed_on=date(2024, 12, 31), outcome="other_other", state="withdrawn")
    before = add_request(cast.agency, "2023-1", received_on=date(2023, 3, 1))
    event(one, 1, "extend", date(2024, 6, 10))
    event(two, 1, "ask_clarification", date(2024, 6, 4))
    event(two, 2, "extend", date(2024, 6, 20))
    event(before, 1, "extend", date(2023, 4, 1))
    add_request(cast.other, "2024-1", channel="online")
    facts = all_facts(compose(cast.work), cast.work)
    value = {key: fact.value for key, fact in facts.items() if key.startswith("handling.")}
    assert value == {
        "handling.channel_in_person": 2,
        "handling.channel_online": 1,
        "handling.extended": 2,
        "handling.clarified": 1,
        "handling.consulted": 0,
        # Naive: (20 June − 3 June + 1 July − 3 June) / 2; what was withdrawn got no answer.
        "handling.days": Decimal((17 + 28) * 10 // 2) / 10,
    }


def test_a_mark_whose_figure_is_gone_is_seen_and_stops_publication(cast: Cast) -> None:
    write_prose(cast.draft, "other", [{"text": "专栏发布{items.gone}条。"}], by=cast.actor("clerk"))
    state = state_of(cast.draft)
    section = state.made.report.section("other")
    assert section is not None
    assert section.text == f"专栏发布{NO_FIGURE}条。"
    errors = [f for f in state.at(Level.ERROR) if f.code == "W-05"]
    assert len(errors) == 1
    assert "第六部分" in errors[0].message


def test_a_column_without_items_this_year_is_a_zero(cast: Cast) -> None:
    write_prose(cast.draft, "overview", [{"text": "财政信息{items.czxx}条。"}], by=cast.actor("clerk"))
    assert text_of(cast) == "财政信息0条。"
    add_item(cast.agency, cast.agency.columns.get(slug="czxx"), 31)
    assert text_of(cast) == "财政信息0条。"


def test_a_heading_stands_only_over_something(cast: Cast) -> None:
    blocks = [
        {"subheading": "甲", "composer": "training"},
        {"subheading": "乙", "text": "乙的话。"},
        {"text": "还是乙的话。"},
        {"subheading": "丙", "composer": "management"},
        {"composer": "platform_work", "text": "丙的话。"},
    ]
    write_prose(cast.draft, "overview", blocks, by=cast.actor("clerk"))
    assert text_of(cast).split("\n") == ["（一）乙", "乙的话。", "还是乙的话。", "（二）丙", "丙的话。"]


def test_nothing_is_an_answer(cast: Cast) -> None:
    write_prose(
        cast.draft, "other", [{"composer": "fee"}, {"composer": "other_matters"}], by=cast.actor("clerk")
    )
    assert text_of(cast, "other") == ""
    cast.draft.prose.update(nothing=True)
    assert text_of(cast, "other") == "信息处理费：本年度未收取信息处理费。"
