"""How a hit is shown: the words around it, what was looked for in <mark>, everything else escaped."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .folding import folded, place_of

_BEFORE, _AFTER = 40, 120


def marked(text: str, words: list[str]) -> SafeString:
    """The text with the words marked."""
    whole, hit = folded(text), bytearray(len(text))
    for word in words:
        at = whole.find(word)
        while at >= 0:
            start, end = _place(text, whole, at), _place(text, whole, at + len(word) - 1) + 1
            hit[start:end] = b"\1" * (end - start)
            at = whole.find(word, at + 1)
    out, at = [], 0
    while at < len(text):
        end = at
        while end < len(text) and hit[end] == hit[at]:
            end += 1
        piece = escape(text[at:end])
        out.append(f"<mark>{piece}</mark>" if hit[at] else piece)
        at = end
    return mark_safe("".join(out))  # noqa: S308 - every piece is escaped


def snippet(text: str, words: list[str]) -> SafeString:
    """The words around the first hit, marked; the beginning where only the title was hit."""
    whole = folded(text)
    first = min((at for at in map(whole.find, words) if at >= 0), default=0)
    start = max(0, _place(text, whole, first) - _BEFORE) if text else 0
    end = start + _BEFORE + _AFTER
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return marked(before + " ".join(text[start:end].split()) + after, words)


def _place(text: str, whole: str, at: int) -> int:
    """Where the character stands in the text; they are the same place unless a character became several."""
    return at if len(text) == len(whole) else place_of(text, at)
