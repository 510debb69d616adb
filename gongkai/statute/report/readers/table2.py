"""Table two: figures under the captions of article 20, by row label and head row."""

from __future__ import annotations

import re

from ..editions import Edition, Table2Block, Table2Row
from ..figures import has_unit
from ..model import Cell, CellKind
from .columns import Head, as_cell, head_columns, match_columns, spread
from .labels import like_row2, meant_by, squeeze
from .rows import TableRow, is_word, label_and_figures


def place_table2(rows: list[TableRow], form: Edition) -> tuple[dict[str, Cell], list[str]]:
    """The cells of table two by id, and what a person should know. Rows that are no row of the form are noted
    and not counted."""
    cells: dict[str, Cell] = {}
    notes: list[str] = []
    head_row: TableRow | None = None
    for row in rows:
        if row.kind == "t2head":
            head_row = row
            notes.extend(_unit_note(row))
        elif row.kind == "caption":
            head_row = None
        elif (row.words and row.numbers) or row.kind == "t2":
            _place(row, head_row, form, cells, notes)
    return cells, notes


def _place(
    row: TableRow, head_row: TableRow | None, form: Edition, cells: dict[str, Cell], notes: list[str]
) -> None:
    known = {s.col for s in row.own if is_word(s.cell) and len(s.text) < 60 and like_row2(s.text)}
    labels, figures = label_and_figures(row, known)
    label = labels[-1] if labels else ""
    found = _row_of(form, like_row2(label)) if known else None
    if found is None:
        notes.append(f"第二部分表格另有一行“{squeeze(label)}”（{row.where}），不是规定的行，没有计入")
        return
    block, form_row = found
    if form_row.cells[0] in cells:
        notes.append(f"“{form_row.label}”在第二部分出现了两次，取先出现的一行；后一行在{row.where}")
        return
    if not any(label == t or squeeze(label) in (form_row.label, *form_row.accept) for t in (form_row.label,)):
        notes.extend(_likeness_note(label, form_row, row))
    head: Head = head_columns([head_row], "t2", block.columns) if head_row is not None else []
    merged = spread(figures, block.columns)
    placed = match_columns(figures, head, block.columns)
    if placed is None and merged is None:
        notes.append(f"“{form_row.label}”一行的数字对不上列（{row.where}），没有读入，请核对原文")
        return
    for column, cell_id in zip(block.columns, form_row.cells, strict=True):
        if merged:
            cells[cell_id] = merged[column]
        elif placed and column in placed:
            cell = as_cell(placed[column], amount=bool(form_row.unit))
            cells[cell_id] = _in_unit(cell, form_row.unit, head_row, notes)


def _row_of(form: Edition, slug: str) -> tuple[Table2Block, Table2Row] | None:
    for block in form.table2:
        for row in block.rows:
            if row.slug == slug or (slug == "fees" and row.slug.startswith("fees")):
                return block, row
    return None


def _likeness_note(label: str, form_row: Table2Row, row: TableRow) -> list[str]:
    if any(m.role == "row" for m in meant_by(label)):
        return []
    return [f"“{squeeze(label)}”按相近程度认作“{form_row.label}”（{row.where}）"]


def _in_unit(cell: Cell, unit: str, head_row: TableRow | None, notes: list[str]) -> Cell:
    """The amount of a cell, kept out when it is printed in 元 and the form asks for 万元 (0 is 0 in any unit)."""
    if unit != "万元" or not cell.value:
        return cell
    printed = squeeze(cell.raw)
    if has_unit(printed) and not printed.endswith("万元"):
        told = cell.raw
    elif not has_unit(printed) and head_row is not None and _head_in_yuan(head_row):
        told = f"{cell.raw.strip()}（单位：元）"
    else:
        return cell
    notes.append(f"行政事业性收费写的是“{told}”（{cell.where}），规定的单位是万元，没有取用，请换算后填写")
    return Cell(None, told, cell.where, CellKind.TEXT)


def _head_in_yuan(row: TableRow) -> bool:
    return any("收费金额" in (t := squeeze(s.text)) and re.search(r"单位:?元|\(元\)", t) for s in row.own)


def _unit_note(row: TableRow) -> list[str]:
    for slot in row.own:
        text = squeeze(slot.text)
        if "收费金额" in text and re.search(r"单位:?元|\(元\)", text):
            return [f"行政事业性收费的表头写的单位是“元”，规定的单位是万元（{slot.cell.where}），请核对"]
    return []
