"""The pages of cases: they lead wherever the tree leads, and to nothing else; a plain release takes seven pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.outcomes import (
    NONE,
    QUESTIONS,
    SCREENS,
    Leaf,
    Screen,
    passed,
    screen_of,
    usual_steps,
    walk,
)

from .test_question_tree import ALL_PATHS

START = {"withdrawn": "no", "correction": "no", "fee": "no"}


def by_pages(answers: dict[str, str]) -> tuple[Leaf, int]:
    """Page by page as the desk shows them, ticking what is not passed on this path; the leaf and the pages."""
    known, seen, pages = {k: v for k, v in START.items() if answers.get(k, v) == v}, set(), 0
    while True:
        at = walk(known).at
        if isinstance(at, Leaf):
            return at, pages
        pages += 1
        screen = screen_of(at)
        if screen and screen.slug not in seen:
            seen.add(screen.slug)
            ticked = [
                c.question for c in screen.cases if c.question in answers and answers[c.question] != c.passes
            ]
            known |= passed(screen, ticked or [NONE])
        else:
            known[at.slug] = answers[at.slug]


def test_every_path_of_the_tree_is_walked_by_pages_to_the_same_leaf() -> None:
    for leaf, answers in ALL_PATHS:
        assert by_pages(answers)[0] == leaf


def test_a_plain_release_takes_seven_pages() -> None:
    plain = next(
        answers
        for leaf, answers in ALL_PATHS
        if leaf.reply.slug == "granted_provided" and answers["third_party"] == "none"
        and answers["internal"] == answers["process"] == answers["enforcement_file"] == "no"
        and answers["excessive"] == "no"
    )  # fmt: skip
    assert by_pages(plain)[1] == 7
    assert usual_steps(START, ()) == 7


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.slug)
def test_a_page_stands_for_questions_that_follow_one_another(screen: Screen) -> None:
    """What passes leads, past questions the case answers itself, to the next of the page, in the page's order."""
    for one, after in zip(screen.cases, screen.cases[1:], strict=False):
        to = next(q for q in screen.questions if q.slug == one.question).choice(one.passes).to
        while to in START:
            to = next(q for q in QUESTIONS if q.slug == to).choice(START[to]).to
        assert to == after.question


@given(st.data())
def test_whatever_is_ticked_only_that_is_asked(data: st.DataObject) -> None:
    screen = data.draw(st.sampled_from(SCREENS))
    slugs = [case.question for case in screen.cases]
    ticked = data.draw(st.sets(st.sampled_from(slugs), min_size=1))
    assert set(passed(screen, ticked)) == set(slugs) - ticked


@pytest.mark.parametrize(
    ("ticked", "said"),
    [([], "一项也没有的"), (["none", "repeated"], "去掉一个"), (["state_secret"], "不在这一页")],
)
def test_what_cannot_be_is_said_in_words(ticked: list[str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        passed(SCREENS[0], ticked)


@given(st.sampled_from(ALL_PATHS))
def test_the_steps_still_to_come_end_at_the_leaf(path: tuple[Leaf, dict[str, str]]) -> None:
    _, answers = path
    assert usual_steps(answers, [screen.slug for screen in SCREENS]) == 0
