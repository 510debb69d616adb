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

from gongkai.statute.ooxml import settle
from gongkai.statute.report.writers.glyphs import printable
from gongkai.statute.report.writers.pdf import compiled

from .blocks import blocks_of
from .catalogue import LetterKind
from .template import environment

_AS_WRITTEN = frozenset({"补正情况", "申请内容", "救济途径", "答复要求"})
_IN_MARKS = frozenset({"禁止公开的法律", "出版物"})


class MissingFields(ValueError):
    """The letter cannot be made: these fields are empty. The message names them."""

    def __init__(self, kind: LetterKind, names: list[str]) -> None:
        super().__init__(f"“{kind.title}”还要写明：{'、'.join(names)}。")
        self.names = names


def fill(template: bytes, kind: LetterKind, fields: Mapping[str, Any]) -> bytes:
    """The letter as .docx. Raises `MissingFields` when something it must state is empty: a letter with a blank in it
    does not hold up."""
    empty = [name for name in kind.must if not fields.get(name)]
    if empty:
        raise MissingFields(kind, empty)
    document = DocxTemplate(io.BytesIO(template))
    given = {name: _tidy(name, fields.get(name, "")) for name in kind.fields}
    document.render(given, jinja_env=environment(), autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return settle(out.getvalue(), kind.title)


def to_pdf(letter: bytes, on: date) -> bytes:
    """The filled-in .docx as PDF/A on official paper: its paragraphs and tables in their look, in the carried fonts."""
    blocks = blocks_of(Document(io.BytesIO(letter)))
    for block in blocks:
        for cell in [c for row in block.get("rows", ()) for c in row] or [block]:
            cell["text"] = printable(cell["text"])
    source = files("gongkai.inforequests.letters").joinpath("letter.typ").read_bytes()
    stamp = datetime(on.year, on.month, on.day, tzinfo=UTC)
    return compiled(source, {"letter": json.dumps(blocks, ensure_ascii=False)}, stamp)


def _tidy(name: str, value: Any) -> Any:
    """What was typed without the full stop or the book marks that the sentence around it brings along."""
    if not isinstance(value, str) or name in _AS_WRITTEN:
        return value
    value = value.strip().rstrip("。；，;,")
    in_marks = name in _IN_MARKS and value.startswith("《") and value.endswith("》")
    return value[1:-1] if in_marks else value
