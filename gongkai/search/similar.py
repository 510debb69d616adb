"""What may help where nothing was found: fewer of the words, parts of a long one, a word that differs in a letter."""

from __future__ import annotations

import re
from dataclasses import replace

from .answers import any_of, entries, in_titles, planned
from .asked import Asked
from .folding import folded, wanted

MOST = 6
_LONGEST, _SHORTEST = 10, 3
_LOOKED_AT = 10
_MOST_ASKED = 24


def without_narrowing(asked: Asked) -> Asked | None:
    """The same words anywhere, where they were looked for in a part only and are somewhere else."""
    wide = replace(asked, column_id=None, year=None, kind="", number="", validity="")
    return wide if asked.is_narrowed and asked.runs and any_of(wide) else None


def other_words(asked: Asked) -> list[str]:
    """Other queries that find something, the likeliest first; a bounded number of questions."""
    wide = replace(asked, column_id=None, year=None, kind="", number="", validity="", synonyms=())
    with planned():
        found = [word for run in wanted(asked.query) for word in _misspelt(wide, run)]
        tried = [word for word in _fewer(asked.query) if word not in found][:_MOST_ASKED]
        for word in tried:
            if len(found) >= MOST:
                break
            if any_of(replace(wide, query=word)):
                found.append(word)
    return list(dict.fromkeys(found))[:MOST]


def _fewer(query: str) -> list[str]:
    """All words but one, each word alone, then the parts of long ones, long parts first."""
    runs = wanted(query)
    found = [" ".join(runs[:n] + runs[n + 1 :]) for n in range(len(runs))] if len(runs) > 2 else []
    found += runs if len(runs) > 1 else []
    for run in runs:
        for size in sorted({len(run) - 1, (len(run) + 1) // 2, 4, 3, 2}, reverse=True):
            if 1 < size < len(run):
                found += [run[:size], run[-size:]]
    return list(dict.fromkeys(found))


def _misspelt(asked: Asked, run: str) -> list[str]:
    """Words in titles that differ from this one in one letter: another, one more or one less."""
    if not _SHORTEST <= len(run) <= _LONGEST:
        return []
    found: list[str] = []
    for at in range(len(run)):
        left, right = run[:at], run[at + 1 :]
        hits = in_titles(replace(asked, query=f"{left} {right}".strip()), _LOOKED_AT)
        alike = re.compile(re.escape(left) + r"\w{0,2}" + re.escape(right))
        for entry in entries(hits):
            found += [hit for hit in alike.findall(folded(entry.title)) if len(hit) > 1]
    counted = {word: found.count(word) for word in found if word not in (run, run[1:], run[:-1])}
    return sorted(counted, key=lambda word: -counted[word])[:2]
