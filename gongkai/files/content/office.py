"""The text of .docx, .xlsx and .ofd: body, tables, heads and feet, text boxes, watermarks, notes, properties.

Every XML part is read once, piece by piece, so that memory does not grow with the file.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from .lines import Line
from .packages import chunks_of
from .refusals import DAMAGED, UNSAFE, NotTaken

_PARAGRAPHS = frozenset({"p", "si", "is", "comment", "TextCode", "row"})
_HEADS = frozenset({"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"})
_VALUES = frozenset(
    {"title", "subject", "creator", "keywords", "description", "category", "contentStatus", "lpwstr", "bstr"}
)
_VALUES_OF_APP = frozenset({"Company", "Manager", "Template"})
_TEXT = frozenset({"t", "delText", "v", "TextCode"})
_SHEET_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&[0-9]{1,3}|&[A-Za-z]')
_WINGDINGS_STARS = frozenset({"F0AB", "F0B6", "00AB"})


class _Gatherer:
    """Takes the parser's events and keeps the lines that are complete."""

    def __init__(self, where: str, *, prominent: bool, property_part: bool) -> None:
        self.where, self.prominent, self.property_part = where, prominent, property_part
        self.lines: list[Line] = []
        self._open: list[list[str]] = [[]]
        self._names: list[str] = []
        self._property = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        self._names.append(name)
        if name in _PARAGRAPHS or name in _HEADS or name in _VALUES or name in _VALUES_OF_APP:
            self._open.append([])
        own = {_local(key): value for key, value in attributes.items()}
        if name == "tab":
            self._open[-1].append(" ")
        elif name in ("br", "cr"):
            self._open[-1].append("\n")
        elif name == "sym" and own.get("char", "").upper() in _WINGDINGS_STARS:
            self._open[-1].append("★")
        elif name == "textpath" and own.get("string"):
            self.lines.append(Line("水印", own["string"], prominent=True))
        elif name == "sheet" and own.get("name"):
            self.lines.append(Line("工作表的名称", own["name"], prominent=True))
        elif name == "property":
            self._property = own.get("name", "")
        elif name == "docPr":
            self.lines += [Line("图形的说明", own[k]) for k in ("descr", "title") if own.get(k)]

    def data(self, text: str) -> None:
        name = self._names[-1] if self._names else ""
        if name in _TEXT or name in _HEADS or name in _VALUES or name in _VALUES_OF_APP:
            self._open[-1].append(text)

    def end(self, tag: str) -> None:
        name = self._names.pop()
        if name in _HEADS:
            self._close("页眉页脚", prominent=True, clean=True)
        elif name in _VALUES or name in _VALUES_OF_APP:
            label = f"{self._property}：" if self.property_part and self._property else ""
            self._close("文件属性", prominent=True, label=label)
        elif name in _PARAGRAPHS:
            self._close(self.where, prominent=self.prominent)
        elif name == "v":
            self._open[-1].append("\n")

    def close(self) -> None:
        """Nothing is left to do at the end of a part."""

    def _close(self, where: str, *, prominent: bool, label: str = "", clean: bool = False) -> None:
        text = "".join(self._open.pop())
        if clean:
            text = _SHEET_CODES.sub("\n", text)
        if text.strip():
            self.lines.append(Line(where, label + text, prominent))

    def taken(self) -> list[Line]:
        """The lines gathered since the last call."""
        lines, self.lines = self.lines, []
        return lines


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _place(name: str) -> tuple[str, bool]:
    base = name.rsplit("/", 1)[-1]
    if base.startswith(("header", "footer")):
        return "页眉页脚", True
    if base.startswith(("comments", "threadedComment")):
        return "批注", False
    if base.startswith(("footnotes", "endnotes")):
        return "脚注", False
    if base.startswith(("drawing", "vmlDrawing", "diagram", "chart")):
        return "图形里的文字", False
    return "正文", False


def office_lines(package: zipfile.ZipFile) -> Iterator[Line]:
    """Every line of every XML part; raises `NotTaken` for a part that is damaged or brings its own definitions."""
    for name in sorted(package.namelist(), key=_main_first):
        if not name.lower().endswith((".xml", ".vml")):
            continue
        where, prominent = _place(name)
        gatherer = _Gatherer(where, prominent=prominent, property_part=name.startswith("docProps/custom"))
        parser: Any = DefusedXMLParser(target=gatherer, forbid_dtd=True)
        try:
            for chunk in chunks_of(package, name):
                parser.feed(chunk)
                yield from gatherer.taken()
            parser.close()
        except DefusedXmlException as error:
            raise NotTaken(UNSAFE, "unsafe") from error
        except ParseError as error:
            # Old Office writes .vml that is no proper XML; what was read of it counts.
            if name.lower().endswith(".vml"):
                yield from gatherer.taken()
                continue
            raise NotTaken(DAMAGED, "damaged") from error
        yield from gatherer.taken()


def _main_first(name: str) -> tuple[bool, str]:
    return name not in ("word/document.xml", "xl/workbook.xml"), name
