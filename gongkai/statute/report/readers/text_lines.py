"""Table three in a text that goes on and on: a label, then its figures, a cell a line or all run together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .labels import like_rows3
from .run_rows import Piece, RawRow
from .text_labels import Anchor, bare, labels3, row_cells
from .text_page import Page

_HEAD_WORDS = re.compile(
    r"本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和|三?本年度办理结果|[三四五六]?(?:不予公开|无法提供|不予处理|其他处理)"
    r"|申请人情况|自然人|法人或其他组织|总计|商业企业|科研机构|社会公益组织|法律服务机构|其他|区分处理的只计这一情形不计其他情形"
)
_SIZE = 7
_MOST_GROUPS = 40
_LONG_LABEL = 100
BY_ORDER = "行名缺失或残缺，按法定行序对应"

Stretch = tuple[str, list[Piece], int]


def _stretches(page: Page, start: int, end: int) -> list[Stretch]:
    """Every unbroken stretch of figures between two places, with the bare text before it."""
    out: list[Stretch] = []
    at = start
    while len(out) < _MOST_GROUPS:
        spans = list(page.figures(at, end))
        if not spans:
            break
        out.append((page.flat[at : spans[0][0]], [page.piece(a, b) for a, b in spans], spans[0][0]))
        at = spans[-1][1]
    return out


def _is_label(text: str) -> bool:
    """Whether the text before figures is a label of its own, not the tail of the label before or a head word."""
    return len(_HEAD_WORDS.sub("", bare(text))) >= 3


def lines_placed(page: Page, start: int, end: int, pieces: list[Piece], size: int = _SIZE) -> list[Piece]:
    """One entry a cell when the row stands a cell a line and empty cells are lines of white space; else nothing.
    `start` is a place in the line before the row's first cell."""
    lines = page.flat[start:end].split("\n")[1:]
    if not 0 < len(pieces) < size or len(lines) < size or any(not line for line in lines[:size]):
        return []
    body, rest = lines[:size], lines[size:]
    if (rest and rest[0]) or any(len(line.split()) > 1 for line in body):
        return []
    if sum(bool(line.strip()) for line in body) != len(pieces):
        return []
    queue = iter(pieces)
    first = pieces[0].line - next(i for i, line in enumerate(body) if line.strip())
    return [next(queue) if line.strip() else Piece("", f"第{first + i}行") for i, line in enumerate(body)]


def _give(rows: dict[str, RawRow], index: int, pieces: list[Piece], where: str, note: str = "") -> None:
    slug = labels3()[index].slug
    if slug and (slug not in rows or not rows[slug].pieces):
        rows[slug] = RawRow(row_cells(slug), pieces, note=note, where=where)


def _unlabelled(rows: dict[str, RawRow], groups: Sequence[Stretch], missing: list[int], page: Page) -> None:
    """Figures behind labels nobody recognised: the missing rows in statutory order when they are as many, else
    by likeness of what is printed."""
    if len(groups) == len(missing):
        for index, (_, pieces, at) in zip(missing, groups, strict=True):
            _give(rows, index, pieces, page.where(at), BY_ORDER)
        return
    for text, pieces, at in groups:
        found = next(
            (i for i, score in like_rows3(text.strip()[-_LONG_LABEL:]) if i in missing and score >= 0.7), None
        )
        if found is not None:
            _give(rows, found, pieces, page.where(at), "行名按相近文字对应")


def _deal_out(rows: dict[str, RawRow], waiting: list[str]) -> bool:
    """Labels that stood together before their figures: the rows' figures in order, when they come out even."""
    last = rows[waiting[-1]]
    if len(waiting) < 2 or len(last.pieces) != _SIZE * len(waiting):
        return False
    for number, slug in enumerate(waiting):
        part = last.pieces[number * _SIZE : (number + 1) * _SIZE]
        rows[slug] = RawRow(
            row_cells(slug), part, note="数字在多个行名之后连续列出，按行序对应", where=part[0].where
        )
    return True


def rows_in_stream(page: Page, anchors: Sequence[Anchor], end: int) -> tuple[dict[str, RawRow], int]:
    """The rows of table three by slug, and the place behind the last figure read.

    `anchors` in reading order; `end` is the place where the table must be over.
    """
    rows: dict[str, RawRow] = {}
    known = {a.index for a in anchors}
    waiting: list[str] = []
    reach = anchors[0].start if anchors else 0
    for number, anchor in enumerate(anchors):
        after = anchors[number + 1] if number + 1 < len(anchors) else None
        stop = after.start if after else end
        label = labels3()[anchor.index]
        found = _stretches(page, anchor.end, stop)
        own: list[Piece] = []
        if found and not _is_label(found[0][0]) and label.slug:
            own = found.pop(0)[1]
        if label.slug and (own or label.slug != "other_all"):
            placed = lines_placed(page, anchor.end, stop, own)
            rows[label.slug] = RawRow(
                row_cells(label.slug), placed or own, bool(placed), "", page.where(anchor.start)
            )
            waiting = [*waiting, label.slug]
            if own:
                _deal_out(rows, waiting)
                waiting = []
        if after is not None and found:
            missing = [
                x.index for x in labels3()[anchor.index + 1 : after.index] if x.slug and x.index not in known
            ]
            plain = [i for i in missing if labels3()[i].slug != "other_all"]
            _unlabelled(rows, found, plain, page)
        reach = _reach(page, anchor, stop, after is None)
    return rows, reach


def _reach(page: Page, anchor: Anchor, stop: int, last: bool) -> int:
    """The place behind a label's figures; of the last label only its first stretch belongs to the table."""
    spans = list(page.figures(anchor.end, stop))
    if not spans or (last and _is_label(page.flat[anchor.end : spans[0][0]])):
        return anchor.end
    return spans[-1][1]
