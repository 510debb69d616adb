"""Two reports side by side: every figure and every part of the prose that differs."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field

from .editions import row_label
from .model import AnnualReport, Cell, CellKind


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A cell that is not the same; None where the report has no such cell. `change` is b − a for two figures."""

    cell: str
    label: str
    a: Cell | None
    b: Cell | None

    @property
    def change(self) -> str:
        """The change from a to b, signed; empty when one of them is no figure."""
        if self.a is None or self.b is None or self.a.value is None or self.b.value is None:
            return ""
        delta = self.b.value - self.a.value
        return f"+{delta}" if delta > 0 else str(delta)


@dataclass(frozen=True, slots=True)
class ProseDifference:
    """One of the six parts whose prose differs: lines marked with -, + or a blank, as in a unified diff."""

    key: str
    title: str
    likeness: float
    lines: tuple[str, ...]


@dataclass(slots=True)
class Difference:
    """All that differs between report a and report b. `comparable` is False across forms: table two is then
    left out, since its columns mean different things."""

    comparable: bool
    facts: list[tuple[str, str, str]] = field(default_factory=list)
    cells: list[CellDifference] = field(default_factory=list)
    prose: list[ProseDifference] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.facts or self.cells or self.prose)


def _shown(cell: Cell | None) -> tuple[object, ...]:
    if cell is None:
        return ("absent",)
    if cell.kind is CellKind.NUMBER:
        return ("number", cell.value)
    return (cell.kind, "" if cell.kind is CellKind.BLANK else cell.raw.strip(), cell.candidates)


def _prose(a: AnnualReport, b: AnnualReport) -> list[ProseDifference]:
    out = []
    keys = list(dict.fromkeys([s.key for s in a.sections] + [s.key for s in b.sections]))
    for key in keys:
        one, two = a.section(key), b.section(key)
        left = [p.text for p in one.paragraphs] if one else []
        right = [p.text for p in two.paragraphs] if two else []
        if left == right:
            continue
        lines = tuple(line.rstrip("\n") for line in difflib.ndiff(left, right) if not line.startswith("?"))
        likeness = difflib.SequenceMatcher(None, "\n".join(left), "\n".join(right), autojunk=True).ratio()
        title = (one or two).title if (one or two) else key  # type: ignore[union-attr]
        out.append(ProseDifference(key, title, round(likeness, 3), lines))
    return out


def diff(a: AnnualReport, b: AnnualReport) -> Difference:
    """What differs from a to b: title facts, figures in printed order, prose by part. Across forms only tables
    three and four are compared (law: figures of table two must not be converted between forms)."""
    out = Difference(comparable=a.edition == b.edition)
    for label, left, right in (
        ("单位", a.agency, b.agency),
        ("年度", str(a.year or ""), str(b.year or "")),
        ("格式", a.edition, b.edition),
    ):
        if left != right:
            out.facts.append((label, left, right))
    for cell_id in dict.fromkeys([*a.cells, *b.cells]):
        if not out.comparable and cell_id.startswith("t2."):
            continue
        left_cell, right_cell = a.cells.get(cell_id), b.cells.get(cell_id)
        if _shown(left_cell) != _shown(right_cell):
            known = a if cell_id in a.cells else b
            out.cells.append(
                CellDifference(cell_id, row_label(known.edition, cell_id), left_cell, right_cell)
            )
    out.prose = _prose(a, b)
    return out
