"""Reports and findings for people: tables aligned for wide characters, one place for all commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gongkai.statute.report.diff import Difference
from gongkai.statute.report.editions import COLUMN_LABELS, COLUMNS, edition
from gongkai.statute.report.findings import LEVEL_WORDS, Finding, Level
from gongkai.statute.report.model import AnnualReport, Cell, CellKind

_STYLE = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.NOTE: "dim"}


def console(stderr: bool = False) -> Console:
    """A console as wide as the terminal, or 110 columns when the output goes to a file."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else 110
    return Console(stderr=stderr, width=width, highlight=False, soft_wrap=False)


def shown(cell: Cell | None) -> str:
    """A cell as printed: the figure, a blank as 空, a stroke as it stood, ambiguous digits with a question mark."""
    if cell is None:
        return "缺"
    if cell.kind is CellKind.BLANK:
        return "空"
    if cell.kind is CellKind.AMBIGUOUS:
        return f"？{cell.raw.strip()}"
    if cell.value is None or not cell.raw.strip().lstrip("+-").replace(",", "").replace(".", "").isdigit():
        return cell.raw.strip() or str(cell.value)
    return str(cell.value)


def _plain(title: str, *heads: str) -> Table:
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    table.add_column(heads[0], overflow="fold")
    for head in heads[1:]:
        table.add_column(head, justify="right", no_wrap=True)
    return table


def show_report(report: AnnualReport, out: Console) -> None:
    """The whole report in words: facts, three tables, length of the prose, what the reader noted."""
    form = edition(report.edition)
    out.print(Text(report.title or "（未见标题）", style="bold"))
    period = "—" if report.period is None else f"{report.period[0]} 至 {report.period[1]}"
    out.print(
        f"单位：{report.agency or '未识别'}　年度：{report.year or '未识别'}　格式：{form.ref}　统计期限：{period}"
    )
    two = _plain("二、主动公开政府信息情况", "项目", "数量")
    for block in form.table2:
        for row in block.rows:
            values = "　".join(
                f"{h} {shown(report.cells.get(c))}" for h, c in zip(block.head[1:], row.cells, strict=True)
            )
            two.add_row(row.label, values)
    out.print(two)
    three = _plain("三、收到和处理政府信息公开申请情况", "项目", *(COLUMN_LABELS[c] for c in COLUMNS))
    for label, cells in _rows3(report):
        three.add_row(label, *(shown(report.cells.get(c)) for c in cells))
    out.print(three)
    four = _plain("四、行政复议、行政诉讼情况", "类别", *(label for _, label in form.results4))
    for group in form.groups4:
        four.add_row(group.label, *(shown(report.cells.get(c)) for c in group.cells))
    out.print(four)
    for section in report.sections:
        out.print(f"{section.title}：{len(section.text)}字")
    for note in report.notes:
        out.print(Text(f"注：{note}", style="dim"))


def _rows3(report: AnnualReport) -> Iterable[tuple[str, tuple[str, ...]]]:
    for row in edition(report.edition).table3_data:
        if report.merged_other and row.slug.startswith("other_") and row.slug != "other_all":
            if row.slug == "other_no_correction":
                yield "（六）其他处理", tuple(f"t3.other_all.{c}" for c in COLUMNS)
            continue
        yield row.label, row.cells


def show_findings(findings: Iterable[Finding], out: Console) -> None:
    """Findings one by one: level, code, message, place and reference."""
    for finding in findings:
        head = Text(f"【{LEVEL_WORDS[finding.level]}】", style=_STYLE[finding.level])
        out.print(head + Text(f"{finding.code} {finding.message}", style="default"))
        place = "　".join(
            p
            for p in (finding.where and f"位置：{finding.where}", finding.ref and f"依据：{finding.ref}")
            if p
        )
        if place:
            out.print(Text(f"　　{place}", style="dim"))


def show_difference(found: Difference, names: tuple[str, str], out: Console) -> None:
    """Two reports side by side: facts, figures and prose that differ."""
    if not found:
        out.print("两份报告的数字和文字都相同。")
        return
    if not found.comparable:
        out.print("两份报告格式不同，表二各项含义不同，不作比较。")
    table = _plain("不同之处", "项目", *names, "增减")
    for label, a, b in found.facts:
        table.add_row(label, a or "—", b or "—", "")
    for cell in found.cells:
        table.add_row(cell.label, shown(cell.a), shown(cell.b), cell.change)
    out.print(table)
    for prose in found.prose:
        out.print(Text(f"{prose.title}（相似度 {prose.likeness:.0%}）", style="bold"))
        for line in prose.lines:
            if line[:1] in "+-":
                out.print(Text(line, style="green" if line[0] == "+" else "red"))
