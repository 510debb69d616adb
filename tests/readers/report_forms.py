"""Reports made up from random figures and laid out as agencies do, for reading back. Our own figures only."""

from __future__ import annotations

import html
import io
import random
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.statute.report.editions import COLUMNS, Edition, edition

Spec = tuple[str, int, int]
"""Text, rows, columns."""

TITLE = "青禾县档案局{year}年政府信息公开工作年度报告"
PREFACE = "根据《中华人民共和国政府信息公开条例》要求编制本报告。本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。"
PROSE = {
    "overview": [
        "本年度认真做好政府信息公开工作，稳步推进各项任务。",
        "（一）主动公开。全年公开信息若干条，内容真实准确。",
    ],
    "problems": ["主要问题是解读形式单一。下一步将丰富形式，加强培训。"],
    "other": ["本年度没有收取信息处理费。"],
}


@dataclass
class Sample:
    """A report's figures as printed, and the values that must be read."""

    form: Edition
    year: int
    printed: dict[str, str] = field(default_factory=dict)
    values: dict[str, int | Decimal | None] = field(default_factory=dict)
    merged_other: bool = False


def make(
    rng: random.Random, edition_id: str = "2021", *, blanks: bool = True, merged_other: bool = False
) -> Sample:
    """Random figures in which the sums need not hold: a reader must not care."""
    form = edition(edition_id)
    merged_other = merged_other or edition_id == "2019"
    sample = Sample(form, {"2021": 2023, "2019": 2020}[edition_id], merged_other=merged_other)
    for cell_id in cell_ids(form, merged_other):
        value: int | Decimal | None = rng.choice(
            [0, 0, 0, rng.randrange(10), rng.randrange(1000), rng.randrange(10**7)]
        )
        text = str(value)
        if cell_id == "t2.fees_10k_yuan" and rng.random() < 0.5:
            value = Decimal(rng.randrange(1, 10**7)) / 100
            text = str(value)
        elif cell_id.endswith(".change"):
            value = rng.randrange(-50, 50)
            text = rng.choice([str(value), f"{value:+d}"])
        elif blanks and rng.random() < 0.08 and not cell_id.startswith("t2"):
            value, text = None, rng.choice(["", "/", "-", "—"])
        sample.printed[cell_id], sample.values[cell_id] = text, value
    return sample


def cell_ids(form: Edition, merged_other: bool) -> list[str]:
    """The cells that this layout prints."""
    ids = []
    for cell_id in form.cell_ids:
        if merged_other and cell_id.startswith(("t3.other_no", "t3.other_other")):
            continue
        if merged_other and cell_id == f"t3.result_total.{COLUMNS[0]}" and form.id == "2021":
            ids += [f"t3.other_all.{c}" for c in COLUMNS]
        ids.append(cell_id)
    return ids


def table2(sample: Sample) -> list[list[Spec]]:
    """Table two: captions over the full width, figures of narrow blocks spread over the columns."""
    rows: list[list[Spec]] = []
    for block in sample.form.table2:
        spans = {3: [1, 1, 1], 2: [1, 2], 1: [3]}[len(block.columns)]
        rows.append([(block.caption, 1, 4)])
        rows.append([(block.head[0], 1, 1), *((h, 1, s) for h, s in zip(block.head[1:], spans, strict=True))])
        for row in block.rows:
            figures = [(sample.printed[i], 1, s) for i, s in zip(row.cells, spans, strict=True)]
            rows.append([(row.label, 1, 1), *figures])
    return rows


def table3(sample: Sample) -> list[list[Spec]]:
    """Table three with its three label columns and spans."""
    head = sample.form.table3_note
    rows: list[list[Spec]] = [
        [(head, 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        [(t, 1, 1) for t in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]
    form_rows = [r for r in sample.form.table3 if not (sample.merged_other and r.parent == "r3_6")]
    under = {r.id: sum(1 for x in form_rows if x.parent == r.id) for r in form_rows}
    lines = sum(1 for r in form_rows if r.id.startswith("r3_") and not under[r.id])
    pending: list[Spec] = []
    for row in form_rows:
        slug = "other_all" if sample.merged_other and row.id == "r3_6" else row.slug
        if not slug:
            pending.append((row.label, lines if row.id == "r3" else under[row.id], 1))
            continue
        width = 3 - row.id.count("_")
        figures = [(sample.printed[f"t3.{slug}.{c}"], 1, 1) for c in COLUMNS]
        rows.append([*pending, (row.label, 1, width), *figures])
        pending = []
    return rows


def table4(sample: Sample) -> list[list[Spec]]:
    """Table four: three head rows and the row of fifteen figures."""
    results = [label for _, label in sample.form.results4]
    return [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*((r, 2, 1) for r in results), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [(r, 1, 1) for r in results * 2],
        [(sample.printed[i], 1, 1) for g in sample.form.groups4 for i in g.cells],
    ]


def parts(sample: Sample) -> list[tuple[str, str | list[list[Spec]]]]:
    """The report in order: (kind, text or table); kinds are title, heading, prose, table."""
    out: list[tuple[str, str | list[list[Spec]]]] = [("title", TITLE.format(year=sample.year))]
    out.append(("prose", PREFACE.format(year=sample.year)))
    tables = {"proactive": table2, "requests": table3, "remedies": table4}
    for heading in sample.form.headings:
        out.append(("heading", f"{'一二三四五六'[heading.ordinal - 1]}、{heading.title}"))
        out += [("prose", text) for text in PROSE.get(heading.key, [])]
        if heading.key in tables:
            out.append(("table", tables[heading.key](sample)))
    return out


def spread(table: list[list[Spec]]) -> tuple[list[list[str]], list[tuple[int, int, int, int]]]:
    """A rectangle of texts (first place only) and the spans as (row, column, rows, columns)."""
    width = sum(c for _, _, c in table[0])
    grid = [[""] * width for _ in table]
    taken: set[tuple[int, int]] = set()
    spans = []
    for r, row in enumerate(table):
        c = 0
        for text, rows, columns in row:
            while (r, c) in taken:
                c += 1
            grid[r][c] = text
            taken |= {(r + i, c + j) for i in range(rows) for j in range(columns)}
            if rows > 1 or columns > 1:
                spans.append((r, c, rows, columns))
    return grid, spans


def noisy_label(rng: random.Random, text: str) -> str:
    """A label as sites print it: other brackets, widths, spaces, separators."""
    if rng.random() < 0.3:
        text = text.replace("（", "(").replace("）", ")")
    if rng.random() < 0.2:
        text = text.translate({ord("0") + d: 0xFF10 + d for d in range(10)})
    if rng.random() < 0.2:
        text = text.replace(".", rng.choice(["．", "、", ". "]))
    if rng.random() < 0.2 and len(text) > 3:
        at = rng.randrange(1, len(text))
        text = text[:at] + rng.choice([" ", "\u3000", "\u00a0", "  "]) + text[at:]
    return text


def is_figure(text: str) -> bool:
    """True for what `make` prints as a figure."""
    return text in ("", "/", "-", "—") or text.lstrip("+-").replace(".", "").isdigit()


def as_html(rng: random.Random, sample: Sample) -> str:
    """The report as a page of a county site, with the markup those pages have."""
    title = TITLE.format(year=sample.year)
    body = [f"<div class='dqwz'>当前位置：<a href='/'>首页</a> &gt; 政府信息公开年报</div><h1>{title}</h1>"]
    body.append("<div>发布时间：2024-01-20 来源：县档案局 浏览次数：12 字号：[大 中 小]</div><div id='zoom'>")
    for _, part in parts(sample)[1:]:
        if isinstance(part, str):
            body.append(_paragraph(rng, part))
        else:
            body.append(_table(rng, part))
    body.append(
        "</div><p>【打印本页】【关闭窗口】</p><div>上一篇：无</div><footer>主办单位：青禾县人民政府</footer>"
    )
    script = "<script>document.write('<table><tr><td>规章</td><td>9</td></tr></table>')</script>"
    return (
        f"<html><head><title>{title}_青禾县人民政府</title>{script}</head><body>{''.join(body)}</body></html>"
    )


def _paragraph(rng: random.Random, text: str) -> str:
    shown = html.escape(text)
    if rng.random() < 0.4:
        at = rng.randrange(1, len(text))
        shown = f"<span>{html.escape(text[:at])}</span><span lang='EN-US'>{html.escape(text[at:])}<o:p></o:p></span>"
    return rng.choice(
        [f"<p>&nbsp;&nbsp;{shown}</p>", f"<p style='text-indent:2em'>{shown}</p>", f"<div>{shown}<br/></div>"]
    )


def _table(rng: random.Random, table: list[list[Spec]]) -> str:
    rows = []
    for row in table:
        cells = []
        for text, tall, wide in row:
            tag = "td" if is_figure(text) or rng.random() < 0.7 else "th"
            spans = (f' rowspan="{tall}"' if tall > 1 else "") + (f" colspan={wide}" if wide > 1 else "")
            cells.append(f"<{tag}{spans} width='60'>{_cell(rng, text)}</{tag}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    inner = "".join(rows)
    if rng.random() < 0.5:
        inner = (
            f"<thead>{rows[0]}</thead><tbody>{''.join(rows[1:])}</tbody>"
            if "rowspan" not in rows[0]
            else inner
        )
    made = f"<table border=1 class='MsoNormalTable'>{inner}</table>"
    if rng.random() < 0.3:
        made = f"<table width='100%'><tr><td align='center'><div>{made}</div></td></tr></table>"
    return made


def _cell(rng: random.Random, text: str) -> str:
    if is_figure(text):
        shown = text or rng.choice(["", "&nbsp;", "<p><o:p>&nbsp;</o:p></p>", " "])
    else:
        shown = html.escape(noisy_label(rng, text))
        if rng.random() < 0.15 and len(text) > 4 and "&" not in shown:
            at = rng.randrange(1, len(shown))
            shown = shown[:at] + "<br>" + shown[at:]
    return rng.choice(
        [shown, f"<p>{shown}</p>", f"<p class='MsoNormal'><span style='x'>{shown}</span><o:p></o:p></p>"]
    )


def as_docx(sample: Sample) -> bytes:
    """The report as a Word document with real merged cells."""
    import docx

    document = docx.Document()
    for kind, part in parts(sample):
        if isinstance(part, str):
            document.add_paragraph(part, style="Title" if kind == "title" else None)
            continue
        grid, spans = spread(part)
        table = document.add_table(len(grid), len(grid[0]))
        for r, c, rows, columns in spans:
            table.cell(r, c).merge(table.cell(r + rows - 1, c + columns - 1))
        for r, row in enumerate(grid):
            for c, text in enumerate(row):
                if text:
                    table.cell(r, c).text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_xlsx(sample: Sample, *, sheets: bool, typed: bool) -> bytes:
    """The report as a workbook: all in one sheet, or one table a sheet; figures as numbers or as text."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    at = 1
    for kind, part in parts(sample):
        if isinstance(part, str):
            if sheets and kind == "heading":
                sheet, at = book.create_sheet(part[:20].replace("、", "")), 1
            sheet.cell(at, 1, part)
            at += 1
            continue
        grid, spans = spread(part)
        for r, row in enumerate(grid):
            for c, text in enumerate(row):
                if text:
                    number = typed and text.lstrip("+-").replace(".", "").isdigit()
                    sheet.cell(at + r, c + 1, float(text) if number else text)
        for r, c, rows, columns in spans:
            sheet.merge_cells(
                start_row=at + r, start_column=c + 1, end_row=at + r + rows - 1, end_column=c + columns
            )
        at += len(grid) + 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_pdf(sample: Sample, stroke: str = "0.5pt") -> bytes:
    """The report as a PDF with ruled tables, long enough to break table three over pages."""
    from pathlib import Path

    import typst

    import gongkai.statute.report.writers as writers

    lines = [
        '#set page("a4", margin: 3cm, numbering: "- 1 -")',
        '#set text(font: "Noto Serif SC", size: 15pt, lang: "zh")',
    ]
    lines.append("#set par(first-line-indent: (amount: 2em, all: true), justify: true)")
    for kind, part in parts(sample):
        if isinstance(part, str):
            lines.append(f"#align(center)[#{_quoted(part)}]" if kind == "title" else f"#{_quoted(part)}")
            lines.append("")
            continue
        width = sum(c for _, _, c in part[0])
        cells = ", ".join(
            f"table.cell(rowspan: {tall}, colspan: {wide}, par(first-line-indent: 0pt, {_quoted(text)}))"
            for row in part
            for text, tall, wide in row
        )
        columns = f"(1fr,) * {width}"
        lines.append(f"#text(size: 8pt, table(columns: {columns}, inset: 3pt, stroke: {stroke}, {cells}))")
    fonts = Path(writers.__file__).parent / "fonts"
    return bytes(typst.compile("\n".join(lines).encode(), font_paths=[str(fonts)], ignore_system_fonts=True))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()
