"""File names: cleaned for people to read, never used as a path."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 120
_BLANKS = re.compile(r"\s+")
# Windows cannot save these; in a list or a letter they only confuse.
_BARRED = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])\Z", re.I)


def clean_name(given: str) -> str:
    """The name without folders, control characters and signs that turn the reading direction; at most 120 long, the
    ending kept. A name of which nothing is left becomes 未命名."""
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    # Cc control, Cf invisible and bidirectional, Co private use, Cs halves of a character, Zl Zp line separators.
    name = "".join(
        c for c in name if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs", "Cn")
    )
    name = _BARRED.sub("", _BLANKS.sub(" ", name)).rstrip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    stem = stem.strip(" .") or "未命名"
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    ending = ending[:12].lower()
    return f"{stem[: _LONGEST - len(ending) - 1]}.{ending}" if ending else stem[:_LONGEST]
