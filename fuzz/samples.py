"""Files to start from: the corpus where it is at hand, and always some of our own."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import typst

import gongkai.statute.report.writers as writers
from gongkai.statute.report.editions import COLUMN_LABELS, edition

CORPUS = Path(__file__).resolve().parents[1].parent / "shared" / "corpus"


def seeds() -> dict[str, bytes]:
    """Name → bytes of every file to be spoilt."""
    found = {f"{p.parent.name}-{p.name}": p.read_bytes() for p in sorted(CORPUS.glob("*/report.*"))}
    lines = list(_lines())
    found["own.txt"] = "\n".join("\n\t".join(row) for row in lines).encode()
    found["own.md"] = "\n".join(
        "| " + " | ".join(row) + " |" if len(row) > 1 else row[0] for row in lines
    ).encode()
    found["own.html"] = _html(lines)
    found["own-gbk.html"] = _html(lines).decode().encode("gb18030")
    found["own.docx"] = _docx(lines)
    found["own.xlsx"] = _xlsx(lines)
    found["own.pdf"] = _pdf(lines)
    return found


def _lines() -> list[list[str]]:
    """A small report: rows of one cell are prose, longer ones belong to tables."""
    form = edition("2021")
    rows = [["青禾县档案局2023年政府信息公开工作年度报告"], ["统计期限为2023年1月1日至12月31日。"]]
    for heading in form.headings:
        rows += [[f"{'一二三四五六'[heading.ordinal - 1]}、{heading.title}"], ["全年公开信息66条。"]]
        if heading.key == "proactive":
            for block in form.table2:
                rows += [list(block.head), *([r.label, *("7" * len(block.columns))] for r in block.rows)]
        elif heading.key == "requests":
            rows.append(["申请人情况", *COLUMN_LABELS.values()])
            rows += [[r.label, "3", "1", "0", "0", "0", "0", "4"] for r in form.table3_data]
        elif heading.key == "remedies":
            rows += [[label for _, label in form.results4] * 3, ["1", "0", "0", "2", "3"] * 3]
    return rows


def _html(lines: list[list[str]]) -> bytes:
    out, table = [], False
    for row in lines:
        if table != (len(row) > 1):
            out.append("</table>" if table else "<table>")
            table = not table
        out.append("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" if table else f"<p>{row[0]}</p>")
    return ("<html><body>" + "".join(out) + "</body></html>").encode()


def _docx(lines: list[list[str]]) -> bytes:
    document = docx.Document()
    table = None
    for row in lines:
        if len(row) == 1:
            document.add_paragraph(row[0])
            table = None
            continue
        if table is None or len(table.columns) != len(row):
            table = document.add_table(0, len(row))
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _xlsx(lines: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("年报", 0)
    for row in lines:
        sheet.append([int(c) if c.isdigit() else c for c in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _pdf(lines: list[list[str]]) -> bytes:
    out = ['#set text(font: "Noto Serif SC", size: 9pt)']
    for row in lines:
        cells = ", ".join(f'"{c}"' for c in row)
        out.append(f"#table(columns: {len(row)}, {cells})" if len(row) > 1 else f"{row[0]}\n")
    fonts = str(Path(writers.__file__).parent / "fonts")
    return bytes(typst.compile("\n".join(out).encode(), font_paths=[fonts], ignore_system_fonts=True))
