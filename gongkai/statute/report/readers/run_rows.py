"""A row of a table as a text shows it, and the cells it becomes: as printed, cut by sums, or left ambiguous."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from ..figures import parse_figure
from ..model import AmbiguousRun, Cell, CellKind, Number

LISTED = 200
_OCR = str.maketrans({"O": "0", "o": "0", "〇": "0", "l": "1", "I": "1"})
_OCR_SIGNS = frozenset("Oo〇lI")


@dataclass(frozen=True, slots=True)
class Piece:
    """Something printed without a gap inside: its text, and where it stands in words."""

    text: str
    where: str
    line: int = 0


@dataclass(slots=True)
class RawRow:
    """What stood behind one label. `cells` are the cell ids in order. With `placed`, `pieces` holds one entry a
    cell and an empty text is a blank; otherwise pieces are in order and may be fewer or more than the cells."""

    cells: tuple[str, ...]
    pieces: list[Piece] = field(default_factory=list)
    placed: bool = False
    note: str = ""
    where: str = ""

    @property
    def size(self) -> int:
        """How many cells the row has."""
        return len(self.cells)

    @property
    def raw(self) -> str:
        """The row's figures as printed, gaps as one space."""
        return " ".join(p.text for p in self.pieces)

    @property
    def run(self) -> str:
        """The pieces joined, digits that recognition mistook for letters mended."""
        return mended("".join(p.text for p in self.pieces))

    @property
    def cuts(self) -> frozenset[int]:
        """The places in `run` where a gap was seen."""
        places, at = set(), 0
        for piece in self.pieces[:-1]:
            at += len(piece.text)
            places.add(at)
        return frozenset(places)

    @property
    def as_printed(self) -> bool:
        """True when every cell has its own piece."""
        return self.placed or (
            len(self.pieces) == self.size and not any(superfluous_zero(p.text) for p in self.pieces)
        )

    @property
    def place(self) -> str:
        """Where the row's first figure stands."""
        return self.pieces[0].where if self.pieces else self.where


def mended(text: str) -> str:
    """Letters that recognition put for digits (O, o, 〇, l, I) as the digits they are; other text unchanged."""
    if text.isdecimal() or not _OCR_SIGNS.intersection(text):
        return text
    fixed = text.translate(_OCR)
    return fixed if fixed.replace(".", "").replace(",", "").isdecimal() else text


def superfluous_zero(text: str) -> bool:
    """True for 00 and 07, which no form prints in one cell."""
    return len(text) > 1 and text[0] == "0" and text.isdecimal()


def read_cell(piece: Piece, note: str = "", *, amount: bool = False) -> Cell:
    """The cell a piece is, as printed; a digit mistaken for a letter is mended and noted."""
    text = mended(piece.text)
    cell = parse_figure(text, piece.where, amount=amount)
    if text is not piece.text:
        return replace(
            cell, raw=piece.text, note="；".join(n for n in (f"“{piece.text}”按数字认读", note) if n)
        )
    return replace(cell, note=note) if note else cell


def one_each(row: RawRow) -> RawRow | None:
    """The row with every sign its own piece, when strokes are among exactly as many signs as cells: 3/////3."""
    run = row.run
    if len(run) != row.size or not set(run) <= set("0123456789/-") or run.isdecimal():
        return None
    first = row.pieces[0]
    pieces = [Piece(sign, first.where, first.line) for sign in run]
    return RawRow(row.cells, pieces, True, row.note, row.where)


def printed_cells(row: RawRow, *, amount: bool = False) -> list[Cell]:
    """The cells of a row whose pieces are its cells."""
    return [read_cell(piece, row.note, amount=amount) for piece in row.pieces]


def blank_cells(row: RawRow) -> list[Cell]:
    """The cells of a row with nothing behind its label."""
    return [Cell(None, "", row.where, CellKind.BLANK, note=row.note)] * row.size


def agreed_cells(
    row: RawRow, readings: Sequence[tuple[Number, ...]], *, complete: bool, why: str, firm: bool = True
) -> tuple[list[Cell], AmbiguousRun | None]:
    """The cells of a run: a figure on which all readings agree is taken, any other is ambiguous.

    `complete` False or `firm` False (empty cells possible) means that agreement proves nothing. `why` names in
    Chinese what decided. The second value lists the readings when something stays open.
    """
    raw, where = row.raw, row.place
    sure = complete and firm and bool(readings)
    count = f"{len(readings)}种" if complete else f"至少{len(readings)}种（过多，未列全）"
    open_note = f"连写的“{raw}”有{count}拆法，数据关系不能确定" if readings else f"“{raw}”无法对应到各格"
    cells: list[Cell] = []
    for column in range(row.size):
        values = {reading[column] for reading in readings}
        if sure and len(values) == 1:
            note = "；".join(n for n in (f"由连写的“{raw}”{why}", row.note) if n)
            cells.append(Cell(values.pop(), raw, where, note=note))
        else:
            listed = tuple(sorted(values)[:LISTED])
            note = "；".join(n for n in (open_note, row.note) if n)
            cells.append(Cell(None, raw, where, CellKind.AMBIGUOUS, listed, note))
    if all(cell.kind is CellKind.NUMBER for cell in cells):
        return cells, None
    return cells, AmbiguousRun(row.cells, raw, tuple(readings[:LISTED]), where)


def counts_of(row: RawRow) -> tuple[int, ...] | None:
    """The row as whole numbers ≥ 0 (blank and stroke count 0); None when a cell is something else."""
    values: list[int] = []
    for cell in printed_cells(row):
        if not cell.judgeable or not isinstance(cell.counted, int) or cell.counted < 0:
            return None
        values.append(cell.counted)
    return tuple(values)


def without_strays(row: RawRow, spare: int = 3) -> list[tuple[int, ...]]:
    """Readings of a row with a few pieces too many (a page number among them): every choice of cells in order
    whose last is the sum of the others, each different reading once."""
    extra = len(row.pieces) - row.size
    if not 0 < extra <= spare:
        return []
    figures = [mended(p.text) for p in row.pieces]
    if not all(f.isdecimal() and len(f) <= 18 and not superfluous_zero(f) for f in figures):
        return []
    values = [int(f) for f in figures]
    found = {c for c in combinations(values, row.size) if sum(c[:-1]) == c[-1]}
    return sorted(found)
