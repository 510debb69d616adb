"""Folded texts as words of the public index: pairs of neighbours spelt in letters for SQLite, as numbers for PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise


class _Spelt(dict[str, str]):
    """Five plain letters for a character, which SQLite's tokenizer leaves as they are."""

    def __missing__(self, char: str) -> str:
        code, letters = ord(char), ""
        for _ in range(5):
            code, rest = divmod(code, 26)
            letters = chr(97 + rest) + letters
        self[char] = letters
        return letters


SPELT = _Spelt()


def words(folded: str) -> str:
    """The pairs of each run and then its last character alone, so that pairs of two runs are never neighbours."""
    out: list[str] = []
    for run in folded.split():
        letters = [SPELT[char] for char in run]
        out += [a + b for a, b in pairwise(letters)]
        out.append(letters[-1])
    return " ".join(out)


def phrase(run: str) -> str:
    """What SQLite looks for: the pairs one after another; of one character the beginning of a pair."""
    if len(run) == 1:
        return f'"{SPELT[run]}" *'
    return '"' + " ".join(SPELT[a] + SPELT[b] for a, b in pairwise(run)) + '"'


def grams(folded: str) -> set[int]:
    """Every character and every pair as a number; two pairs may share one, so the text itself has the last word."""
    found: set[int] = set()
    for run in folded.split():
        codes = [*map(ord, run)]
        found.update(codes)
        # The same as `_pair`, written out: it is done some hundred million times for a province.
        found.update([_BEYOND + (a * _A ^ b * _B) % _MOST for a, b in pairwise(codes)])
    return found


def run_grams(run: str) -> list[int]:
    """The numbers a text has that has this run."""
    return sorted({_pair(a, b) for a, b in pairwise(run)}) if len(run) > 1 else [ord(run)]


def _pair(a: str, b: str) -> int:
    return _BEYOND + (ord(a) * _A ^ ord(b) * _B) % _MOST


_BEYOND, _MOST, _A, _B = 0x110000, 0x3FFFFFFF, 0x1E35A7BD, 0x9E3779B1

FACETS = "akcy"
"""Agency, kind, column, year: the first letter of a facet's word."""


def facet_words(facets: Iterable[tuple[str, int]]) -> str:
    """Facets as words for SQLite."""
    return " ".join(f"{letter}{number}" for letter, number in facets)


def facet_grams(facets: Iterable[tuple[str, int]]) -> list[int]:
    """Facets as numbers below nought for PostgreSQL."""
    return [-(number * len(FACETS) + FACETS.index(letter) + 1) for letter, number in facets]
