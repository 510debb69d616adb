"""Tables two and four in any text: figures behind their labels, however the text was laid out or run together."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ..editions import Edition, Table2Row
from .run_rows import Piece, RawRow
from .text_labels import bare, finds
from .text_lines import lines_placed
from .text_page import Page
from .text_pipes import is_figure, row_line

_WORDS4 = re.compile(
    r"未经(?:行政)?复议直接起诉|(?:行政)?复议后起诉|政府信息公开|行政复议|行政诉讼|结果维持|结果纠正|其他结果|尚未审结|总计|维持|纠正|结果|其他|尚未|审结|合计|小计|情况|表四|和|及"
)
_STOPS2 = ("第二十条", "信息内容")
_BRACKETS = re.compile(r"\([^()]{0,12}\)")
_SIZE4 = 15


def _followed(page: Page, end: int, high: int) -> list[tuple[int, int]]:
    """The figures right behind a label: nothing but spaces, pipes and a bracketed unit may stand
    between."""
    spans = list(page.figures(end, high))
    if not spans or bare(_BRACKETS.sub("", page.flat[end : spans[0][0]])):
        return []
    return spans


def _column_pieces(page: Page, end: int, size: int) -> list[Piece]:
    """The cells of a line with pipes or tabs behind a label, blanks kept; nothing when they are not all figures."""
    number = page.line(end)
    stop = page.lines[number] if number < len(page.lines) else len(page.flat)
    rest = page.flat[end:stop].rstrip("\n")
    mark = "|" if "|" in rest else "\t" if "\t" in rest else ""
    if not mark or rest.split(mark)[0].strip():
        return []
    cells, at = [], end
    for text in rest.split(mark):
        cells.append((text.strip(), at + len(text) - len(text.lstrip())))
        at += len(text) + 1
    cells = cells[1 : size + 1]
    if len(cells) < size or not any(t for t, _ in cells) or not all(not t or is_figure(t) for t, _ in cells):
        return []
    return [Piece(text, page.where(at), number) for text, at in cells]


def _next(stops: Sequence[int], place: int, high: int) -> int:
    number = bisect_left(stops, place)
    return stops[number] if number < len(stops) else high


def _row2(page: Page, row: Table2Row, low: int, high: int, stops: Sequence[int]) -> tuple[RawRow, int] | None:
    seen: tuple[RawRow, int] | None = None
    for word in sorted({bare(w) for w in (row.label, *row.accept)}, key=len, reverse=True):
        for at in finds(page.bare, word, low, high):
            start, end = page.at(at), page.after(at + len(word))
            stop = page.at(_next(stops, at + len(word), high))
            spans = _followed(page, end, stop)
            if spans:
                pieces = [page.piece(a, b) for a, b in spans]
                size = len(row.cells)
                placed = _column_pieces(page, end, size) or lines_placed(page, end, stop, pieces, size)
                reach = spans[min(len(spans), size) - 1][1] if len(spans) > 1 else spans[-1][1]
                raw = RawRow(row.cells, placed or pieces, bool(placed), where=page.where(start))
                return raw, reach
            if seen is None:
                seen = RawRow(row.cells, where=page.where(start)), end
    return seen


def rows_two(page: Page, form: Edition, low: int, high: int) -> tuple[list[tuple[Table2Row, RawRow]], int]:
    """The rows of table two between two bare places, each found by its own label whatever the order; and the
    place on the page behind the last figure."""
    every = [row for block in form.table2 for row in block.rows]
    stops = [at for word in _STOPS2 for at in finds(page.bare, word, low, high)]
    for row in every:
        for word in (row.label, *row.accept):
            stops.extend(finds(page.bare, bare(word), low, high))
    stops.sort()
    rows, reach = [], page.at(low)
    for row in every:
        found = _row2(page, row, low, high, stops)
        if found is not None:
            rows.append((row, found[0]))
            reach = max(reach, found[1])
    if rows and not any(raw.pieces for _, raw in rows):
        reach = max(reach, max((page.after(s) for s in stops), default=reach))
    return rows, reach


def _block_placed(page: Page, pieces: list[Piece]) -> list[Piece]:
    """Fifteen cells a line each, empty cells as lines of white space, when the block of lines is exactly that."""
    first = pieces[0].line
    while first > 1:
        above = page.flat[page.lines[first - 2] : page.lines[first - 1] - 1]
        if not above or above.strip():
            break
        first -= 1
    if first < 2:
        return []
    start = page.lines[first - 1] - 1
    end = page.lines[first - 1 + _SIZE4] if first - 1 + _SIZE4 < len(page.lines) else len(page.flat)
    return lines_placed(page, start, end, pieces, _SIZE4)


def row_four(page: Page, cells: tuple[str, ...], low: int, high: int) -> tuple[RawRow, int]:
    """The figures of table four from its first word (a bare place) on: one stretch, or several parted by the
    words of its head; and the place behind the last figure read."""
    start, end = page.at(low), page.at(high)
    pieces: list[Piece] = []
    at = start
    while len(pieces) < _SIZE4:
        spans = list(page.figures(at, end))
        if not spans or _WORDS4.sub("", bare(page.flat[at : spans[0][0]])):
            break
        pieces.extend(page.piece(a, b) for a, b in spans)
        at = spans[-1][1]
    if not pieces:
        return RawRow(cells, where=page.where(start)), _end_of_head(page, low, high)
    placed: list[Piece] = []
    line = row_line(page, pieces[0].line, _SIZE4)
    if line is not None and line.placed:
        placed = line.pieces
    elif len(pieces) < _SIZE4:
        placed = _block_placed(page, pieces)
    return RawRow(cells, placed or pieces, bool(placed), where=pieces[0].where), at


def _end_of_head(page: Page, low: int, high: int) -> int:
    """The place behind the head words of a table without figures."""
    at = low
    while at < high and (match := _WORDS4.match(page.bare, at, high)) and match.end() > at:
        at = match.end()
    return page.after(at)
