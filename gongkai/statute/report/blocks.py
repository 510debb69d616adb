"""What a format reader hands over: paragraphs and grids in reading order, before anyone asks what they mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from .model import AmbiguousRun, Cell


@dataclass(frozen=True, slots=True)
class GridCell:
    """One place of a grid. A merged cell stands with its text at its first place and with `merged` True at the
    other places it covers (text repeated there). `cell` is set when the reader already knows the figure
    (for instance a run of digits resolved by sums)."""

    text: str
    where: str = ""
    merged: bool = False
    cell: Cell | None = None


@dataclass(slots=True)
class Grid:
    """A table as a rectangle of cells, spans laid out. `runs` are digits that ran together and stayed open,
    `notes` what its reader wants a person to know."""

    rows: list[list[GridCell]] = field(default_factory=list)
    where: str = ""
    runs: list[AmbiguousRun] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph or heading outside of any table. `title` marks text from <title>, <h1>… or a title style."""

    text: str
    where: str = ""
    title: bool = False


Block = TextBlock | Grid


class Unreadable(ValueError):
    """A file that cannot be read as a report; the message is one Chinese sentence that says what to do."""
