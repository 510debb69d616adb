"""Spelling made one: full-width, capitals, variants and traditional characters, so that each finds the others.

Character by character, never by word: what is cut out of a folded text is then the folded cut, and a part of a word
is found wherever it stands.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import opencc  # type: ignore[import-untyped]

from .tokens import LONGEST, MOST_RUNS


@cache
def _simplified() -> dict[str, str]:
    """Traditional characters and the simplified ones that stand for them (Apache-2.0 tables of OpenCC)."""
    table = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    found = {}
    for line in table.read_text("utf-8").splitlines():
        traditional, _, simplified = line.partition("\t")
        first = simplified.split(" ")[0]
        if len(traditional) == len(first) == 1:
            found[traditional] = first
    return found


class _Folds(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        simple = _simplified()
        chars = unicodedata.normalize("NFKC", chr(code)).casefold()
        self[code] = "".join(simple.get(c, c) if c.isalnum() else " " for c in chars) or " "
        return self[code]


_FOLDS = _Folds()


def folded(text: str) -> str:
    """The text as it is compared; what is no letter or figure is a blank."""
    return text.translate(_FOLDS)


def squeezed(text: str) -> str:
    """The folded text without blanks: titles and numbers that differ in signs only are the same."""
    return folded(text).replace(" ", "")


def place_of(text: str, at: int) -> int:
    """The place in the text of the character at this place in the folded text."""
    seen = 0
    for place, char in enumerate(text):
        seen += len(_FOLDS[ord(char)])
        if seen > at:
            return place
    return len(text)


def wanted(query: str) -> list[str]:
    """What a query looks for: all of these, folded."""
    runs = (run[:LONGEST] for run in folded(query).split())
    return list(dict.fromkeys(runs))[:MOST_RUNS]
