"""The question tree: every path ends, every outcome is reached, and situations a lawyer can read come out right."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.statute.outcomes import (
    BY_SLUG,
    OUTCOMES,
    QUESTIONS,
    REFUSALS,
    REPLIES,
    Leaf,
    Question,
    answer,
    first_question,
    ground_of,
    walk,
)
from gongkai.statute.remedies import variants_for_ground

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/outcomes/situations.toml").read_text("utf-8"))


def _paths(
    at: Question | Leaf, taken: tuple[tuple[str, str], ...] = ()
) -> Iterator[tuple[Leaf, dict[str, str]]]:
    """Every path from a node to a leaf; a question met twice on one path is a cycle and fails here."""
    if isinstance(at, Leaf):
        yield at, dict(taken)
        return
    assert at.slug not in dict(taken), f"cycle at {at.slug}"
    for choice in at.choices:
        yield from _paths(answer(at, choice.slug), (*taken, (at.slug, choice.slug)))


ALL_PATHS = list(_paths(first_question()))


def test_every_path_ends_and_every_question_is_reached() -> None:
    asked = {slug for _, answers in ALL_PATHS for slug in answers}
    assert asked == {question.slug for question in QUESTIONS}


def test_every_outcome_and_every_kind_of_reply_is_reached() -> None:
    assert {leaf.outcome.slug for leaf, _ in ALL_PATHS} == {outcome.slug for outcome in OUTCOMES}
    assert {leaf.reply.slug for leaf, _ in ALL_PATHS} == {reply.slug for reply in REPLIES}


def test_every_leaf_written_in_the_data_is_reached() -> None:
    written = {(q.slug, c.slug) for q in QUESTIONS for c in q.choices if c.reply}
    reached = {list(answers.items())[-1] for _, answers in ALL_PATHS}
    assert reached == written


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.slug)
def test_questions_are_plain_and_have_two_answers_or_more(question: Question) -> None:
    assert len(question.choices) >= 2
    assert len({choice.slug for choice in question.choices}) == len(question.choices)
    assert question.text.endswith("？")
    assert len(question.text) <= 50
    assert question.example
    assert question.hint
    assert question.refs
    for choice in question.choices:
        assert bool(choice.to) != bool(choice.reply)
        assert all(slug in BY_SLUG for slug in choice.withheld)


def test_walk_over_all_paths_agrees_with_answering_one_by_one() -> None:
    for leaf, answers in ALL_PATHS:
        done = walk(answers)
        assert done.at == leaf
        assert {q.slug: c.slug for q, c in done.steps} == answers


def test_a_walk_stops_at_the_first_question_without_an_answer() -> None:
    for _, answers in ALL_PATHS:
        slugs = list(answers)
        for n, slug in enumerate(slugs):
            partly = walk({s: answers[s] for s in slugs[:n]})
            assert isinstance(partly.at, Question)
            assert partly.at.slug == slug


def test_going_back_loses_nothing() -> None:
    """Answers to questions that are no longer on the way are left aside."""
    ended = walk({"withdrawn": "yes", "correction": "no", "clear": "clear"})
    assert isinstance(ended.at, Leaf)
    assert ended.at.reply.slug == "other_withdrawn"
    assert len(ended.steps) == 1


def test_an_answer_not_offered_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="没有“也许”这个答案，可以选：yes"):
        walk({"withdrawn": "也许"})


def test_a_refusal_is_reached_only_after_asking_whether_the_rest_can_be_given() -> None:
    """Article 37: what can be separated must be given, so no path refuses without that question."""
    for leaf, answers in ALL_PATHS:
        if leaf.outcome.slug in REFUSALS:
            asked = [slug for slug in answers if slug.startswith("separable_") or slug == "some_given"]
            assert [answers[slug] for slug in asked] == ["no"]


def test_process_and_case_file_refusals_ask_for_a_duty_to_disclose() -> None:
    for leaf, answers in ALL_PATHS:
        if leaf.outcome.slug == "denied_process" and answers["held"] == "all":
            assert answers["process_duty"] == "no"
        if leaf.outcome.slug == "denied_enforcement_file" and answers["held"] == "all":
            assert answers["enforcement_duty"] == "no"


def test_review_first_exactly_where_something_is_refused_under_14_to_16() -> None:
    for leaf, _ in ALL_PATHS:
        assert ("A" in leaf.remedies) == any(slug in REFUSALS for slug in leaf.withheld)
        assert leaf.remedies
        if leaf.reply.slug == "partial":
            assert leaf.withheld
        else:
            assert set(leaf.remedies) >= set(leaf.reply.remedies)


def test_the_cases_cover_every_outcome() -> None:
    assert {case["outcome"] for case in CASES["case"]} == {outcome.slug for outcome in OUTCOMES}
    assert len(CASES["case"]) >= 25


@pytest.mark.parametrize("case", CASES["case"], ids=lambda c: c["situation"][:20])
def test_a_situation_comes_out_right(case: dict[str, object]) -> None:
    answers = {**CASES["usual"], **case["answers"]}  # type: ignore[dict-item]
    done = walk(answers)
    assert isinstance(done.at, Leaf)
    assert done.at.reply.slug == case["reply"]
    assert done.at.outcome.slug == case["outcome"]
    assert done.at.outcome.row == case["row"]
    assert list(done.at.remedies) == case["remedies"]
    said = {question.slug for question, _ in done.steps}
    assert set(case["answers"]) <= said, "every answer of the case must have been asked for"  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("withheld", "cited"),
    [
        (["denied_third_party"], "《中华人民共和国政府信息公开条例》第十五条"),
        (["denied_process", "denied_internal"], "《中华人民共和国政府信息公开条例》第十六条第二款、《中华人民共和国政府信息公开条例》第十六条第一款"),
        (["denied_state_secret", "denied_law_forbids"], "《中华人民共和国政府信息公开条例》第十四条"),
        (["unable_not_held"], "《中华人民共和国政府信息公开条例》第三十六条第四项"),
        (["", "made_up"], ""),
    ],
)  # fmt: skip
def test_the_ground_is_cited_as_a_letter_cites_it(withheld: list[str], cited: str) -> None:
    assert ground_of(withheld) == cited


def test_what_a_path_withholds_has_a_ground_that_leads_to_its_remedies() -> None:
    """The remedies told from the cited articles are those of the leaf: nobody loses the review that comes first."""
    for leaf, _ in ALL_PATHS:
        if leaf.reply.slug == "partial":
            told = variants_for_ground(ground_of(leaf.withheld))
            assert ("A" in told) == ("A" in leaf.remedies)
