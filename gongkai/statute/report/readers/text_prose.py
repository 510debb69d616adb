"""The prose of a text: paragraphs put together from broken lines, without the furniture of pages and web archives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from ..blocks import TextBlock
from .headings import wordings
from .text_page import Page

_BODY = re.compile(r"^[=\-—*#\s]*正文[=\-—*#:\s]*$", re.M)
_HEADER_LINES = 40
_LONG_PARAGRAPH = 10_000
_TITLE_FIELD = re.compile(r"^\s*标题\s*[:：]\s*(.+报告)\s*$", re.M)
_TITLE_RUN = re.compile(r"\s*(\S{2,40}?政府信息公开(?:工作)?(?:年度)?报告)\s+(?=\S)")
_EMPTY = re.compile(r"[\s|:\-—_=*#>（()）。、]*")
_MARKUP = re.compile(r"^\s*(?:#{1,6}|>)\s+|\*\*|__")
_ENDS = tuple("。！？；：!?;:")
_BEGINS = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+[条章部]|\d{1,2}[、.．)）](?!\d))"
)
_LOOSE = re.compile(r"(?<=[\u3400-\u9fff，。、；：“”（）]) (?=[\u3400-\u9fff，。、；：“”（）])")

_NOT_BEHIND = "；;，,、。”》〉和及与的"

Line = tuple[str, int]


@cache
def _headings() -> re.Pattern[str]:
    titles = sorted({t for texts in wordings().values() for t in texts}, key=len, reverse=True)
    return re.compile(rf"(?<![“《〈、])[一二三四五六七][、.．] ?(?:{'|'.join(map(re.escape, titles))})")


def _cut_at_headings(text: str) -> list[str]:
    """A long line cut before and behind the numbered headings that ran into it."""
    found = [
        m.span() for m in _headings().finditer(text) if text[m.end() : m.end() + 1] not in set(_NOT_BEHIND)
    ]
    if not found or (len(found) == 1 and found[0][0] == 0 and len(text) - found[0][1] < 8):
        return [text]
    marks = sorted({0, len(text), *(place for span in found for place in span)})
    return [part for a, b in pairwise(marks) if (part := text[a:b].strip())]


def _width(text: str) -> int:
    return len(text) + (len(text.encode("utf-8", "replace")) - len(text)) // 2


def body_start(page: Page) -> tuple[int, TextBlock | None]:
    """Where the text itself begins behind a web archive's header lines, and the title such a header names."""
    limit = page.lines[min(_HEADER_LINES, len(page.lines) - 1)]
    match = _BODY.search(page.text, 0, max(limit, 1))
    if match is None:
        return 0, None
    title = _TITLE_FIELD.search(page.text, 0, match.start())
    block = TextBlock(title.group(1).strip(), page.where(title.start(1)), title=True) if title else None
    return match.end(), block


def _lines(page: Page, start: int, end: int) -> list[Line]:
    """The lines between two places, empty ones as empty text; furniture and markup gone."""
    out: list[Line] = []
    number = page.line(start)
    for text in page.text[start:end].rstrip("（( \n\t|").split("\n"):
        text = text.strip()
        if text and _EMPTY.fullmatch(text):
            text = ""
        if text:
            text = _MARKUP.sub("", text)
            if len(_LOOSE.findall(text)) * 8 > len(text):
                text = _LOOSE.sub("", text)
        out.append((text, number))
        number += 1
    return out


def wrap_width(page: Page) -> int:
    """The width at which the text was broken into lines, in half characters; 0 when its lines are paragraphs."""
    widths = [(_width(line), line) for raw in page.text.split("\n") if (line := raw.strip())]
    filled = sorted(w for w, _ in widths if w > 12)
    if len(filled) < 8:
        return 0
    width = filled[len(filled) * 9 // 10]
    if width > 160:
        return 0
    full = [line for w, line in widths if w >= width * 0.8]
    broken = sum(not line.endswith(_ENDS) for line in full)
    return width if len(full) >= 6 and broken * 2 > len(full) else 0


def _line_width(page: Page, number: int) -> int:
    end = page.lines[number] if number < len(page.lines) else len(page.text)
    return _width(page.text[page.lines[number - 1] : end].strip())


def _joined(page: Page, lines: Sequence[Line], width: int) -> list[Line]:
    out: list[Line] = []
    room = False
    for text, number in lines:
        if not text:
            room = False
            continue
        if room and out and not _BEGINS.match(text) and len(out[-1][0]) < _LONG_PARAGRAPH:
            before, first = out[-1]
            gap = " " if before[-1:].isascii() and text[0].isascii() else ""
            out[-1] = (before + gap + text, first)
        else:
            out.append((text, number))
        room = width > 0 and not text.endswith(_ENDS) and _line_width(page, number) >= width * 0.75
    return out


def prose(page: Page, start: int, end: int, width: int) -> list[TextBlock]:
    """The paragraphs between two places. `width` from `wrap_width`."""
    if start >= end:
        return []
    return [
        TextBlock(part, f"第{number}行")
        for text, number in _joined(page, _lines(page, start, end), width)
        for part in _cut_at_headings(text)
        if not _EMPTY.fullmatch(part)
    ]


def with_title(blocks: list[TextBlock]) -> list[TextBlock]:
    """The first blocks with the report's title told apart: cut off a run-on paragraph, or joined from two lines."""
    if not blocks or any(b.title for b in blocks[:1]):
        return blocks
    first = blocks[0]
    match = _TITLE_RUN.match(first.text)
    if match and len(first.text) > 60:
        rest = TextBlock(first.text[match.end() :], first.where)
        return [TextBlock(match.group(1), first.where, title=True), rest, *blocks[1:]]
    if (
        len(blocks) > 1
        and len(first.text) < 50
        and "信息公开" in first.text
        and not first.text.endswith("报告")
    ):
        second = blocks[1].text
        if len(second) <= 12 and second.endswith("报告"):
            return [TextBlock(first.text + second, first.where, title=True), *blocks[2:]]
    return blocks
