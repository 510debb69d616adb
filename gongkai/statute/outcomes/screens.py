"""Pages that ask several questions of the tree at once: what nearly never applies is ticked, the rest is answered.

The tree stays as it is: a page only answers those of its questions whose case was not ticked, each with the answer that
leads on, and every ticked one is asked by itself. So no way to a reply is lost and none is added.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.resources import files

from .questions import QUESTIONS, Leaf, Question, answer, walk

NONE = "none"
"""What is ticked when no case of a page applies."""


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a page: `question` is answered with the choice `passes` when the line is not ticked."""

    question: str
    passes: str
    label: str
    example: str


@dataclass(frozen=True, slots=True)
class Screen:
    """A page of cases, in the order in which the tree asks for them."""

    slug: str
    text: str
    hint: str
    cases: tuple[Case, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of the tree this page stands for."""
        return tuple(_QUESTION[case.question] for case in self.cases)


_QUESTION = {question.slug: question for question in QUESTIONS}


def _load() -> tuple[Screen, ...]:
    text = files("gongkai.statute.outcomes").joinpath("screens.toml").read_text(encoding="utf-8")
    return tuple(
        Screen(row["slug"], row["text"], row["hint"], tuple(Case(**case) for case in row["case"]))
        for row in tomllib.loads(text)["screen"]
    )


SCREENS: tuple[Screen, ...] = _load()
_OF = {case.question: screen for screen in SCREENS for case in screen.cases}

USUAL = {"withdrawn": "no", "correction": "no", "clear": "clear", "purpose": "information", "fee": "no"} | {
    "responsible": "yes",
    "held": "all",
    "already_public": "no",
}
"""The answers of a plain release outside the pages, by which the steps that usually follow are counted."""


def screen_of(question: Question) -> Screen | None:
    """The page this question stands on; None when it is asked by itself."""
    return _OF.get(question.slug)


def passed(screen: Screen, ticked: Collection[str]) -> dict[str, str]:
    """The answers (question slug → choice slug) a page gives when these of its cases, by question, are ticked.

    Raises ValueError, in Chinese: nothing ticked; `none` ticked beside a case; a case that is not on the page.
    """
    known = {case.question for case in screen.cases}
    if not ticked:
        raise ValueError("请勾选有的情形；一项也没有的，勾选“都没有”。")
    if NONE in ticked and len(set(ticked)) > 1:
        raise ValueError("勾选了“都没有”，就不能再勾选别的。请去掉一个。")
    if any(one not in known and one != NONE for one in ticked):
        raise ValueError("有一项不在这一页上，请重新勾选。")
    return {case.question: case.passes for case in screen.cases if case.question not in ticked}


def usual_steps(answers: Mapping[str, str], seen: Collection[str]) -> int:
    """How many pages a plain release still has, the present one included, after these answers.

    `seen`: slugs of the pages of cases that were answered. A ticked case counts as one page, its usual follow-up
    questions are not foreseen. 0 at a leaf.
    """
    given, left, stood = dict(answers), 0, set(seen)
    at = walk(given).at
    while not isinstance(at, Leaf):
        screen = screen_of(at)
        if screen and screen.slug not in stood:
            stood.add(screen.slug)
            left += 1
            given |= {c.question: c.passes for c in screen.cases if c.question not in given}
        else:
            left += 1
            passing = next((c.passes for c in screen.cases if c.question == at.slug), "") if screen else ""
            given[at.slug] = passing or USUAL.get(at.slug) or _onward(at)
        at = walk(given).at
    return left


def _onward(question: Question) -> str:
    """The first answer that ends here; else the first there is."""
    ending = (c.slug for c in question.choices if isinstance(answer(question, c.slug), Leaf))
    return next(ending, question.choices[0].slug)
