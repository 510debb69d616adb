"""The clock over 20,000 cases, beside parsing the same lines of JSON and nothing else."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta

from bench.measure import Line, seconds
from gongkai.statute.batch import run as answer
from gongkai.statute.workdays import WorkCalendar

CASES = 20_000


def cases() -> list[str]:
    """Cases of 2019–2026 with every mix of events."""
    draw, lines = random.Random(5), []
    for _ in range(CASES):
        received = date(2019, 1, 1) + timedelta(days=draw.randrange(2700))

        def day(least: int, most: int, start: date = received) -> str:
            return (start + timedelta(days=draw.randint(least, most))).isoformat()

        events: list[dict[str, object]] = []
        if draw.random() < 0.4:
            events.append({"kind": "clarified", "on": day(3, 25)})
        for _ in range(draw.choice((0, 0, 1, 2))):
            start = received + timedelta(days=draw.randint(1, 30))
            events.append({"kind": "consulted", "from": start.isoformat(), "to": day(1, 20, start)})
        if draw.random() < 0.4:
            events.append({"kind": "extended", "on": day(5, 25), "days": draw.randint(1, 20)})
        if draw.random() < 0.2:
            events.append({"kind": "paid", "on": day(10, 40)})
        lines.append(json.dumps({"received": received.isoformat(), "events": events}))
    return lines


def run() -> Iterator[Line]:
    """Seconds for 20,000 cases and for parsing their lines."""
    lines, calendar = cases(), WorkCalendar.official()
    ours = seconds(lambda: sum(1 for _ in answer(lines, calendar)))
    floor = seconds(lambda: [json.dumps(json.loads(line)) for line in lines])
    yield Line("due_batch_20000_cases", round(ours, 3), "s", "bare_json_20000_cases", round(ours / floor, 2))
    yield Line("bare_json_20000_cases", round(floor, 3), "s")
