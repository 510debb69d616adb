"""Likeness of texts: the whole of itself, nothing of what shares no run with it, more of more."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.report.likeness import (
    SHINGLE,
    containment,
    most_alike,
    passages,
    resemblance,
    shingles,
)

texts = st.text("甲乙丙丁，。 12", max_size=60)
said = st.text("甲乙丙丁，。 12", min_size=1, max_size=60).filter(lambda t: any(c in "甲乙丙丁" for c in t))


@given(said)
def test_a_text_is_all_of_itself(text: str) -> None:
    assert containment(shingles(text), shingles(text)) == 1
    assert resemblance(shingles(text), shingles(text)) == 1
    found = most_alike(text, {"x": shingles(text)})
    assert found is not None
    assert found.percent == 100


@given(said, st.text("戊己庚辛，。34", max_size=60))
def test_of_other_characters_it_is_nothing(text: str, other: str) -> None:
    assert containment(shingles(text), shingles(other)) == 0
    assert most_alike(text, {"x": shingles(other)}) is None
    assert passages(text, shingles(other)) == []


@given(texts, texts, texts)
def test_more_of_the_other_is_never_less_alike(text: str, other: str, more: str) -> None:
    own, less = shingles(text), shingles(other)
    assert 0 <= containment(own, less) <= containment(own, less | shingles(more)) <= 1


@given(texts, texts)
def test_resemblance_is_the_same_either_way(one: str, other: str) -> None:
    assert resemblance(shingles(one), shingles(other)) == resemblance(shingles(other), shingles(one))


@given(texts, texts)
def test_the_passages_are_what_the_runs_cover(text: str, other: str) -> None:
    """A second way: mark each character of each shared run, one by one."""
    source, letters = shingles(other), [n for n, c in enumerate(text) if c in "甲乙丙丁"]
    marked: set[int] = set()
    for at in range(max(1, len(letters) - SHINGLE + 1) if letters else 0):
        window = letters[at : at + SHINGLE]
        if "".join(text[n] for n in window) in source:
            marked |= set(window)
    found = passages(text, source)
    assert {n for a, b in found for n in range(a, b) if n in set(letters)} == marked
    assert all(b < c for (_, b), (c, _) in pairwise(found))


def test_new_figures_do_not_make_an_old_sentence_new() -> None:
    old = "2023年，我局主动公开信息66条，办公室逐条审查后发布。"
    assert containment(shingles(old.replace("66", "71").replace("2023", "2024")), shingles(old)) == 1
