"""Filling in a template, and the same letter as PDF."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

from docx import Document
from docxtpl import DocxTemplate

from gongkai.statute.report.writers.pdf import compiled

from .catalogue import COMMON, LetterKind
from .template import environment

_CENTRED = {"Title", "title"}


class MissingFields(ValueError):
    """The letter cannot be made: these fields are empty. The message names them."""

    def __init__(self, kind: LetterKind, names: list[str]) -> None:
        super().__init__(f"“{kind.title}”还要写明：{'、'.join(names)}。")
        self.names = names


def fill(template: bytes, kind: LetterKind, fields: Mapping[str, Any]) -> bytes:
    """The letter as .docx. Raises `MissingFields` when something it must state is empty: a letter with a blank in it
    does not hold up."""
    must = [*COMMON, *kind.needs]
    if any(variant != "C" for variant in kind.remedies):
        must.append("救济途径")
    empty = [name for name in must if not fields.get(name)]
    if empty:
        raise MissingFields(kind, empty)
    document = DocxTemplate(io.BytesIO(template))
    given = {name: fields.get(name, "") for name in kind.fields}
    document.render(given, jinja_env=environment(), autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def to_pdf(letter: bytes, on: date) -> bytes:
    """The filled-in .docx as PDF/A on official paper: its paragraphs and tables, in the carried fonts."""
    document = Document(io.BytesIO(letter))
    blocks: list[dict[str, Any]] = []
    for item in document.iter_inner_content():
        if hasattr(item, "rows"):
            rows = [[cell.text for cell in row.cells] for row in item.rows]
            blocks.append({"kind": "table", "rows": rows})
        else:
            blocks.append(_paragraph(item))
    source = files("gongkai.inforequests.letters").joinpath("letter.typ").read_bytes()
    stamp = datetime(on.year, on.month, on.day, tzinfo=UTC)
    return compiled(source, {"letter": json.dumps(blocks, ensure_ascii=False)}, stamp)


def _paragraph(paragraph: Any) -> dict[str, Any]:
    style = paragraph.style.name
    align = paragraph.alignment
    if style in _CENTRED:
        return {"kind": "title", "text": paragraph.text}
    if style == "落款" or (align is not None and int(align) == 2):
        return {"kind": "right", "text": paragraph.text}
    if align is not None and int(align) == 1:
        return {"kind": "centre", "text": paragraph.text}
    indent = paragraph.paragraph_format.first_line_indent
    return {"kind": "text", "text": paragraph.text, "indent": indent is None or int(indent) > 0}
