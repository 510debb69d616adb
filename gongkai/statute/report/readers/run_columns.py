"""The column relations of table three over whole rows of readings: an exact search, layer by layer.

In every column: new + carried in = results + carried out, and results = sum of the outcome rows (law.md 2.6
rules 1 and 2). Rows are vectors; a vector is packed into one whole number so that adding rows is one addition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Row = tuple[int, ...]
_SHIFT = 80
_STATES = 20_000
_STEPS = 200_000


def _pack(row: Sequence[int]) -> int:
    packed = 0
    for value in row:
        packed = (packed << _SHIFT) + value
    return packed


class _TooWide(Exception):
    """More partial sums than the search may hold: the columns decide nothing."""


def _leaf_layers(leaves: Sequence[Sequence[int]]) -> list[set[int]]:
    """The partial sums reachable before the first leaf row, after it, and so on to the last."""
    layers = [{0}]
    steps = 0
    for readings in leaves:
        steps += len(layers[-1]) * len(readings)
        if steps > _STEPS:
            raise _TooWide
        layers.append({done + reading for done in layers[-1] for reading in readings})
        if len(layers[-1]) > _STATES:
            raise _TooWide
    return layers


def _leaf_survivors(
    leaves: Sequence[Sequence[int]], layers: list[set[int]], totals: set[int]
) -> list[set[int]]:
    live, kept = totals, []
    for readings, before in zip(reversed(leaves), reversed(layers[:-1]), strict=True):
        used: set[int] = set()
        earlier: set[int] = set()
        for reading in readings:
            from_here = {after - reading for after in live} & before
            if from_here:
                used.add(reading)
                earlier |= from_here
        kept.append(used)
        live = earlier
    return kept[::-1]


def _flow_survivors(
    new: Sequence[int], carried_in: Sequence[int], total: set[int], out: Sequence[int]
) -> tuple[set[int], set[int], set[int], set[int]]:
    """The readings of the four rows that take part in new + carried_in = total + out."""
    if len(new) * len(carried_in) + len(total) * len(out) > _STEPS:
        raise _TooWide
    sums = {a + b for a in new for b in carried_in} & {t + o for t in total for o in out}
    return (
        {a for a in new if any(a + b in sums for b in carried_in)},
        {b for b in carried_in if any(a + b in sums for a in new)},
        {t for t in total if any(t + o in sums for o in out)},
        {o for o in out if any(t + o in sums for t in total)},
    )


def column_survivors(
    rows: Mapping[str, Sequence[Row]], leaves: Sequence[str], *, flow: bool = True, results: bool = True
) -> dict[str, list[Row]] | None:
    """The readings of each row that stand in at least one solution of the column relations.

    `rows` maps a row's slug to its possible vectors, one entry a column. `flow` and `results` say which of the
    two relations can be judged (all of its rows are there and listed completely). None when nothing follows:
    no solution (the publication's own sums are broken) or too much work.
    """
    packed = {slug: {_pack(reading): reading for reading in readings} for slug, readings in rows.items()}
    kept = {slug: set(readings) for slug, readings in packed.items()}
    try:
        if results:
            ordered = [list(packed[slug]) for slug in leaves]
            layers = _leaf_layers(ordered)
            kept["result_total"] &= layers[-1]
        if flow:
            names = ("new", "carried_in", "result_total", "carried_out")
            new, into, total, out = (kept[name] for name in names)
            found = _flow_survivors(list(new), list(into), total, list(out))
            kept.update(zip(names, found, strict=True))
        if results:
            kept.update(zip(leaves, _leaf_survivors(ordered, layers, kept["result_total"]), strict=True))
    except _TooWide:
        return None
    if not all(kept.values()):
        return None
    return {slug: [r for code, r in packed[slug].items() if code in kept[slug]] for slug in rows}
