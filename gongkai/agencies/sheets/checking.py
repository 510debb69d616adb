"""Check a workbook against itself and against what stands: every problem with its row, or a plan of what to write."""

from __future__ import annotations

from .agencies import check_agencies
from .layout import SHEETS
from .people import check_people
from .plan import Plan
from .problems import Problem
from .reading import Book
from .sections import check_sections
from .standing import standing


def check(book: Book) -> tuple[Plan, list[Problem]]:
    """What would be written, and everything that is wrong, in the order of the sheets and rows. The plan is to be
    used only when nothing is wrong. Reads, never writes; the number of queries does not grow with the rows."""
    known = standing(row.cells["username"] for row in book.rows.get("people", ()))
    known.on_sheet = {row.cells["code"] for row in book.rows.get("agencies", ())}
    plan, problems = Plan(), list(book.problems)
    check_agencies(book, known, plan, problems)
    check_sections(book, known, plan, problems)
    check_people(book, known, plan, problems)
    problems = _once_a_cell(problems, unread=len(book.problems))
    order = {sheet.name: place for place, sheet in enumerate(SHEETS)}
    problems.sort(key=lambda problem: (order.get(problem.sheet, -1), problem.row))
    return plan, problems


def _once_a_cell(problems: list[Problem], unread: int) -> list[Problem]:
    """Without what is said of a cell that could not be read at all: it is empty only for that reason."""
    cells = {(p.sheet, p.row, p.column) for p in problems[:unread]}
    return problems[:unread] + [p for p in problems[unread:] if (p.sheet, p.row, p.column) not in cells]
