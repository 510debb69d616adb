"""The way through the guided decision as an address keeps it: the answers given and the pages that gave them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from gongkai.statute.outcomes import QUESTIONS, SCREENS, Question, Screen, Walk, passed, walk

KNOWN = {"withdrawn": "no", "correction": "no", "fee": "no"}
"""Questions the case answers by itself: a request that was taken back, or whose fee was not paid in time, is not open
for a decision, and one for correction was registered as such. Each can be answered otherwise from the list of steps."""

TRAIL, AT, TICKED, ASK = "trail", "at", "ticked", "ask"
"""What stands in the address beside the answers: the pages answered, the page just sent, the cases ticked on it, a
question to ask anew."""
_QUESTION: dict[str, Question] = {question.slug: question for question in QUESTIONS}
_SCREEN: dict[str, Screen] = {screen.slug: screen for screen in SCREENS}


@dataclass(frozen=True, slots=True)
class Step:
    """A page that was answered, in words; `slug` is asked anew by the link beside it."""

    slug: str
    text: str
    answered: str


@dataclass(frozen=True, slots=True)
class Way:
    """`given`: question slug → choice slug. `trail`: slugs of the pages answered, oldest first."""

    given: dict[str, str]
    trail: tuple[str, ...]
    wrong: str = ""

    def walked(self) -> Walk:
        """Where the answers lead. Raises ValueError for an answer that is not offered."""
        return walk(self.given)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What the next page has to carry on."""
        answers = [(slug, choice) for slug, choice in self.given.items() if slug in _QUESTION]
        return [*answers, *((TRAIL, slug) for slug in self.trail)]

    @property
    def back(self) -> str:
        """The address of the page before this one, with the answers before it; empty at the first."""
        if not self.trail:
            return ""
        last = self.trail[-1]
        gone = {case.question for case in _SCREEN[last].cases} if last in _SCREEN else {last}
        kept = [(slug, value) for slug, value in self.pairs if slug not in gone and slug != TRAIL]
        return f"?{urlencode([*kept, *((TRAIL, slug) for slug in self.trail[:-1])])}"

    def steps(self) -> list[Step]:
        """The pages that were answered, in words."""
        return [self._step(slug) for slug in self.trail]

    def filled_in(self) -> list[Step]:
        """What the platform answered from the case itself."""
        return [
            Step(question.slug, question.text, choice.label)
            for question, choice in self.walked().steps
            if question.slug in KNOWN and question.slug not in self.trail
        ]

    def _step(self, slug: str) -> Step:
        if slug in _SCREEN:
            screen = _SCREEN[slug]
            ticked = [c.label for c in screen.cases if self.given.get(c.question) != c.passes]
            ticked += [c.label for c in screen.cases if c.question in self.trail and c.label not in ticked]
            return Step(slug, screen.text, "；".join(ticked) or "都没有")
        question = _QUESTION[slug]
        return Step(slug, question.text, question.choice(self.given[slug]).label)


def read(address: QueryDict) -> Way:
    """The way so far, with the page just sent put on it; `wrong` says what has to be put right on that page."""
    asked = address.get(ASK, "")
    known = {slug: choice for slug, choice in KNOWN.items() if slug != asked}
    given = known | {key: str(value) for key, value in address.items() if key in _QUESTION}
    trail = [slug for slug in address.getlist(TRAIL) if slug in _SCREEN or slug in given]
    at, wrong = address.get(AT, ""), ""
    if at in _SCREEN:
        try:
            given = _asked_by_itself(given, _SCREEN[at]) | passed(_SCREEN[at], address.getlist(TICKED))
            trail = [slug for slug in trail if slug != at] + [at]
        except ValueError as error:
            wrong = str(error)
    elif at in _QUESTION and at in given:
        trail = [slug for slug in trail if slug != at] + [at]
    return Way(given, tuple(trail or _from_answers(given)), wrong)


def _asked_by_itself(given: dict[str, str], screen: Screen) -> dict[str, str]:
    """The answers without those of this page, which gives or asks them anew."""
    gone = {case.question for case in screen.cases}
    return {slug: choice for slug, choice in given.items() if slug not in gone}


def _from_answers(given: dict[str, str]) -> Iterable[str]:
    """The pages of an address that names answers alone."""
    try:
        steps = walk(given).steps
    except ValueError:
        return ()
    return [question.slug for question, _ in steps if question.slug not in KNOWN]
