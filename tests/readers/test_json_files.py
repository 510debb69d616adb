"""Report JSON changed at random: it is read as a report that can be checked, or refused in one sentence."""

from __future__ import annotations

import copy
import json
import os
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.report.blocks import Unreadable
from gongkai.statute.report.checks import check
from gongkai.statute.report.readers import read_bytes
from gongkai.statute.report.writers.json import to_dict
from tests.readers.report_forms import as_html, make

Place = tuple[str | int, ...]
ODD: list[Any] = [
    float("nan"), float("inf"), 10**300, -(10**300), 10**4000, 1e-300, True, False, None, -1, 1.5, 99999,
    "", "NaN", "1e999999", "0e999999999", "0." + "3" * 5000, "\ud800", "\x00", "number", "absent",
    [], {}, [[]], {"a": 1}, {"ambiguous": "1", "candidates": [float("nan")]}, {"ambiguous": 1, "candidates": [1]},
]  # fmt: skip


def told() -> dict[str, Any]:
    """A report as the JSON tells it."""
    rng = random.Random(3)  # noqa: S311
    return to_dict(read_bytes(as_html(rng, make(rng)).encode(), "年报.html"))


def places(data: Any, at: Place = ()) -> list[Place]:
    """Where something stands in the data, the whole included."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [at, *(place for key, value in inner for place in places(value, (*at, key)))]


TOLD = told()
PLACES = places(TOLD)[1:]
HIGH = [place for place in PLACES if len(place) <= 2]


def changed(place: Place, value: Any, data: dict[str, Any] | None = None) -> dict[str, Any]:
    """The data with another value in one place; unchanged where an earlier change removed the place."""
    data = copy.deepcopy(TOLD) if data is None else data
    at: Any = data
    try:
        for key in place[:-1]:
            at = at[key]
        at[place[-1]] = value
    except (KeyError, IndexError, TypeError):
        return data
    return data


def refusal(data: Any) -> str:
    """The sentence with which the data are refused."""
    with pytest.raises(Unreadable) as caught:
        read_bytes(json.dumps(data).encode(), "年报.json")
    return str(caught.value)


def test_the_data_are_a_report() -> None:
    assert to_dict(read_bytes(json.dumps(TOLD).encode(), ""))["table3"] == TOLD["table3"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 10**300, 1e-300])
@pytest.mark.parametrize(
    "place", [("table3", "new", 0), ("table2", "licences"), ("table4", "reconsideration", 4)]
)
def test_no_figure_is_said_so(place: Place, value: float) -> None:
    sentence = refusal(changed(place, value))
    assert "不成立的数" in sentence
    assert sentence.count("。") == 1


def test_a_number_too_large_for_a_float() -> None:
    text = json.dumps(changed(("table2", "licences"), "HERE")).replace('"HERE"', "1e999")
    with pytest.raises(Unreadable, match="不成立的数"):
        read_bytes(text.encode(), "年报.json")


@pytest.mark.parametrize("value", [True, False])
@pytest.mark.parametrize(
    "place", [("year",), ("table2", "licences"), ("table3", "new", 0), ("sections", 0, "ordinal")]
)
def test_a_truth_value_is_no_figure(place: Place, value: bool) -> None:
    assert "不是公开年报数据" in refusal(changed(place, value))


@pytest.mark.parametrize("depth", [10, 400, 20_000])
def test_nested_data_are_refused(depth: int) -> None:
    text = json.dumps(changed(("table2", "licences"), "HERE")).replace('"HERE"', "[" * depth + "]" * depth)
    with pytest.raises(Unreadable):
        read_bytes(text.encode(), "年报.json")


@settings(max_examples=int(os.environ.get("GONGKAI_EXAMPLES", "150")), deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(PLACES) | st.sampled_from(HIGH), st.sampled_from(ODD)),
        min_size=1,
        max_size=4,
    )
)
def test_changed_data_are_read_or_refused(changes: list[tuple[Place, Any]]) -> None:
    data = copy.deepcopy(TOLD)
    for place, value in changes:
        data = changed(place, copy.deepcopy(value), data)
    try:
        report = read_bytes(json.dumps(data).encode(), "年报.json")
    except Unreadable as error:
        refused = str(error)
    else:
        refused = ""
    if refused:
        assert refused.endswith("。")
        assert refused.count("。") == 1
        return
    for finding in check(report, None):
        assert finding.message.encode()
    assert json.dumps(to_dict(report), allow_nan=False, ensure_ascii=False).encode()
