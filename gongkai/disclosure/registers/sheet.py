"""A register as a sheet: the template to fill in, a filled-in one read and checked row by row."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Any

from gongkai.agencies.models import Agency
from gongkai.statute.ledger.grid import Grid, UnreadableLedger, opened
from gongkai.statute.ledger.table import Heads, keys_of, table_rows
from gongkai.statute.ooxml import settle

from ..models import RegisterEntry
from .checking import checked, identity, in_order
from .kinds import Register

__all__ = ["MOST_ROWS", "Line", "UnreadableLedger", "lines_of", "template"]
MOST_ROWS = 20_000
"""Rows one import takes: it is answered within the request."""
LOT = 500
_TEXT = "@"


@dataclass(slots=True)
class Line:
    """A row of the sheet: `problems` in words, `there` when it stands in the register already, else `values` are good."""

    row: int
    texts: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    there: bool = False


def template(register: Register) -> bytes:
    """The sheet with heads and lists to pick from, and on a second one how each column is filled in."""
    from openpyxl import Workbook  # noqa: PLC0415 - its library is large
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    book = Workbook()
    sheet: Any = book.active
    sheet.title = register.name
    for n, one in enumerate(register.fields, start=1):
        cell, letter = sheet.cell(1, n, one.head), get_column_letter(n)
        cell.font = Font(bold=True)
        if one.needed:
            cell.fill = PatternFill("solid", fgColor="FFF2CC")
        sheet.column_dimensions[letter].width = one.width
        # Text throughout: a date stays as typed, a number keeps its leading nought.
        sheet.column_dimensions[letter].number_format = _TEXT
        if one.choices:
            rule = DataValidation(type="list", formula1=f'"{",".join(one.choices)}"', allow_blank=True)
            rule.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
            sheet.add_data_validation(rule)
    sheet.freeze_panes = "A2"
    guide: Any = book.create_sheet("填写说明")
    guide.append(["列", "要不要填", "怎么填", "例子"])
    for one in register.fields:
        guide.append([one.head, "必填" if one.needed else "可不填", one.hint, one.example])
    guide.append([f"从第二行填起，一行一{register.unit}；列名不要改，不用的列可以删掉。"])
    for letter, width in zip("ABCD", (20, 10, 60, 26), strict=True):
        guide.column_dimensions[letter].width = width
    out = io.BytesIO()
    book.save(out)
    return settle(out.getvalue(), f"{register.name}台账导入模板")


def lines_of(agency: Agency, register: Register, file: IO[bytes], today: date) -> Iterator[Line]:
    """Every row of the file, checked by itself, against the others and against the register; a few queries a lot.

    Raises `UnreadableLedger` for a file that is no such sheet or is too long.
    """
    numbers: dict[str, int] = {}
    copies: Counter[tuple[Any, ...]] = Counter()
    with opened(file) as grid:
        for lot in _lots(_rows(grid, register)):
            for line in lot:
                found = checked(register, line.texts, today)
                line.values, line.problems = found.values, list(in_order(register, found.problems))
            _compare(agency, register, lot, numbers, copies)
            yield from lot


def _rows(grid: Grid, register: Register) -> Iterator[Line]:
    keys = keys_of((one.slug, one.head, one.accept) for one in register.fields)
    needed = [one for one in register.fields if one.needed]
    missing = "、".join(one.head for one in needed)
    told = f"没有找到列名。请用这里下载的模板填写，至少要有这几列：{missing}。"
    wanted = {one.slug for one in needed}
    for at, texts in table_rows(grid, keys, wanted, most=MOST_ROWS, told=told, heads=Heads()):
        yield Line(at, texts)


def _lots(lines: Iterator[Line]) -> Iterator[list[Line]]:
    lot: list[Line] = []
    for line in lines:
        lot.append(line)
        if len(lot) == LOT:
            yield lot
            lot = []
    if lot:
        yield lot


def _compare(
    agency: Agency,
    register: Register,
    lot: list[Line],
    numbers: dict[str, int],
    copies: Counter[tuple[Any, ...]],
) -> None:
    """A number that stands there with the same day and title is the same decision, taken no second time. Rows without
    a number may be alike and yet two: so many of them are there already as the register holds."""
    mine = RegisterEntry.objects.filter(agency=agency, kind=register.slug, cancelled="")
    wanted = {line.values["number"] for line in lot if line.values.get("number")}
    there = {one.number: one for one in mine.filter(number__in=wanted)}
    days: set[date] = {
        line.values["day"] for line in lot if not line.values.get("number") and line.values.get("day")
    }
    held: Counter[tuple[Any, ...]] = Counter()
    for row in mine.filter(number="", day__in=days).values("day", "title", "subject", "category", "amount"):
        held[identity(row)] += 1
    for line in lot:
        if line.problems:
            continue
        number = line.values.get("number", "")
        if not number:
            same = identity(line.values)
            copies[same] += 1
            line.there = copies[same] <= held[same]
            continue
        old = there.get(number)
        head = next(one.head for one in register.fields if one.slug == "number")
        if number in numbers:
            line.problems = [(head, f"和第{numbers[number]}行重复，请改一个或者删掉一行。")]
        elif old is not None and (old.day, old.title) == (line.values["day"], line.values["title"]):
            line.there = True
        elif old is not None:
            line.problems = [(head, "台账里已有这个文号，日期或者名称却不同，请核对。")]
        numbers.setdefault(number, line.row)
