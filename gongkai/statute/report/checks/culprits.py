"""Which single cell may be wrong when sums are broken: the crossing of a row and a column, or digits swapped."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Number
from .facts import Facts
from .relations import BROKEN, HOLDS, Relation
from .words import cell_words, shown

_MOST = 3


def hint(facts: Facts, broken: Relation) -> tuple[str, tuple[str, ...]]:
    """A sentence that points at the likely cell, and the cells it points at; empty when nothing stands out."""
    single = list(_single_changes(facts, broken))
    if 0 < len(single) <= _MOST:
        told = "；或者".join(_told(facts, cell, old, new) for cell, old, new in single)
        return f"只改一个数就能全部对上：{told}。", tuple(cell for cell, _, _ in single)
    swapped = list(_swapped_digits(facts, broken)) if broken.excess % 9 == 0 else []
    if 0 < len(swapped) <= _MOST:
        told = "；或者".join(_told(facts, cell, old, new) for cell, old, new in swapped)
        gap = shown(broken.gap)
        return f"差额{gap}是9的倍数，常见于数字前后颠倒，例如{told}。", tuple(cell for cell, _, _ in swapped)
    return "", ()


def _told(facts: Facts, cell: str, old: Number, new: Number) -> str:
    return f"{cell_words(facts.edition.id, cell)}由{shown(old)}改为{shown(new)}"


def _need(relation: Relation, cell: str) -> Number:
    """By how much this cell would have to change for the relation to hold."""
    return -relation.excess if cell in relation.left else relation.excess


def _single_changes(facts: Facts, broken: Relation) -> Iterator[tuple[str, Number, Number]]:
    judged = [r for r in facts.relations if r.verdict in (BROKEN, HOLDS)]
    for cell in broken.cells:
        touching = [r for r in judged if cell in r.cells]
        if len(touching) < 2 or any(r.verdict == HOLDS for r in touching):
            continue
        needs = {_need(r, cell) for r in touching}
        old = facts.figure(cell)
        if len(needs) == 1 and old is not None and old + (need := needs.pop()) >= 0:
            yield cell, old, old + need


def _swapped_digits(facts: Facts, broken: Relation) -> Iterator[tuple[str, Number, Number]]:
    held = {c for r in facts.relations if r.verdict == HOLDS for c in r.cells}
    for cell in broken.cells:
        old = facts.figure(cell)
        if not isinstance(old, int) or old < 10 or cell in held:
            continue
        wanted = old + _need(broken, cell)
        digits = str(old)
        for n in range(len(digits) - 1):
            if int(digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]) == wanted:
                yield cell, old, wanted
                break
