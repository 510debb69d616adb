"""A text as a page: one width of characters, line numbers, and its bare letters with the way back to the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from ..editions import edition
from .run_rows import Piece

_LONG_LINE = 300
_MOST_PIECES = 400
_DROPPED = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\x00]")
_FOLD = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLD |= dict.fromkeys((0x3000, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F), " ")
_FOLD |= {
    ord(a): b for a, b in {"−": "-", "﹣": "-", "‑": "-", "﹢": "+", "│": "|", "┃": "|", "︱": "|"}.items()
}
_BARE = re.compile(r"[0-9\u3400-\u9fff〇]+")
_BAR_ESCAPED = re.compile(r"\\\|")
_BREAK = re.compile(r"<[bB][rR]\s*/?>")
_FURNITURE = re.compile(
    r"^[ \t\f]*(?:[-—–·]+ *\d{1,3} *[-—–·]+|第 *\d{1,3} *页(?:[ ,/，]*共 *\d{1,3} *页)?|\d{1,3} */ *\d{1,3})[ \t\f]*$",
    re.M,
)
_RULE = re.compile(
    r"^[ \t]*+(?:\|[ \t]*+)?:?-{2,}+:?(?:[ \t]*+\|[ \t]*+:?-{2,}+:?)*+[ \t]*+(?:\|[ \t]*+)?$", re.M
)
TOKEN = re.compile(
    r"[+-]?(?<![一二三四五六七八九])(?=[OoIl]{0,3}[0-9〇])[0-9OoIl〇]++(?:,[0-9]{3}[0-9]*+)*+(?:\.[0-9]++)?"
    r"(?:亿元|万元|元|[件条份宗次])?(?![年月日号%A-Za-z])"
    r"|(?<![A-Za-z])[OoIl]{1,3}(?![A-Za-z])|(?<![\u3400-\u9fff])[-/—–]{1,2}|[-/—–]{1,2}(?![\u3400-\u9fff])"
    r"|(?<![\u3400-\u9fff])无(?![\u3400-\u9fff])"
)
_LABEL_MARK = re.compile(r"[.、,)]\s*[\u3400-\u9fff]")
_GAP = re.compile(r"[\s|]*")


class Page:
    """The text of a file, ready to be searched. `text` is as printed, `flat` the same length in half width;
    `bare` keeps only Chinese characters and digits, so that broken lines and stray spaces do not matter."""

    def __init__(self, source: str) -> None:
        text = _DROPPED.sub("", source).replace("\r\n", "\n").replace("\r", "\n")
        if "|" in text:
            text = _BREAK.sub(" ", _BAR_ESCAPED.sub("/", text))
            text = _RULE.sub(_blanked, text)
        self.text = _FURNITURE.sub(_blanked, text)
        self.flat = self.text.translate(_FOLD)
        self.lines = [0]
        self.lines.extend(m.end() for m in re.finditer("\n", self.flat))
        self._starts: list[int] = []
        self._bares: list[int] = []
        parts, size = [], 0
        for match in _BARE.finditer(self.flat):
            self._starts.append(match.start())
            self._bares.append(size)
            parts.append(match.group())
            size += len(match.group())
        self.bare = "".join(parts)

    def at(self, place: int) -> int:
        """The place on the page of a place in `bare`."""
        if place >= len(self.bare):
            return len(self.flat)
        piece = bisect_right(self._bares, place) - 1
        return self._starts[piece] + place - self._bares[piece]

    def after(self, place: int) -> int:
        """The place on the page right behind the bare character before `place`."""
        return self.at(place - 1) + 1 if place > 0 else 0

    def bare_at(self, offset: int) -> int:
        """The place in `bare` of the first bare character at or after a place on the page."""
        piece = bisect_right(self._starts, offset) - 1
        if piece < 0:
            return 0
        end = self._bares[piece + 1] if piece + 1 < len(self._bares) else len(self.bare)
        return min(self._bares[piece] + offset - self._starts[piece], end)

    def line(self, offset: int) -> int:
        """The number of the line, from 1."""
        return bisect_right(self.lines, offset)

    def where(self, offset: int) -> str:
        """A place in words: 第37行, in a very long line also 第1204字."""
        number = bisect_right(self.lines, offset)
        start = self.lines[number - 1]
        end = self.lines[number] if number < len(self.lines) else len(self.flat)
        return f"第{number}行第{offset - start + 1}字" if end - start > _LONG_LINE else f"第{number}行"

    def piece(self, start: int, end: int) -> Piece:
        """What stands between two places, as a piece of a row."""
        return Piece(self.flat[start:end], self.where(start), self.line(start))

    def figures(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The pieces of the first unbroken stretch of figures between two places: (start, end) each."""
        first = TOKEN.search(self.flat, start, end)
        while first is not None and self._without_number(*first.span()) == first.start():
            first = TOKEN.search(self.flat, first.end(), end)
        if first is None:
            return
        begin, stop = first.span()
        for _ in range(_MOST_PIECES):
            gap = _GAP.match(self.flat, stop, end)
            then = gap.end() if gap else stop
            more = TOKEN.match(self.flat, then, end)
            if more is None or more.end() == then:
                stop = self._without_number(begin, stop)
                if stop > begin:
                    yield begin, stop
                return
            if then > stop:
                yield begin, stop
                begin = then
            stop = more.end()

    def _without_number(self, begin: int, stop: int) -> int:
        """The end of the last figure without the number of a label that follows: 0000000|2.其他."""
        mark = _LABEL_MARK.match(self.flat, stop)
        if mark is None or not self.flat[begin:stop].isdecimal():
            return stop
        ahead = re.sub(r"[^\u3400-\u9fff]", "", self.flat[mark.end() - 1 : mark.end() + 30])
        alike = any(
            2 * sum(p in ahead for p in pairs) >= len(pairs) for pairs in _numbered(self.flat[stop - 1])
        )
        return stop - 1 if alike else stop


@cache
def _numbered(number: str) -> list[list[str]]:
    """The labels of table three printed with this number, each as its pairs of characters."""
    labels = [row.label[2:] for row in edition("2021").table3 if row.label.startswith(f"{number}.")]
    return [[label[i : i + 2] for i in range(len(label) - 1)] for label in labels]


def _blanked(match: re.Match[str]) -> str:
    """The same length in spaces: places on the page stay what they are."""
    return " " * len(match.group())
