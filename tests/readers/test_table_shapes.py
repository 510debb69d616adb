"""Tables in shapes that agencies print and the form does not have: read right, or left open and said."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from gongkai.statute.report.checks import check
from gongkai.statute.report.editions import COLUMNS
from gongkai.statute.report.findings import Level
from gongkai.statute.report.model import AnnualReport, CellKind
from gongkai.statute.report.readers import read
from tests.readers.report_forms import Sample, Spec, make, parts, table2, table3, table4

Table = list[list[Spec]]


@pytest.fixture
def sample() -> Sample:
    return make(random.Random(7), blanks=False)  # noqa: S311


def markup(table: Table) -> str:
    """A table as HTML, spans as given."""
    rows = (
        "".join(f"<td rowspan={tall} colspan={wide}>{text}</td>" for text, tall, wide in row) for row in table
    )
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def report(folder: Path, sample: Sample, **tables: str) -> AnnualReport:
    """The sample's page read back from a file, with the tables named (t2, t3, t4) given as other markup."""
    return read(written(folder, sample, **tables))


def written(folder: Path, sample: Sample, **tables: str) -> Path:
    """The file of the sample's page."""
    names = iter(("t2", "t3", "t4"))
    out = []
    for kind, part in parts(sample):
        if isinstance(part, str):
            out.append(f"<h1>{part}</h1>" if kind == "title" else f"<p>{part}</p>")
        else:
            out.append(tables.get(next(names)) or markup(part))
    path = folder / "report.html"
    path.write_text(f"<html><body>{''.join(out)}</body></html>", encoding="utf-8")
    return path


def values(found: AnnualReport, prefix: str = "") -> dict[str, object]:
    """The figures read, of the cells that begin so."""
    return {i: c.value for i, c in found.cells.items() if i.startswith(prefix)}


def truth(sample: Sample, prefix: str = "") -> dict[str, object]:
    """The figures printed, of the cells that begin so."""
    return {i: v for i, v in sample.values.items() if i.startswith(prefix)}


@pytest.mark.parametrize(("name", "lay"), [("t2", table2), ("t3", table3), ("t4", table4)])
@pytest.mark.parametrize("this_first", [True, False])
def test_of_two_tables_the_one_of_the_year_is_read(
    tmp_path: Path, sample: Sample, name: str, lay: object, this_first: bool
) -> None:
    assert callable(lay)
    last = make(random.Random(8), blanks=False)  # noqa: S311
    pair = [
        f"<p>{sample.year}年情况</p>{markup(lay(sample))}",
        f"<p>{sample.year - 1}年情况</p>{markup(lay(last))}",
    ]
    found = report(tmp_path, sample, **{name: "".join(pair if this_first else pair[::-1])})
    assert values(found) == sample.values
    assert any("有两张，取写明本年度的一张" in note for note in found.notes)


@pytest.mark.parametrize(("name", "lay"), [("t2", table2), ("t3", table3), ("t4", table4)])
def test_two_tables_without_a_year_stay_open_where_they_differ(
    tmp_path: Path, sample: Sample, name: str, lay: object
) -> None:
    assert callable(lay)
    other = make(random.Random(8), blanks=False)  # noqa: S311
    found = report(tmp_path, sample, **{name: markup(lay(sample)) + markup(lay(other))})
    for cell_id, value in truth(sample, name).items():
        cell = found.cells[cell_id]
        if value == other.values[cell_id]:
            assert cell.value == value
        else:
            assert cell.kind is CellKind.AMBIGUOUS
            assert cell.candidates == (value, other.values[cell_id])
    assert any("看不出哪一张是本年度的" in note for note in found.notes)


def test_the_same_table_twice_is_read_once(tmp_path: Path, sample: Sample) -> None:
    found = report(tmp_path, sample, t3=markup(table3(sample)) * 2)
    assert values(found) == sample.values
    assert any("内容相同" in note for note in found.notes)


def test_two_reports_in_one_file_are_noted_and_the_first_is_read(tmp_path: Path, sample: Sample) -> None:
    other = make(random.Random(8), blanks=False)  # noqa: S311
    other.year = sample.year - 1
    first = written(tmp_path, sample).read_text(encoding="utf-8")
    second = written(tmp_path, other).read_text(encoding="utf-8")
    path = tmp_path / "two.html"
    path.write_text(first + second, encoding="utf-8")
    found = read(path)
    assert values(found) == sample.values
    assert any("像是有两份年度报告" in note for note in found.notes)


def summed(seed: int = 3) -> Sample:
    """A sample whose rows of table three add up, every group of table four too."""
    rng = random.Random(seed)  # noqa: S311
    sample = make(rng, blanks=False)
    rows = {i.rpartition(".")[0] for i in sample.values if i.startswith(("t3.", "t4."))}
    for row in rows:
        ids = [i for i in sample.values if i.rpartition(".")[0] == row]
        drawn = [rng.randrange(1, 90) for _ in ids[:-1]]
        for cell_id, value in zip(ids, [*drawn, sum(drawn)], strict=True):
            sample.values[cell_id], sample.printed[cell_id] = value, str(value)
    return sample


def renamed(sample: Sample, names: dict[str, str]) -> Table:
    """Table three with other words for some cells."""
    return [[(names.get(text, text), tall, wide) for text, tall, wide in row] for row in table3(sample)]


@pytest.mark.parametrize(
    ("head", "printed"),
    [
        ("法律服务机构", "法律服务"),
        ("法律服务机构", "法律机构"),
        ("法律服务机构", "律所"),
        ("科研机构", "科研单位"),
        ("社会公益组织", "社会组织"),
        ("社会公益组织", "社会公益"),
        ("其他", "其它组织"),
        ("总计", "小计"),
        ("总计", "合计"),
    ],
)
def test_a_head_in_other_words_keeps_its_column(tmp_path: Path, head: str, printed: str) -> None:
    sample = summed()
    table = renamed(sample, {head: printed})
    table[-2] = [(text.replace(printed, head), a, b) for text, a, b in table[-2]]
    assert values(report(tmp_path, sample, t3=markup(table))) == sample.values


def test_a_column_of_another_year_is_not_counted_into_the_form(tmp_path: Path) -> None:
    sample = summed()
    rows = flat(sample, [c for c in COLUMNS if c != "legal_service"], extra="上年总计")
    found = values(report(tmp_path, sample, t3=markup(rows)))
    assert found == {i: v for i, v in sample.values.items() if not i.endswith(".legal_service")}


def flat(sample: Sample, columns: list[str], extra: str = "") -> Table:
    """Table three with a label a row and these columns only."""
    heads = dict(
        zip(
            COLUMNS,
            ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"],
            strict=True,
        )
    )
    more: list[Spec] = [(extra, 1, 1)] if extra else []
    rows: Table = [[("项目", 1, 1), *((heads[c], 1, 1) for c in columns), *more]]
    for row in sample.form.table3_data:
        figures: list[Spec] = [(sample.printed[f"t3.{row.slug}.{c}"], 1, 1) for c in columns]
        rows.append([(row.label, 1, 1), *figures, *([("7", 1, 1)] if extra else [])])
    return rows


@pytest.mark.parametrize("gone", ["total", "natural"])
def test_a_column_left_out_is_absent_and_the_check_says_so(tmp_path: Path, gone: str) -> None:
    sample = summed()
    found = report(tmp_path, sample, t3=markup(flat(sample, [c for c in COLUMNS if c != gone])))
    expected = {i: v for i, v in sample.values.items() if not (i.startswith("t3") and i.endswith(f".{gone}"))}
    assert values(found) == expected
    codes = [f.code for f in check(found) if f.level is Level.ERROR and f.code in ("F-06", "T3-03", "V-05")]
    assert codes == ["F-06"]


def test_three_columns_are_read_without_the_five_kinds(tmp_path: Path) -> None:
    sample = summed()
    rows = flat(sample, ["natural", "commercial", "total"])
    rows[0][2] = ("法人或其他组织", 1, 1)
    found = report(tmp_path, sample, t3=markup(rows))
    kept = {i: v for i, v in truth(sample, "t3").items() if i.endswith((".natural", ".total"))}
    assert values(found, "t3") == kept
    assert any("没有“商业企业”、“科研机构”" in note for note in found.notes)
    assert "F-06" in [f.code for f in check(found)]
    assert "T3-03" not in [f.code for f in check(found) if f.level is Level.ERROR]


@pytest.mark.parametrize(("change", "count"), [(-1, 6), (1, 8)])
def test_a_row_of_another_width_is_not_placed(tmp_path: Path, change: int, count: int) -> None:
    sample = summed()
    table = table3(sample)
    n = next(n for n, row in enumerate(table) if any("禁止公开" in text for text, _, _ in row))
    table[n] = [*table[n][:1], *table[n][2:]] if change < 0 else [*table[n][:1], ("0", 1, 1), *table[n][1:]]
    found = report(tmp_path, sample, t3=markup(table))
    row = [f"t3.denied_law_forbids.{c}" for c in COLUMNS]
    assert {found.cells[i].kind for i in row} == {CellKind.TEXT}
    assert {i: v for i, v in values(found).items() if i not in row} == {
        i: v for i, v in sample.values.items() if i not in row
    }
    assert any(f"有{count}个数，应为7个，对不上列" in note for note in found.notes)


def test_a_blank_cell_is_a_cell(tmp_path: Path) -> None:
    sample = summed()
    blank = next(i for i in sample.values if i.startswith("t3.denied_law_forbids.legal"))
    sample.printed[blank], sample.values[blank] = "", None
    assert values(report(tmp_path, sample)) == sample.values


@pytest.mark.parametrize(
    "label", ["（七）总计（以上各项之和）", "（七）小计", "（七）小计/合计", "（七）合计", "总计（一至六）"]
)
def test_the_row_of_totals_in_other_words(tmp_path: Path, label: str) -> None:
    sample = summed()
    table = table3(sample)
    table[-2] = [(label if "总计" in text else text, a, b) for text, a, b in table[-2]]
    assert values(report(tmp_path, sample, t3=markup(table))) == sample.values


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [("0", CellKind.NUMBER, 0), ("", CellKind.BLANK, None), ("5", CellKind.TEXT, None)],
)
def test_a_row_merged_into_one_cell(tmp_path: Path, text: str, kind: CellKind, value: int | None) -> None:
    sample = summed()
    table = table3(sample)
    n = next(n for n, row in enumerate(table) if any("予以公开" in t for t, _, _ in row))
    table[n] = [*table[n][:-7], (text, 1, 7)]
    found = report(tmp_path, sample, t3=markup(table))
    row = {i: c for i, c in found.cells.items() if i.startswith("t3.granted.")}
    assert len(row) == len(COLUMNS)
    assert {(c.kind, c.value) for c in row.values()} == {(kind, value)}
    assert len(found.cells) == len(sample.values)


@pytest.mark.parametrize(
    ("head", "text", "raw"),
    [
        ("元", "251000", "251000（单位：元）"),
        ("万元", "251000元", "251000元"),
        ("元", "25.1万元", ""),
        ("万元", "25.1", ""),
    ],
)
def test_a_fee_in_yuan_is_not_taken_for_ten_thousands(tmp_path: Path, head: str, text: str, raw: str) -> None:
    sample = summed()
    sample.printed["t2.fees_10k_yuan"] = text
    page = markup(table2(sample)).replace("单位：万元", f"单位：{head}")
    cell = report(tmp_path, sample, t2=page).cells["t2.fees_10k_yuan"]
    if raw:
        assert (cell.kind, cell.value, cell.raw) == (CellKind.TEXT, None, raw)
    else:
        assert str(cell.value) == "25.1"


@pytest.mark.parametrize("change", [-1, 1])
@pytest.mark.parametrize("at", [0, 6, 12])
def test_table_four_with_a_figure_too_few_or_too_many(tmp_path: Path, change: int, at: int) -> None:
    sample = summed()
    table = table4(sample)
    row = table[-1]
    table[-1] = [*row[:at], *row[at + 1 :]] if change < 0 else [*row[:at], ("3", 1, 1), *row[at:]]
    found = report(tmp_path, sample, t4=markup(table))
    assert {c.kind for i, c in found.cells.items() if i.startswith("t4")} == {CellKind.TEXT}
    assert any(f"有{15 + change}个数，应为15个" in note for note in found.notes)
    assert "F-04" not in [f.code for f in check(found)]
