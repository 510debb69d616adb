"""What a pack is made of: sections in order, each of words, tables and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.files.models import StoredFile

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its head."""

    head: Row
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbered sentences."""

    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `head` makes it a small heading."""

    text: str
    head: bool = False


Block = Table | Facts | Steps | Words


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of the pack: how it is called, where it stands in the .zip; `shown` in the PDF too, if it can be; `dated`
    the day it bears, which is part of its name there."""

    name: str
    file: StoredFile
    folder: str
    shown: bool = True
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the pack with its title."""

    title: str
    blocks: Sequence[Block] = ()
    papers: Sequence[Paper] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """All of it: what the cover says, then the sections."""

    cover: Sequence[tuple[str, str]]
    sections: Sequence[Section]

    @property
    def papers(self) -> list[Paper]:
        """Every file, in the order of the index."""
        return [paper for section in self.sections for paper in section.papers]
