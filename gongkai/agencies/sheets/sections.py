"""Check the sheet 股室."""

from __future__ import annotations

from ..checks import wrong_section_name
from ..models import Section
from .layout import SECTIONS
from .plan import Plan
from .problems import Problem
from .reading import Book, Row
from .standing import Standing


def check_sections(book: Book, known: Standing, plan: Plan, problems: list[Problem]) -> None:
    """Note what is wrong in the sheet 股室, and plan what it brings; one that had ended stands again."""
    first: dict[tuple[str, str], int] = {}
    last: dict[str, int] = {}
    for (code, _), section in known.sections.items():
        last[code] = max(last.get(code, 0), section.order)
    for row in book.rows.get(SECTIONS.key, ()):
        code, name = key = (row.cells["agency"], row.cells["name"])
        wrong = {
            "agency": unknown_agency(code, known),
            "name": wrong_section_name(name),
            "order": _wrong_order(row),
        }
        if key in first and all(key):
            wrong["name"] = f"和第{first[key]}行重复，请删掉一行。"
        problems += [
            Problem(SECTIONS.name, row.number, SECTIONS.column(field).head, said)
            for field, said in wrong.items()
            if said
        ]
        first.setdefault(key, row.number)
        if not any(wrong.values()):
            _plan(row, known.sections.get(key), plan, last)


def unknown_agency(code: str, known: Standing) -> str:
    """What is wrong with the code of an agency: neither on the sheet nor standing; empty when it is right."""
    if not code:
        return "请填写机构代码。"
    stands = known.agencies.get(code)
    if stands is not None and stands.ended_on:
        return f"“{stands.name}”已经撤销或者并入别的机关，请改正。"
    if stands is None and code not in known.on_sheet:
        return f"没有机构代码是“{code}”的机关。请核对，或者在“机关”表里加上它。"
    return ""


def _wrong_order(row: Row) -> str:
    text = row.cells.get("order", "")
    if text and not (text.isascii() and text.isdecimal() and int(text) <= 32767):
        return "顺序填数字，例如 1；也可以不填。"
    return ""


def _plan(row: Row, stands: Section | None, plan: Plan, last: dict[str, int]) -> None:
    code, text = row.cells["agency"], row.cells.get("order", "")
    if stands is None:
        last[code] = order = int(text) if text else min(last.get(code, 0) + 1, 32767)
        plan.new_sections.append((code, Section(name=row.cells["name"], order=order)))
        return
    order = int(text) if text else stands.order
    if order != stands.order or stands.ended_on is not None:
        stands.order, stands.ended_on = order, None
        plan.changed_sections.append(stands)
