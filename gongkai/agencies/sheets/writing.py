"""Write the workbook: blank, with everything in it, and the list of first passwords."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.statute.ooxml import settle

from ..models import ADMINISTRATORS, Agency, Person, Seat, Section
from .layout import (
    AGENCIES,
    GUIDE,
    LEVELS,
    MOST_ROWS,
    NO,
    RULES,
    SHEETS,
    YES,
    Column,
    Sheet,
)

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEAD = Font(bold=True)
_NEEDED = PatternFill("solid", fgColor="FFF2CC")
_TEXT = "@"
_WRAP = Alignment(wrap_text=True, vertical="top")


def blank_workbook() -> bytes:
    """The workbook with heads, hints and lists to pick from, and no rows."""
    return _workbook({}, "机关和人员导入模板")


def whole_list() -> bytes:
    """All standing agencies, their sections, and the people with their seats; administrators are left out."""
    return _workbook(
        {"agencies": _agencies(), "sections": _sections(), "people": _people()}, "机关和人员名单"
    )


def passwords_workbook(rows: Sequence[tuple[str, str, str]]) -> bytes:
    """The list of first passwords: user name, name, password. Made in memory, kept nowhere."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "初始密码"
    _write_row(sheet, 1, ("用户名", "姓名", "初始密码（首次登录必须修改）"))
    for number, row in enumerate(rows, start=2):
        _write_row(sheet, number, row)
    for letter, width in zip("ABC", (20, 16, 32), strict=True):
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = _HEAD
    return _bytes(book, "初始密码")


def _agencies() -> Iterable[Mapping[str, str]]:
    levels = {value: label for label, value in LEVELS.items()}
    for agency in Agency.objects.filter(ended_on__isnull=True).select_related("supervisor").order_by("code"):
        row = {c.field: getattr(agency, c.field) for c in AGENCIES.columns}
        row |= {
            "level": levels[agency.level],
            "supervisor": agency.supervisor.code if agency.supervisor else "",
            "makes_rules": YES if agency.makes_rules else NO,
            "portal_open": YES if agency.portal_open else NO,
        }
        yield row


def _sections() -> Iterable[Mapping[str, str]]:
    standing = Section.objects.filter(ended_on__isnull=True, agency__ended_on__isnull=True)
    for section in standing.select_related("agency").order_by("agency__code", "order", "pk"):
        yield {"agency": section.agency.code, "name": section.name, "order": str(section.order)}


def _people() -> Iterable[Mapping[str, str]]:
    """A row for each seat that stands in an agency; one without a seat for who has none. Who is an administrator
    is looked after elsewhere."""
    apart = Seat.objects.filter(kind__in=ADMINISTRATORS, ended_on__isnull=True, person__isnull=False)
    people = {
        person.pk: person
        for person in Person.objects.filter(is_active=True).exclude(pk__in=apart.values("person"))
    }
    seats: dict[int, list[Seat]] = {}
    standing = Seat.objects.filter(person__in=people, ended_on__isnull=True, agency__ended_on__isnull=True)
    for seat in standing.select_related("agency", "section").order_by("agency__code", "pk"):
        seats.setdefault(seat.person_id or 0, []).append(seat)
    for pk, person in people.items():
        own = {"username": person.username, "name": person.name, "phone": person.phone, "email": person.email}
        if pk not in seats:
            yield own
        for seat in seats.get(pk, ()):
            yield own | {
                "agency": seat.agency.code if seat.agency else "",
                "section": seat.section.name if seat.section else "",
                "kind": seat.get_kind_display(),
            }


def _workbook(rows: Mapping[str, Iterable[Mapping[str, str]]], title: str) -> bytes:
    book = Workbook()
    _guide(book.worksheets[0])
    for layout in SHEETS:
        sheet = book.create_sheet(layout.name)
        _heads(sheet, layout)
        for number, row in enumerate(rows.get(layout.key, ()), start=2):
            _write_row(sheet, number, [row.get(column.field, "") for column in layout.columns])
    return _bytes(book, title)


def _guide(sheet: Worksheet) -> None:
    sheet.title = GUIDE
    lines: list[tuple[str, ...]] = [("填写说明",), *((rule,) for rule in RULES), ()]
    for layout in SHEETS:
        lines.append((f"“{layout.name}”各列", "要不要填", "怎么填", "例子"))
        lines += [(c.head, "必填" if c.needed else "可不填", c.hint, c.example) for c in layout.columns]
        lines.append(())
    for number, line in enumerate(lines, start=1):
        _write_row(sheet, number, line)
        if len(line) == 1 and number > 1:
            sheet.cell(number, 1).alignment = Alignment(wrap_text=False)
        elif line and line[0].startswith(("“", "填写")):
            for cell in sheet[number]:
                cell.font = _HEAD
    for letter, width in zip("ABCD", (24, 10, 70, 20), strict=True):
        sheet.column_dimensions[letter].width = width


def _heads(sheet: Worksheet, layout: Sheet) -> None:
    for place, column in enumerate(layout.columns, start=1):
        cell = sheet.cell(1, place, column.head)
        cell.font = _HEAD
        if column.needed:
            cell.fill = _NEEDED
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = column.width
        # Whole columns of text: a post code keeps its leading nought, a telephone number stays as typed.
        sheet.column_dimensions[letter].number_format = _TEXT
        _choices(sheet, column, f"{letter}2:{letter}{MOST_ROWS + 1}")
    sheet.freeze_panes = "A2"


def _choices(sheet: Worksheet, column: Column, cells: str) -> None:
    if not column.choices:
        return
    rule = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
    rule.error, rule.errorTitle = "请从列表里选。", column.head
    rule.add(cells)
    sheet.add_data_validation(rule)


def _write_row(sheet: Worksheet, number: int, values: Sequence[Any]) -> None:
    for place, value in enumerate(values, start=1):
        if value in ("", None):
            continue
        text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
        cell = sheet.cell(number, place, text)
        # Words stay words: what begins with = is no formula.
        cell.data_type = "s"
        cell.number_format = _TEXT
        cell.alignment = _WRAP


def _bytes(book: Workbook, title: str) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return settle(out.getvalue(), title)
