"""The words an office and its site do not want to see: wrong characters, wrong titles, names of organs that are no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from .findings import Severity


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a word list: the word, what to write instead, how grave it is, and why in words."""

    word: str
    instead: str = ""
    severity: Severity = Severity.WARN
    why: str = field(default="", compare=False)


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    # The longest first, so that 国家工商行政管理总局 is not found as its first half.
    return re.compile("|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)))


def listed(plain: str, entries: Iterable[Listed]) -> Iterator[tuple[int, int, Listed]]:
    """Where words of the list stand. A word is left alone where it is part of what should be written instead, and
    one that ends in 部 where 门 follows: 农业部门 is not 农业部."""
    by_word = {entry.word: entry for entry in entries if entry.word.strip()}
    if not by_word:
        return
    for match in _pattern(tuple(by_word)).finditer(plain):
        entry = by_word[match[0]]
        if match[0].endswith("部") and plain[match.end() : match.end() + 1] in ("门", "分", "队", "署", "位"):
            continue
        if not _already_right(plain, match.start(), entry):
            yield match.start(), match.end(), entry


def _already_right(plain: str, start: int, entry: Listed) -> bool:
    at = entry.instead.find(entry.word) if entry.instead else -1
    return at >= 0 and plain.startswith(entry.instead, max(0, start - at))
