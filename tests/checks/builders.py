"""Reports made by hand or at random for the tests of the checks: valid unless a test breaks them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from gongkai.statute.report.editions import COLUMNS, edition
from gongkai.statute.report.figures import parse_figure
from gongkai.statute.report.findings import Finding, Level
from gongkai.statute.report.model import AnnualReport, Cell, Number, Paragraph, Section

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
_RENAMED = {
    "review": "reconsideration",
    "litigation_after_review": "litigation_after_reconsideration",
}


def put(report: AnnualReport, cell_id: str, value: Number | str | None) -> None:
    """Write a cell: a figure, None for blank, a text as it would be read."""
    where = f"位置{cell_id}"
    if value is None:
        report.cells[cell_id] = parse_figure("", where)
    elif isinstance(value, str):
        report.cells[cell_id] = parse_figure(value, where, amount="fees" in cell_id or "amount" in cell_id)
    else:
        report.cells[cell_id] = Cell(value, str(value), where)


def blank_form(year: int = 2024, form: str = "2021", agency: str = "青石县民政局") -> AnnualReport:
    """An empty year on the whole form: every figure 0, six parts, nothing to find."""
    shape = edition(form)
    report = AnnualReport(
        agency=agency,
        year=year,
        edition=form,
        title=f"{agency}{year}年政府信息公开工作年度报告",
        period=(date(year, 1, 1), date(year, 12, 31)),
        tables={"t2", "t3", "t4"},
    )
    prose = {
        "overview": "（一）依申请公开方面",
        "problems": "一是解读形式不够多样，二是队伍力量不足。下一步将加强培训，丰富解读形式。",
        "other": "本年度未收取信息处理费。",
    }
    for heading in shape.headings:
        text = prose.get(heading.key, "")
        paragraphs = [Paragraph(text, f"第{heading.ordinal}部分")] if text else []
        report.sections.append(
            Section(heading.key, heading.title, heading.ordinal, paragraphs, f"第{heading.ordinal}部分标题")
        )
    for cell_id in shape.cell_ids:
        put(report, cell_id, 0)
    return report


def fill_row(report: AnnualReport, slug: str, natural: int, commercial: int = 0) -> None:
    """A row of table three with its total."""
    for column in COLUMNS:
        put(report, f"t3.{slug}.{column}", 0)
    put(report, f"t3.{slug}.natural", natural)
    put(report, f"t3.{slug}.commercial", commercial)
    put(report, f"t3.{slug}.total", natural + commercial)


def busy(year: int = 2024) -> AnnualReport:
    """34 new, 2 carried in; 9 granted, 2 denied, 10 not held, 14 other; 35 done, 1 carried out; one review."""
    report = blank_form(year)
    for slug, natural, commercial in (
        ("new", 32, 2),
        ("carried_in", 2, 0),
        ("granted", 9, 0),
        ("denied_internal", 1, 0),
        ("denied_process", 1, 0),
        ("unable_not_held", 4, 0),
        ("unable_needs_making", 6, 0),
        ("other_no_correction", 8, 2),
        ("other_other", 4, 0),
        ("result_total", 33, 2),
        ("carried_out", 1, 0),
    ):
        fill_row(report, slug, natural, commercial)
    for result, value in (("upheld", 1), ("total", 1)):
        put(report, f"t4.reconsideration.{result}", value)
    for column, value in (("made", 13), ("valid", 55)):
        put(report, f"t2.normative_documents.{column}", value)
    put(report, "t2.penalties", 2)
    return report


def say(report: AnnualReport, *paragraphs: str, key: str = "overview") -> AnnualReport:
    """The report with these paragraphs as the prose of a part."""
    section = report.section(key)
    assert section is not None
    section.paragraphs = [Paragraph(text, f"第{n}段") for n, text in enumerate(paragraphs, start=1)]
    return report


def on_requests(report: AnnualReport, text: str) -> AnnualReport:
    """The report with this passage under 依申请公开方面."""
    return say(report, "（二）依申请公开方面", text)


def changed(report: AnnualReport, change: Callable[[AnnualReport], object]) -> AnnualReport:
    """A copy with a change."""
    other = copy.deepcopy(report)
    change(other)
    return other


def errors(found: list[Finding]) -> list[Finding]:
    """The findings of error level."""
    return [f for f in found if f.level is Level.ERROR]


def codes(found: list[Finding], *levels: Level) -> set[str]:
    """The codes of findings that are no notes (or of the levels given)."""
    wanted = levels or (Level.ERROR, Level.WARNING)
    return {f.code for f in found if f.level in wanted}


def from_expected(case: str) -> AnnualReport:
    """A corpus case as a report built from expected.json alone: the tables, no prose."""
    folder = CORPUS / case
    data = json.loads((folder / "expected.json").read_text("utf-8"))
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    form = "2019" if "table2_2019" in data else "2021"
    report = blank_form(meta["year"], form, meta["agency"].split(" ")[0])
    report.cells.clear()
    for slug, figures in (data.get("table2") or data["table2_2019"]).items():
        if isinstance(figures, dict):
            for column, figure in figures.items():
                put(report, f"t2.{slug}.{column}", figure)
        else:
            put(report, f"t2.{slug}", figures if isinstance(figures, int) else str(figures))
    for slug, figures in data["table3"].items():
        if figures != "absent":
            for column, figure in zip(COLUMNS, figures, strict=True):
                put(report, f"t3.{slug}.{column}", figure)
    for slug, figures in data["table4"].items():
        for (result, _), figure in zip(edition(form).results4, figures, strict=True):
            put(report, f"t4.{_RENAMED.get(slug, slug)}.{result}", figure)
    return report
