"""What comes from Word, WPS or another page by the clipboard, before it is cleaned: the looks that mean something kept."""

from __future__ import annotations

import re

_ALIGNED = re.compile(
    r"<(p|h[1-6]|td|th|div)\b(?P<rest>[^>]*?(?:text-align:\s*|\balign=[\"']?)(?P<look>center|right)\b[^>]*)>",
    re.I,
)
_CLASS = re.compile(r"\sclass=(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.I)
_HEADS = {"1": "2", "2": "2", "3": "3", "4": "4", "5": "4", "6": "4"}


def from_word(html: str) -> str:
    """The same with centred and right-hand paragraphs said by class, headings one level lower, and what only Word
    understands taken out. Still to be cleaned."""
    html = re.sub(r"<!\[if[^>]*>|<!\[endif\]>|<!--.*?-->", "", html, flags=re.S)
    html = _ALIGNED.sub(
        lambda found: f'<{found[1]} class="{found["look"].lower()}"{_CLASS.sub("", found["rest"])}>', html
    )
    html = re.sub(r"<(/?)div\b", r"<\1p", html, flags=re.I)
    return re.sub(r"<(/?)h([1-6])\b", lambda found: f"<{found[1]}h{_HEADS[found[2]]}", html, flags=re.I)
