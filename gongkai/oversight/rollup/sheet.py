"""The roll-up as .xlsx: a row for each party and the sum last, a column for each cell; written a row at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Any

from gongkai.statute.ooxml import plain, settle_into
from gongkai.statute.report.editions import row_label
from gongkai.statute.report.model import Number

from .adding import RollUp

TOTAL = "合计"
Row = list[str | Number | None]


def rows_of(roll: RollUp) -> Iterator[Row]:
    """Heads, parties, sum. A party that has no such cell has nothing there, not 0."""
    cells = list(roll.merged.parts)
    yield ["单位", *(row_label(roll.report.edition, cell) for cell in cells)]
    shares = {cell: {part.agency: part.value for part in parts} for cell, parts in roll.merged.parts.items()}
    for party in roll.parties:
        yield [party.name, *(shares[cell].get(party.report.agency) for cell in cells)]
    yield [TOTAL, *(roll.report.cells[cell].value for cell in cells)]


def write_sheet(roll: RollUp, out: IO[bytes]) -> None:
    """Write the file; equal roll-ups give equal bytes. Text stays text whatever it begins with."""
    from openpyxl import Workbook  # noqa: PLC0415 - its library is large
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("汇总")
    sheet.freeze_panes = "B2"
    for row in rows_of(roll):
        line = []
        for value in row:
            shown: Any = plain(value) if isinstance(value, str) else value
            cell = WriteOnlyCell(sheet, value=shown)
            if isinstance(value, str):
                cell.data_type = "s"
            line.append(cell)
        sheet.append(line)
    with tempfile.TemporaryFile() as raw:
        book.save(raw)
        raw.seek(0)
        settle_into(raw, out, roll.report.title)
