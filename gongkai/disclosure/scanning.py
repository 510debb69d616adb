"""What must not go out of an item: its texts and its attachments searched, each find bound to what it stands in.

An obstacle at the last signature and at publication (completeness.py): a grave find keeps the item back until it is
taken out, or a reviewer has cleared exactly this one with a reason (actions/clearing.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from gongkai.dictionaries.queries import slips
from gongkai.files.inspecting import look
from gongkai.files.models import StoredFile
from gongkai.files.queries import Sealed, content_of, covered_here
from gongkai.statute.leaks import Finding, Listed, Severity, What, find_leaks
from gongkai.statute.leaks.findings import REFS

from .clean import clean_html, unseen_words
from .converted import names_to_watch
from .marking import worded
from .models import Attachment, Clearing, Item

FIELDS = {
    "title": "标题",
    "summary": "内容概述",
    "text": "正文",
    "unseen": "图片说明、链接地址",
    "document_number": "发文字号",
    "subject": "主题分类",
    "source": "来源",
    "author": "作者",
    "keywords": "关键词",
    "validity_by": "废止、失效的依据",
    "correction_note": "更正说明",
    "audience": "公开范围",
    "responsible": "负责公开的机关",
    "deidentified": "去标识化处理情况",
    "access_reason": "不主动公开的理由",
    "access_basis": "不主动公开的依据",
}
"""The texts of an item that are searched; `unseen` is what its text holds beside the words one sees."""
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


def finds(item: Item) -> list[Find]:
    """All that was found in the item as it stands, texts first: four queries, and every attachment read."""
    attached = list(item.attachments.select_related("file").order_by("order", "id"))
    cleared = {one.bound: one for one in item.clearings.all()}
    words = (*slips(item.agency), *_names(item))
    found = [*_in_texts(item, attached, words)]
    for one in attached:
        if one.file.removed_at is None:
            found += [
                replace(find, attachment=one.pk, where=f"附件“{one.name}”{find.where}")
                for find in _in_file(one.file.pk.hex, one.file.digest, one.file.name, words)
            ]
    if any(find.place == "gap" for find in found):
        found = _with_covered(found, item, attached)
    return [replace(find, cleared=cleared.get(find.bound)) for find in found]


def _names(item: Item) -> list[Listed]:
    """Whoever asked for it is not named with it."""
    why = "这条信息来自依申请公开，公开的内容里不能看出是谁申请的"
    return [Listed(name, severity=Severity.BLOCK, why=why) for name in names_to_watch(item.request_id)]


def _with_covered(found: list[Find], item: Item, attached: Sequence[Attachment]) -> list[Find]:
    """What could not be searched, with the reason said where the platform itself made pictures of the pages."""
    covered = covered_here(item.agency, (one.file.digest for one in attached))
    made = {one.pk for one in attached if one.file.digest in covered}
    return [
        replace(find, label="遮盖后成了图片的页", why=_COVERED)
        if find.place == "gap" and find.attachment in made and "图片" in find.why
        else find
        for find in found
    ]


_COVERED = "这个文件在本平台遮盖过，遮盖的页成了图片。不用再遮盖：请审查员逐页看，写明看过以后放行"


def obstacle(item: Item) -> list[str]:
    """What still keeps the item back, a sentence for each place and kind."""
    open_now = dict.fromkeys((find.where, find.label) for find in finds(item) if find.open)
    return [
        f"{where}有{label}，还没有处理：请删改或者遮盖；确实可以公开的，请审查员写明理由放行。"
        for where, label in open_now
    ]


def field_words(item: Item, attached: Sequence[Attachment]) -> Iterator[tuple[str, str]]:
    """Each searched field with its words."""
    cleaned = clean_html(item.text, {one.file.pk.hex for one in attached})
    for name in FIELDS:
        if name == "text":
            yield name, worded(cleaned).words
        elif name == "unseen":
            yield name, unseen_words(cleaned)
        else:
            yield name, str(getattr(item, name))


def public_finds(
    told: dict[str, Any], words: tuple[Listed, ...], cleared: Collection[str] = ()
) -> list[Find]:
    """What was found in the texts of something public (`Publication.told`) and the names of its files, without what
    was cleared; nothing is asked of the database."""
    html = told["text"]
    special = {"text": worded(html).words, "unseen": unseen_words(html)}
    fields = [(name, special.get(name, str(told.get(name) or ""))) for name in FIELDS]
    found = _in_words(fields, [one["name"] for one in told["attachments"]], words)
    return [find for find in found if find.bound not in cleared]


def public_file_finds(file: StoredFile, digest: str, words: tuple[Listed, ...]) -> tuple[Find, ...]:
    """What was found in a public file, cleared or not: it is deciphered and read, which takes seconds."""
    return _in_file(file.pk.hex, digest, file.name, words)


def _in_texts(item: Item, attached: Sequence[Attachment], words: tuple[Listed, ...]) -> Iterator[Find]:
    return _in_words(field_words(item, attached), [one.name for one in attached], words)


def _in_words(
    fields: Iterable[tuple[str, str]], files: Iterable[str], words: tuple[Listed, ...]
) -> Iterator[Find]:
    for name, value in fields:
        for found in find_leaks(value, words):
            begin = value.rfind("\n", 0, found.start) + 1
            end = value.find("\n", found.end)
            line = value[begin : end if end >= 0 else len(value)]
            bound = _digest(name, found.what.value, found.text, line)
            yield _find(name, FIELDS[name], found, bound)
    for file in files:
        for found in find_leaks(file, words):
            bound = _digest("name", found.what.value, found.text, file)
            yield _find("attachment", f"附件名称“{file}”", found, bound)


def _in_file(number: str, digest: str, name: str, words: tuple[Listed, ...]) -> tuple[Find, ...]:
    """What is in a stored file, or what of it could not be searched."""
    try:
        return _searched(number, digest, name, words)
    except Sealed:
        return (_gap(digest, "", "文件打不开，没有检查"),)
    except _Unread as unread:
        return tuple(_gap(digest, gap["where"], gap["why"]) for gap in unread.gaps)


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
            _digest(digest, one["what"], one["key"], one["text"]),
            instead=one["instead"],
            law=str(REFS[What(one["what"])]),
            secret=one["what"] in SECRECY,
        )
        for one in seen.found
    ]
    if seen.more:
        found.append(_gap(digest, "整个文件", f"另有 {seen.more} 处没有列出"))
    found += [_gap(digest, gap["where"], gap["why"]) for gap in seen.gaps if gap["blocks"]]
    return tuple(found)


def _gap(digest: str, where: str, why: str) -> Find:
    return Find(
        "gap", where, "没能检查的内容", "", why, True, _digest(digest, "gap", where, why), secret=True
    )


def _find(place: str, where: str, found: Finding, bound: str) -> Find:
    return Find(
        place,
        where,
        found.label,
        found.text,
        found.why,
        found.blocks,
        bound,
        start=found.start,
        end=found.end,
        instead=found.instead,
        law=str(found.ref),
        secret=found.what in SECRECY,
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
