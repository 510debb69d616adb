"""Figures chosen in a text: what is shown comes back as it was stored, bad ones are refused in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reports.marks import PLACE, BadMark, choices, from_typed, names_of, put_in, to_typed
from gongkai.reports.prose import Fact
from gongkai.statute.report.editions import edition, row_label

FACTS = {key: Fact(key, n, row_label("2021", key)) for n, key in enumerate(edition("2021").cell_ids)}
FACTS |= {
    "items": Fact("items", 66, "主动公开政府信息"),
    "items.a": Fact("items.a", 9, "政务公开"),
    "items.b": Fact("items.b", 5, "政务公开"),
    "training.people": Fact("training.people", 40, "参加培训（次）"),
}
_words = st.text("政府信息公开，。：0123 （）“”a-", max_size=12)


@given(st.lists(st.tuples(_words, st.sampled_from(sorted(FACTS))), max_size=6), _words)
def test_shown_and_taken_again_it_is_the_same(parts: list[tuple[str, str]], end: str) -> None:
    text = "".join(f"{words}{{{key}}}" for words, key in parts) + end
    typed = to_typed(text, FACTS)
    assert "{" not in typed
    assert from_typed(typed, FACTS) == text


def test_no_two_figures_have_one_name() -> None:
    names = names_of(FACTS)
    assert len(set(names.values())) == len(names) == len(FACTS)
    assert names["items.b"] == "政务公开（2）"


def test_every_total_can_be_chosen_and_each_once() -> None:
    found = [one.key for _, rows in choices(FACTS) for one in rows]
    assert len(found) == len(set(found))
    assert {key for key in FACTS if key.endswith(".total") or key.startswith("items")} <= set(found)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("作出{t2.penalties}件", "花括号"),
        ("作出【行政处决：3】件", "不是本年的数"),
        ("【没有的数：items.gone】条", "不是本年的数"),
        ("}", "花括号"),
    ],
)
def test_a_bad_mark_is_refused_in_words(typed: str, said: str) -> None:
    with pytest.raises(BadMark, match=said):
        from_typed(typed, FACTS)


def test_brackets_that_are_no_figure_stay() -> None:
    assert from_typed("开设【普法】专栏", FACTS) == "开设【普法】专栏"


def test_a_figure_comes_where_it_is_wanted() -> None:
    chosen = put_in(f"共{PLACE}件，{PLACE}条。", "items", FACTS)
    assert from_typed(chosen, FACTS) == "共{items}件，条。"
    assert from_typed(put_in("共发布。", "items.a", FACTS), FACTS) == "共发布{items.a}。"
    with pytest.raises(BadMark):
        put_in("", "items.c", FACTS)
