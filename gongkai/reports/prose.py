"""The report's prose as runs of words and figures: written paragraphs hold marks that are filled when composing.

A mark {items} or {t3.new.total} stands for a figure; composing keeps which figure every number is, so that the
desk can show the source behind each. What composes sentences from the facts is in `composers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongkai.statute.report.figures import number_text
from gongkai.statute.report.model import Number

MARK = re.compile(r"\{([a-z0-9_.-]+)\}")
NO_FIGURE = "〔缺数〕"
"""What stands where a mark names no figure: seen by everybody, and refused by the checks."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure the prose may state: its key, its value, and its name in words. Of a figure that another room supplies,
    `said` tells what was counted and `page` is where its records are."""

    key: str
    value: Number
    label: str
    said: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a sentence; `fact` is the key of the figure it states, empty for plain words. `missing`: it should
    state one and there is none."""

    text: str
    fact: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class YearFacts:
    """What a composer knows: the year, how the agency calls itself, the columns that hold items, all facts."""

    year: int
    self_name: str
    columns: tuple[str, ...]
    facts: Mapping[str, Fact]

    def value(self, key: str) -> Number | None:
        """The figure, or None where there is none."""
        fact = self.facts.get(key)
        return fact.value if fact else None

    def several(self, *keys: str) -> list[Number] | None:
        """All these figures, or None where one is lacking."""
        found = [self.value(key) for key in keys]
        return None if None in found else [value for value in found if value is not None]


class UnknownFigure(LookupError):
    """A mark in the prose that names no figure of this report."""


def keys_in(text: str) -> list[str]:
    """The figures a text refers to, in order, each as often as it stands there."""
    return [match.group(1) for match in MARK.finditer(text)]


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """The text in runs: plain words with an empty key, or a mark with its key."""
    at = 0
    for match in MARK.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], ""
        yield match.group(0), match.group(1)
        at = match.end()
    if at < len(text):
        yield text[at:], ""


def filled(text: str, facts: Mapping[str, Fact]) -> list[Piece]:
    """The sentence with its marks filled; a mark without a figure stays to be seen as `NO_FIGURE`."""
    found = []
    for run, key in _runs(text):
        fact = facts.get(key)
        if not key:
            found.append(Piece(run))
        elif fact is None:
            found.append(Piece(NO_FIGURE, key, missing=True))
        else:
            found.append(Piece(number_text(fact.value), key))
    return found


def pieces(text: str, facts: Mapping[str, Fact]) -> list[Piece]:
    """The sentence with its marks filled; raises `UnknownFigure` for a mark without a figure."""
    found = filled(text, facts)
    lacking = next((piece.fact for piece in found if piece.missing), None)
    if lacking is not None:
        raise UnknownFigure(f"文字里的“{{{lacking}}}”在本年数据中没有对应的数字，请改正。")
    return found


def plain(found: list[Piece]) -> str:
    """The sentence as it is printed."""
    return "".join(piece.text for piece in found)
