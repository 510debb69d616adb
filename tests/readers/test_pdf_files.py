"""PDF files set by typst, read back equal: tables over pages, paragraphs, radicals, files without rules."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import typst

import gongkai.statute.report.writers as writers
from gongkai.statute.report.blocks import Unreadable
from gongkai.statute.report.readers import read_bytes, refusals
from tests.readers.report_forms import TITLE, Sample, as_pdf, make
from tests.readers.test_html_pages import assert_same

FONTS = str(Path(writers.__file__).parent / "fonts")


def set_pages(source: str) -> bytes:
    return bytes(typst.compile(source.encode(), font_paths=[FONTS], ignore_system_fonts=True))


@pytest.mark.parametrize(("seed", "form"), [(1, "2021"), (2, "2019"), (3, "2021")])
def test_ruled_tables_over_pages(seed: int, form: str) -> None:
    sample = make(random.Random(seed), form, merged_other=seed == 3)  # noqa: S311
    report = read_bytes(as_pdf(sample))
    assert_same(report, sample)
    assert report.cells["t2.regulations." + ("made" if form == "2021" else "new_made")].where.startswith("第")
    pages = {c.where.split("页")[0] for i, c in report.cells.items() if i.startswith("t3")}
    assert len(pages) > 1, "table three was meant to break over pages"


def test_long_paragraphs_are_joined_across_lines_and_pages() -> None:
    prose = "本年度认真做好政府信息公开工作，稳步推进各项任务，" * 60 + "成效明显。"
    source = (
        '#set page("a4", margin: 3cm, numbering: "- 1 -")\n#set text(font: "Noto Serif SC", size: 16pt, lang: "zh")\n'
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true)\n"
        f"#align(center)[{TITLE.format(year=2023)}]\n\n一、总体情况\n\n{prose}\n\n二、主动公开政府信息情况\n\n"
        "#table(columns: 2, [信息内容], [本年处理决定数量], [行政许可], [12])\n\n六、其他需要报告的事项\n\n无。\n"
    )
    report = read_bytes(set_pages(source))
    overview = report.section("overview")
    assert overview is not None
    assert [p.text for p in overview.paragraphs] == [prose]
    assert report.value("t2.licences") == 12


def test_radicals_are_read_as_characters() -> None:
    source = (
        '#set text(font: "Noto Serif SC")\n⻘禾县⺠政局2023年政府信息公开⼯作年度报告\n\n⼀、总体情况\n\n无。\n\n'
        "⼆、主动公开政府信息情况\n\n#table(columns: 2, [信息内容], [本年处理决定数量], [⾏政许可], [12], [⾏政处罚], [3])\n"
    )
    report = read_bytes(set_pages(source))
    assert report.agency == "青禾县民政局"
    assert (report.value("t2.licences"), report.value("t2.penalties")) == (12, 3)


def test_page_without_words_is_a_scan() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_bytes(set_pages('#set page("a4")\n#rect(width: 10cm, height: 10cm, fill: gray)'))
    assert str(refusal.value) == refusals.SCAN


def test_damaged_file_is_refused() -> None:
    whole = as_pdf(make(random.Random(1)))  # noqa: S311
    for cut in (20, 400, len(whole) // 2):
        with pytest.raises(Unreadable):
            read_bytes(whole[:cut])


def small(seed: int) -> Sample:
    """Figures below 100, as narrow columns without rules need them."""
    sample = make(random.Random(seed), blanks=False)  # noqa: S311
    for cell_id, value in sample.values.items():
        sample.values[cell_id] = int(value or 0) % 100
        sample.printed[cell_id] = str(sample.values[cell_id])
    return sample


@pytest.mark.parametrize("rules", ["none", "(x: none, y: 0.5pt)"])
def test_tables_without_rules(rules: str) -> None:
    """A scan with a text layer has no rules: rows are found by where the figures stand."""
    sample = small(4)
    report = read_bytes(as_pdf(sample, stroke=rules))
    assert {i: c.value for i, c in report.cells.items()} == sample.values
    for key in ("proactive", "requests", "remedies"):
        section = report.section(key)
        assert section is not None
        assert section.paragraphs == []
