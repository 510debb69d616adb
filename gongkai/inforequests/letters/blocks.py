"""A .docx letter as blocks: each paragraph with its words and its look, for the PDF and for the check of a template.

The words are those of the document, whatever Word wrapped them in (content controls, links, runs of every kind).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_ALIGN = {0: "left", 1: "center", 2: "right", 3: "justify", 4: "justify"}
_SANS = ("黑体", "SimHei", "Hei")


def words_in(element: Any) -> str:
    """The words of a paragraph or a cell, its line breaks kept; what was struck and what is in a text box left out."""
    said = []
    for node in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen")):
        if _within(node, "w:txbxContent", element):
            continue
        if node.tag == qn("w:t"):
            said.append(node.text or "")
        elif node.tag == qn("w:tab"):
            # A tab stop in the paragraph's own format is no word of it.
            said.append("　" if node.getparent().tag == qn("w:r") else "")
        elif node.tag == qn("w:noBreakHyphen"):
            said.append("-")
        elif node.get(qn("w:type")) != "page":
            said.append("\n")
    return "".join(said)


def _within(node: Any, tag: str, top: Any) -> bool:
    here = node.getparent()
    while here is not None and here is not top:
        if here.tag == qn(tag):
            return True
        here = here.getparent()
    return False


def items_in(body: Any) -> Iterator[Any]:
    """Paragraphs and tables of a body in their order, those inside content controls too."""
    for child in body:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag == qn("w:sdt"):
            content = child.find(qn("w:sdtContent"))
            if content is not None:
                yield from items_in(content)


def blocks_of(document: Any) -> list[dict[str, Any]]:
    """The letter's blocks in their order, points throughout."""
    found = []
    for item in items_in(document.element.body):
        if item.tag == qn("w:tbl"):
            found.append(_table(item))
        else:
            found.append(_paragraph(Paragraph(item, document._body)))
    return found


def text_of(document: Any) -> str:
    """All words of the letter, a paragraph or a cell a line."""
    lines = []
    for block in blocks_of(document):
        if block["kind"] == "table":
            lines += [cell["text"] for row in block["rows"] for cell in row]
        else:
            lines.append(block["text"])
    return "\n".join(lines)


def _table(table: Any) -> dict[str, Any]:
    grid = [int(one.get(qn("w:w")) or 0) for one in table.iter(qn("w:gridCol"))]
    rows: list[list[dict[str, Any]]] = []
    for row in table.iterchildren(qn("w:tr")):
        cells: list[dict[str, Any]] = []
        for cell in row.iterchildren(qn("w:tc")):
            text = "\n".join(words_in(p) for p in cell.iter(qn("w:p")))
            cells.append({"text": text, "span": int(cell.grid_span)})
        rows.append(cells)
    width = max((sum(c["span"] for c in row) for row in rows), default=1)
    marks = (qn("w:tblBorders"), qn("w:tblStyle"))
    lined = next(table.iter(*marks), None) is not None
    widths = grid if len(grid) == width and 0 not in grid else [1] * width
    return {"kind": "table", "rows": rows, "widths": widths, "lined": lined}


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    size, title = _size(paragraph), _style_named(paragraph, "Title")
    found = _format(paragraph, "alignment")
    align = int(found) if found is not None else 0
    return {
        "kind": "text",
        "text": words_in(paragraph._p),
        "title": title,
        "align": _ALIGN.get(align, "justify"),
        "first": _first(paragraph, size),
        "left": _points(_format(paragraph, "left_indent")),
        "right": _points(_format(paragraph, "right_indent")),
        "before": _points(_format(paragraph, "space_before")),
        "after": 0.0 if title else _points(_format(paragraph, "space_after")),
        "size": size,
        "sans": _is_sans(paragraph),
        "keep": bool(_format(paragraph, "keep_with_next")),
        "new_page": bool(_format(paragraph, "page_break_before")) or _breaks(paragraph),
    }


def _styles(paragraph: Paragraph) -> Iterator[Any]:
    style: Any = paragraph.style
    while style is not None:
        yield style
        style = style.base_style


def _style_named(paragraph: Paragraph, name: str) -> bool:
    return name.lower() in {str(style.name or "").lower() for style in _styles(paragraph)}


def _format(paragraph: Paragraph, name: str) -> Any:
    for holder in (paragraph, *_styles(paragraph)):
        value = getattr(holder.paragraph_format, name)
        if value is not None:
            return value
    return None


def _points(length: Any) -> float:
    return round(float(length.pt), 2) if length is not None else 0.0


def _first(paragraph: Paragraph, size: float) -> float:
    """The indent of the first line; WPS writes it in hundredths of a character alone."""
    for holder in (paragraph._p, *(style.element for style in _styles(paragraph))):
        indent = holder.find(f"{qn('w:pPr')}/{qn('w:ind')}")
        if indent is None:
            continue
        chars, twips = indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))
        if chars is not None and int(chars):
            return int(chars) / 100 * size
        if twips is not None:
            return int(twips) / 20
    return 0.0


def _size(paragraph: Paragraph) -> float:
    for run in paragraph.runs:
        if run.font.size is not None:
            return float(run.font.size.pt)
    for style in _styles(paragraph):
        if style.font.size is not None:
            return float(style.font.size.pt)
    return 16.0


def _is_sans(paragraph: Paragraph) -> bool:
    holders = [*(run._r for run in paragraph.runs[:1]), *(style.element for style in _styles(paragraph))]
    for holder in holders:
        fonts = holder.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if fonts is not None and fonts.get(qn("w:eastAsia")):
            return any(name in fonts.get(qn("w:eastAsia")) for name in _SANS)
    return False


def _breaks(paragraph: Paragraph) -> bool:
    return "page" in {one.get(qn("w:type")) for one in paragraph._p.iter(qn("w:br"))}
