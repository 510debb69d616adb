"""So many leaks from a seed: every carrier and every kind, evenly."""

from __future__ import annotations

import random
from collections.abc import Iterator

from .carriers import CARRIERS
from .values import KINDS, Leak, make


def planted(count: int, seed: int) -> Iterator[tuple[str, Leak, str, bytes]]:
    """Carrier, leak, name and content of each file."""
    r = random.Random(seed)
    carriers, kinds = list(CARRIERS), list(KINDS)
    r.shuffle(carriers)
    for n in range(count):
        if n % len(kinds) == 0:
            r.shuffle(kinds)
        carrier = carriers[n % len(carriers)]
        leak = make(r, kinds[n % len(kinds)])
        yield carrier, leak, *CARRIERS[carrier](leak)
