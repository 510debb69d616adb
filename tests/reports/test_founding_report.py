"""The report made from the sample records states what the bureau's published report states."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from gongkai.reports.queries import state_of
from gongkai.sample.loading import load
from gongkai.statute.report.editions import COLUMNS, edition
from gongkai.statute.report.findings import Level
from gongkai.statute.report.model import AnnualReport

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "xiangtan-justice-2024-txt"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.corpus,
    pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published reports are not beside this checkout"),
]


@pytest.fixture
def made() -> AnnualReport:
    return state_of(load().work).made.report


def published_cells() -> dict[str, int]:
    """Cell id → figure, from the hand-checked transcript of the published report."""
    data = json.loads((PUBLISHED / "expected.json").read_text(encoding="utf-8"))
    cells: dict[str, int] = {}
    for slug, value in data["table2"].items():
        if isinstance(value, dict):
            cells |= {f"t2.{slug}.{column}": n for column, n in value.items()}
        else:
            cells[f"t2.{slug}"] = value
    for slug, values in data["table3"].items():
        cells |= {f"t3.{slug}.{column}": n for column, n in zip(COLUMNS, values, strict=True)}
    results = [slug for slug, _ in edition("2021").results4]
    for slug, values in data["table4"].items():
        group = slug.replace("after_review", "after_reconsideration")
        group = "reconsideration" if group == "review" else group
        cells |= {f"t4.{group}.{result}": n for result, n in zip(results, values, strict=True)}
    return cells


def enumeration(text: str) -> list[int]:
    """The whole and its parts: …政府信息66条…9条…5条…"""
    start = re.search(r"政府信息\s*(\d+)条", text)
    assert start is not None
    sentence = text[start.start() :].partition("等，")[0].partition("。\n")[0]
    return [int(n) for n in re.findall(r"(\d+)条", sentence)]


def test_every_cell_is_the_published_one(made: AnnualReport) -> None:
    published = published_cells()
    assert len(published) == 10 + 25 * 7 + 15
    assert {cell_id: cell.value for cell_id, cell in made.cells.items()} == published


def test_the_enumeration_is_the_published_one(made: AnnualReport) -> None:
    published = enumeration((PUBLISHED / "report.txt").read_text(encoding="utf-8"))
    section = made.section("overview")
    assert section is not None
    ours = enumeration(section.paragraphs[1].text + "\n")
    assert ours == published
    assert ours[0] == sum(ours[1:])


def test_title_and_sub_headings_are_the_published_ones(made: AnnualReport) -> None:
    lines = [
        line.strip("\u3000 \t")
        for line in (PUBLISHED / "report.txt").read_text(encoding="utf-8").splitlines()
    ]
    assert made.title == lines[0]
    section = made.section("overview")
    assert section is not None
    ours = [p.text for p in section.paragraphs if p.text.startswith("（")]
    assert ours == [line for line in lines if re.fullmatch(r"（[一二三四五六]）\w+方面", line)]


def test_no_check_finds_anything(made: AnnualReport) -> None:
    findings = state_of(load().work).findings
    assert [f for f in findings if f.level is not Level.NOTE] == []
