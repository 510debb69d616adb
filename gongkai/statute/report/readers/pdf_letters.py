"""Letters of a PDF page → lines and words: what stands together, what a gap parts, what is raised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..figures import parse_figure
from ..model import CellKind
from .radicals import repair

Char = dict[str, Any]


def rows_of_chars(chars: list[Char]) -> list[list[Char]]:
    """Characters as lines, top to bottom, each left to right."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: (c["top"] + c["bottom"], c["x0"])):
        middle = (char["top"] + char["bottom"]) / 2
        last = rows[-1] if rows else None
        if last is not None and abs(middle - (last[0]["top"] + last[0]["bottom"]) / 2) <= max(
            2.0, char["size"] * 0.45
        ):
            last.append(char)
        else:
            rows.append([char])
    return [sorted(row, key=lambda c: float(c["x0"])) for row in rows]


def chunks(chars: list[Char]) -> Iterator[list[Char]]:
    """Runs of characters drawn one after the other without a gap: a figure wider than its column stays together
    and goes where its middle is, apart from a neighbour it runs into."""
    word: list[Char] = []
    for char in chars:
        if not char["text"].strip():
            continue
        if word and (
            abs(char["x0"] - word[-1]["x1"]) > 0.08 * char["size"] or abs(char["top"] - word[-1]["top"]) > 1
        ):
            yield word
            word = []
        word.append(char)
    if word:
        yield word


def line_text(row: list[Char]) -> str:
    """One line's text; a gap wider than a third of a letter becomes a space."""
    out: list[str] = []
    before: Char | None = None
    for char in row:
        if before is not None:
            if char["text"] == before["text"] and abs(char["x0"] - before["x0"]) < 1:
                continue
            gap = char["x0"] - before["x1"]
            if gap > char["size"] * 0.33 and out[-1] != " " and char["text"] != " ":
                out.append(" ")
        out.append(char["text"])
        before = char
    return repair("".join(out)).strip()


def _words(chars: list[Char]) -> str:
    return "\n".join(t for row in rows_of_chars(chars) if (t := line_text(row)))


def cell_words(chars: list[Char]) -> str:
    """A cell's words. Small raised letters beside a figure are the mark of a footnote and left out."""
    words = _words(chars)
    if len(chars) < 2 or (words.isdecimal() and len({c["size"] for c in chars}) == 1):
        return words
    size = max(c["size"] for c in chars)
    floor = max(c["bottom"] for c in chars if c["size"] == size)
    level = [c for c in chars if c["size"] > 0.8 * size or not 0.1 * size < floor - c["bottom"] < size]
    if len(level) == len(chars):
        return words
    bare = _words(level)
    return bare if parse_figure(bare, amount=True).kind is not CellKind.TEXT else words
