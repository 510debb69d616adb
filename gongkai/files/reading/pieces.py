"""What is read out of a file: pieces of text with their places, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

MOST_LETTERS = 20_000_000
"""More text than this is not read: nobody publishes two hundred novels in one file."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text: `where` in words, `unit` the place within the file that the redaction understands.

    `hidden`: people who open the file do not see it. `before`: what stands before it in the table. `focus`: only what
    touches these stretches of the text counts, the rest stands there for its sense and is in another piece as well.
    """

    where: str
    text: str
    unit: str = ""
    hidden: bool = False
    before: str = ""
    focus: tuple[tuple[int, int], ...] = ()

    def concerns(self, start: int, end: int) -> bool:
        """Whether a find at these offsets counts."""
        return not self.focus or any(a < end and start < b for a, b in self.focus)


@dataclass(frozen=True, slots=True)
class Gap:
    """What could not be read. `blocks`: publishing waits for it; otherwise a person looks."""

    where: str
    why: str
    blocks: bool = True


@dataclass(slots=True)
class Reading:
    """A file as read: its kind, its pieces in order, its gaps."""

    kind: str
    pieces: list[Piece] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    _letters: int = 0

    def add(self, pieces: Iterable[Piece]) -> None:
        """Take pieces, as far as there is room."""
        for piece in pieces:
            if not piece.text.strip():
                continue
            self._letters += len(piece.text)
            if self._letters > MOST_LETTERS:
                self.gap("整个文件", "文字太多，没有读完")
                return
            self.pieces.append(piece)

    def gap(self, where: str, why: str, *, blocks: bool = True) -> None:
        """Note once what could not be read."""
        found = Gap(where, why, blocks)
        if found not in self.gaps:
            self.gaps.append(found)

    def within(self, inner: Reading, place: str) -> None:
        """Take over what stands in a file within this one; it can be read there, not redacted there."""
        self.add(
            Piece(f"{place}{p.where}", p.text, hidden=p.hidden, before=p.before, focus=p.focus)
            for p in inner.pieces
        )
        for gap in inner.gaps:
            self.gap(f"{place}{gap.where}", gap.why, blocks=gap.blocks)
