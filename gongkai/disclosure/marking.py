"""A cleaned text and its words side by side: stretches of the words are marked in the text without touching its tags."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from itertools import pairwise

_PIECE = re.compile(r"<[^>]*>|[^<]+")
_BREAK = re.compile(r"<(?:br|hr)|</(?:p|h[234]|li|tr|table|caption|figcaption|blockquote)")
_CELL = re.compile(r"</t[dh]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the words to be marked: its class, and what is said on pointing at it."""

    start: int
    end: int
    look: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Worded:
    """The pieces of a text (tags, and words as they read) and where each begins in `words`; -1 for a tag."""

    words: str
    pieces: tuple[tuple[str, int], ...]

    def lines(self) -> list[tuple[int, int]]:
        """Where each line of the words that has any begins and ends."""
        found, at = [], 0
        for line in self.words.split("\n"):
            if line.strip():
                found.append((at, at + len(line)))
            at += len(line) + 1
        return found

    def marked(self, stretches: list[Stretch]) -> str:
        """The text with these stretches in <mark>; where two meet, both classes stand there."""
        out = []
        for piece, at in self.pieces:
            if at < 0:
                out.append(piece)
                continue
            here = [s for s in stretches if s.start < at + len(piece) and s.end > at]
            out.append(_cut(piece, at, here))
        return "".join(out)


def worded(html: str) -> Worded:
    """Take a cleaned text apart; a block ends a line, a cell ends with a blank."""
    words: list[str] = []
    length = 0
    pieces: list[tuple[str, int]] = []
    for piece in _PIECE.findall(html):
        if piece.startswith("<"):
            pieces.append((piece, -1))
            gap = "\n" if _BREAK.match(piece) else " " if _CELL.match(piece) else ""
        else:
            gap = unescape(piece)
            pieces.append((gap, length))
        words.append(gap)
        length += len(gap)
    return Worded("".join(words), tuple(pieces))


def _cut(words: str, at: int, here: list[Stretch]) -> str:
    edges = {0, len(words)}
    edges |= {min(max(edge - at, 0), len(words)) for s in here for edge in (s.start, s.end)}
    out = []
    for a, b in pairwise(sorted(edges)):
        over = [s for s in here if s.start < at + b and s.end > at + a]
        text = escape(words[a:b], quote=False)
        if over:
            looks = " ".join(dict.fromkeys(s.look for s in over))
            said = "；".join(dict.fromkeys(s.said for s in over if s.said))
            title = f' title="{escape(said)}"' if said else ""
            text = f'<mark class="{looks}"{title}>{text}</mark>'
        out.append(text)
    return "".join(out)
