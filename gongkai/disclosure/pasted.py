"""What comes from Word, WPS or another page by the clipboard, before it is cleaned: the looks that mean something kept."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"<(p|h[1-6]|td|th|div)\b([^<>]*)>", re.I)
_LOOK = re.compile(r"(?:text-align:\s*|\balign=[\"']?)(center|right)\b", re.I)
_ONLY_WORD = re.compile(r"<!\[(?:if[^<>]*|endif\])>")
_CLASS = re.compile(r"\sclass=(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.I)
_HEADS = {"1": "2", "2": "2", "3": "3", "4": "4", "5": "4", "6": "4"}


def from_word(html: str) -> str:
    """The same with centred and right-hand paragraphs said by class, headings one level lower, and what only Word
    understands taken out. Still to be cleaned."""
    html = _BLOCK.sub(_aligned, _ONLY_WORD.sub("", _without_comments(html)))
    html = re.sub(r"<(/?)div\b", r"<\1p", html, flags=re.I)
    return re.sub(r"<(/?)h([1-6])\b", lambda found: f"<{found[1]}h{_HEADS[found[2]]}", html, flags=re.I)


def _aligned(block: re.Match[str]) -> str:
    look = _LOOK.search(block[2])
    return f'<{block[1]} class="{look[1].lower()}"{_CLASS.sub("", block[2])}>' if look else block[0]


def _without_comments(html: str) -> str:
    """Each is looked for once: one that never ends is left to the cleaner."""
    kept, at = [], 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start + 4)) >= 0:
        kept.append(html[at:start])
        at = end + 3
    return "".join((*kept, html[at:]))
