"""Every text of a .docx: body, tables, heads, feet, notes, comments, what was deleted or hidden, properties, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from .office import Office
from .slots import Segment, Slot, always, attribute_slots, local, plain_slots, segments_within
from .tables import lead

_PLACES = (
    ("word/document", "正文"),
    ("word/header", "页眉"),
    ("word/footer", "页脚"),
    ("word/footnotes", "脚注"),
    ("word/endnotes", "尾注"),
    ("word/comments", "批注"),
    ("word/people", "批注人名单"),
    ("word/glossary", "文档部件"),
    ("word/settings", "文档设置"),
    ("word/charts", "图表"),
    ("word/diagrams", "图形"),
    ("docProps/custom", "自定义属性"),
    ("docProps/", "文件属性"),
    ("customXml/", "自定义数据"),
)
_SHOWN = frozenset({"正文", "页眉", "页脚", "脚注", "尾注"})
_STORIES = re.compile(r"word/(document|header|footer|footnotes|endnotes|comments)[^/]*\.xml$")
_GONE = frozenset({"del", "moveFrom"})
_NEW = frozenset({"ins", "moveTo"})


def place_of(name: str) -> str:
    """Where a part stands, in words."""
    if name.endswith(".rels"):
        return "链接地址"
    return next((words for start, words in _PLACES if name.startswith(start)), "文件内部数据")


def docx_slots(office: Office) -> Iterator[Slot]:
    """Every place of text, in an order that is the same each time."""
    for name in office.xml_names():
        root, words = office.root(name), place_of(name)
        if _STORIES.match(name):
            yield from _story(root, words)
        elif not name.endswith(".rels"):
            yield from plain_slots(root, always(words), hidden=words not in _SHOWN)
        yield from attribute_slots(root, partial(_attribute_place, words))


def _attribute_place(words: str, element: Any, attribute: str) -> str:
    if attribute in ("descr", "title") or local(element) == "docPr":
        return f"{words}里图片的替代文字"
    if attribute in ("author", "initials"):
        return f"{words}里修订和批注的作者"
    if local(element) == "textpath":
        return "水印"
    return words if words == "链接地址" else f"{words}的隐藏数据"


def _story(root: Any, words: str) -> Iterator[Slot]:
    number = 0
    for paragraph in root.iter("{*}p"):
        if not list(paragraph) and not paragraph.text:
            continue
        number += 1
        where = f"{words}第 {number} 段" if words == "正文" else words
        yield from _views(paragraph, where, hidden=words == "批注")


def _views(paragraph: Any, where: str, *, hidden: bool) -> Iterator[Slot]:
    """The paragraph as it shows; where it has more, as it was before the changes, and with what is hidden."""
    before = lead(paragraph)
    shown = segments_within(paragraph, lambda e: local(e) in _GONE or vanished(e))
    if shown:
        yield Slot(where, shown, hidden=hidden, before=before)
    for label, skip, wanted in (
        ("修订里删掉的文字", lambda e: local(e) in _NEW, lambda e: _within(e, _GONE)),
        ("隐藏文字", lambda e: local(e) in _GONE, _hidden_run),
    ):
        view = segments_within(paragraph, skip)
        focus = _stretches(view, wanted)
        if focus:
            yield Slot(f"{where}，{label}", view, hidden=True, before=before, focus=focus)


def _stretches(view: list[Segment], wanted: Any) -> list[tuple[int, int]]:
    at, found = 0, []
    for segment in view:
        end = at + len(segment.text)
        if segment.element is not None and wanted(segment.element):
            found.append((at, end))
        at = end
    return found


def _within(element: Any, names: frozenset[str]) -> bool:
    parent = element.getparent()
    while parent is not None and local(parent) != "p":
        if local(parent) in names:
            return True
        parent = parent.getparent()
    return local(element) in ("delText", "delInstrText")


def vanished(element: Any) -> bool:
    """Whether a run is marked as hidden text."""
    if local(element) != "r":
        return False
    for properties in element.findall("{*}rPr"):
        mark = properties.find("{*}vanish")
        if mark is None:
            mark = properties.find("{*}webHidden")
        if mark is not None:
            value = next((v for k, v in mark.attrib.items() if k.endswith("val")), "1")
            return value not in ("0", "false", "off")
    return False


def _hidden_run(element: Any) -> bool:
    parent = element.getparent()
    while parent is not None and local(parent) != "p":
        if vanished(parent):
            return True
        parent = parent.getparent()
    return False
