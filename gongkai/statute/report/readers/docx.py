"""Word documents → blocks: paragraphs with their automatic numbers, tables with spans, text boxes, revisions."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx

from ..blocks import Block, Grid, GridCell, TextBlock, Unreadable
from ..figures import parse_figure
from ..model import CellKind
from . import refusals
from .docx_numbers import Numbering

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VAL = f"{_W}val"
# Deleted, moved away, or instructions for a field: not what the reader of the paper sees.
_GONE = {
    f"{_W}{t}"
    for t in ("del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr", "commentReference")
}
_OFF = {f"{_W}{t}" for t in ("vanish", "strike", "dstrike")}
_BOX = f"{_W}txbxContent"
_TITLE_STYLES = ("title", "标题", "heading 1", "标题 1")
MAX_COLUMNS = 60
MAX_ROWS = 2000
MAX_TABLES = 400


def blocks_from_docx(data: bytes) -> list[Block]:
    """The document's paragraphs and tables in reading order. Deleted text is left out, inserted text is read.

    Raises `Unreadable` for a damaged file.
    """
    try:
        document = docx.Document(io.BytesIO(data))
        walker = _Walker(Numbering.of(document), _title_styles(document))
        walker.walk(document.element.body, 0)
    except Unreadable:
        raise
    except Exception as error:
        # python-docx meets damaged packages with exceptions of every kind.
        raise Unreadable(refusals.DAMAGED) from error
    if not walker.blocks and any(
        part.partname.startswith("/word/media") for part in document.part.package.parts
    ):
        raise Unreadable(refusals.SCAN)
    return walker.blocks


def _title_styles(document: Any) -> set[str]:
    return {
        style.style_id
        for style in document.styles
        if style.name and style.name.lower().startswith(_TITLE_STYLES) and style.style_id
    }


@dataclass(slots=True)
class _Walker:
    numbering: Numbering
    titles: set[str]
    blocks: list[Block] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def walk(self, node: Any, depth: int) -> None:
        """Everything below a body, a content control, or a text box."""
        if depth > 60:
            raise Unreadable(refusals.DAMAGED)
        for child in node:
            tag = child.tag
            if tag == f"{_W}p":
                self._paragraph(child, depth)
            elif tag == f"{_W}tbl":
                self._table(child, depth)
            elif tag in (
                f"{_W}sdt",
                f"{_W}sdtContent",
                f"{_W}ins",
                f"{_W}moveTo",
                f"{_W}customXml",
                f"{_W}smartTag",
            ):
                self.walk(child, depth + 1)

    def _paragraph(self, node: Any, depth: int) -> None:
        self.paragraphs += 1
        text = self.numbering.label(node) + paragraph_text(node)
        if text.strip():
            style = node.find(f"{_W}pPr/{_W}pStyle")
            marked = style is not None and style.get(_VAL) in self.titles
            self.blocks.append(TextBlock(text.strip(), f"第{self.paragraphs}段", title=marked))
        for box in _boxes(node):
            self.walk(box, depth + 1)

    def _table(self, node: Any, depth: int) -> None:
        self.tables += 1
        rows = list(_rows(node))
        if self.tables > MAX_TABLES or len(rows) > MAX_ROWS:
            raise Unreadable("文件里的表格太多或太长，不像一份年度报告，请只保留年度报告的正文再试。")
        if any(_wraps(cell) for row in rows for cell in _cells(row)):
            self.tables -= 1
            for row in rows:
                for cell in _cells(row):
                    self.walk(cell, depth + 1)
            return
        self.blocks.append(self._grid(rows, f"第{self.tables}个表格"))

    def _grid(self, rows: list[Any], name: str) -> Grid:
        lines: list[list[GridCell]] = []
        above: dict[int, GridCell] = {}
        for n, row in enumerate(rows, start=1):
            line: list[GridCell] = []
            gap = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
            line += [GridCell("", f"{name}第{n}行第{c + 1}列", True) for c in range(min(gap, MAX_COLUMNS))]
            for cell in _cells(row):
                col = len(line)
                if col >= MAX_COLUMNS:
                    break
                width = min(_number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1), MAX_COLUMNS - col)
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                carried = merge is not None and merge.get(_VAL, "continue") != "restart"
                if carried and col in above:
                    held = above[col]
                    line += [GridCell(held.text, held.where, True)] * width
                    continue
                here = GridCell(self._cell_text(cell), f"{name}第{n}行第{col + 1}列")
                line.append(here)
                line += [GridCell(here.text, here.where, True)] * (width - 1)
                above = {c: v for c, v in above.items() if not col <= c < col + width}
                if merge is not None:
                    above[col] = here
            lines.append(line)
        width = max((len(line) for line in lines), default=0)
        for n, line in enumerate(lines, start=1):
            line += [GridCell("", f"{name}第{n}行第{c + 1}列") for c in range(len(line), width)]
        return Grid(lines, name)

    def _cell_text(self, cell: Any) -> str:
        """A cell's paragraphs, a line each. Raised runs beside a figure are the mark of a footnote and left out."""
        paragraphs = [(self.numbering.label(node), node) for node in _paragraphs(cell, 0)]

        def words(raised: bool) -> str:
            texts = ((label + paragraph_text(node, raised=raised)).strip() for label, node in paragraphs)
            return "\n".join(text for text in texts if text)

        whole, bare = words(True), words(False)
        return bare if bare != whole and parse_figure(bare, amount=True).kind is not CellKind.TEXT else whole


def _number(node: Any, default: int) -> int:
    value = node.get(_VAL) if node is not None else None
    return max(default, int(value)) if value and value.isdigit() and len(value) < 6 else default


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table, those in content controls too, deleted ones left out."""
    for child in table:
        if child.tag == f"{_W}tr":
            if child.find(f"{_W}trPr/{_W}del") is None:
                yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"):
            yield from _cells(child)


def _wraps(cell: Any) -> bool:
    """True when a cell holds a table of its own with two rows or more: the outer table is page layout."""
    return any(len(inner.findall(f"{_W}tr")) >= 2 for inner in cell.findall(f"{_W}tbl"))


def _paragraphs(node: Any, depth: int) -> Iterator[Any]:
    """The paragraphs of a cell in order, those of a text box behind the one that holds it, each once."""
    for child in node:
        if child.tag == f"{_W}p":
            yield child
            for box in _boxes(child) if depth < 60 else ():
                yield from _paragraphs(box, depth + 1)
        elif isinstance(child.tag, str) and child.tag not in _GONE and depth < 60 and len(child):
            yield from _paragraphs(child, depth + 1)


def paragraph_text(node: Any, *, raised: bool = True) -> str:
    """The words of a paragraph as printed: without deleted and struck text, field codes, hidden runs and text
    boxes; without superscript runs too where `raised` is False."""
    parts: list[str] = []
    _gather(node, parts, 0, raised)
    return "".join(parts)


def _gather(node: Any, parts: list[str], depth: int, raised: bool) -> None:
    if depth > 60:
        return
    for child in node:
        tag = child.tag
        if tag == f"{_W}t":
            parts.append(child.text or "")
        elif tag == f"{_W}tab":
            parts.append("\t")
        elif tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif tag in _GONE or tag == _BOX or not isinstance(tag, str):
            continue
        elif tag == f"{_MC}AlternateContent":
            _gather(_choice(child), parts, depth + 1, raised)
        elif tag != f"{_W}r" or not _unseen(child, raised):
            _gather(child, parts, depth + 1, raised)


def _unseen(run: Any, raised: bool) -> bool:
    """True for a hidden or struck run, and for a superscript one unless `raised` ones are wanted."""
    marks = run.find(f"{_W}rPr")
    if marks is None:
        return False
    if any(mark.tag in _OFF and mark.get(_VAL, "1") not in ("0", "false", "off") for mark in marks):
        return True
    place = None if raised else marks.find(f"{_W}vertAlign")
    return place is not None and place.get(_VAL) == "superscript"


def _choice(node: Any) -> Any:
    """One of two renderings of the same thing, so that nothing is read twice."""
    choice = node.find(f"{_MC}Choice")
    if choice is not None and next(choice.iter(_BOX, f"{_W}t"), None) is not None:
        return choice
    fallback = node.find(f"{_MC}Fallback")
    return fallback if fallback is not None else node


def _boxes(node: Any) -> list[Any]:
    """Text boxes anchored in a paragraph, outermost only, one rendering of each."""
    found: list[Any] = []

    def look(at: Any, depth: int) -> None:
        for child in at:
            if child.tag == _BOX:
                found.append(child)
            elif child.tag == f"{_MC}AlternateContent" and depth < 60:
                look(_choice(child), depth + 1)
            elif isinstance(child.tag, str) and depth < 60 and len(child):
                look(child, depth + 1)

    look(node, 0)
    return found
