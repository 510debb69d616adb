"""Having a file read, shown and cleaned by a process of its own, which is ended when it takes too long.

For every room that publishes files: `look` before the gate, `clean` for the copy that goes out.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from gongkai.statute.leaks import Listed

from .examining import environment
from .redaction.marks import Marks, Refused, Spot

__all__ = ["Look", "Marks", "Refused", "clean", "look", "once", "page_picture", "where", "words"]
SECONDS = 150
_MODULE = f"{__package__}.redaction"
_TOO_LONG = "无法检查：内容太复杂，没有在规定时间内读完。请分成几个文件，或者另存为 PDF 再来。"


@dataclass(slots=True)
class Look:
    """What was found in a file. `found`, `gaps` and `marked` as redaction/asked.py says them."""

    kind: str = "unknown"
    pages: int = 0
    more: int = 0
    found: list[dict[str, Any]] = field(default_factory=list)
    gaps: list[dict[str, Any]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    marked: list[dict[str, Any]] = field(default_factory=list)

    @property
    def blocks(self) -> bool:
        """Whether it must not go out as it is."""
        return any(f["blocks"] for f in self.found) or any(g["blocks"] for g in self.gaps)

    @property
    def can_be_cleaned(self) -> bool:
        """Whether a clean copy can be made of this kind."""
        return self.kind in ("pdf", "docx", "xlsx", "text", "picture")


_kept: OrderedDict[str, Any] = OrderedDict()
_MOST_KEPT = 6


def once(key: str, ask: Callable[[], Any]) -> Any:
    """What `ask` gives, kept for the last few questions of this process: a page, its picture and its form ask the
    same within seconds. In memory only, and never a refusal."""
    if key in _kept:
        _kept.move_to_end(key)
        return _kept[key]
    found = _kept[key] = ask()
    while len(_kept) > _MOST_KEPT:
        _kept.popitem(last=False)
    return found


def look(content: bytes, name: str, words: Sequence[Listed] = (), marks: Marks | None = None) -> Look:
    """What must not go out of a file, with its places; a file that hangs its reader is one that cannot be checked."""
    try:
        said, _ = _ask("look", content, name, words, marks)
    except Refused:
        return Look(gaps=[{"where": "整个文件", "why": _TOO_LONG, "blocks": True}])
    return Look(**said)


def page_picture(content: bytes, name: str, page: int, words: Sequence[Listed], marks: Marks) -> bytes:
    """A page as PNG with all marks shaded; raises `Refused`."""
    return _ask("page", content, name, words, marks, page=page)[1]


def where(content: bytes, name: str, texts: Sequence[str]) -> list[Spot]:
    """Every place of these texts in the file; raises `Refused`."""
    said, _ = _ask("where", content, name, (), None, texts=list(texts))
    return [Spot(*row) for row in said["spots"]]


def words(content: bytes, name: str, most: int) -> str:
    """The first words that people who open the file see, `most` letters; raises `Refused`."""
    return _ask("words", content, name, (), None, most=most)[1].decode()


def clean(content: bytes, name: str, words: Sequence[Listed], marks: Marks) -> tuple[str, bytes, int, int]:
    """Name and content of the clean copy, how many places were blotted, how many finds stay; raises `Refused`."""
    said, made = _ask("clean", content, name, words, marks)
    return said["name"], made, said["places"], said["stays"]


def _ask(
    do: str, content: bytes, name: str, words: Sequence[Listed], marks: Marks | None, **more: Any
) -> tuple[dict[str, Any], bytes]:
    asked = {
        "do": do,
        "name": name,
        "words": [[w.word, w.instead, w.severity.value, w.why] for w in words],
        "marks": marks.as_data() if marks else {},
        **more,
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-s", "-B", "-m", _MODULE, str(SECONDS)],
            input=json.dumps(asked).encode() + b"\n" + content,
            capture_output=True,
            timeout=SECONDS + 5,
            check=False,
            env=environment(name),
            cwd=settings.FILE_UPLOAD_TEMP_DIR,
        )
        head, _, body = done.stdout.partition(b"\n")
        said: dict[str, Any] = json.loads(head)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise Refused(_TOO_LONG) from error
    if "refused" in said:
        raise Refused(said["refused"])
    return said, body
