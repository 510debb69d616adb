"""What a person marked: stretches of text, boxes on a page, and finds that may stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of the text of a unit: a place of an office file (s7), a page (p0), a stretch of a text file (t400)."""

    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Box:
    """A box on a page (from 0) as it shows: fractions of its width and height from the upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def on(self, width: int, height: int) -> tuple[int, int, int, int]:
        """The box in pixels of a picture of the page, rounded outwards by a pixel."""
        return (
            max(0, int(self.left * width) - 1),
            max(0, int(self.top * height) - 1),
            min(width, int(self.right * width) + 2),
            min(height, int(self.bottom * height) + 2),
        )


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks on a file. `left`: the keys of finds that stay, because a person said so."""

    spots: tuple[Spot, ...] = ()
    boxes: tuple[Box, ...] = ()
    left: frozenset[str] = frozenset()

    def as_data(self) -> dict[str, Any]:
        """As plain data; numbers only, nothing of the file's text."""
        return {
            "spots": [[s.unit, s.start, s.end] for s in self.spots],
            "boxes": [[b.page, b.left, b.top, b.right, b.bottom] for b in self.boxes],
            "left": sorted(self.left),
        }

    @classmethod
    def of(cls, data: dict[str, Any]) -> Marks:
        """From plain data; raises ValueError, TypeError for what is none."""
        return cls(
            tuple(Spot(str(u), int(a), int(b)) for u, a, b in data.get("spots", [])),
            tuple(_box(*row) for row in data.get("boxes", [])),
            frozenset(map(str, data.get("left", []))),
        )


def _box(page: Any, *edges: Any) -> Box:
    left, top, right, bottom = (min(1.0, max(0.0, float(edge))) for edge in edges)
    return Box(int(page), min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def covering(spots: Iterable[Spot], unit: str) -> list[tuple[int, int]]:
    """The stretches of one unit, joined where they meet, in order."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((s.start, s.end) for s in spots if s.unit == unit and s.start < s.end):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


class Refused(Exception):
    """No clean copy is made; the message says why and what to do."""
