"""Pairs of neighbouring characters as words of an index: every part of a word is found, in Chinese or not.

A text falls into runs of letters, figures and Han characters. A run becomes its pairs of neighbours and then its last
character alone, so that pairs of two runs never stand next to each other and one character is found wherever it is.
Words are spelt in plain letters, five a character, which the tokenizers of both databases leave as they are.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

LONGEST = 60
"""A run of a query is looked for up to this length."""
MOST_RUNS = 8
_PART = 4000
# PostgreSQL keeps 255 places of a word; a part ends before.
_SAME = 200


def plain(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, with the place in the text of each of its characters: full-width, capitals and
    variants made one; everything that is no letter or figure made a blank."""
    out: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        for one in unicodedata.normalize("NFKC", char).casefold():
            out.append(one if one.isalnum() else " ")
            places.append(at)
    return "".join(out), places


def runs_of(query: str) -> list[str]:
    """What a query looks for: all of these."""
    return list(dict.fromkeys(run[:LONGEST] for run in plain(query)[0].split()))[:MOST_RUNS]


def matches(query: str, *texts: str) -> bool:
    """Whether texts, taken together, have all that the query looks for: the definition that both databases follow."""
    plains = [plain(text)[0] for text in texts]
    return all(any(run in one for one in plains) for run in runs_of(query))


def words_of(text: str) -> list[str]:
    """The words of a text in order."""
    return [word for run in plain(text)[0].split() for word in _words(run)]


def _words(run: str) -> Iterator[str]:
    letters = [_spelt(char) for char in run]
    for first, second in pairwise(letters):
        yield first + second
    yield letters[-1]


def phrase_of(run: str) -> list[str]:
    """The words that stand one after another where the run is; of one character the beginning of a word."""
    letters = [_spelt(char) for char in run]
    return letters if len(letters) == 1 else [a + b for a, b in pairwise(letters)]


def _spelt(char: str) -> str:
    code, letters = ord(char), ""
    for _ in range(5):
        code, rest = divmod(code, 26)
        letters = chr(97 + rest) + letters
    return letters


def parts_of(text: str) -> Iterator[str]:
    """The words of a text in parts small enough for the databases; parts overlap by the longest run of a query."""
    whole = plain(text)[0]
    start = 0
    while start < len(whole):
        end = _end_of_part(whole, start)
        yield " ".join(words_of(whole[start:end]))
        if end >= len(whole):
            return
        start = end - LONGEST


def _end_of_part(whole: str, start: int) -> int:
    seen: Counter[str] = Counter()
    for at in range(start, min(start + _PART, len(whole))):
        seen[whole[at]] += not whole[at].isspace()
        if seen[whole[at]] >= _SAME:
            return at + 1
    return min(start + _PART, len(whole))
