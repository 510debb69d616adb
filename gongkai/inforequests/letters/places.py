"""Where the words of a Word template stand, so that a message can say where to mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_SHOWN = 14


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of the template: its words, where it stands in words, whether the PDF takes it over."""

    text: str
    where: str
    printed: bool
    element: Any


def places_in(document: Any) -> list[Place]:
    """Every paragraph with words: of the body, its tables and text boxes, of heads and feet."""
    return [*_body(document), *_edges(document)]


def _body(document: Any) -> Iterator[Place]:
    count = 0
    for paragraph in document.element.body.iter(qn("w:p")):
        text = _own_words(paragraph)
        above = {one.tag for one in paragraph.iterancestors()}
        if qn("w:txbxContent") in above:
            # Word keeps a text box twice, once for old readers.
            if not any(str(tag).endswith("}Fallback") for tag in above) and text.strip():
                yield Place(text, f"文本框里{_beginning(text)}", False, paragraph)
            continue
        in_table = qn("w:tbl") in above
        count += not in_table
        if text.strip():
            where = f"表格里{_beginning(text)}" if in_table else f"第{count}段{_beginning(text)}"
            yield Place(text, where, True, paragraph)


def _edges(document: Any) -> Iterator[Place]:
    for section in document.sections:
        edges = (
            ("页眉", section.header), ("页眉", section.first_page_header), ("页眉", section.even_page_header),
            ("页脚", section.footer), ("页脚", section.first_page_footer), ("页脚", section.even_page_footer),
        )  # fmt: skip
        for name, edge in edges:
            if edge.is_linked_to_previous:
                continue
            for paragraph in edge._element.iter(qn("w:p")):
                text = _own_words(paragraph)
                if text.strip():
                    yield Place(text, f"{name}{_beginning(text)}", False, paragraph)


def _own_words(paragraph: Any) -> str:
    """The words of this paragraph, not those of a text box that hangs on it."""
    said = []
    for node in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
        if next(node.iterancestors(qn("w:p"))) is paragraph:
            said.append(node.text or "" if node.tag == qn("w:t") else " ")
    return "".join(said)


def _beginning(text: str) -> str:
    short = text.strip()
    return f"“{short[:_SHOWN]}{'…' if len(short) > _SHOWN else ''}”"
