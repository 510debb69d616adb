"""Verifying the chain: every entry read once, in constant memory, and the first broken link named in words."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass

from .chain import FIRST, digest_of
from .models import Checkpoint, Entry

_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Break:
    """The first link that does not hold: which entry, what kind of wrong, in words for a reader.

    `kind`: changed, missing, put_in, order, link, start, head.
    """

    number: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was read: how many entries, the first and the last number, the last digest; `broken` when it fails."""

    count: int
    first: int
    last: int
    digest: str
    broken: Break | None = None

    def __bool__(self) -> bool:
        return self.broken is None


def entries_from(number: int, until: int | None = None) -> Iterator[Entry]:
    """The entries from this number on, in order, a bounded lot at a time; both ends included."""
    while True:
        rows = Entry.objects.filter(number__gte=number).order_by("number")
        lot = list((rows.filter(number__lte=until) if until is not None else rows)[:_AT_ONCE])
        yield from lot
        if len(lot) < _AT_ONCE:
            return
        number = lot[-1].number + 1


def head() -> tuple[int, str]:
    """The last entry's number and digest; 0 and sixty-four noughts for an empty trail."""
    return Entry.objects.order_by("-number").values_list("number", "digest").first() or (0, FIRST)


def verify(since: int | None = None, noted: str = "") -> Verdict:
    """Verify the trail from entry `since` on (from its beginning when None).

    `noted` is a last digest noted earlier: an entry must carry it, the entry `since` itself when that is given.
    All checkpoints the platform made are compared as well, so that a tail cut off is found.
    """
    points = dict(Checkpoint.objects.order_by("id").values_list("number", "digest"))
    start = _start(since)
    if isinstance(start, Break):
        return Verdict(0, 0, 0, "", start)
    number, previous = start
    count, first, seen = 0, number, not noted
    for entry in entries_from(number):
        broken = _wrong(entry, number, previous, points)
        if broken is None and noted and since is not None and count == 0 and entry.digest != noted:
            broken = Break(
                number, "head", f"第 {number} 条的摘要值与抄下的不一致：这一条或者它之前的记录被改过。"
            )
        if broken is not None:
            return Verdict(count, first, number - 1, previous, broken)
        count, number, previous = count + 1, number + 1, entry.digest
        seen = seen or entry.digest == noted
    return Verdict(count, first, number - 1, previous, _end(number, points, seen))


def _start(since: int | None) -> tuple[int, str] | Break:
    """The number to begin with and what stands before it; entries moved out are vouched for by a checkpoint."""
    opening = Entry.objects.order_by("number").first()
    if opening is not None and opening.number < 1:
        return Break(opening.number, "put_in", f"第 {opening.number} 条是插入的：序号从 1 开始。")
    if since is not None:
        before = Entry.objects.filter(number=since - 1).values_list("digest", flat=True).first()
        if before is not None:
            return since, before
    least = opening.number if opening else 1
    if since is not None and since > least:
        return Break(since, "missing", f"没有第 {since} 条，不能从这一条开始验证。")
    retired = Checkpoint.objects.filter(retired=True).order_by("-number", "-id").first()
    if retired is None:
        return 1, FIRST
    if opening is None or retired.number + 1 < opening.number:
        return retired.number + 1, retired.digest
    if retired.number >= opening.number:
        return Break(
            opening.number, "start", f"第 {opening.number} 条已经移出，却还在记录里：有人把它放了回来。"
        )
    told = Entry.objects.filter(act="audit.retire", object_name=str(retired)).exists()
    if not told:
        words = f"第 1 条到第 {retired.number} 条不在记录里，却没有清理它们的操作记录：是绕过平台删除的。"
        return Break(1, "missing", words)
    return retired.number + 1, retired.digest


def _wrong(entry: Entry, number: int, previous: str, points: dict[int, str]) -> Break | None:
    """What is wrong with this entry where number `number` should stand, if anything."""
    if entry.number != number:
        gap = f"第 {number} 条" if entry.number == number + 1 else f"第 {number} 条到第 {entry.number - 1} 条"
        return Break(number, "missing", f"{gap}缺失：记录被删除。")
    if digest_of(entry) != entry.digest:
        return _changed(entry, previous)
    if entry.previous != previous:
        return _unlinked(entry, previous)
    if number in points and points[number] != entry.digest:
        words = f"第 {number} 条与平台当时记下的摘要值不一致：从某一条起，后面的记录被整个重写过。"
        return Break(number, "head", words)
    return None


def _changed(entry: Entry, previous: str) -> Break:
    n = entry.number
    for original in (n - 1, n + 1):
        moved = copy(entry)
        moved.number = original
        if digest_of(moved) == entry.digest:
            if original > n and _was(n + 1, n):
                return Break(n, "order", f"第 {n} 条和第 {n + 1} 条的次序被调换。")
            if original > n:
                words = f"第 {n} 条缺失：原来的记录被删除，后面的记录被改了序号补上。"
                return Break(n, "missing", words)
            return Break(n - 1, "put_in", f"第 {n - 1} 条是后来插入的：它后面的记录被改了序号。")
    following = Entry.objects.filter(number=n + 1).first()
    if following is not None and following.previous == previous:
        return Break(n, "put_in", f"第 {n} 条是后来插入的：下一条接的是它前面的那一条。")
    return Break(n, "changed", f"第 {n} 条的内容与它的摘要值不符：这一条写下以后被改过。")


def _was(number: int, original: int) -> bool:
    """True when the entry now under `number` was written as `original`."""
    entry = Entry.objects.filter(number=number).first()
    if entry is None:
        return False
    entry.number = original
    return digest_of(entry) == entry.digest


def _unlinked(entry: Entry, previous: str) -> Break:
    n = entry.number
    following = Entry.objects.filter(number=n + 1).first()
    if following is not None and following.previous == previous:
        return Break(n, "put_in", f"第 {n} 条是后来插入的：下一条接的是它前面的那一条。")
    where = Entry.objects.filter(digest=entry.previous).values_list("number", flat=True).first()
    if where is not None:
        return Break(
            n, "order", f"第 {n} 条接的是第 {where} 条，不是第 {n - 1} 条：次序被改动，或者中间插入了记录。"
        )
    words = f"第 {n} 条接不上第 {n - 1} 条：第 {n - 1} 条被改过并重新算了摘要值，或者被换成了别的记录。"
    return Break(n, "link", words)


def _end(following: int, points: dict[int, str], seen: bool) -> Break | None:
    furthest = max(points, default=0)
    if furthest >= following:
        gap = f"第 {following} 条" if furthest == following else f"第 {following} 条到第 {furthest} 条"
        return Break(following, "missing", f"{gap}缺失：平台记下过第 {furthest} 条，末尾的记录被删除。")
    if not seen:
        words = "没有一条记录的摘要值与抄下的相同：抄下之后，记录被改过，或者末尾的记录被删除。"
        return Break(following - 1, "head", words)
    return None
