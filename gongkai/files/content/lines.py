"""The lines of a file as the search for secrecy marks sees them, and what it makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from gongkai.statute.privacy import Certainty, Hit, Kind, find_personal_data

from .refusals import Marked

_HEAD = 600
"""So many characters at the beginning of a text are its first page's head, where a mark stands."""
_BATCH = 100_000
_CAREFUL = re.compile(r"[绝机秘]\s{0,4}密")
_PARTS = re.compile(r"[-_. —–+~]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line: where it stands in words; `prominent` where a mark needs no star to be one (head, foot, watermark)."""

    where: str
    text: str
    prominent: bool = False


@dataclass(slots=True)
class Search:
    """What the search found. `doubts`: places a person has to look at; `gaps`: what could not be read."""

    doubts: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    letters: int = 0

    def gap(self, why: str) -> None:
        """Note once what could not be read."""
        if why not in self.gaps:
            self.gaps.append(why)

    def doubt(self, why: str) -> None:
        """Note once, and at most five, what a person has to look at."""
        if why not in self.doubts and len(self.doubts) < 5:
            self.doubts.append(why)

    def over(self, lines: Iterable[Line]) -> None:
        """Look through lines; raises `Marked` at the first mark."""
        batch: list[Line] = []
        held = seen = 0
        for line in lines:
            self.letters += 0 if line.prominent else len(line.text)
            batch.append(line)
            held += len(line.text) + 1
            if held > _BATCH:
                self._judge(batch, seen)
                seen += held
                # The last lines stay, so that a mark across the cut is seen whole.
                batch = [Line(b.where, b.text[-200:], b.prominent) for b in batch[-2:]]
                held = sum(len(b.text) + 1 for b in batch)
        self._judge(batch, seen)

    def name(self, name: str) -> None:
        """Look at a file's name: a part that is nothing but a level is a mark."""
        for text in (name, "\n".join(_PARTS.split(name))):
            self._judge([Line("文件名里", text, prominent=True)], 0)

    def _judge(self, batch: list[Line], seen: int) -> None:
        text = "\n".join(line.text for line in batch)
        if not _CAREFUL.search(text):
            return
        for hit in find_personal_data(text):
            if hit.kind is Kind.SECRECY_MARK:
                self._weigh(hit, _at(batch, hit.start), early=seen + hit.start < _HEAD)

    def _weigh(self, hit: Hit, line: Line, *, early: bool) -> None:
        work_secret = "工作" in hit.text
        if not work_secret and (hit.certainty is Certainty.CERTAIN or line.prominent or early):
            raise Marked(hit.text, line.where)
        self.doubt(f"{line.where}有“{' '.join(hit.text.split())}”字样")


def _at(batch: list[Line], offset: int) -> Line:
    for line in batch:
        offset -= len(line.text) + 1
        if offset < 0:
            return line
    return batch[-1]
