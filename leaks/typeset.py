"""A PDF of a few words."""

from __future__ import annotations

import typst

_HEAD = '#set page(paper: "a4")\n#set text(font: "Noto Serif SC", lang: "zh", size: 12pt)\n'


def page_of(body: str, head: str = "") -> bytes:
    """A PDF of this Typst body."""
    return bytes(typst.compile((head + _HEAD + body).encode()))
