"""Enumerations in the prose that must add up: 66条 = 9+5+2+4+17+11+18."""

from __future__ import annotations

from collections.abc import Iterator

from ...refs import Ref
from ..findings import Finding
from .enumerations import enumerations
from .facts import Facts
from .rule import Rule, rule
from .words import shown

_LONG = 5
"""Items: a list of so many that leaves out next to nothing was meant to be whole in spite of its 等."""


@rule("N-12", "正文列举的各项相加等于写明的总数", Ref("ogi", 50))
def lists_add_up(facts: Facts, say: Rule) -> Iterator[Finding]:
    """Parts that exceed their total are always wrong; parts that fall short only where the list claims to be
    complete. A list with 等 that misses the total by little is a warning when it is long, else cannot be judged."""
    for found in enumerations(facts.prose):
        if any(f.about for f in (found.whole, *found.parts)):
            continue
        gap = found.added - found.whole.value
        sums = "、".join(shown(p.value) for p in found.parts)
        unit = found.whole.unit
        words = (
            f"正文写总数{shown(found.whole.value)}{unit}，列举的{sums}{unit}相加为{shown(found.added)}{unit}"
        )
        if gap > 0 or (gap < 0 and found.complete):
            yield say(
                f"{words}，{'多' if gap > 0 else '少'}{shown(gap if gap > 0 else -gap)}{unit}。请核对总数和各项。",
                where=found.sentence.where,
            )
        elif gap < 0 and found.open_ended and len(found.parts) >= 3 and -gap * 20 <= found.whole.value:
            short = f"{words}，少{shown(-gap)}{unit}；句中有“等”，可能没有列全"
            if len(found.parts) >= _LONG:
                yield say(f"{short}。请核对总数和各项，没有列全的写明其余各项。", where=found.sentence.where)
            else:
                yield say.note(f"{short}，无法判断。", where=found.sentence.where)
