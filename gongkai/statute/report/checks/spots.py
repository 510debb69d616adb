"""A figure in its clause, what a clause claims, and whether it speaks of a part or of another year."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..model import Number
from . import notions as n
from .prose import Figure, Sentence

if TYPE_CHECKING:
    from .facts import Facts

_MARK = re.compile("[，；：（）、]")
_QUOTED = 40


class Reading(NamedTuple):
    """What a table says of a notion: its name, its value (None when unclear) and the cells it comes from."""

    label: str
    value: Number | None
    cells: tuple[str, ...]


class Claim(NamedTuple):
    """One figure of the prose: its notion, the readings that would agree, and whether it is only a part.

    `groups` are the kinds of outcome it covers; `base` is the claim a percentage is a share of.
    """

    notion: str
    figure: Figure
    readings: tuple[Reading, ...]
    part: bool
    quote: str
    where: str
    sentence: int
    groups: tuple[str, ...] = ()
    base: Figure | None = None


class Spot(NamedTuple):
    """A figure in its clause: the words before and after it, and the sentence up to it."""

    sentence: Sentence
    number: int
    figure: Figure
    before: str
    after: str
    clause: str
    """The words of the clause around the figure."""

    @property
    def quote(self) -> str:
        """The clause as it stands, for messages."""
        figure = self.sentence.text[self.figure.start : self.figure.end]
        return (self.before[-_QUOTED:] + figure + self.after[:12]).lstrip("、，")


def spots(sentence: Sentence, number: int) -> Iterator[Spot]:
    """The figures of a sentence, each in its clause: up to a comma or the figure before, on to a comma or the next."""
    text, figures = sentence.text, sentence.figures
    marks = [match.start() for match in _MARK.finditer(text)]
    lists = [at for at in marks if text[at] != "、"]
    for at, figure in enumerate(figures):
        opened = bisect_left(lists, figure.start)
        left = max(lists[opened - 1] + 1 if opened else 0, figures[at - 1].end if at else 0)
        closed = bisect_left(marks, figure.end)
        right = min(
            marks[closed] if closed < len(marks) else len(text),
            figures[at + 1].start if at + 1 < len(figures) else len(text),
        )
        ahead, behind = text[left : figure.start], text[figure.end : right]
        yield Spot(sentence, number, figure, ahead, behind, ahead + behind)


def claim(
    spot: Spot, notion: str, readings: list[Reading], part: bool, groups: tuple[str, ...] = ()
) -> Claim:
    """A claim of this spot."""
    where = spot.sentence.where
    return Claim(notion, spot.figure, tuple(readings), part, spot.quote, where, spot.number, groups)


def row_reading(facts: Facts, label: str, *rows: str) -> Reading:
    """The sum of the totals of these rows of table three."""
    names, cells = _named_rows(rows)
    return Reading(label, facts.sum_of(names), cells)


@cache
def _named_rows(rows: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(f"t3.{row}" for row in rows), tuple(f"t3.{row}.total" for row in rows)


def named_in(text: str, words: tuple[tuple[str, str], ...]) -> list[tuple[int, str]]:
    """Where each notion is last named in the text, nearest to the end last."""
    out = []
    for word, slug in words:
        at = text.rfind(word)
        if at >= 0 and not (word == "予以公开" and at and text[at - 1] == "不"):
            out.append((at, slug))
    return sorted(out)


def other_year(facts: Facts, spot: Spot) -> bool:
    """True when the sentence last spoke of another year before this figure."""
    return year_named(facts, spot.sentence.text, spot.figure.start) or False


def year_named(facts: Facts, text: str, end: int) -> bool | None:
    """True when the text up to `end` last spoke of another year, False of this one, None of none."""
    other: bool | None = None
    if "年" not in text:
        return None
    for match in n.YEAR_WORDS.finditer(text, 0, end):
        if match["sign"] or match["sign2"]:
            continue
        if match["year"]:
            other = facts.year is not None and int(match["year"]) != facts.year
        else:
            other = match["last"] is not None
    return other


def is_part(facts: Facts, spot: Spot, *, outcome: bool = False) -> bool:
    """True when the clause, or a narrower organ named before it, says that the figure is only a part."""
    if not outcome and n.SAYS_PART(spot.clause):
        return True
    lead = spot.sentence.text[: spot.figure.end]
    if not n.MAY_NARROW(lead):
        return False
    again = max((m.end() for m in n.WHOLE_AGAIN.finditer(lead)), default=0)
    if "本级" in lead[again:]:
        return True
    organ = n.SUB_ORGAN.search(lead, again)
    return organ is not None and _is_below(facts.report.agency, lead[again : organ.end(1)])


def _is_below(agency: str, lead: str) -> bool:
    """True when the organ at the end of `lead` is not the agency itself but an office or bureau of it."""
    own = agency.replace("人民政府", "政府")
    subject = lead.rpartition("，")[2].replace("人民政府", "政府")
    if "各" in subject or "我" in subject or "本" in subject:
        return False
    if own and own.endswith(("局", "委员会", "厅", "委", "街道办事处", "镇", "乡", "中心")):
        return "政府" in subject
    return not (
        own and any(own.endswith(subject[at:]) for at in range(max(0, len(subject) - 8), len(subject) - 2))
    )
