"""What was found, and the finding of it in stored files: a file is deciphered and read by a process of its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gongkai.files.inspecting import look
from gongkai.files.models import StoredFile
from gongkai.files.queries import Sealed, content_of
from gongkai.statute.leaks import Listed, What
from gongkai.statute.leaks.findings import REFS

from .models import Clearing

SECRECY = (What.MARK, What.INTERNAL)
"""What only who may sign the secrecy check clears."""


@dataclass(frozen=True, slots=True)
class Find:
    """Something found: in which field or file, where in words, what, how grave, why, and what a clearing is bound to.

    `start` and `end` are offsets into the words of the field (`marking.worded` of the text); of a file they are 0.
    """

    place: str
    where: str
    label: str
    text: str
    why: str
    blocks: bool
    bound: str
    start: int = 0
    end: int = 0
    instead: str = ""
    law: str = ""
    secret: bool = False
    attachment: int | None = None
    cleared: Clearing | None = None

    @property
    def open(self) -> bool:
        """Whether it keeps the item back."""
        return self.blocks and self.cleared is None


def in_file(number: str, digest: str, name: str, words: tuple[Listed, ...]) -> tuple[Find, ...]:
    """What is in a stored file, or what of it could not be searched."""
    return search_file(number, digest, name, words)[0]


def search_file(
    number: str, digest: str, name: str, words: tuple[Listed, ...]
) -> tuple[tuple[Find, ...], bool]:
    """The same, and whether it was read; where it was not it may be the next time."""
    try:
        return _searched(number, digest, name, words), True
    except Sealed:
        return (gap(digest, "", "文件打不开，没有检查"),), False
    except _Unread as unread:
        return tuple(gap(digest, one["where"], one["why"]) for one in unread.gaps), False


class _Unread(Exception):
    """Nothing of the file could be read this time; asked again, it may."""

    def __init__(self, gaps: list[dict[str, Any]]) -> None:
        super().__init__()
        self.gaps = gaps


@lru_cache(maxsize=64)
def _searched(number: str, digest: str, name: str, words: tuple[Listed, ...]) -> tuple[Find, ...]:
    """Kept for the last few files of this process, in memory only."""
    content = b"".join(content_of(StoredFile.objects.get(pk=number)))
    seen = look(content, name, words)
    if seen.kind == "unknown" and seen.gaps:
        raise _Unread(seen.gaps)
    found = [
        Find(
            f"file:{number}",
            one["where"],
            one["label"],
            one["text"],
            one["why"],
            one["blocks"],
            digest_of_find(digest, one["what"], one["key"], one["text"]),
            instead=one["instead"],
            law=str(REFS[What(one["what"])]),
            secret=one["what"] in SECRECY,
        )
        for one in seen.found
    ]
    if seen.more:
        found.append(gap(digest, "整个文件", f"另有 {seen.more} 处没有列出"))
    found += [gap(digest, one["where"], one["why"]) for one in seen.gaps if one["blocks"]]
    return tuple(found)


def gap(digest: str, where: str, why: str) -> Find:
    """What of a file could not be searched."""
    return Find(
        "gap", where, "没能检查的内容", "", why, True, digest_of_find(digest, "gap", where, why), secret=True
    )


def digest_of_find(*parts: str) -> str:
    """What a clearing of a find is bound to."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
