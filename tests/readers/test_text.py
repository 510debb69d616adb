"""Reports as text: the real ones to the last cell, and one small report printed in every way texts come."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.statute.report.blocks import Grid, TextBlock
from gongkai.statute.report.editions import COLUMNS
from gongkai.statute.report.model import AnnualReport, CellKind
from gongkai.statute.report.readers.assemble import assemble
from gongkai.statute.report.readers.text import blocks_from_text
from tests.readers.valid_tables import FORM, GROUPS, RESULTS, Rows, cell_a_line, columns, glued, truth_cells

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
GROUP_OF = {"review": GROUPS[0], "litigation_direct": GROUPS[1], "litigation_after_review": GROUPS[2]}
# What no sum and no form of figures decides in the two run-together reports: table two only.
OPEN = {
    "xiangtan-justice-2024-txt": 0,
    "stcsm-2024-md": 0,
    "pingtan-2024-flat": 3,
    "pingtan-2020-flat": 16,
}


def read(text: str) -> AnnualReport:
    return assemble(blocks_from_text(text), "", "txt")


def expected_cells(expected: dict[str, Any]) -> dict[str, Any]:
    """Cell ids → figures of an expected.json."""
    cells: dict[str, Any] = {}
    for slug, value in (expected.get("table2") or expected["table2_2019"]).items():
        parts = value.items() if isinstance(value, dict) else [("", value)]
        cells |= {f"t2.{slug}.{c}".rstrip("."): v for c, v in parts}
    for slug, row in expected["table3"].items():
        if row != "absent":
            cells |= {f"t3.{slug}.{c}": v for c, v in zip(COLUMNS, row, strict=True)}
    for group, row in expected["table4"].items():
        cells |= {f"t4.{GROUP_OF[group]}.{r}": v for r, v in zip(RESULTS, row, strict=True)}
    return {
        i: v if v is None or isinstance(v, int) else Decimal(str(v).rstrip("元")) for i, v in cells.items()
    }


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real reports is not here")
@pytest.mark.parametrize("case", OPEN)
def test_real_reports_equal_their_figures_or_leave_them_open(case: str) -> None:
    report = read((CORPUS / case / "report.txt").read_text(encoding="utf-8"))
    expected = expected_cells(json.loads((CORPUS / case / "expected.json").read_text(encoding="utf-8")))
    assert set(report.cells) == set(expected)
    still_open = 0
    for cell_id, value in expected.items():
        cell = report.cells[cell_id]
        assert re.match(r"第\d+行", cell.where)
        if cell.kind is CellKind.AMBIGUOUS:
            still_open += 1
            assert cell_id.startswith("t2.")
            assert value in cell.candidates
        else:
            assert cell.value == value, cell_id
    assert still_open == OPEN[case]
    for run in report.ambiguous:
        assert tuple(expected[c] for c in run.cells) in run.candidates


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real reports is not here")
def test_prose_headings_ledger_and_archive_lines() -> None:
    founding = read((CORPUS / "xiangtan-justice-2024-txt" / "report.txt").read_text(encoding="utf-8"))
    assert [s.ordinal for s in founding.sections] == [1, 2, 3, 4, 5, 6]
    assert founding.ledger[1][:2] == ["1", "无"]
    assert {len(row) for row in founding.ledger} == {12}
    assert all("台账" not in s.text for s in founding.sections)
    flat = read((CORPUS / "pingtan-2024-flat" / "report.txt").read_text(encoding="utf-8"))
    assert [s.key for s in flat.sections] == [h.key for h in FORM.headings]
    assert (flat.agency, flat.year) == ("平潭综合实验区", 2024)
    assert all("原文链接" not in p.text for s in flat.sections for p in s.paragraphs)
    assert re.fullmatch(r"第10行第\d+字", flat.cells["t3.new.natural"].where)


def _row(natural: int = 0, commercial: int = 0, other: int = 0) -> list[int]:
    return [natural, commercial, 0, 0, 0, other, natural + commercial + other]


THREE: Rows = {row.slug: _row() for row in FORM.table3_data} | {
    "new": _row(12, 2, 1),
    "carried_in": _row(1),
    "granted": _row(5, 1),
    "partial": _row(3, 1),
    "unable_not_held": _row(2, 0, 1),
    "reject_repeat": _row(1),
    "other_other": _row(1),
    "result_total": _row(12, 2, 1),
    "carried_out": _row(1),
}
FOUR: Rows = {GROUPS[0]: [1, 0, 0, 0, 1], GROUPS[1]: [0] * 5, GROUPS[2]: [0, 1, 0, 2, 3]}
TRUTH = truth_cells(THREE, FOUR)
LINES, RUN, PIPES = cell_a_line(THREE, FOUR), glued(THREE, FOUR), columns(THREE, FOUR, " | ")
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
WAYS = {
    "full-width digits": LINES.translate(str.maketrans("0123456789.", "０１２３４５６７８９．")),
    "half-width punctuation": LINES.translate(str.maketrans("（），“”：；。、", '(),"":;.,')),
    "O read for 0": re.sub(r"(?m)^\t0$", "\tO", LINES),
    "l read for 1": re.sub(r"(?m)^\t1$", "\tl", LINES),
    "spaces inside words": _BETWEEN.sub(" ", LINES),
    "spaces inside words, run together": _BETWEEN.sub(" ", RUN),
    "no empty lines": re.sub(r"\n\s*", "\n", LINES),
    "double spaced": LINES.replace("\n", "\n\n"),
    "carriage returns": LINES.replace("\n", "\r\n"),
    "labels without numbers": re.sub(r"(?m)^\t\d\.", "\t", LINES),
    "labels numbered with another mark": re.sub(r"(\d)\.(?=[\u4e00-\u9fff])", r"\1、", RUN),
    "label numbers without a mark": re.sub(r"(\d)\.(?=[\u4e00-\u9fff])", r"\1", RUN),
    "lines broken anywhere": "\n".join(RUN[i : i + 40] for i in range(0, len(RUN), 40)),
    "labels worded otherwise": RUN.replace("其他法律行政法规禁止公开", "其它法律、行政法规规定禁止公开的"),
    "a page number among the figures": LINES.replace(
        "4.保护第三方合法权益\n\t0\n", "4.保护第三方合法权益\n\t0\n3\n"
    ),
    "tabs": columns(THREE, FOUR),
    "single spaces": columns(THREE, FOUR, " "),
    "wide spaces": columns(THREE, FOUR, "    "),
    "pipes": PIPES,
    "pipes with breaks": PIPES.replace("（", "<br>（"),
    "pipes over a page break": PIPES.replace("| 4.保", "\n3\n\n| 自然人 | 商业企业 |\n|---|---|\n| 4.保"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_small_report_printed_every_way(way: str) -> None:
    report = read(WAYS[way])
    assert {i: c.value for i, c in report.cells.items() if not i.startswith("t2.")} == TRUTH
    assert not report.ambiguous
    assert [s.key for s in report.sections] == [h.key for h in FORM.headings]


def test_mended_letters_say_so() -> None:
    cell = read(WAYS["O read for 0"]).cells["t3.new.research"]
    assert (cell.value, cell.raw) == (0, "O")
    assert "按数字认读" in cell.note


def _blank(rows: Rows) -> dict[str, list[Any]]:
    return {slug: [v or "" for v in row] for slug, row in rows.items()}


@pytest.mark.parametrize(
    "text",
    [
        re.sub(r"(?m)^\t0$", "\t", LINES),
        columns(_blank(THREE), _blank(FOUR)),
        columns(_blank(THREE), _blank(FOUR), " | "),
    ],
)
def test_blank_cells_keep_their_place(text: str) -> None:
    report = read(text)
    for cell_id, value in TRUTH.items():
        cell = report.cells[cell_id]
        assert (cell.kind, cell.value) == ((CellKind.NUMBER, value) if value else (CellKind.BLANK, None))


def test_blank_cells_without_a_place_are_open_with_the_truth_among_the_candidates() -> None:
    report = read(glued(_blank(THREE), _blank(FOUR)))
    filled = [i for i in TRUTH if i.startswith("t3.new.")]
    assert all(report.cells[i].kind is CellKind.AMBIGUOUS for i in filled)
    assert all(TRUTH[i] in report.cells[i].candidates for i in filled)


def test_strokes_are_strokes() -> None:
    stroked: dict[str, list[Any]] = {slug: [v or "/" for v in row] for slug, row in THREE.items()}
    report = read(columns(stroked, FOUR, " | "))
    assert report.cells["t3.new.research"].kind is CellKind.DASH
    assert report.cells["t3.new.natural"].value == 12
    assert read(glued(stroked, FOUR)).cells["t3.denied_process.natural"].kind is CellKind.DASH


def test_rows_parted_from_their_labels_go_by_order_and_count() -> None:
    bare = [re.sub(r"^\| [23]\.(?:补正后|没有现成)[^|]*\|", "|", line) for line in PIPES.split("\n")]
    report = read("\n".join(bare))
    assert {i: c.value for i, c in report.cells.items() if i.startswith("t3.")} == {
        i: v for i, v in TRUTH.items() if i.startswith("t3.")
    }
    assert sum("按法定行序对应" in note for note in report.notes) == 2


def test_a_displaced_total_goes_where_the_sums_want_it() -> None:
    text = PIPES.replace(
        "| 四、结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
        "1\n| 四、结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 |  |",
    )
    assert text != PIPES
    assert read(text).cells["t3.carried_out.total"].value == 1
    other = text.replace("\n1\n", "\n4\n")
    assert read(other).cells["t3.carried_out.total"].kind is CellKind.BLANK


def test_table_two_of_2019_run_together() -> None:
    text = RUN.replace(
        "三、收到",
        "第二十条第（一）项信息内容本年新制作数量本年新公开数量对外公开总数量规章007规范性文件1211"
        "第二十条第（五）项信息内容上一年项目数量本年增/减处理决定数量行政许可20-18538第二十条第（八）项信息内容"
        "上一年项目数量本年增/减行政事业性收费35-15第二十条第（九）项信息内容采购项目数量采购总金额政府集中采购300元三、收到",
        1,
    )
    cells = read(text).cells
    assert [cells[f"t2.regulations.{c}"].value for c in ("new_made", "newly_public", "public_total")] == [
        0,
        0,
        7,
    ]
    assert (cells["t2.fees.last_year_items"].value, cells["t2.fees.change"].value) == (35, -15)
    assert cells["t2.licences.last_year_items"].value == 20
    assert cells["t2.licences.change"].kind is CellKind.AMBIGUOUS
    assert set(cells["t2.licences.change"].candidates) == {0, -1, -18, -185, -1853}
    assert cells["t2.normative_documents.new_made"].candidates == (1, 12)
    assert cells["t2.procurement.projects"].kind is CellKind.NUMBER


def test_blocks_come_in_reading_order() -> None:
    kinds = [type(b) for b in blocks_from_text(LINES)]
    assert kinds.count(Grid) == 2
    assert kinds[0] is TextBlock
    assert kinds[-1] is TextBlock


def test_prose_that_speaks_of_results_is_no_table_four() -> None:
    text = (
        RUN[: RUN.index("四、政府信息公开行政复议")]
        + "四、政府信息公开行政复议、行政诉讼情况行政复议1件，结果维持1件。五、存在的主要问题及改进情况无。"
    )
    assert not [i for i in read(text).cells if i.startswith("t4.")]


def test_a_comma_behind_a_figure_makes_it_no_label_number() -> None:
    text = RUN.replace(
        "三、收到",
        "第二十条第（五）项信息内容本年处理决定数量行政许可65，第二十条第（六）项行政处罚（件）12。三、收到",
        1,
    )
    cells = read(text).cells
    assert (cells["t2.licences"].value, cells["t2.penalties"].value) == (65, 12)
