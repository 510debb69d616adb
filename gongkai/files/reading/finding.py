"""What must not go out, in a file: each find with the piece it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.statute.leaks import Finding, Listed, Severity, What, find_leaks

from .pieces import Piece, Reading


@dataclass(frozen=True, slots=True)
class Placed:
    """A find in a file: which piece, what."""

    number: int
    piece: Piece
    finding: Finding

    @property
    def key(self) -> str:
        """How a form names it: piece, start and end."""
        return f"{self.number}.{self.finding.start}.{self.finding.end}"


def placed(reading: Reading, words: Sequence[Listed] = ()) -> list[Placed]:
    """Every find of a file in the order of its pieces."""
    found = []
    for number, piece in enumerate(reading.pieces):
        for finding in _of(piece, words):
            if piece.concerns(finding.start, finding.end):
                found.append(Placed(number, piece, finding))
    return found


def _of(piece: Piece, words: Sequence[Listed]) -> list[Finding]:
    if "拍摄地点" in piece.where:
        why = "照片的文件里记着拍摄地点"
        return [Finding(What.ADDRESS, 0, len(piece.text), piece.text, Severity.BLOCK, why)]
    return find_leaks(piece.text, words, before=piece.before)
