"""The tally over a million records, beside a bare count over the same records."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bench.measure import Line, seconds
from gongkai.statute.records import RequestRecord
from gongkai.statute.report.editions import edition
from gongkai.statute.report.tally import tally
from gongkai.statute.requesters import KINDS

RECORDS = 1_000_000


def records(count: int) -> list[RequestRecord]:
    """Requests of three years, one in twenty still open."""
    draw = random.Random(11)
    kinds, leaves, first = [k.slug for k in KINDS], edition("2021").leaves, date(2023, 1, 1)
    made = []
    for n in range(count):
        received = first + timedelta(days=draw.randrange(1000))
        closed = received + timedelta(days=draw.randrange(60)) if draw.random() < 0.95 else None
        made.append(
            RequestRecord(
                str(n), draw.choice(kinds), received, closed, draw.choice(leaves) if closed else None
            )
        )
    return made


def bare_count(found: Sequence[RequestRecord], year: int) -> Counter[tuple[str | None, str]]:
    """The least that counting must do: look at each record, add one to its cells."""
    count: Counter[tuple[str | None, str]] = Counter()
    first, last = date(year, 1, 1), date(year, 12, 31)
    for r in found:
        assert r.received_on is not None
        if first <= r.received_on <= last:
            count["new", r.requester] += 1
        elif r.received_on < first and (r.closed_on is None or r.closed_on >= first):
            count["carried_in", r.requester] += 1
        else:
            continue
        open_at_end = r.closed_on is None or r.closed_on > last
        count["carried_out" if open_at_end else r.outcome, r.requester] += 1
    return count


def run() -> Iterator[Line]:
    """Seconds for both, and that they agree in every cell."""
    found = records(RECORDS)
    counted, bare = tally(found, 2024), bare_count(found, 2024)
    for (row, kind), number in bare.items():
        if counted.cells[f"t3.{row}.{kind}"].value != number:
            raise SystemExit(f"tally and bare count disagree in {row} {kind}")
    floor = seconds(lambda: bare_count(found, 2024))
    ours = seconds(lambda: tally(found, 2024))
    yield Line(
        "tally_1000000_records", round(ours, 3), "s", "bare_count_1000000_records", round(ours / floor, 2)
    )
    yield Line("bare_count_1000000_records", round(floor, 3), "s")
