"""Charts: what is drawn is what the published report says, in words, bars and table alike; nothing from live records."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings

from gongkai.reports.charts import charts_of
from gongkai.reports.prose import YearFacts, filled, plain
from gongkai.reports.queries import published_before
from gongkai.reports.sentences import items
from gongkai.statute.report.model import AnnualReport
from tests.cast import Cast, add_item, add_request
from tests.reports.random_facts import with_prose, years

PAGE = "/zfxxgk/xtxsfj/reports/2024/"


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(years())
def test_every_drawing_is_whole_and_shows_its_rows(year: tuple[YearFacts, AnnualReport]) -> None:
    known, report = year
    with_prose(report, {"overview": [plain(filled(items(known), known.facts))]})
    for chart in charts_of(report, [report]):
        drawing = ET.fromstring(chart.svg)  # noqa: S314 - our own drawing
        names = {node.get("id") for node in drawing.iter() if node.get("id")}
        assert set((drawing.get("aria-labelledby") or "").split()) <= names
        values = [node.text for node in drawing.iter("text") if node.get("class") == "value"]
        assert values == [str(value) for _, row in chart.rows for value in row]
        wide = [float((node.get("width") or "0").rstrip("%")) for node in drawing.findall("rect")]
        most = max(value for _, row in chart.rows for value in row)
        assert wide == [pytest.approx(float(v * 78 / most), abs=0.01) for _, row in chart.rows for v in row]
        if chart.key == "columns":
            assert sum(row[0] for _, row in chart.rows) == known.value("items")
        if chart.key == "outcomes":
            assert sum(row[0] for _, row in chart.rows) == report.value("t3.result_total.total")


@pytest.mark.django_db
def test_the_public_page_draws_what_was_published_and_not_what_came_after(cast: Cast) -> None:
    before = Client().get(PAGE).content.decode()
    assert "2024年主动公开的信息，按栏目" in before
    assert "财政信息：2条" in before
    assert "按办理结果（" not in before
    add_item(cast.agency, cast.agency.columns.get(slug="czxx"), 51)
    add_request(cast.agency, "2024-9")
    cache.clear()
    assert re.findall("<svg.*?</svg>", Client().get(PAGE).content.decode()) == re.findall(
        "<svg.*?</svg>", before
    )
    assert published_before(cast.agency, 2024) == []
    assert [report.year for report in published_before(cast.agency, 2025)] == [2024]
