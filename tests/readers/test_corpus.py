"""Every published report of the corpus, cell by cell, against the figures read by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.statute.report.editions import COLUMNS
from gongkai.statute.report.model import AnnualReport, CellKind
from gongkai.statute.report.readers import read

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
CASES = sorted(p.parent.name for p in CORPUS.glob("*/expected.json"))
pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not CASES, reason="the corpus folder is not here")]
RESULTS = ("upheld", "corrected", "other", "pending", "total")
GROUPS = {"review": "reconsideration", "litigation_after_review": "litigation_after_reconsideration"}


def expected_cells(expected: dict[str, Any]) -> dict[str, Any]:
    """Cell id → value as the corpus states it; cells said to be absent are left out."""
    cells: dict[str, Any] = {}
    for slug, value in expected.get("table2", expected.get("table2_2019", {})).items():
        if isinstance(value, dict):
            cells |= {f"t2.{slug}.{column}": v for column, v in value.items()}
        else:
            cells[f"t2.{slug}"] = value
    for slug, row in expected["table3"].items():
        if row != "absent":
            cells |= {f"t3.{slug}.{c}": v for c, v in zip(COLUMNS, row, strict=True)}
    for group, row in expected["table4"].items():
        cells |= {f"t4.{GROUPS.get(group, group)}.{r}": v for r, v in zip(RESULTS, row, strict=True)}
    return cells


def load(case: str) -> tuple[AnnualReport, dict[str, Any], dict[str, Any]]:
    """The report as read, what is expected, and what is known about it."""
    folder = CORPUS / case
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return read(folder / meta["file"]), expected, meta


@pytest.mark.parametrize("case", CASES)
def test_every_cell(case: str) -> None:
    report, expected, meta = load(case)
    if meta["format"].startswith("txt"):
        pytest.skip("plain text is checked in test_text*.py")
    wanted = expected_cells(expected)
    assert set(report.cells) == set(wanted)
    wrong = {}
    for cell_id, value in wanted.items():
        cell = report.cells[cell_id]
        number = Decimal(value.removesuffix("元")) if isinstance(value, str) else value
        if number is None:
            fine = cell.value is None and cell.kind is CellKind.BLANK
        else:
            fine = cell.value is not None and Decimal(str(number)) == cell.value
        if not fine or not cell.where:
            wrong[cell_id] = (value, cell)
    assert not wrong


@pytest.mark.parametrize("case", CASES)
def test_frame(case: str) -> None:
    report, _, meta = load(case)
    agency = meta["agency"].split(" (")[0]
    # Three titles are shorter than the name in the catalogue.
    shorter = {"淮安市洪泽区人民政府": "洪泽区人民政府", "上海市科学技术委员会": "上海市科委"}
    assert report.agency == shorter.get(agency, agency)
    assert report.year == meta["year"]
    assert report.edition == meta["template"][:4]
    assert report.tables == {"t2", "t3", "t4"}
    assert report.source_format == ("text" if meta["format"].startswith("txt") else meta["format"].split()[0])
    keys = [s.key for s in report.sections]
    whole = ["overview", "proactive", "requests", "remedies", "problems", "other"]
    # The transcript of this one lacks its first part.
    assert keys == (whole[1:] if case == "pingtan-2020-flat" else whole)


@pytest.mark.parametrize("case", CASES)
def test_no_page_furniture_in_the_prose(case: str) -> None:
    report, _, _ = load(case)
    prose = "\n".join([p.text for p in report.preface] + [s.text for s in report.sections])
    for word in ("当前位置", "发布时间", "索引号", "附件3", "工作提示", "政府信息公开年报", "原文链接"):
        assert word not in prose
    for key in ("proactive", "requests", "remedies"):
        section = report.section(key)
        assert section is not None
        assert section.paragraphs == []


def test_signature_and_ledger_stay_outside() -> None:
    report, _, _ = load("shuyang-ndrc-2023-html")
    assert report.sections[-1].text == "2023年度，县发展和改革局政府信息公开未发生收费情况。"
    founding, _, _ = load("xiangtan-justice-2024-txt")
    assert founding.sections[-1].text == "信息处理费收费情况：本年度未收取信息处理费。"
    assert founding.ledger[1][:2] == ["1", "无"]


def test_lost_label_is_said() -> None:
    report, _, _ = load("hongze-2023-pdf")
    assert any("2.其他法律行政止公开" in note for note in report.notes)
    assert report.cells["t3.unable_needs_making.total"].where.startswith("第3页第2个表格")
    assert report.cells["t3.unable_unclear.total"].where.startswith("第4页第1个表格")


def test_displaced_total_is_settled_by_the_sums() -> None:
    report, _, _ = load("stcsm-2024-md")
    cell = report.cells["t3.carried_out.total"]
    assert cell.value == 1
    assert "勾稽" in cell.note
