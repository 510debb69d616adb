"""A slow second opinion on days and deadlines: walks from day to day and asks the `holidays` package.

It shares nothing with the code it judges: not its calendar, not its arithmetic, not its events.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import holidays

ONE = timedelta(days=1)
KNOWN = range(2004, 2027)
_CHINA = holidays.country_holidays("CN", years=KNOWN)
Works = Callable[[date], bool]


def works(day: date) -> bool:
    """Whether offices work on this day by the `holidays` package; Monday to Friday outside 2004–2026."""
    if day.year in KNOWN:
        return bool(_CHINA.is_working_day(day))
    return day.weekday() < 5


def walk(day: date, n: int, is_workday: Works = works) -> date:
    """The day on which the n-th working day after `day` falls."""
    while n:
        day += ONE
        n -= is_workday(day)
    return day


def due_day(case: dict[str, Any], is_workday: Works = works) -> tuple[date, bool]:
    """The due day of a case in its JSON form, and whether a day of an unknown year was walked over."""
    day0 = date.fromisoformat(case["received"])
    pauses: list[tuple[date, date]] = []
    given: list[tuple[date, int]] = []
    for event in case["events"]:
        if event["kind"] == "consulted":
            pauses.append((date.fromisoformat(event["from"]), date.fromisoformat(event["to"])))
        elif event["kind"] == "extended":
            given.append((date.fromisoformat(event["on"]), event.get("days", 20)))
        else:
            day0 = max(day0, date.fromisoformat(event["on"]))
    given.sort(key=lambda g: g[0])
    on, more = given[0] if given else (date.min, 0)
    day, count, limit, guessed = day0, 0, 20, False
    if on == day:
        limit += more
    while count < limit:
        day += ONE
        guessed = guessed or day.year not in KNOWN
        if on == day:
            limit += more
        paused = False
        for sent, ended in pauses:
            paused = paused or sent < day <= ended
        if is_workday(day) and not paused:
            count += 1
    return day, guessed


def random_case(
    chance: random.Random, first: date = date(2019, 1, 1), last: date = date(2026, 12, 31)
) -> dict[str, Any]:
    """A case with up to seven events of every kind, many of them too early, too late or overlapping."""
    received = first + timedelta(chance.randrange((last - first).days + 1))
    events: list[dict[str, Any]] = []
    for kind in chance.choices(
        ("clarified", "consulted", "consulted", "extended", "paid"), k=chance.randrange(8)
    ):
        on = received + timedelta(chance.choice((0, chance.randrange(35), chance.randrange(90))))
        if kind == "consulted":
            sent = on - timedelta(chance.choice((0, 0, 10)))
            ended = sent + timedelta(chance.choice((0, chance.randrange(30), chance.randrange(90))))
            events.append({"kind": kind, "from": sent.isoformat(), "to": ended.isoformat()})
        elif kind == "extended":
            extended = on - timedelta(chance.choice((0, 0, 5)))
            events.append({"kind": kind, "on": extended.isoformat()})
            if chance.random() < 0.8:
                events[-1]["days"] = chance.randint(1, 20)
        else:
            events.append({"kind": kind, "on": on.isoformat()})
    return {"received": received.isoformat(), "events": events}
