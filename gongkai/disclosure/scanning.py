"""What must not go out of an item: its texts and its attachments searched, each find bound to what it stands in.

An obstacle at the last signature and at publication (completeness.py): a grave find keeps the item back until it is
taken out, or a reviewer has cleared exactly this one with a reason (actions/clearing.py).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gongkai.dictionaries.queries import slips
from gongkai.files.models import StoredFile
from gongkai.files.queries import covered_here
from gongkai.statute.leaks import Finding, Listed, Severity, find_leaks

from .clean import clean_html, unseen_words
from .completeness import AskAgain
from .converted import names_to_watch
from .found import SECRECY, Find, digest_of_find, in_file
from .marking import worded
from .models import Attachment, Item
from .scans import keep_finds, kept_finds

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


def finds(item: Item) -> list[Find]:
    """All that was found in the item as it stands, texts first: four queries, and every attachment read."""
    words = _words(item)
    return _put_together(
        item,
        words,
        lambda files: {one.pk.hex: in_file(one.pk.hex, one.digest, one.name, words) for one in files},
    )


def scan_ahead(item: Item) -> None:
    """Search the attachments that were not searched yet, before an act locks the item: it takes seconds."""
    keep_finds([one.file for one in item.attachments.select_related("file")], _words(item))


def kept(item: Item) -> list[Find]:
    """The same as `finds`, of what `scan_ahead` kept: no file is read. Raises `AskAgain`; five queries."""
    words = _words(item)
    missing: list[str] = []

    def told(files: Sequence[StoredFile]) -> Mapping[str, Sequence[Find]]:
        found = kept_finds(files, words)
        missing.extend(one.name for one in files if found[one.pk.hex] is None)
        return {number: some or () for number, some in found.items()}

    found = _put_together(item, words, told)
    if missing:
        raise AskAgain(
            f"附件“{missing[0]}”还没有按现在的错敏词和规则检查过（可能刚刚有人改过错敏词）。请再点一次，会先检查。"
        )
    return found


_Told = Callable[[Sequence[StoredFile]], Mapping[str, Sequence[Find]]]


def _put_together(item: Item, words: tuple[Listed, ...], of_files: _Told) -> list[Find]:
    attached = list(item.attachments.select_related("file").order_by("order", "id"))
    cleared = {one.bound: one for one in item.clearings.all()}
    found = [*_in_texts(item, attached, words)]
    told = of_files([one.file for one in attached if one.file.removed_at is None])
    for one in attached:
        found += [
            replace(find, attachment=one.pk, where=f"附件“{one.name}”{find.where}")
            for find in told.get(one.file.pk.hex, ())
        ]
    if any(find.place == "gap" for find in found):
        found = _with_covered(found, item, attached)
    return [replace(find, cleared=cleared.get(find.bound)) for find in found]


def _words(item: Item) -> tuple[Listed, ...]:
    return (*slips(item.agency), *_names(item))


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
    """What still keeps the item back, a sentence for each place and kind: of what was searched ahead, and nothing that
    was not searched lets it through. Raises `AskAgain`."""
    open_now = dict.fromkeys((find.where, find.label) for find in kept(item) if find.open)
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
    return in_file(file.pk.hex, digest, file.name, words)


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
            bound = digest_of_find(name, found.what.value, found.text, line)
            yield _find(name, FIELDS[name], found, bound)
    for file in files:
        for found in find_leaks(file, words):
            bound = digest_of_find("name", found.what.value, found.text, file)
            yield _find("attachment", f"附件名称“{file}”", found, bound)


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
