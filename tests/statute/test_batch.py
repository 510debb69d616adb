"""`due --batch`: one answer a line, bad lines named, and every answer equal to the slow walk."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.batch import run
from gongkai.statute.workdays import WorkCalendar
from tests.statute.day_by_day import due_day, random_case

EXAMPLES = int(os.environ.get("GONGKAI_EXAMPLES", "200"))
CALENDAR = WorkCalendar.official()


def answer(line: str) -> dict[str, object]:
    (out,) = run([line], CALENDAR)
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def test_random_cases_equal_the_slow_walk() -> None:
    chance = random.Random(20250303)  # noqa: S311 cases, not secrets
    cases = [random_case(chance) for _ in range(max(EXAMPLES, 2000))]
    kinds = {e["kind"] for case in cases for e in case["events"]}
    assert kinds == {"clarified", "consulted", "extended", "paid"}
    provisional = 0
    for case, line in zip(cases, run(map(json.dumps, cases), CALENDAR), strict=True):
        found = json.loads(line)
        assert set(found) == {"due", "provisional", "steps"}
        assert (date.fromisoformat(found["due"]), found["provisional"]) == due_day(case), case
        provisional += found["provisional"]
    assert 0 < provisional < len(cases)


def test_the_form_of_an_answer() -> None:
    line = '{"id": 7, "received":"2025-03-03","events":[{"kind":"consulted","from":"2025-03-10","to":"2025-03-24"}]}'
    found = answer(line)
    assert list(found) == ["due", "provisional", "steps"]
    assert found["due"] == "2025-04-15"
    assert found["provisional"] is False
    assert answer('{"received":"2025-03-03"}') == answer('{"received":"2025-03-03","events":null}')
    assert answer('\ufeff{"received":"2025-03-03","events":[]}\r\n')["due"] == "2025-03-31"


def test_an_open_consultation_is_marked() -> None:
    found = answer('{"received":"2025-03-03","events":[{"kind":"consulted","from":"2025-03-10","to":null}]}')
    assert found["running"] is False


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "这一行是空的"),
        ("{", "不是合格的 JSON"),
        ("[" * 100_000, "不是合格的 JSON"),
        ("1" * 5000, "不是合格的 JSON"),
        ("3", "应当是一个对象"),
        ("{}", "缺少收到申请之日"),
        ('{"received":"2025-02-30"}', "没有“2025-02-30”这一天"),
        ('{"received":20250303}', "“20250303”不是日期"),
        ('{"received":"\\ud800"}', "“?”不是日期"),
        ('{"received":"2025-03-03","events":{}}', "应当是一个列表"),
        ('{"received":"2025-03-03","events":[{"kind":"lost","on":"2025-03-10"}]}', "不认识事件“lost”"),
        ('{"received":"2025-03-03","events":[{"kind":"paid","on":"2025-03-02"}]}', "早于收到申请"),
        ('{"received":"9999-12-20"}', "9999年"),
        ('{"received":"' + "9" * 2_000_000 + '"}', "这一行太长"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(line: str, says: str) -> None:
    good = '{"received":"2025-03-03","events":[]}'
    first, second, third = (json.loads(out) for out in run([good, line, good], CALENDAR))
    assert first["due"] == third["due"] == "2025-03-31"
    assert list(second) == ["error"]
    assert second["error"].startswith("第 2 行：")
    assert says in second["error"]
    second["error"].encode("utf-8")


def test_lines_are_taken_one_at_a_time() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield '{"received":"2025-03-03"}'

    answers = run(endless(), CALENDAR)
    for n in range(1, 4):
        next(answers)
        assert taken == n


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just("2025-03-03"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["received", "events", "kind", "on", "from", "to", "days", "x"]), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    _JSON | st.fixed_dictionaries({"received": st.just("2025-03-03"), "events": st.lists(_JSON, max_size=3)})
)
def test_whatever_json_comes_one_answer_goes_out(value: object) -> None:
    found = answer(json.dumps(value))
    assert ("error" in found) is ("due" not in found)
    json.dumps(found, ensure_ascii=False).encode("utf-8")
