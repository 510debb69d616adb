"""A text as it was written: without the blanks that page makers put between Chinese and figures, lines joined again."""

from __future__ import annotations

import re

_HAN = r"\u3400-\u9fff，。；：、（）·"
_GAP = re.compile(
    rf"(?<=[{_HAN}]) {{1,2}}(?=[0-9A-Za-z])|(?<=[0-9A-Za-z]) {{1,2}}(?=[{_HAN}])"
    rf"|(?<=[{_HAN}0-9A-Za-z])(?:-?\r?\n)(?=[{_HAN}0-9A-Za-z])"
)
_A_LINE = 25
"""A line this long was broken by the page, a shorter one by its writer."""


def as_written(plain: str) -> tuple[str, list[int]]:
    """The text without those gaps, and for every character of it the offset in the text as given."""
    parts: list[str] = []
    origin: list[int] = []
    at = 0
    for gap in _GAP.finditer(plain):
        if "\n" in gap[0] and gap.start() - (plain.rfind("\n", 0, gap.start()) + 1) < _A_LINE:
            continue
        parts.append(plain[at : gap.start()])
        origin += range(at, gap.start())
        at = gap.end()
    parts.append(plain[at:])
    origin += range(at, len(plain))
    return "".join(parts), origin
