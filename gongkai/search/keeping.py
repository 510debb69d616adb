"""The index kept in step by the tick, a bounded part at a time: what is new at once, everything once a day or as long
as that takes.

Acts write the index in their own transaction; this is for what came past them: a bulk load, a backup put back, an
interruption. New is what has a greater number than all that was looked at. A round through everything goes on where the
last hour left off, and the next one begins a day after the last began.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from . import indexing, shown
from .models import LookedThrough

ROWS = 10_000
"""Things of a kind looked at in an hour."""
ROUND = timedelta(days=1)
_Step = Callable[[int, int], list[int]]


def look_through(now: datetime) -> tuple[int, int]:
    """One hour's part: how many things were looked at of the desk's index and of the public's."""
    desk = sum(_desk(kind, now) for kind in indexing.SOURCES)
    public = sum(_public(kind, now) for kind in shown.SOURCES)
    return desk, public


def _desk(kind: str, now: datetime) -> int:
    part = indexing.PARTS.get(kind)
    if part is None:
        return indexing.rebuild_kind(kind)

    def step(after: int, most: int) -> list[int]:
        documents = part(after, most)
        indexing.index_many(documents)
        return [int(one.object_id) for one in documents]

    def clear(after: int, numbers: list[int]) -> None:
        last = numbers[-1] if numbers else None
        indexing.remove_between(kind, after, last, numbers)

    return _kind(f"desk:{kind}", now, step, clear)


def _public(kind: str, now: datetime) -> int:
    source = shown.SOURCES[kind]
    after = getattr(source, "after", None)
    if after is None:
        return shown.rebuild_kind(kind)
    newer = source.newer  # type: ignore[attr-defined]

    def step(last: int, most: int) -> list[int]:
        numbers = list(after(last, most))
        if numbers:
            shown.mend(kind, numbers, last)
        else:
            shown.take_out_after(kind, last)
        return numbers

    mark = _mark(f"new:{kind}")
    done = 0
    while done < ROWS and (rows := newer(mark.newest, shown.BATCH)):
        numbers = sorted({number for _, number in rows})
        shown.SOURCES[kind].prepare(numbers)
        shown.bring_in_step(kind, numbers)
        mark.newest = rows[-1][0]
        mark.save()
        done += len(rows)
    return done + _kind(f"public:{kind}", now, step, lambda *_: None, new=False)


def _kind(
    name: str, now: datetime, step: _Step, clear: Callable[[int, list[int]], None], *, new: bool = True
) -> int:
    """What is new, then a part of the round where one is due."""
    mark, done = _mark(name), 0
    while new and done < ROWS and (numbers := step(mark.newest, indexing.AT_ONCE)):
        mark.newest = numbers[-1]
        mark.save()
        done += len(numbers)
    if mark.begun_at is None or (mark.cursor < 0 and mark.begun_at <= now - ROUND):
        mark.begun_at, mark.cursor = now, 0
    looked = 0
    while mark.cursor >= 0 and looked < ROWS:
        numbers = step(mark.cursor, indexing.AT_ONCE)
        clear(mark.cursor, numbers)
        looked += len(numbers)
        mark.cursor = numbers[-1] if numbers else -1
        mark.save()
    mark.save()
    return done + looked


def _mark(name: str) -> LookedThrough:
    return LookedThrough.objects.get_or_create(name=name)[0]
