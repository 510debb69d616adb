"""JSON: its keys, its schema, and that nothing is lost on the way back."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gongkai.statute.report.blocks import Unreadable
from gongkai.statute.report.editions import COLUMNS, edition
from gongkai.statute.report.model import AmbiguousRun, AnnualReport, Cell, CellKind, Paragraph, Section
from gongkai.statute.report.readers.json import from_bytes, from_dict
from gongkai.statute.report.schema import schema
from gongkai.statute.report.writers.json import to_dict, to_json
from tests.writers.writer_samples import quiet_report, reports

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
VALIDATOR = Draft202012Validator(schema())


def through(report: AnnualReport) -> tuple[dict[str, Any], AnnualReport]:
    data = to_json(report)
    told = json.loads(data)
    errors = [e.message for e in VALIDATOR.iter_errors(told)]
    assert not errors
    return told, from_bytes(data)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


def test_the_quiet_year() -> None:
    told, back = through(quiet_report())
    assert back == quiet_report()
    assert told["table2"]["regulations"] == {"made": 0, "repealed": 0, "valid": 0}
    assert told["table2"]["penalties"] == 2
    assert told["table3"]["new"] == [0] * 7
    assert "other_all" not in told["table3"]
    assert set(told["table4"]) == {"reconsideration", "litigation_direct", "litigation_after_reconsideration"}
    assert told["period"] == ["2024-01-01", "2024-12-31"]
    assert told["cells"] == {}
    assert [s["ordinal"] for s in told["sections"]] == [1, 2, 3, 4, 5, 6]


def test_what_no_figure_tells() -> None:
    report = quiet_report()
    report.cells |= {
        "t2.fees_10k_yuan": Cell(Decimal("7730.28"), "7,730.28"),
        "t2.licences": Cell(251000, "251000元", "第1个表格第7行"),
        "t2.coercion": Cell(None, "absent", kind=CellKind.TEXT),
        "t2.regulations.made": Cell(None, "", kind=CellKind.BLANK),
        "t2.regulations.valid": Cell(None, "/", kind=CellKind.DASH),
        "t3.new.natural": Cell(None, "217", kind=CellKind.AMBIGUOUS, candidates=(2, 21), note="两种读法"),
        "t3.new.total": Cell(None, "三件", kind=CellKind.TEXT),
        "t4.reconsideration.upheld": Cell(Decimal("123456789012345.6789"), "123456789012345.6789"),
        **{f"t3.other_all.{c}": Cell(3, "3") for c in COLUMNS},
    }
    report.ambiguous = [AmbiguousRun(("t3.new.natural", "t3.new.total"), "217", ((2, 17), (21, 7)), "第3行")]
    report.ledger = [["序号", "申请人"], ["1", "无"]]
    told, back = through(report)
    assert back == report
    assert told["table2"]["fees_10k_yuan"] == 7730.28
    assert told["table2"]["licences"] == "251000元"
    assert told["table2"]["regulations"] == {"made": None, "repealed": 0, "valid": None}
    assert told["table3"]["new"][0] == {"ambiguous": "217", "candidates": [2, 21]}
    assert told["table3"]["new"][6] == "三件"


def test_the_form_of_2019() -> None:
    cells = {c: Cell(1, "1") for c in edition("2019").cell_ids}
    cells["t2.procurement.amount"] = Cell(251000, "251000元")
    report = AnnualReport(edition="2019", year=2019, cells=cells, tables={"t2", "t3", "t4"})
    told, back = through(report)
    assert back == report
    assert told["table2"] is None
    assert told["table2_2019"]["procurement"] == {"projects": 1, "amount": "251000元"}
    assert told["table2_2019"]["fees"] == {"last_year_items": 1, "change": 1}
    assert told["table3"]["other_no_fee"] == "absent"
    assert told["table3"]["other_all"] == [1] * 7


def test_rows_and_tables_that_are_not_there() -> None:
    report = quiet_report()
    report.cells = {i: c for i, c in report.cells.items() if not i.startswith(("t3.partial.", "t4."))}
    report.tables = {"t2", "t3"}
    told, back = through(report)
    assert told["table3"]["partial"] == "absent"
    assert told["table4"] is None
    assert back == report
    empty, again = through(AnnualReport())
    assert again == AnnualReport()
    assert empty["table3"] is None


def test_sections_as_printed() -> None:
    odd = Section("proactive", "主动公开情况", None, [Paragraph("甲", "第1段"), Paragraph("乙𠮷")], "第2段")
    report = AnnualReport(sections=[odd, odd], preface=[Paragraph("前言")])
    told, back = through(report)
    assert back == report
    assert told["sections"][0]["text"] == "甲\n乙𠮷"


@settings(settings.get_profile("writers"))
@given(reports())
def test_any_report_comes_back(report: AnnualReport) -> None:
    assert through(report)[1] == report


JSON_DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)
KEYS = tuple(to_dict(quiet_report()))


@settings(settings.get_profile("writers"), max_examples=100)
@given(st.sampled_from(KEYS), JSON_DATA)
def test_another_shape_is_refused_in_one_sentence(key: str, value: Any) -> None:
    data = to_dict(quiet_report())
    data[key] = value
    refusal = ""
    try:
        from_dict(data)
    except Unreadable as error:
        refusal = str(error)
    assert refusal == "" or (refusal.endswith("。") and "请" in refusal)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"7", b"\xff\xfe", b"{}", b"[" * 100_000])
def test_what_is_no_report_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        from_bytes(data)


GROUPS = {"review": "reconsideration", "litigation_after_review": "litigation_after_reconsideration"}


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here")
def test_the_figures_of_published_reports_keep_their_keys() -> None:
    """Cells made from each expected.json, written by our own writer, give the same keys and figures again."""
    for file in sorted(CORPUS.glob("*/expected.json")):
        expected = json.loads(file.read_text(encoding="utf-8"))
        old = "table2_2019" in expected
        form, two = edition("2019" if old else "2021"), "table2_2019" if old else "table2"
        report = AnnualReport(edition=form.id, year=2019 if old else 2022, tables={"t2", "t3", "t4"})
        for block in form.table2:
            for row in block.rows:
                value = expected[two][row.slug]
                values = [value] if len(row.cells) == 1 else [value[c] for c in block.columns]
                report.cells |= dict(zip(row.cells, map(cell, values), strict=True))
        for slug, values in expected["table3"].items():
            if values != "absent":
                ids = [f"t3.{slug}.{c}" for c in COLUMNS]
                report.cells |= dict(zip(ids, map(cell, values), strict=True))
        for group, values in expected["table4"].items():
            found = next(g for g in form.groups4 if g.slug == GROUPS.get(group, group))
            report.cells |= dict(zip(found.cells, map(cell, values), strict=True))
        told, back = through(report)
        assert back == report, file
        assert told[two] == expected[two], file
        assert told["table3"] == expected["table3"], file
        assert {GROUPS.get(k, k): v for k, v in expected["table4"].items()} == told["table4"], file


def cell(value: float | str | None) -> Cell:
    if value is None:
        return Cell(None, "", kind=CellKind.BLANK)
    if isinstance(value, str):
        amount = value.removesuffix("元")
        return Cell(Decimal(amount), value) if amount != value else Cell(None, value, kind=CellKind.TEXT)
    return Cell(Decimal(str(value)) if isinstance(value, float) else value, str(value))
