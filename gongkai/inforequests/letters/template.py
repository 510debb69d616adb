"""Templates: the platform's own as .docx files to begin with, in the official layout, with a legend of the fields."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from jinja2.sandbox import SandboxedEnvironment

from gongkai.statute.report.writers.docx import official_document

from .about_fields import legend_of
from .catalogue import LetterKind

HEAD = ("{{ 机关 }}", "{{ 标题 }}")
FOOT = ("{{ 机关 }}", "{{ 成文日期 }}")
LEGEND = "【字段说明：从这一行到末尾，平台收下模板时会自动删去】"
"""The line from which on a template holds no letter."""
_SIGNED = (Mm(78), Mm(6))
"""The agency is centred over the day, whose right end stands four characters in (GB/T 9704)."""


def environment() -> SandboxedEnvironment:
    """How fields are filled in: nothing but the fields can be reached from a template, and names such as
    <李四> stay words."""
    return SandboxedEnvironment(autoescape=True)


@cache
def own_template(kind: LetterKind) -> bytes:
    """The platform's template of this kind, in the official layout: title, number, addressee, text, remedy notice,
    three lines of room for the seal, agency and day; a slip to be sent back on a page of its own."""
    return _saved(_own(kind))


def template_with_legend(kind: LetterKind) -> bytes:
    """The platform's template as it is handed out to be edited: with the fields explained behind it."""
    document = _own(kind)
    add_legend(document, kind)
    return _saved(document)


def _own(kind: LetterKind) -> Any:
    document = official_document()
    for line in HEAD:
        document.add_paragraph(line, style="Title").paragraph_format.space_after = 0
    number = document.add_paragraph("{{ 文号 }}")
    _centre(number)
    number.paragraph_format.space_before, number.paragraph_format.space_after = Pt(14), Pt(14)
    document.add_paragraph("{{ 收件人 }}：").paragraph_format.first_line_indent = 0
    for n, line in enumerate(kind.lines, start=1):
        # Agency and day never stand alone on a page: the last words of the text go with them.
        document.add_paragraph(line).paragraph_format.keep_with_next = n == len(kind.lines)
    for line in ("{%p if 救济途径 %}", "{{ 救济途径 }}", "{%p endif %}"):
        document.add_paragraph(line).paragraph_format.keep_with_next = True
    for line in ("", "", "", *FOOT):
        signed = document.add_paragraph(line)
        _centre(signed)
        signed.paragraph_format.left_indent, signed.paragraph_format.right_indent = _SIGNED
        signed.paragraph_format.keep_with_next = line != FOOT[-1]
    _slip(document, kind)
    return document


def _slip(document: Any, kind: LetterKind) -> None:
    lines = [line for line in kind.slip.strip().splitlines() if line.strip()]
    for n, line in enumerate(lines):
        paragraph = document.add_paragraph(line, style="Title" if n == 0 else "Normal")
        if n == 0:
            paragraph.paragraph_format.page_break_before = True
        elif n == len(lines) - 1:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif n == 1 or line.startswith("____"):
            paragraph.paragraph_format.first_line_indent = 0


def _centre(paragraph: Any) -> None:
    paragraph.paragraph_format.first_line_indent = 0
    for indent in paragraph._p.iter(qn("w:ind")):
        indent.set(qn("w:firstLineChars"), "0")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def add_legend(document: Any, kind: LetterKind) -> None:
    """The fields explained, on a page behind the letter."""
    document.add_paragraph(LEGEND).paragraph_format.page_break_before = True
    for line in (
        f"这是“{kind.title}”的模板。花括号里的字段由平台填写，文字、字体、位置都可以改，字段名不能改。",
        "同一个字段可以写几次。“必须有”的字段缺了，平台不收。改好以后存成 .docx，在“文书模板”里上传。",
    ):
        document.add_paragraph(line)
    legend = legend_of(kind)
    table = document.add_table(rows=len(legend) + 1, cols=3, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("字段名", "是什么", "必须有"), strict=True):
        _cell(cell, text)
    for row, (name, meaning, must) in zip(table.rows[1:], legend, strict=True):
        for cell, text in zip(row.cells, (name, meaning, "是" if must else ""), strict=True):
            _cell(cell, text)


def _cell(cell: Any, text: str) -> None:
    cell.paragraphs[0].style = "表格文字"
    cell.paragraphs[0].add_run(text)


def without_legend(content: bytes) -> bytes:
    """The template without the legend it was handed out with; the same bytes where there is none, or no document."""
    try:
        document = Document(io.BytesIO(content))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, SyntaxError):
        # The check says what is wrong with it.
        return content
    body, found = document.element.body, False
    for child in list(body):
        found = found or LEGEND[:5] in "".join(t.text or "" for t in child.iter(qn("w:t")))
        if found and child.tag != qn("w:sectPr"):
            body.remove(child)
    return _saved(document) if found else content


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
