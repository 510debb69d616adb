"""The clock against a walk from day to day that shares no code with it, over every mix of events."""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from typing import Any

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.clock import Consulted, deadline, parse_event
from gongkai.statute.days import in_words
from gongkai.statute.workdays import WorkCalendar
from tests.statute.day_by_day import due_day, works

EXAMPLES = settings(max_examples=int(os.environ.get("GONGKAI_EXAMPLES", "200")), deadline=None)
CALENDAR = WorkCalendar.official()


@st.composite
def cases(draw: st.DrawFn, first: date = date(2019, 1, 1), last: date = date(2026, 12, 31)) -> dict[str, Any]:
    """A case in its JSON form: any number of events of each kind, near enough to meet each other."""
    received = draw(st.dates(first, last))
    after = st.integers(0, 75).map(lambda n: received + timedelta(n))
    around = st.integers(-15, 75).map(lambda n: received + timedelta(n))
    restart = st.tuples(st.sampled_from(["clarified", "paid"]), after).map(
        lambda e: {"kind": e[0], "on": e[1].isoformat()}
    )
    consulted = st.tuples(around, st.integers(0, 40)).map(
        lambda e: {"kind": "consulted", "from": e[0].isoformat(), "to": (e[0] + timedelta(e[1])).isoformat()}
    )
    extended = st.tuples(around, st.integers(1, 20)).map(
        lambda e: {"kind": "extended", "on": e[0].isoformat(), "days": e[1]}
    )
    events = [
        *draw(st.lists(restart, max_size=2)),
        *draw(st.lists(consulted, max_size=4)),
        *draw(st.lists(extended, max_size=2)),
    ]
    return {"received": received.isoformat(), "events": draw(st.permutations(events))}


def ours(case: dict[str, Any]) -> Any:
    received = date.fromisoformat(case["received"])
    return deadline(received, [parse_event(e) for e in case["events"]], CALENDAR, strict=False)


@EXAMPLES
@given(cases())
def test_the_clock_is_the_walk_by_the_holidays_package(case: dict[str, Any]) -> None:
    found = ours(case)
    assert (found.due, found.provisional) == due_day(case, works)


@EXAMPLES
@given(cases(first=date(2006, 1, 1), last=date(2025, 12, 31)))
def test_the_clock_is_the_walk_by_chinesecalendar(case: dict[str, Any]) -> None:
    def is_workday(day: date) -> bool:
        return chinese_calendar.is_workday(day) if day.year < 2027 else day.weekday() < 5

    found = ours(case)
    assert (found.due, found.provisional) == due_day(case, is_workday)


@EXAMPLES
@given(cases())
def test_the_words_tell_the_same_story_as_the_day(case: dict[str, Any]) -> None:
    found = ours(case)
    words = "".join(found.steps)
    assert in_words(found.due) in found.steps[-1 - found.provisional]
    assert ("暂定" in words) is found.provisional
    for event in case["events"]:
        assert in_words(date.fromisoformat(event.get("on") or event["from"])) in words
    for step in found.steps:
        assert step.endswith("。")
        assert step.count("。") == 1
    # The working days said to be counted and left out make up the whole span.
    restarts = [e["on"] for e in case["events"] if e["kind"] in ("clarified", "paid")]
    day0 = date.fromisoformat(max([case["received"], *restarts]))
    left_out = sum(int(n) for n in re.findall(r"其间(\d+)个工作日不计入", words))
    extension = re.search(r"延期(\d+)个工作日，期限由", words)
    limit = 20 + (int(extension.group(1)) if extension else 0)
    assert CALENDAR.between(day0, found.due) == limit + left_out


@EXAMPLES
@given(cases(last=date(2025, 6, 30)), st.integers(0, 60))
def test_a_longer_consultation_never_brings_the_day_nearer(case: dict[str, Any], more: int) -> None:
    plain = ours(case)
    for event in case["events"]:
        if event["kind"] == "consulted":
            event["to"] = (date.fromisoformat(event["to"]) + timedelta(more)).isoformat()
    assert ours(case).due >= plain.due


@EXAMPLES
@given(cases(last=date(2025, 6, 30)), st.integers(0, 30), st.integers(0, 60))
def test_an_open_consultation_counts_as_one_that_ends_as_of(
    case: dict[str, Any], start: int, more: int
) -> None:
    received = date.fromisoformat(case["received"])
    events = [parse_event(e) for e in case["events"]]
    sent = received + timedelta(start)
    as_of = received + timedelta(200 + more)
    still_open = deadline(received, [*events, Consulted(sent, None)], CALENDAR, strict=False, as_of=as_of)
    ended = deadline(received, [*events, Consulted(sent, as_of)], CALENDAR, strict=False)
    assert still_open.due == ended.due
    assert still_open.running is (ended.due <= sent)
    assert still_open.running or still_open.due > as_of
