"""What the public may find: put in and taken out in the transaction of the act that publishes, replaces or withdraws.

A room names a source for each of its kinds. Whatever is changed, `bring_in_step` asks the source anew what of it is
public now, within the transaction, and writes that: there is no other way into the index.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import Protocol

from django.db import transaction

from . import bulk
from .models import PublicEntry
from .shared_work import work_through
from .writing import KINDS, Shown, fields_of, take_out, write

__all__ = ["BATCH", "KINDS", "SOURCES", "Shown", "Source", "bring_in_step", "rebuild_shown", "register_shown"]

BATCH, _PART = 200, 2000


class Source(Protocol):
    """Where the things of a kind come from."""

    def numbers(self) -> Iterator[int]:
        """The numbers of all that is public, rising."""

    def prepare(self, numbers: Collection[int]) -> None:
        """Whatever takes long (reading attachments), before the transaction."""

    def shown(self, numbers: Collection[int]) -> Iterable[Shown]:
        """Those of them that are public now, kept from changing until the transaction ends, where there is one."""


SOURCES: dict[str, Source] = {}


def register_shown(kind: str, source: Source) -> None:
    """Name a source; naming it again replaces it."""
    SOURCES[kind] = source


def bring_in_step(kind: str, numbers: Collection[int]) -> None:
    """Write what the public may find of these now: call it last in the transaction of the act that changed them."""
    with transaction.atomic():
        now = list(SOURCES[kind].shown(numbers))
        write([fields_of(one) for one in now])
        gone = set(numbers) - {one.number for one in now}
        if gone:
            take_out(kind, gone)


def rebuild_shown(
    tell: Callable[[str, int], None] = lambda kind, done: None, *, at_once: bool = False, processes: int = 1
) -> dict[str, int]:
    """Bring the index in step with all sources, a bounded lot at a time while the site runs; nothing is written for
    what is in step. How many there are of each kind; `tell` hears how far it is. `at_once`: an index that has
    hardly anything is filled first and put in order after, which is quicker by far and leaves the search slow meanwhile. `processes`: on
    PostgreSQL so many share the work."""
    counts = {}
    with bulk.filling(_expected if at_once else None):
        for kind, source in SOURCES.items():
            done, last = 0, -1
            for lot in _go_through(kind, source, processes if bulk.can_share() else 1):
                done, last = done + len(lot), lot[-1]
                tell(kind, done)
            take_out_after(kind, last)
            counts[kind] = done
        strange = PublicEntry.objects.exclude(kind__in=SOURCES)
        if strange.exists():
            strange.delete()
    return counts


def rebuild_kind(kind: str) -> int:
    """Bring a kind in step that never has many; how many there are."""
    done, last = 0, -1
    for lot in _go_through(kind, SOURCES[kind], 1):
        done, last = done + len(lot), lot[-1]
    take_out_after(kind, last)
    return done


def _expected() -> int:
    return sum(1 for source in SOURCES.values() for _ in source.numbers())


def _go_through(kind: str, source: Source, processes: int) -> Iterator[list[int]]:
    """Bring all of a kind in step: the numbers of each lot when it is done."""
    if processes == 1:
        last = -1
        for lot in _lots(source.numbers(), BATCH):
            mend(kind, lot, last)
            last = lot[-1]
            yield lot
        return
    parts = list(_lots(source.numbers(), _PART))
    before = [-1, *(part[-1] for part in parts)]
    shared = zip([kind] * len(parts), parts, before, strict=False)
    for _, part in zip(work_through(shared, processes), parts, strict=True):
        yield part


def _lots(numbers: Iterable[int], size: int) -> Iterator[list[int]]:
    rest = iter(numbers)
    while lot := list(islice(rest, size)):
        yield lot


def mend(kind: str, numbers: Iterable[int], last: int) -> None:
    """Bring these numbers in step, rising, and whatever the index has between them from after `last`."""
    for lot in _lots(numbers, BATCH):
        SOURCES[kind].prepare(lot)
        _mend(kind, SOURCES[kind], lot, after=last)
        last = lot[-1]


def take_out_after(kind: str, last: int) -> None:
    """Whatever the index has beyond the last number."""
    there = PublicEntry.objects.filter(kind=kind)
    while stray := list(
        there.filter(number__gt=last).values_list("number", flat=True).order_by("number")[:BATCH]
    ):
        bring_in_step(kind, stray)
        last = stray[-1]


def _mend(kind: str, source: Source, lot: list[int], *, after: int) -> None:
    """Bring a lot in step, and whatever the index has between its numbers that is not among them."""
    there = PublicEntry.objects.filter(kind=kind, number__gt=after, number__lte=lot[-1])
    rows = {row.number: row for row in there}
    # What is missing is asked for once, where it is written.
    known = [number for number in lot if number in rows]
    wanted = {one.number: fields_of(one) for one in source.shown(known)} if known else {}
    differing = [
        number
        for number, fields in wanted.items()
        if any(getattr(rows[number], k) != v for k, v in fields.items())
    ]
    if differing := sorted({*differing, *(rows.keys() - wanted.keys()), *(set(lot) - rows.keys())}):
        bring_in_step(kind, differing)
