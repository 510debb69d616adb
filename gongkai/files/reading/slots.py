"""The places of text in the XML of an office file: read as one text, blotted across the runs it is cut into."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from ..content.refusals import DAMAGED, UNSAFE, NotTaken

BLOT = "█"
_CONTAINERS = frozenset({"p", "comment", "text", "si", "is"})
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_STARS = frozenset({"F0AB", "F0B6", "00AB"})
_TELLING = re.compile(r"[\u4e00-\u9fff@★☆＠０-９]")
_DIGITS = re.compile(r"[0-9]{7}|[0-9]{3,4}[ -][0-9]{4}|[A-Za-z][0-9]{7}")
_NAMED = frozenset(
    [
        "val",
        "v",
        "string",
        "descr",
        "title",
        "name",
        "tooltip",
        "Target",
        "author",
        "initials",
        "displayName",
        "userId",
        "lastEdited",
        "text",
        "u",
        "sheetName",
        "ref",
        "connection",
        "command",
        "description",
        "url",
    ]
)
_NOISE = frozenset(["rsid", "rsidR", "rsidRoot", "rsids", "docId", "nsid", "tmpl", "ext", "schemaRef"])
_SHEET_HEADS = frozenset({"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"})
_SHEET_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&[LCR]|&[A-Z]')
_PARSER_RULES: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False}


def parse(content: bytes) -> Any:
    """The root of an XML part; raises `NotTaken` for damage and for a part that brings its own definitions."""
    try:
        root = etree.fromstring(content, etree.XMLParser(**_PARSER_RULES))
    except etree.XMLSyntaxError as error:
        raise NotTaken(DAMAGED, "damaged") from error
    if root.getroottree().docinfo.doctype:
        raise NotTaken(UNSAFE, "unsafe")
    return root


def local(element: Any) -> str:
    """The element's name without its namespace; empty for comments and instructions."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


@dataclass(slots=True)
class Segment:
    """A stretch of text: of an element, after it (`tail`), of an attribute, or a fixed sign between two.

    `shown`: what people read where the file says it otherwise; blotted as a whole.
    """

    element: Any = None
    attribute: str = ""
    fixed: str = ""
    tail: bool = False
    shown: str = ""

    @property
    def text(self) -> str:
        """What stands there."""
        if self.element is None:
            return self.fixed
        return self.shown or self.raw

    @property
    def raw(self) -> str:
        """What stands in the file."""
        if self.attribute:
            return self.element.get(self.attribute) or ""
        return (self.element.tail if self.tail else self.element.text) or ""

    def put(self, text: str) -> None:
        """Write it."""
        if self.element is None:
            return
        if self.attribute:
            self.element.set(self.attribute, text)
        elif self.tail:
            self.element.tail = text
        else:
            self.element.text = text


@dataclass(slots=True)
class Slot:
    """One place of text: a paragraph, a cell, a property."""

    where: str
    segments: list[Segment]
    hidden: bool = False
    before: str = ""
    focus: list[tuple[int, int]] = field(default_factory=list)
    after_blot: Callable[[], None] | None = None

    @property
    def text(self) -> str:
        """The text as one."""
        return "".join(s.text for s in self.segments)

    def blot(self, start: int, end: int) -> None:
        """Put blots in place of the characters from `start` to `end`, whichever segments they stand in."""
        at = 0
        for segment in self.segments:
            text = segment.text
            a, b = max(start - at, 0), min(end - at, len(text))
            at += len(text)
            if a >= b or segment.element is None:
                continue
            segment.put(BLOT * 4 if segment.shown else text[:a] + BLOT * (b - a) + text[b:])
        if self.after_blot:
            self.after_blot()


def segments_within(container: Any, skip: Callable[[Any], bool] = lambda _: False) -> list[Segment]:
    """The segments of a paragraph, without those of paragraphs inside it (text boxes)."""
    found: list[Segment] = []

    def walk(element: Any) -> None:
        for child in element:
            name = local(child)
            if not name or (name in _CONTAINERS and name != "text") or skip(child):
                continue
            if name in _BREAKS:
                found.append(Segment(fixed=_BREAKS[name]))
            elif name == "sym":
                code = next((v for k, v in child.attrib.items() if k.endswith("char")), "")
                found.append(Segment(fixed="★" if code.upper() in _STARS else ""))
            elif child.text and child.text.strip("\n\r\t"):
                found.append(Segment(child))
            walk(child)

    if container.text and container.text.strip():
        found.append(Segment(container))
    walk(container)
    return found


def plain_slots(root: Any, where: Callable[[Any], str], *, hidden: bool = True) -> Iterator[Slot]:
    """Every text and every telling attribute of a part that has no form of its own, without paragraphs' insides."""
    for element in root.iter():
        name = local(element)
        if not name:
            if element.text and _TELLING.search(element.text):
                yield Slot("文件内部的备注", [Segment(element)], hidden=True)
            continue
        if name == "text" and local(element.getparent()) == "comment":
            continue
        if name in _CONTAINERS:
            segments = segments_within(element)
            if segments:
                yield Slot(where(element), segments, hidden=hidden)
        elif element.text and element.text.strip() and not _inside(element):
            before = _property_name(element)
            yield Slot(where(element), [_said(element, name)], hidden=hidden, before=before)
        if element.tail and element.tail.strip():
            yield Slot(where(element), [Segment(element, tail=True)], hidden=hidden)


def attribute_slots(root: Any, where: Callable[[Any, str], str]) -> Iterator[Slot]:
    """Attributes that may tell something: Chinese, addresses, long numbers under a name that holds text."""
    for element in root.iter("*"):
        for key, value in element.items():
            telling = _TELLING.search(value)
            if not telling and not _DIGITS.search(value):
                continue
            short = key.rsplit("}", 1)[-1]
            if (telling or short in _NAMED) and local(element) not in _NOISE:
                yield Slot(where(element, short), [Segment(element, key)], hidden=True)


def always(words: str) -> Callable[..., str]:
    """A place that is the same wherever in the part."""
    return lambda *_: words


def _said(element: Any, name: str) -> Segment:
    """An element's text; heads and feet of sheets without the codes that set their type."""
    return Segment(element, shown=_SHEET_CODES.sub("\n", element.text) if name in _SHEET_HEADS else "")


def _inside(element: Any) -> bool:
    parent = element.getparent()
    while parent is not None:
        if local(parent) in _CONTAINERS:
            return True
        parent = parent.getparent()
    return False


def _property_name(element: Any) -> str:
    parent = element.getparent()
    if parent is not None and local(parent) == "property":
        return str(parent.get("name") or "")
    return {"creator": "作者", "lastModifiedBy": "最后修改人"}.get(local(element), "")
