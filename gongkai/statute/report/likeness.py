"""内容雷同: how much of a text stands in another, word for word, and which passages. Linear in the length of the texts.

Measured by runs of characters (shingles) after spaces, punctuation and digits are taken out, so that a new figure in an
old sentence does not make it a new one. Set phrases that every report shares are shorter than a run.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

SHINGLE = 12
"""Characters of a run: shorter ones are the set phrases every report shares."""


def _letters(text: str) -> list[tuple[int, str]]:
    """The characters that count, with their places in the text."""
    return [(at, char) for at, char in enumerate(text) if unicodedata.category(char)[0] == "L"]


def _runs(letters: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Every run; of a text shorter than one, the text itself."""
    whole = "".join(char for _, char in letters)
    for at in range(max(1, len(whole) - SHINGLE + 1) if whole else 0):
        yield whole[at : at + SHINGLE]


def shingles(text: str) -> frozenset[str]:
    """The runs of a text, each once (条例第四十七条: 内容雷同的报告要追究)."""
    return frozenset(_runs(_letters(text)))


def containment(part: frozenset[str], whole: frozenset[str]) -> float:
    """The share of the runs of one text that stand in another: 1 where all do, 0 where none does or there is none. It
    grows with the other text and is not symmetric."""
    return len(part & whole) / len(part) if part else 0.0


def resemblance(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the runs of both that they have in common: the same either way round."""
    both = len(one | other)
    return len(one & other) / both if both else 0.0


def passages(text: str, source: frozenset[str]) -> list[tuple[int, int]]:
    """The places in the text, from and to, that are covered by runs of the source; in order, none touching another."""
    letters = _letters(text)
    found: list[tuple[int, int]] = []
    covered = -1
    for at, run in enumerate(_runs(letters)):
        if run not in source:
            continue
        start, last = letters[at][0], letters[at + len(run) - 1][0] + 1
        if found and at <= covered + 1:
            found[-1] = (found[-1][0], last)
        else:
            found.append((start, last))
        covered = at + len(run) - 1
    return found


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of a text stands in the report it is most alike to, which that is, and where."""

    share: float
    source: str
    places: tuple[tuple[int, int], ...]

    @property
    def percent(self) -> int:
        """The share in whole percent, never rounded up to all."""
        return 100 if self.share >= 1 else int(self.share * 100)


def most_alike(text: str, sources: Mapping[str, frozenset[str]]) -> Likeness | None:
    """The source that holds most of the text; None where none holds anything of it. Of equals, the first."""
    own = shingles(text)
    best, name = max(
        ((containment(own, runs), name) for name, runs in sources.items()),
        key=lambda p: p[0],
        default=(0.0, ""),
    )
    return Likeness(best, name, tuple(passages(text, sources[name]))) if best else None
