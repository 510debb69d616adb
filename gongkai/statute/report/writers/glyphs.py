"""Which characters the carried fonts can print, read from their own character maps (OpenType cmap, format 12)."""

from __future__ import annotations

import re
import struct
from functools import cache
from importlib.resources import files

MISSING = "〓"
"""The printer's mark for a character that is not in the case."""


def _ranges(font: bytes) -> list[tuple[int, int]]:
    """The code points of a font as closed ranges, from its format-12 or format-4 map."""
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {}
    for n in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * n)
        tables[tag] = offset
    start = tables[b"cmap"]
    (maps,) = struct.unpack_from(">H", font, start + 2)
    found: dict[int, int] = {}
    for n in range(maps):
        _, _, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * n)
        (form,) = struct.unpack_from(">H", font, start + offset)
        found[form] = start + offset
    if 12 in found:
        (groups,) = struct.unpack_from(">I", font, found[12] + 12)
        pairs = (struct.unpack_from(">III", font, found[12] + 16 + 12 * n) for n in range(groups))
        return [(first, last) for first, last, _ in pairs]
    return _format4(font, found[4])


def _format4(font: bytes, at: int) -> list[tuple[int, int]]:
    (double,) = struct.unpack_from(">H", font, at + 6)
    size = double // 2
    ends = struct.unpack_from(f">{size}H", font, at + 14)
    starts = struct.unpack_from(f">{size}H", font, at + 16 + double)
    return [(first, last) for first, last in zip(starts, ends, strict=True) if last != 0xFFFF]


@cache
def _unprintable() -> re.Pattern[str]:
    """Matches what one of the two fonts lacks: a text may be set in either."""
    home = files(__package__).joinpath("fonts")
    sets = []
    for name in ("NotoSerifSC-Regular.ttf", "NotoSansSC-Regular.ttf"):
        points: set[int] = set()
        for first, last in _ranges(home.joinpath(name).read_bytes()):
            points.update(range(first, last + 1))
        sets.append(points)
    both = sorted(sets[0] & sets[1])
    parts, first = [], both[0]
    for before, point in zip(both, [*both[1:], -1], strict=True):
        if point != before + 1:
            parts.append(f"{re.escape(chr(first))}-{re.escape(chr(before))}")
            first = point
    return re.compile(f"[^{''.join(parts)}]")


def printable(text: str) -> str:
    """The text with `MISSING` for each character that the fonts lack."""
    return _unprintable().sub(MISSING, text)
