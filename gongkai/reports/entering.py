"""The figures of a table as they are entered: which cells are counted, which are wanted, what stood there last year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.statute.report.editions import COLUMN_LABELS, COLUMNS, Edition, edition
from gongkai.statute.report.model import Number

from .composition import PROCESSING_FEE, Composition
from .models import EnteredFigure, ReportYear

FEES = "t2.fees_10k_yuan"
TABLES = {
    "t2": ("第二部分", "主动公开政府信息情况"),
    "t3": ("第三部分", "收到和处理政府信息公开申请情况"),
    "t4": ("第四部分", "政府信息公开行政复议、行政诉讼情况"),
    "fee": ("第六部分", "信息处理费"),
}
"""The tables of figures, and the one figure of part six."""


def is_amount(cell: str) -> bool:
    """Whether it is money, with decimals: 万元 in table two, 元 in part six."""
    return cell in (FEES, PROCESSING_FEE) or cell.endswith("_amount")


def unit_of(cell: str) -> str:
    """The unit that stands behind the figure."""
    if cell == PROCESSING_FEE:
        return "元"
    return "万元" if is_amount(cell) else "件"


def counted_cells(made: Composition) -> dict[str, Number]:
    """What the records give for each cell they count, whatever was entered in its place."""
    over = {one.cell: one.counted for one in made.tally.overridden}
    found: dict[str, Number] = {}
    for cell_id, cell in made.report.cells.items():
        if cell_id in over:
            found[cell_id] = over[cell_id]
        elif cell.value is not None and (
            cell_id not in made.entered_rows or cell_id.startswith("t3.") or cell_id in made.registers.cells
        ):
            found[cell_id] = cell.value
    if PROCESSING_FEE in made.facts and PROCESSING_FEE not in made.entered_rows:
        found[PROCESSING_FEE] = made.facts[PROCESSING_FEE].value
    return found


_NAMES_A_DAY = re.compile(r"\d{4}|\d月|\d日|第.{1,3}季度|[上下]半年")


@dataclass(frozen=True, slots=True)
class Box:
    """A cell as the page shows it: `counted` is what the records give, None where nothing counts it; `entered` the
    figure somebody gave; `before` last year's of the same cell; `is_sum` that it follows from others."""

    cell: str
    label: str
    group: str
    unit: str
    value: Number | None
    counted: Number | None
    entered: EnteredFigure | None
    before: EnteredFigure | None
    is_sum: bool

    @property
    def open(self) -> bool:
        """Whether it is entered on the table's page: nothing counts it and it is no sum."""
        return self.counted is None and not self.is_sum

    @property
    def proposed(self) -> str:
        """The source to begin with: what was written, else last year's, to be looked at; nothing where last year's
        names a year or a day, which would be wrong of this one."""
        if self.entered:
            return self.entered.source
        return self.before.source if self.before and not _NAMES_A_DAY.search(self.before.source) else ""


def boxes(made: Composition, work: ReportYear, table: str) -> list[Box]:
    """The cells of a table in the form's order; one query for last year's figures."""
    form, counted = edition(made.report.edition), counted_cells(made)
    before = {
        row.cell: row
        for row in EnteredFigure.objects.filter(
            report__agency=work.agency, report__year=work.year - 1
        ).select_related("report")
    }
    return [_box(made, cell, (group, label), counted, before) for group, cell, label in _cells(form, table)]


def _box(
    made: Composition,
    cell: str,
    words: tuple[str, str],
    counted: Mapping[str, Number],
    before: Mapping[str, EnteredFigure],
) -> Box:
    fact = made.facts.get(cell)
    return Box(
        cell,
        words[1],
        words[0],
        unit_of(cell),
        fact.value if fact else None,
        None if _is_sum(cell) else counted.get(cell),
        made.entered_rows.get(cell) or made.set_aside.get(cell),
        before.get(cell),
        _is_sum(cell),
    )


def _is_sum(cell: str) -> bool:
    return cell.startswith("t4.") and cell.endswith(".total")


def _cells(form: Edition, table: str) -> list[tuple[str, str, str]]:
    """(group, cell, label) in the form's order."""
    if table == "fee":
        return [("信息处理费", PROCESSING_FEE, "本年实际收取的信息处理费")]
    if table == "t2":
        return [
            (block.caption, cell, _table2_label(row.label, head, len(row.cells)))
            for block in form.table2
            for row in block.rows
            for cell, head in zip(row.cells, block.head[1:], strict=False)
        ]
    if table == "t4":
        words = dict(form.results4)
        return [
            (group.label, cell, words.get(cell.rpartition(".")[2], "总计"))
            for group in form.groups4
            for cell in group.cells
        ]
    return [
        (row.label, cell, COLUMN_LABELS[column])
        for row in form.table3_data
        for cell, column in zip(row.cells, COLUMNS, strict=True)
    ]


def _table2_label(row: str, head: str, cells: int) -> str:
    return f"{row}：{head}" if cells > 1 else f"{row}（{head}）"


@dataclass(frozen=True, slots=True)
class Filled:
    """How far a table is: cells counted, entered, set against the count, missing."""

    key: str
    part: str
    name: str
    counted: int
    entered: int
    overridden: int
    missing: int

    @property
    def said(self) -> str:
        """In a few words."""
        told = [
            f"按记录统计 {self.counted} 格" if self.counted else "",
            f"填报 {self.entered} 格" if self.entered else "",
            f"其中改用填报数 {self.overridden} 格" if self.overridden else "",
            f"还缺 {self.missing} 格" if self.missing else "",
        ]
        return "，".join(word for word in told if word)


def filled(made: Composition) -> list[Filled]:
    """Each table with how far it is; asks the database for nothing."""
    over = {one.cell for one in made.tally.overridden}
    found = []
    for key, (part, name) in TABLES.items():
        if key == "fee":
            given, known = PROCESSING_FEE in made.entered_rows, PROCESSING_FEE in made.facts
            found.append(Filled(key, part, name, int(known and not given), int(given), 0, int(not known)))
            continue
        cells = [cell for cell in made.report.cells if cell.startswith(f"{key}.")]
        entered = [cell for cell in cells if cell in made.entered_rows]
        missing = [cell for cell in cells if cell in made.missing]
        found.append(
            Filled(
                key,
                part,
                name,
                len(cells) - len(entered) - len(missing),
                len(entered),
                len(over.intersection(cells)),
                len(missing),
            )
        )
    return found


def table_of(cell: str) -> str:
    """The key of the table that the cell stands in; empty for what is no cell."""
    key = "fee" if cell == PROCESSING_FEE else cell.partition(".")[0]
    return key if key in TABLES else ""
