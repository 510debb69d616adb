"""The question tree: plain questions that lead a layman to exactly one kind of reply, and so to one outcome."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from ..refs import Ref, parse_ref
from .catalogue import BY_SLUG, REFUSALS, REPLY_BY_SLUG, Outcome, ReplyType


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer. It goes `to` a question, or ends in a `reply` (both slugs, exactly one is set).

    `withheld` names, by outcome slug, what the applicant is then not given, where the reply alone does not say.
    """

    slug: str
    label: str
    example: str = ""
    to: str = ""
    reply: str = ""
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One page of the walk: the question, when to be careful, an example, and two or more choices."""

    slug: str
    text: str
    hint: str
    example: str
    refs: tuple[Ref, ...]
    choices: tuple[Choice, ...]

    def choice(self, slug: str) -> Choice:
        """The choice with this slug. Raises ValueError, in Chinese, naming the choices there are."""
        for choice in self.choices:
            if choice.slug == slug:
                return choice
        offered = "、".join(f"{c.slug}（{c.label}）" for c in self.choices)
        raise ValueError(f"“{self.text}”没有“{slug}”这个答案，可以选：{offered}。")


@dataclass(frozen=True, slots=True)
class Leaf:
    """The end of a walk: one kind of reply. `withheld` is every outcome slug for which something is not given."""

    reply: ReplyType
    withheld: tuple[str, ...]

    @property
    def outcome(self) -> Outcome:
        """The one row of table three in which the request counts."""
        return BY_SLUG[self.reply.outcome]

    @property
    def remedies(self) -> tuple[str, ...]:
        """Remedy variants of this very case, A before B: A for what falls under articles 14 to 16."""
        if not self.withheld:
            return self.reply.remedies
        refused = any(slug in REFUSALS for slug in self.withheld)
        other = any(slug not in REFUSALS for slug in self.withheld)
        return ("A",) * refused + ("B",) * other


def ground_of(withheld: Sequence[str]) -> str:
    """The articles on which something is not given, as a letter cites them; by outcome slugs, in their order.

    The first article of the first kind of reply of each: 《…条例》第十五条 for what harms a third party. Slugs that no
    outcome has are left aside: they may come from an address.
    """
    replies = [
        next(r for r in REPLY_BY_SLUG.values() if r.outcome == slug) for slug in withheld if slug in BY_SLUG
    ]
    return "、".join(dict.fromkeys(reply.refs[0].in_letters for reply in replies))


@dataclass(frozen=True, slots=True)
class Walk:
    """Questions answered so far with the choices taken, and where that leads: the next question or the leaf."""

    steps: tuple[tuple[Question, Choice], ...]
    at: Question | Leaf


def _question(row: dict[str, Any]) -> Question:
    choices = tuple(Choice(**{**c, "withheld": tuple(c.get("withheld", ()))}) for c in row["choice"])
    refs = tuple(parse_ref(one) for one in row["refs"])
    return Question(row["slug"], row["text"], row["hint"], row["example"], refs, choices)


def _load() -> tuple[Question, ...]:
    text = files("gongkai.statute.outcomes").joinpath("questions.toml").read_text(encoding="utf-8")
    return tuple(_question(row) for row in tomllib.loads(text)["question"])


QUESTIONS: tuple[Question, ...] = _load()
_BY_SLUG = {question.slug: question for question in QUESTIONS}


def first_question() -> Question:
    """Where every walk begins."""
    return QUESTIONS[0]


def answer(question: Question, choice: str) -> Question | Leaf:
    """What follows from one answer, a choice's slug. Raises ValueError, in Chinese, for an answer not offered."""
    taken = question.choice(choice)
    if taken.to:
        return _BY_SLUG[taken.to]
    reply = REPLY_BY_SLUG[taken.reply]
    own = (reply.outcome,) if reply.outcome in REFUSALS else ()
    return Leaf(reply, taken.withheld or own)


def walk(answers: Mapping[str, str]) -> Walk:
    """Follow the answers (question slug → choice slug) from the first question on.

    Stops at the leaf, or at the first question without an answer. Answers to questions that are not on the way
    are left aside, so that going back and choosing otherwise loses nothing. Raises ValueError as `answer` does.
    """
    steps: list[tuple[Question, Choice]] = []
    at: Question | Leaf = first_question()
    while isinstance(at, Question) and at.slug in answers:
        taken = at.choice(answers[at.slug])
        steps.append((at, taken))
        at = answer(at, taken.slug)
    return Walk(tuple(steps), at)
