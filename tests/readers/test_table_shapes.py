"""Tables in shapes that agencies print and the form does not have: read right, or left open and said."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from report_forms import Sample, Spec, make, parts, table2, table3, table4

from gongkai.statute.report.checks import check
from gongkai.statute.report.editions import COLUMNS
from gongkai.statute.report.model import AnnualReport, CellKind
from gongkai.statute.report.readers import read

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
