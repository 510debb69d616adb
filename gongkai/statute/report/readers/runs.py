"""Digits that ran together: every way to cut a run into the cells it covers that the form and its sums allow.

A cell is 0 or begins with 1–9: superfluous leading zeros were never printed, and that alone decides many runs.
Nothing is guessed here: the functions list readings, `run_cells` says which figures all readings agree on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from ..figures import to_number
from ..model import Number

Cuts = frozenset[int]
NO_CUTS: Cuts = frozenset()

COUNT = re.compile(r"0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+")
CHANGE = re.compile(r"[+-]?(?:0|[1-9]\d*)|[-/]")
AMOUNT = re.compile(r"(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?(?:亿元|万元|元)?")
_DIGITS = 18
_UNIT = re.compile(r"亿元|万元|元")


class TooMany(Exception):
    """The budget of work is used up: the run stays ambiguous."""


@dataclass(slots=True)
class Budget:
    """How much work may be done: `steps` cuts tried in all, `readings` listed for one run. A run's budget draws
    on the `purse` of its table."""

    steps: int = 200_000
    readings: int = 4_000
    purse: Budget | None = None

    def share(self, steps: int = 30_000) -> Budget:
        """A budget for one run out of this one."""
        return Budget(steps, self.readings, self)

    def spend(self, steps: int = 1) -> None:
        """Count work done; raises `TooMany` when nothing is left here or in the purse."""
        self.steps -= steps
        if self.purse is not None:
            self.purse.steps -= steps
        if self.steps < 0 or (self.purse is not None and self.purse.steps < 0):
            raise TooMany


@dataclass(slots=True)
class Readings:
    """What a run may say: one tuple of figures a reading. `complete` is False when the work was cut short,
    and then nothing may be concluded from the list."""

    found: list[tuple[Number, ...]] = field(default_factory=list)
    complete: bool = True


def _collect(source: Iterator[tuple[Number, ...]], budget: Budget) -> Readings:
    out = Readings()
    seen: set[tuple[Number, ...]] = set()
    try:
        for reading in source:
            if reading in seen:
                continue
            seen.add(reading)
            out.found.append(reading)
            if len(out.found) >= budget.readings:
                raise TooMany
    except TooMany:
        out.complete = False
    return out


def _can_hold(rest: int, digits: int, parts: int) -> bool:
    """Whether `digits` digits in `parts` cells can add up to `rest` at all."""
    longest = -(-digits // parts)
    least = 10 ** (longest - 1) if longest > 1 else 0
    most = int(10 ** (digits - parts + 1)) - 1 + 9 * (parts - 1)
    return least <= rest <= most


def _parts(
    text: str, at: int, end: int, parts: int, rest: int, cuts: Cuts, budget: Budget
) -> Iterator[tuple[int, ...]]:
    """Ways to cut text[at:end] into `parts` counts that add up to `rest`."""
    budget.spend()
    digits = end - at
    if digits < parts or not _can_hold(rest, digits, parts):
        return
    for stop in range(at + 1, min(end - parts + 1, at + _DIGITS) + 1):
        if stop > at + 1 and (text[at] == "0" or stop - 1 in cuts):
            return
        value = int(text[at:stop])
        if value > rest:
            return
        if parts == 1:
            if stop == end and value == rest:
                yield (value,)
            continue
        for tail in _parts(text, stop, end, parts - 1, rest - value, cuts, budget):
            yield (value, *tail)


def _rows(digits: str, cells: int, cuts: Cuts, budget: Budget) -> Iterator[tuple[Number, ...]]:
    size = len(digits)
    for length in range(1, min(_DIGITS, size - cells + 1) + 1):
        start = size - length
        if any(start < cut for cut in cuts):
            return
        if length > 1 and digits[start] == "0":
            continue
        total = int(digits[start:])
        for parts in _parts(digits, 0, start, cells - 1, total, cuts, budget):
            yield (*parts, total)


def row_readings(digits: str, cells: int, budget: Budget, cuts: Cuts = NO_CUTS) -> Readings:
    """Readings of a run of digits as `cells` counts of which the last is the sum of the others (law.md 2.6
    rule 3). `cuts` are places where a gap was seen: no figure reaches across one."""
    if len(digits) > cells * _DIGITS:
        return Readings()
    return _collect(_rows(digits, cells, cuts, budget), budget)


def _heads(
    text: str, at: int, end: int, parts: int, total: int, cuts: Cuts, budget: Budget
) -> Iterator[tuple[tuple[int, ...], int]]:
    """A group at text[at:]: `parts` counts followed by their sum; with the place where the group ends."""
    budget.spend()
    if parts == 0:
        printed = str(total)
        stop = at + len(printed)
        if stop <= end and text.startswith(printed, at) and not any(at < cut < stop for cut in cuts):
            yield (total,), stop
        return
    for stop in range(at + 1, min(end - parts, at + _DIGITS) + 1):
        if stop > at + 1 and (text[at] == "0" or stop - 1 in cuts):
            return
        value = int(text[at:stop])
        if len(str(total + value)) > end - stop - (parts - 1):
            return
        for tail, place in _heads(text, stop, end, parts - 1, total + value, cuts, budget):
            yield (value, *tail), place


def _groups(
    digits: str, at: int, groups: int, parts: int, cuts: Cuts, budget: Budget
) -> Iterator[tuple[Number, ...]]:
    end = len(digits) - (groups - 1) * (parts + 1)
    for head, place in _heads(digits, at, end, parts, 0, cuts, budget):
        if groups == 1:
            if place == len(digits):
                yield head
            continue
        for tail in _groups(digits, place, groups - 1, parts, cuts, budget):
            yield (*head, *tail)


def group_readings(digits: str, groups: int, parts: int, budget: Budget, cuts: Cuts = NO_CUTS) -> Readings:
    """Readings of a run as `groups` groups of `parts` counts each followed by its sum (table four: law.md 2.6
    rule 5). `cuts` as for `row_readings`."""
    if len(digits) > groups * (parts + 1) * _DIGITS:
        return Readings()
    return _collect(_groups(digits, 0, groups, parts, cuts, budget), budget)


def _value(piece: str) -> Number | None:
    return 0 if piece in ("-", "/") else to_number(_UNIT.sub("", piece))


def _free(
    run: str, forms: Sequence[re.Pattern[str]], cuts: Cuts, budget: Budget
) -> Iterator[tuple[Number, ...]]:
    size = len(run)
    for chosen in combinations(range(1, size), len(forms) - 1):
        budget.spend()
        if not cuts.issubset(chosen):
            continue
        marks = (0, *chosen, size)
        pieces = [run[a:b] for a, b in pairwise(marks)]
        if not all(form.fullmatch(piece) for form, piece in zip(forms, pieces, strict=True)):
            continue
        values = [_value(piece) for piece in pieces]
        if None not in values:
            yield tuple(v for v in values if v is not None)


def free_readings(
    run: str, forms: Sequence[re.Pattern[str]], budget: Budget, cuts: Cuts = NO_CUTS
) -> Readings:
    """Readings of a run as one cell a form (COUNT, CHANGE, AMOUNT), where no sum binds the cells: table two.
    A stroke that stands for nothing counts 0 in the reading."""
    if len(run) > len(forms) * (_DIGITS + 8):
        return Readings()
    return _collect(_free(run, forms, cuts, budget), budget)


def _gaps(digits: str, cells: int, cuts: Cuts, sums: bool, budget: Budget) -> Iterator[tuple[Number, ...]]:
    for filled in range(1, min(cells, len(digits)) + 1):
        for values in _free(digits, [COUNT] * filled, cuts, budget):
            for places in combinations(range(cells), filled):
                budget.spend()
                row: list[Number] = [0] * cells
                for place, value in zip(places, values, strict=True):
                    row[place] = value
                if not sums or cells - 1 not in places or sum(row[:-1]) == row[-1]:
                    yield tuple(row)


def gap_readings(digits: str, cells: int, budget: Budget, *, sums: bool, cuts: Cuts = NO_CUTS) -> Readings:
    """Readings of a run in which some cells were left empty (an empty cell counts 0 in the reading). With
    `sums` the last cell, where it is printed, is the sum of the others."""
    if len(digits) > cells * _DIGITS:
        return Readings()
    return _collect(_gaps(digits, cells, cuts, sums, budget), budget)
