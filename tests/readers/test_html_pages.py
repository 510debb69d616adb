"""Web pages made up with the markup of county sites, read back equal."""

from __future__ import annotations

import os
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.report.model import AnnualReport, CellKind
from gongkai.statute.report.readers import read_bytes
from tests.readers.report_forms import PROSE, TITLE, Sample, as_html, make, parts, table2, table3, table4

EXAMPLES = int(os.environ.get("GONGKAI_EXAMPLES", "40"))


def assert_same(report: AnnualReport, sample: Sample) -> None:
    """Every figure, blank and stroke as printed; title, agency, year, parts and prose as written."""
    assert {i: c.value for i, c in report.cells.items()} == sample.values
    for cell_id, text in sample.printed.items():
        kind = {"": CellKind.BLANK}.get(text, CellKind.DASH if text in ("/", "-", "—") else CellKind.NUMBER)
        assert report.cells[cell_id].kind is kind
        assert report.cells[cell_id].where
    assert (report.edition, report.year, report.agency) == (sample.form.id, sample.year, "青禾县档案局")
    assert report.title == TITLE.format(year=sample.year)
    assert [s.key for s in report.sections] == [h.key for h in sample.form.headings]
    assert [s.ordinal for s in report.sections] == [1, 2, 3, 4, 5, 6]
    assert {s.key: [p.text for p in s.paragraphs] for s in report.sections if s.paragraphs} == PROSE
    assert len(report.preface) == 1


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    form=st.sampled_from(["2021", "2019"]),
    merged=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"]),
)
def test_random_pages(seed: int, form: str, merged: bool, encoding: str) -> None:
    rng = random.Random(seed)  # noqa: S311
    sample = make(rng, form, merged_other=merged)
    page = as_html(rng, sample)
    assert_same(read_bytes(page.encode(encoding, "xmlcharrefreplace"), "x.pdf"), sample)


@pytest.fixture
def sample() -> Sample:
    return make(random.Random(7), blanks=False)  # noqa: S311


def page(sample: Sample, replace: dict[str, str] | None = None) -> str:
    """The plain page of a sample; `replace` swaps tables (by t2, t3, t4) for other markup."""
    out = []
    names = iter(("t2", "t3", "t4"))
    for kind, part in parts(sample):
        if isinstance(part, str):
            out.append(f"<h1>{part}</h1>" if kind == "title" else f"<p>{part}</p>")
        else:
            out.append((replace or {}).get(next(names)) or plain(part))
    return "".join(out)


def plain(rows: list[list[tuple[str, int, int]]]) -> str:
    lines = ("".join(f'<td rowspan="{t}" colspan="{w}">{text}</td>' for text, t, w in row) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def read_page(text: str) -> AnnualReport:
    return read_bytes(text.encode())


def test_one_table_for_the_whole_report(sample: Sample) -> None:
    rows = []
    for _, part in parts(sample):
        if isinstance(part, str):
            rows.append(f'<tr><td colspan="15">{part}</td></tr>')
        else:
            rows.append(plain(part).removeprefix("<table>").removesuffix("</table>"))
    assert_same(read_page(f"<table>{''.join(rows)}</table>"), sample)


def test_table_two_in_four_tables_with_captions_outside(sample: Sample) -> None:
    pieces, rows = [], table2(sample)
    starts = [n for n, row in enumerate(rows) if len(row) == 1] + [len(rows)]
    for a, b in pairwise(starts):
        pieces.append(f"<p>{rows[a][0][0]}</p>{plain(rows[a + 1 : b])}")
    report = read_page(page(sample, {"t2": "".join(pieces)}))
    assert {i: c.value for i, c in report.cells.items()} == sample.values


def test_table_three_cut_in_three_with_the_head_repeated(sample: Sample) -> None:
    rows = table3(sample)
    loose = [[(t, 1, w) for t, _, w in row] for row in rows]
    pieces = [rows[:6], rows[:3] + loose[6:14], rows[:3] + loose[14:]]
    report = read_page(page(sample, {"t3": "".join(plain(p) for p in pieces)}))
    assert {i: c.value for i, c in report.cells.items()} == sample.values


def test_whole_path_in_one_label_cell(sample: Sample) -> None:
    rows, path = [], ["", "", ""]
    for row in table3(sample)[3:]:
        labels, figures = row[:-7], row[-7:]
        depth = 3 - sum(w for _, _, w in labels)
        for text, _, wide in labels:
            path[depth:] = [text] + [""] * (2 - depth)
            depth += wide
        rows.append([("".join(path), 1, 1), *figures])
    head = [
        [
            ("项目", 1, 1),
            *(
                (t, 1, 1)
                for t in ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
            ),
        ]
    ]
    report = read_page(page(sample, {"t3": plain(head + rows)}))
    assert {i: c.value for i, c in report.cells.items()} == sample.values


def test_numbers_of_labels_in_cells_of_their_own(sample: Sample) -> None:
    rows = []
    for row in table3(sample)[3:]:
        label = row[-8][0]
        number, _, words = label.partition(".") if label[0].isdigit() else ("", "", label)
        rows.append([(number + "." if number else "", 1, 1), (words, 1, 1), *row[-7:]])
    report = read_page(page(sample, {"t3": plain(rows)}))
    assert {i: c.value for i, c in report.cells.items()} == sample.values


def test_columns_in_another_order(sample: Sample) -> None:
    head = ["项目", "总计", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    rows = [[(t, 1, 1) for t in head]]
    rows += [[(row[-8][0], 1, 1), (row[-1][0], 1, 1), *row[-7:-1]] for row in table3(sample)[3:]]
    report = read_page(page(sample, {"t3": plain(rows)}))
    assert {i: c.value for i, c in report.cells.items()} == sample.values


def test_a_column_left_out_is_absent(sample: Sample) -> None:
    head = ["项目", "自然人", "商业企业", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = [[(t, 1, 1) for t in head]]
    rows += [[(row[-8][0], 1, 1), *row[-7:-5], *row[-4:]] for row in table3(sample)[3:]]
    report = read_page(page(sample, {"t3": plain(rows)}))
    for cell_id, value in sample.values.items():
        if cell_id.startswith("t3.") and cell_id.endswith(".research"):
            assert cell_id not in report.cells
        else:
            assert report.value(cell_id) == value


def test_lost_labels_take_the_rows_between_their_neighbours(sample: Sample) -> None:
    rows = table3(sample)
    bare = [
        [*row[:-8], ("", 1, row[-8][2]), *row[-7:]] if n in (6, 9, 10, 21) else row
        for n, row in enumerate(rows)
    ]
    report = read_page(page(sample, {"t3": plain(bare)}))
    assert {i: c.value for i, c in report.cells.items()} == sample.values
    assert sum("按次序认作" in note for note in report.notes) == 4


def test_nameless_rows_that_do_not_fit_are_said_and_not_guessed(sample: Sample) -> None:
    rows = table3(sample)
    flat = [[(row[-8][0], 1, 1), *row[-7:]] for row in rows[3:]]
    flat[7:9] = [[("", 1, 1), *flat[7][1:]]]
    report = read_page(page(sample, {"t3": plain(flat)}))
    assert not report.has_row("t3.denied_internal")
    assert not report.has_row("t3.denied_third_party")
    assert report.value("t3.denied_process.total") == sample.values["t3.denied_process.total"]
    assert any("读不出行名" in note for note in report.notes)


def test_rows_in_another_order_go_by_their_labels(sample: Sample) -> None:
    flat = [[(row[-8][0], 1, 1), *row[-7:]] for row in table3(sample)[3:]]
    flat[4], flat[6] = flat[6], flat[4]
    report = read_page(page(sample, {"t3": plain(flat)}))
    assert {i: c.value for i, c in report.cells.items()} == sample.values


def test_local_rows_are_noted_and_not_counted(sample: Sample) -> None:
    two, three = table2(sample), table3(sample)
    two.insert(4, [("其他主动公开文件", 1, 1), ("91", 1, 1), ("92", 1, 1), ("93", 1, 1)])
    three.append([("五、其中：网上申请", 1, 3), *[("8", 1, 1)] * 7])
    report = read_page(page(sample, {"t2": plain(two), "t3": plain(three)}))
    assert {i: c.value for i, c in report.cells.items()} == sample.values
    notes = "".join(report.notes)
    assert "其他主动公开文件" in notes
    assert "网上申请" in notes


def test_table_four_in_three_tables(sample: Sample) -> None:
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    figures = [t for t, _, _ in table4(sample)[-1]]
    names = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    pieces = []
    for n, name in enumerate(names):
        rows = [[(name, 1, 5)], [(r, 1, 1) for r in results], [(t, 1, 1) for t in figures[n * 5 : n * 5 + 5]]]
        pieces.append(plain(rows))
    report = read_page(page(sample, {"t4": "".join(pieces)}))
    assert {i: c.value for i, c in report.cells.items()} == sample.values


def test_table_four_one_group_a_row(sample: Sample) -> None:
    figures = [t for t, _, _ in table4(sample)[-1]]
    rows = [[(t, 1, 1) for t in ("类型", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计")]]
    for n, name in enumerate(("行政复议", "未经复议直接起诉", "复议后起诉")):
        rows.append([(name, 1, 1), *((t, 1, 1) for t in figures[n * 5 : n * 5 + 5])])
    report = read_page(page(sample, {"t4": plain(rows)}))
    assert {i: c.value for i, c in report.cells.items()} == sample.values


def test_blank_table_four_is_there_and_blank(sample: Sample) -> None:
    rows = table4(sample)
    rows[-1] = [("", 1, 1)] * 15
    report = read_page(page(sample, {"t4": plain(rows)}))
    assert "t4" in report.tables
    assert {c.kind for i, c in report.cells.items() if i.startswith("t4")} == {CellKind.BLANK}


def test_missing_table_is_read_without_it(sample: Sample) -> None:
    report = read_page(page(sample, {"t4": "<p></p>"}))
    assert report.tables == {"t2", "t3"}
    assert not any(i.startswith("t4") for i in report.cells)


def test_words_in_a_figure_cell_stay_words(sample: Sample) -> None:
    rows = table2(sample)
    rows[6] = [rows[6][0], ("3件", 1, 3)]
    report = read_page(page(sample, {"t2": plain(rows)}))
    assert report.cells["t2.licences"].kind is CellKind.TEXT
    assert report.cells["t2.licences"].raw == "3件"


def test_span_bombs_are_laid_out_with_limits(sample: Sample) -> None:
    rows = (
        plain(table2(sample))
        .replace('colspan="4"', 'colspan="1000000"')
        .replace('rowspan="1"', 'rowspan="99999999"', 1)
    )
    bomb = "<table><tr>" + "<td rowspan=65000 colspan=65000>1</td>" * 50 + "</tr></table>"
    report = read_page(page(sample, {"t2": rows}) + bomb)
    assert report.has_row("t3.new")


def test_a_ledger_behind_the_report_is_no_part_of_it(sample: Sample) -> None:
    heads = ["序号", "申请人", "申请渠道", "申请时间", "申请内容", "依申请公开编号", "申请单位", "答复时间"]
    heads += ["处理状态", "信息获取方式", "发布状态", "办理结果"]
    rows = [[("青禾县档案局2023年依申请公开工作台账", 1, 12)], [(h, 1, 1) for h in heads]]
    rows.append([(t, 1, 1) for t in ["1", "无", *[""] * 10]])
    report = read_page(page(sample) + "<p>附件3</p>" + plain(rows))
    assert_same(report, sample)
    assert report.ledger[0] == heads
    assert report.ledger[1][:2] == ["1", "无"]


def test_hidden_and_executable_parts_are_not_read(sample: Sample) -> None:
    trap = "<div style='display:none'><table><tr><td>行政许可</td><td>77</td></tr></table></div><iframe src='http://x.invalid/'></iframe>"
    report = read_page(
        f"<body onload='x()'>{trap}{page(sample)}<script>var a='<p>六、其他需要报告的事项</p>'</script>"
    )
    assert {i: c.value for i, c in report.cells.items()} == sample.values


def test_menu_and_contents_before_the_report(sample: Sample) -> None:
    menu = "<ul><li>总体情况</li><li>政府信息公开年报</li><li>青禾县民政局2022年政府信息公开工作年度报告</li></ul>"
    contents = "".join(
        f"<p>{'一二三四五六'[h.ordinal - 1]}、{h.title}……{h.ordinal}</p>" for h in sample.form.headings
    )
    assert_same(
        read_page(f"<title>政府信息公开</title>{menu}" + page(sample).replace("</h1>", f"</h1>{contents}")),
        sample,
    )


def test_everything_in_one_paragraph_between_breaks(sample: Sample) -> None:
    text = page(sample).replace("</p><p>", "<br>　　")
    report = read_page(text)
    assert {i: c.value for i, c in report.cells.items()} == sample.values
    assert [s.key for s in report.sections] == [h.key for h in sample.form.headings]
