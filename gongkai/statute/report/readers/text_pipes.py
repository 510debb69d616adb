"""Table three in a text with a row a line: markdown pipes, tabs, or columns parted by spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from .labels import core, like_rows3
from .run_rows import Piece, RawRow, mended, read_cell
from .text_labels import labels3, row_cells
from .text_lines import BY_ORDER
from .text_page import TOKEN, Page

_SIZE = 7
_WORD = re.compile(r"\S+")
_SURE = 0.9
_MOST_ROWS = 120
_LONG_LABEL = 100


@dataclass(slots=True)
class RowLine:
    """A line with figures: the label printed on it, one entry a column (empty text: blank), and the line number."""

    label: str
    pieces: list[Piece]
    line: int
    placed: bool
    index: int = -1
    note: str = ""


def is_figure(text: str) -> bool:
    """Whether a cell's text is a figure, a stroke or 无."""
    return text.isdecimal() or (TOKEN.fullmatch(text) is not None)


def _parted(line: str, start: int, size: int) -> tuple[list[tuple[str, int]], bool]:
    """The cells of a line with their places, and whether blank cells keep their place."""
    mark = "|" if "|" in line else "\t" if line.count("\t") >= _SIZE - 1 else ""
    if not mark:
        return [(m.group(), start + m.start()) for m in _WORD.finditer(line)], False
    cells, at = [], start
    for text in line.split(mark):
        lead = len(text) - len(text.lstrip())
        cells.append((text.strip(), at + lead))
        at += len(text) + 1
    if mark == "|" and line.rstrip().endswith("|"):
        cells.pop()
    if mark == "|" and cells and line.lstrip().startswith("|"):
        cells.pop(0)
    while len(cells) > size and not cells[0][0]:
        cells.pop(0)
    return cells, True


def _label_end(cells: Sequence[tuple[str, int]], size: int, placed: bool) -> int:
    """How many leading cells are label: up to the last one in words; where cells are parted by marks, the last
    that leaves a row's worth of cells."""
    words = [i for i, (text, _) in enumerate(cells) if text and not is_figure(text)]
    if not words:
        return 0
    if not placed:
        return words[-1] + 1
    return next((i for i in reversed(words) if len(cells) - i - 1 >= size - 1), words[-1]) + 1


def row_line(page: Page, number: int, size: int = _SIZE) -> RowLine | None:
    """A line of the page (from 1) as a row of `size` figures; None when it has fewer than `size` − 1 cells."""
    start = page.lines[number - 1]
    end = page.lines[number] - 1 if number < len(page.lines) else len(page.flat)
    line = page.flat[start:end]
    if len(line) < size:
        return None
    cells, placed = _parted(line, start, size)
    if len(cells) < size - 1:
        return None
    cut = _label_end(cells, size, placed)
    figures = cells[cut:]
    while len(figures) > size and not figures[-1][0]:
        figures.pop()
    while len(figures) > size and not figures[0][0]:
        figures.pop(0)
    label = "".join(text for text, _ in cells[:cut])[-_LONG_LABEL:]
    if len(figures) < size - 1 or not _is_row(label, [text for text, _ in figures if text], size, placed):
        return None
    pieces = [Piece(text, page.where(at), number) for text, at in figures]
    return RowLine(label, pieces, number, placed and len(pieces) == size)


def _is_row(label: str, filled: Sequence[str], size: int, placed: bool) -> bool:
    """Whether these cells are figures of a row: enough of them, or a known label with blanks behind it."""
    if not placed:
        return len(filled) >= size - 1
    figures = sum(is_figure(text) for text in filled)
    if figures * 2 <= len(filled) and filled:
        return False
    return figures >= (3 if size == _SIZE else 1) or bool(
        label and any(labels3()[i].slug for i, _ in like_rows3(label))
    )


def row_lines(page: Page, start: int, end: int) -> list[RowLine]:
    """The row lines of table three between two places; empty when the table does not stand a row a line."""
    first, last = page.line(start), page.line(max(start, end - 1))
    found = (row for number in range(first, last + 1) if (row := row_line(page, number)))
    rows = list(islice(found, _MOST_ROWS))
    return rows if len(rows) >= 3 else []


def _fragment(text: str) -> int:
    """The one row whose label holds this piece of a label; −1 when none or several do."""
    mine = core(text)
    if len(mine) < 4:
        return -1
    found = [label.index for label in labels3() if mine in label.core]
    return found[0] if len(found) == 1 else -1


def _by_label(rows: Sequence[RowLine]) -> None:
    taken: set[int] = set()
    for row in rows:
        if not row.label:
            continue
        likes = [(i, s) for i, s in like_rows3(row.label) if labels3()[i].slug and i not in taken]
        sure = [i for i, s in likes if s >= _SURE]
        index = sure[0] if len(sure) == 1 else -1
        if index < 0 and len(sure) > 1:
            before = max((r.index for r in rows if r.index >= 0 and r.line < row.line), default=-1)
            index = next((i for i in sorted(sure) if i > before), -1)
        if index < 0:
            fragment = _fragment(row.label)
            index = fragment if fragment not in taken and fragment >= 0 and labels3()[fragment].slug else -1
        if index < 0 and likes and likes[0][1] >= 0.7:
            index, row.note = likes[0][0], "行名按相近文字对应"
        if index >= 0:
            row.index = index
            taken.add(index)


def _fill(rows: Sequence[RowLine], edition_id: str) -> bool:
    """Rows without a label between labelled ones take the missing rows in statutory order when they are as many.
    False when some could not be placed."""
    taken = {row.index for row in rows if row.index >= 0}
    labels = labels3()
    whole = any(labels[i].slug == "other_all" for i in taken) or edition_id == "2019"
    expected = [
        x.index
        for x in labels
        if x.slug
        and (x.slug != "other_all" if not whole else not x.slug.startswith("other_") or x.slug == "other_all")
    ]
    done, number = True, 0
    while number < len(rows):
        if rows[number].index >= 0:
            number += 1
            continue
        stop = number
        while stop < len(rows) and rows[stop].index < 0:
            stop += 1
        low = rows[number - 1].index if number else -1
        high = rows[stop].index if stop < len(rows) else len(labels)
        missing = [i for i in expected if low < i < high and i not in taken]
        if len(missing) == stop - number:
            for row, index in zip(rows[number:stop], missing, strict=True):
                row.index, row.note = index, BY_ORDER
                taken.add(index)
        else:
            done = False
        number = stop
    return done


def _strays(page: Page, rows: Sequence[RowLine], start: int, end: int) -> list[Piece]:
    """Lines of the table that hold one figure and nothing else."""
    used = {row.line for row in rows}
    found = []
    for number in range(page.line(start), page.line(max(start, end - 1)) + 1):
        begin = page.lines[number - 1]
        stop = page.lines[number] if number < len(page.lines) else len(page.flat)
        text = page.flat[begin:stop].strip()
        if number not in used and text.isdecimal():
            found.append(Piece(text, page.where(begin), number))
    return found


def _missing_figure(row: RawRow) -> tuple[int, int] | None:
    """The column and the figure that a row with one blank cell needs to add up; None when it has no such place."""
    blanks = [i for i, piece in enumerate(row.pieces) if not piece.text]
    if len(blanks) != 1 or not row.placed:
        return None
    cells = [read_cell(piece) for piece in row.pieces]
    if not all(cell.judgeable and isinstance(cell.counted, int) for cell in cells):
        return None
    parts, total = sum(int(c.counted) for c in cells[:-1]), int(cells[-1].counted)
    need = parts if blanks[0] == len(cells) - 1 else total - parts
    return (blanks[0], need) if need >= 0 else None


def return_strays(rows: dict[str, RawRow], strays: Sequence[Piece]) -> None:
    """Give a figure that stands alone back to the row that lacks it: only where one row has one blank cell that
    needs this very figure, and no other row could take it."""
    for stray in strays:
        value = int(mended(stray.text)) if len(stray.text) < 18 else -1
        fits = [
            (slug, need[0])
            for slug, row in rows.items()
            if (need := _missing_figure(row)) is not None and need[1] == value
        ]
        if len(fits) != 1 or sum(int(s.text) == value for s in strays) != 1:
            continue
        slug, column = fits[0]
        row = rows[slug]
        pieces = list(row.pieces)
        pieces[column] = stray
        note = f"{stray.where}单独成行的“{stray.text}”由勾稽关系确定属于本行"
        rows[slug] = replace(row, pieces=pieces, note="；".join(n for n in (row.note, note) if n))


def rows_by_line(
    page: Page, lines: Sequence[RowLine], start: int, end: int, edition_id: str
) -> dict[str, RawRow]:
    """The rows of table three by slug from lines that hold a row each. A line whose row stays unknown is left
    out, with a row label or without one."""
    _by_label(lines)
    _fill(lines, edition_id)
    rows = {
        labels3()[line.index].slug: RawRow(
            row_cells(labels3()[line.index].slug), line.pieces, line.placed, line.note, f"第{line.line}行"
        )
        for line in lines
        if line.index >= 0
    }
    return_strays(rows, _strays(page, lines, start, end))
    return rows
