"""How far the words of a report are: each paragraph with what is to be looked at, and the whole in one sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gongkai.statute.refs import chinese_number
from gongkai.statute.report.editions import edition
from gongkai.statute.report.figures import number_text
from gongkai.statute.report.likeness import Likeness

from .bare_numbers import Bare, bare_numbers
from .composers import COMPOSERS, Composer, Question
from .composition import Composition, LaidBlock, compose
from .lengths import Length, length_of
from .marks import short_name
from .models import ReportYear
from .prose import keys_in

WRITTEN_PARTS = ("overview", "problems", "other")
"""The parts that hold prose; the other three hold the tables, and a paragraph beside them where one is wanted."""
KINDS = {
    "composed": "由数据生成，数变了句子跟着变",
    "edited": "在生成的句子上改过，数仍然跟着变",
    "answer": "回答问题写的",
    "nothing": "已回答“没有”",
    "question": "还没有回答",
    "silent": "没有相应的记录，不印",
    "written": "自己写的",
}


@dataclass(slots=True)
class BlockState:
    """A paragraph: how it came about, what it asks, what changed since somebody last found it right, the numbers in it
    that should be figures; what it is like, once it was compared (`alike.set_against`)."""

    laid: LaidBlock
    kind: str
    composer: Composer | None
    changed: tuple[str, ...] = ()
    bare: tuple[Bare, ...] = ()
    alike: Likeness | None = None

    @property
    def alike_runs(self) -> list[tuple[str, bool]]:
        """The paragraph in runs, each with whether it stands in the report it is like."""
        text, at, found = self.laid.printed, 0, []
        for start, end in self.alike.places if self.alike else ():
            found += [(text[at:start], False), (text[start:end], True)]
            at = end
        return [run for run in (*found, (text[at:], False)) if run[0]]

    @property
    def words(self) -> str:
        """How it came about."""
        return KINDS[self.kind]

    @property
    def question(self) -> Question | None:
        """What the clerk is asked; None where the records say it, or a clerk wrote it."""
        return (
            self.composer.question
            if self.composer and self.kind in ("question", "nothing", "answer")
            else None
        )

    @property
    def missing(self) -> bool:
        """True where it refers to a figure that is not there."""
        return any(piece.missing for piece in self.laid.pieces)

    @property
    def flagged(self) -> bool:
        """True where somebody has to look."""
        return self.missing or bool(self.changed) or any(one.against for one in self.bare)

    @property
    def seen(self) -> dict[str, Any]:
        """As somebody last found it right: `by` and `on`."""
        return dict(self.laid.row.seen)


@dataclass(slots=True)
class PartState:
    """One of the six parts with its paragraphs and its length in words."""

    key: str
    heading: str
    blocks: list[BlockState] = field(default_factory=list)
    length: Length | None = None
    tabled: bool = False


@dataclass(slots=True)
class ProseState:
    """The words of a report. `questions` not answered block nothing; `flagged` paragraphs are to be looked at, and
    `missing` figures stop the signature."""

    parts: list[PartState]

    @property
    def blocks(self) -> list[BlockState]:
        """All paragraphs in order."""
        return [block for part in self.parts for block in part.blocks]

    @property
    def begun(self) -> bool:
        """True once there is anything."""
        return bool(self.blocks)

    @property
    def questions(self) -> int:
        """Questions not answered."""
        return sum(block.kind == "question" for block in self.blocks)

    @property
    def flagged(self) -> int:
        """Paragraphs to be looked at."""
        return sum(block.flagged for block in self.blocks)

    @property
    def missing(self) -> int:
        """Paragraphs that refer to a figure which is not there."""
        return sum(block.missing for block in self.blocks)

    @property
    def done(self) -> bool:
        """True when there is nothing left to answer or to look at."""
        return self.begun and not self.questions and not self.flagged

    @property
    def words(self) -> str:
        """The whole in a sentence, for the list of tasks."""
        if not self.begun:
            return "还没有起草。可以先按数据生成初稿，再补充、修改。"
        told = []
        if self.missing:
            told.append(f"{self.missing}段引用的数已经没有了，要改正")
        if self.flagged - self.missing:
            told.append(f"{self.flagged - self.missing}段的数有变动或者对不上，请再看一遍")
        if self.questions:
            told.append(f"{self.questions}个问题还没有回答")
        return f"{'；'.join(told)}。" if told else "已经写好，没有要再看的段落。"


def prose_state(work: ReportYear, made: Composition | None = None) -> ProseState:
    """How far the words of this report are now. Reads, never writes; with `made` the report is not composed again."""
    made = made or compose(work)
    parts = []
    for heading in edition(made.report.edition).headings:
        own = [laid for laid in made.blocks if laid.row.section == heading.key]
        part = PartState(heading.key, f"{chinese_number(heading.ordinal)}、{heading.title}")
        part.blocks = [_state_of(laid, made) for laid in own]
        part.tabled = heading.key not in WRITTEN_PARTS
        part.length = length_of(heading.key, sum(len(laid.printed) for laid in own))
        parts.append(part)
    return ProseState(parts)


def _state_of(laid: LaidBlock, made: Composition) -> BlockState:
    composer = COMPOSERS.get(laid.row.composer)
    typed = laid.row.text
    bare = bare_numbers(typed, laid.row.section, made.facts, made.report) if typed else []
    return BlockState(laid, kind_of(laid, composer), composer, tuple(changes(laid, made)), tuple(bare))


def kind_of(laid: LaidBlock, composer: Composer | None) -> str:
    """How the paragraph came about; a key of `KINDS`."""
    if composer is None:
        return "written"
    if laid.row.text:
        return "edited" if laid.composed else "answer"
    if laid.row.nothing:
        return "nothing"
    if laid.composed:
        return "composed"
    return "question" if composer.question else "silent"


def seen_now(laid: LaidBlock, made: Composition) -> dict[str, Any]:
    """What is kept of a paragraph that somebody finds right."""
    figures = {key: number_text(made.facts[key].value) for key in keys_in(laid.text) if key in made.facts}
    return {"text": laid.printed, "figures": figures, "composed": laid.composed}


def changes(laid: LaidBlock, made: Composition) -> list[str]:
    """In words, what is not as it was when somebody last found the paragraph right."""
    seen = laid.row.seen
    if not seen:
        return []
    told = []
    for key, before in seen["figures"].items():
        fact = made.facts.get(key)
        now = number_text(fact.value) if fact else "没有了"
        if now != before:
            told.append(f"{short_name(fact) if fact else key}：确认时是{before}，现在是{now}")
    if laid.row.text and laid.composed != seen["composed"]:
        told.append("按现在的数据，自动生成的句子换了说法，请对照")
    elif not told and laid.printed != seen["text"]:
        told.append(f"确认时这一段是“{seen['text'] or '（没有）'}”")
    return told
