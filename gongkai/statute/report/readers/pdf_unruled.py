"""Tables without rules in a PDF (a scan with a text layer, a sheet printed bare): rows by where figures stand."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from ..blocks import Grid, GridCell
from ..figures import parse_figure
from ..model import CellKind
from .labels import like_row2, like_rows3, meant_by

_WIDTHS = (7, 15)


@dataclass(slots=True)
class Word:
    """Characters that stand together, with their place on the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2


def is_number(word: Word) -> bool:
    """True for a figure or a stroke."""
    return len(word.text) < 20 and parse_figure(word.text).kind in (CellKind.NUMBER, CellKind.DASH)


def find_rows(lines: Sequence[Sequence[Word]], page: int) -> dict[int, Grid]:
    """Line number → a grid of one row, for lines of figures: seven (table three), fifteen (table four), or a
    label of table two with its figures. Labels broken over lines are gathered from the lines around."""
    rows: dict[int, tuple[list[Word], list[Word]]] = {}
    centres = _centres(lines)
    for n, line in enumerate(lines):
        words = list(line)
        figures: list[Word] = []
        while words and is_number(words[-1]):
            figures.insert(0, words.pop())
        if _is_row(words, figures, centres):
            rows[n] = (words, figures)
    found: dict[int, Grid] = {}
    for n, line in enumerate(lines):
        if n not in rows and len(line) > 1 and all(meant_by(w.text) for w in line):
            where = f"第{page}页第{n + 1}行"
            found[n] = Grid([[GridCell(w.text, where) for w in line]], where)
    for n, (words, figures) in rows.items():
        label = _label(n, words, figures, lines, rows)
        where = f"第{page}页第{n + 1}行"
        cells = [GridCell(label, where), *_figures(figures, [] if like_row2(label) else centres, where)]
        found[n] = Grid([cells if label or len(figures) != 15 else cells[1:]], where)
    return found


def _centres(lines: Sequence[Sequence[Word]]) -> list[float]:
    """Where the seven columns of table three stand, from the lines that have all seven."""
    full = []
    for line in lines:
        numbers = [w for w in line if is_number(w)]
        if len(numbers) == 7 and all(is_number(w) for w in line[-7:]):
            full.append([(w.x0 + w.x1) / 2 for w in numbers])
    if len(full) < 3:
        return []
    return [statistics.median(column) for column in zip(*full, strict=True)]


def _is_row(words: list[Word], figures: list[Word], centres: list[float]) -> bool:
    if len(figures) in _WIDTHS:
        return True
    label = "".join(w.text for w in words)
    if not figures or not label or len(label) > 60:
        return False
    if len(figures) <= 3 and like_row2(label):
        return True
    return bool(centres) and len(figures) < 7 and bool(like_rows3(label)) and figures[0].x0 > centres[0] - 30


def _figures(figures: list[Word], centres: list[float], where: str) -> list[GridCell]:
    """The figures in order; a row with gaps is set under the columns of the full rows."""
    if not centres or len(figures) >= 7:
        return [GridCell(w.text, f"{where}第{k}个数字") for k, w in enumerate(figures, start=1)]
    cells = [GridCell("", where) for _ in centres]
    for word in figures:
        middle = (word.x0 + word.x1) / 2
        k = min(range(len(centres)), key=lambda i: abs(centres[i] - middle))
        cells[k] = GridCell(word.text, f"{where}第{k + 1}个数字")
    return cells


def _label(
    n: int,
    words: list[Word],
    figures: list[Word],
    lines: Sequence[Sequence[Word]],
    rows: dict[int, tuple[list[Word], list[Word]]],
) -> str:
    """The label of a row: its own words, with those of bare lines that stand nearer to it than to any other row."""
    if len(figures) == 15:
        return ""
    heights = {k: r[1][0].middle for k, r in rows.items()}
    near = []
    for m in range(max(0, n - 4), min(len(lines), n + 5)):
        if m == n:
            near += words
        elif m not in rows and len(figures) == 7 and _scrap(lines[m], figures[0].x0):
            middle = lines[m][0].middle
            nearest = min(heights, key=lambda k: abs(heights[k] - middle))
            if nearest == n and abs(heights[n] - middle) < 40:
                near += lines[m]
    return "".join(w.text for w in near)


def _scrap(line: Sequence[Word], edge: float) -> bool:
    """A line that ends left of the figures and is no head: a piece of a label."""
    return (
        bool(line)
        and line[-1].x1 <= edge + 2
        and not any(m.role == "head" and m.key != "group" for w in line for m in meant_by(w.text))
    )


def used_lines(lines: Sequence[Sequence[Word]], found: dict[int, Grid]) -> set[int]:
    """Lines whose words went into a label beside their own row."""
    taken = set()
    labels = {n: grid.rows[0][0].text for n, grid in found.items() if len(grid.rows[0]) == 8}
    for m, line in enumerate(lines):
        text = "".join(w.text for w in line)
        if m not in found and text and any(abs(m - n) <= 4 and text in label for n, label in labels.items()):
            taken.add(m)
    return taken
