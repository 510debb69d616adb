"""Every text of an .xlsx: cells of shown and hidden sheets, rows and columns, comments, names, links, properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from .office import Office, rels_of, target_of
from .slots import Segment, Slot, always, attribute_slots, local, plain_slots
from .tables import lead_of

_PLACES = (
    ("xl/comments", "批注"),
    ("xl/threadedComments", "批注"),
    ("xl/persons", "批注人名单"),
    ("xl/workbook", "工作簿（名称、工作表名）"),
    ("xl/externalLinks", "外部链接存下的数据"),
    ("xl/pivotCache", "数据透视表存下的数据"),
    ("xl/pivotTables", "数据透视表"),
    ("xl/drawings", "图形"),
    ("xl/charts", "图表"),
    ("xl/connections", "数据连接"),
    ("xl/queryTables", "数据连接"),
    ("xl/worksheets", "工作表的页眉页脚、有效性等"),
    ("docProps/custom", "自定义属性"),
    ("docProps/", "文件属性"),
    ("customXml/", "自定义数据"),
)
_REF = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(slots=True)
class Sheet:
    """One sheet: its name, its part, whether it is shown."""

    name: str
    part: str
    hidden: bool
    element: Any = None
    kind: str = ""
    heads: dict[str, str] = field(default_factory=dict)


def sheets(office: Office) -> list[Sheet]:
    """The sheets in their order."""
    rels = office.root(rels_of("xl/workbook.xml"))
    parts = {r.get("Id"): target_of("xl/workbook.xml", r.get("Target", "")) for r in rels}
    found = []
    for element in office.root("xl/workbook.xml").iter("{*}sheet"):
        number = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
        hidden = element.get("state", "visible") != "visible"
        found.append(Sheet(element.get("name", ""), parts.get(number, ""), hidden, element))
    return found


def xlsx_slots(office: Office) -> Iterator[Slot]:
    """Every place of text, in an order that is the same each time."""
    shared = _shared(office)
    used: set[int] = set()
    tables = [*sheets(office), *unnamed(office)]
    done: set[str] = set()
    for sheet in tables:
        if sheet.part in office.parts and sheet.part not in done:
            done.add(sheet.part)
            yield from _cells(office.root(sheet.part), sheet, shared, used)
    for number, item in enumerate(shared):
        if number not in used:
            yield Slot("没有显示出来的旧内容", _texts(item), hidden=True)
    for name in office.xml_names():
        words = place_of(name)
        if name != "xl/sharedStrings.xml" and not name.endswith(".rels"):
            yield from _rest(office.root(name), words, in_data=name not in done)
        yield from attribute_slots(office.root(name), always(words))


def place_of(name: str) -> str:
    """Where a part stands, in words."""
    if name.endswith(".rels"):
        return "链接地址"
    return next((words for start, words in _PLACES if name.startswith(start)), "文件内部数据")


def unnamed(office: Office) -> list[Sheet]:
    """Tables that the workbook does not show: sheets it does not name, what links to other books keep of them."""
    named = {sheet.part for sheet in sheets(office)}
    return [
        Sheet(name.rsplit("/", 1)[-1], name, hidden=True, kind=kind)
        for name in office.xml_names()
        for start, kind in (
            ("xl/worksheets/", "工作簿里没有列出的工作表"),
            ("xl/externalLinks/", "外部链接存下的数据"),
        )
        if name.startswith(start) and name not in named and not name.endswith(".rels")
    ]


def _rest(root: Any, words: str, *, in_data: bool) -> Iterator[Slot]:
    """The texts beside the cells; those of the cells too where nobody has read them as cells."""
    for slot in plain_slots(root, always(words)):
        if in_data or not _in_data(slot.segments[0].element):
            yield slot


def _in_data(element: Any) -> bool:
    return element is not None and any(local(a) == "sheetData" for a in element.iterancestors())


def _shared(office: Office) -> list[Any]:
    if "xl/sharedStrings.xml" not in office.parts:
        return []
    return list(office.root("xl/sharedStrings.xml").findall("{*}si"))


def _texts(item: Any) -> list[Segment]:
    return [Segment(t) for t in item.iter("{*}t") if t.text]


def _cells(root: Any, sheet: Sheet, shared: list[Any], used: set[int]) -> Iterator[Slot]:
    columns = hidden_columns(root)
    place = f"{sheet.kind or ('隐藏工作表' if sheet.hidden else '工作表')}“{sheet.name}”"
    left = ""
    for row in root.iter("{*}row"):
        row_hidden, left = yes(row.get("hidden")), ""
        values: dict[str, str] = {}
        for cell in row.iterchildren("{*}c", "{*}cell"):
            reference = _REF.match(cell.get("r", "")) or _REF.match("A1")
            column = reference[1] if reference else "A"
            hidden = sheet.hidden or row_hidden or column_number(column) in columns
            why = "" if sheet.hidden else "隐藏行 " if row_hidden else "隐藏列 " if hidden else ""
            segments = _content(cell, shared, used)
            before = lead_of(sheet.heads.get(column, ""), left, list(sheet.heads.values()))
            if segments:
                yield Slot(
                    f"{place}{why}{cell.get('r', '')}",
                    segments,
                    hidden=hidden,
                    before=before,
                    after_blot=partial(_as_text, cell),
                )
            left = values[column] = "".join(s.text for s in segments)
            formula = cell.find("{*}f")
            if formula is not None and formula.text:
                yield Slot(f"{place}{cell.get('r', '')} 的公式", [Segment(formula)], hidden=True)
        if not sheet.heads and sum(bool(v) and not v.isdigit() for v in values.values()) >= 2:
            sheet.heads = values


def _content(cell: Any, shared: list[Any], used: set[int]) -> list[Segment]:
    kind, value = cell.get("t", "n"), cell.find("{*}v")
    if kind == "s" and value is not None:
        number = int(value.text) if (value.text or "").strip().isdigit() else -1
        if 0 <= number < len(shared):
            used.add(number)
            return _texts(shared[number])
        return []
    if kind == "inlineStr":
        return [Segment(t) for t in cell.iter("{*}t") if t.text]
    if value is None or not value.text:
        return []
    return [Segment(value, shown=_written_out(value.text))]


def _written_out(number: str) -> str:
    """A number as its cell may show it; empty when the file says it just so."""
    if "E" not in number.upper():
        return ""
    try:
        whole = Decimal(number)
        return str(int(whole)) if whole == int(whole) and abs(whole) < 10**20 else ""
    except (InvalidOperation, ValueError, OverflowError):
        return ""


def _as_text(cell: Any) -> None:
    """A cell whose number was blotted holds text from now on, and no formula."""
    formula = cell.find("{*}f")
    if formula is not None:
        cell.remove(formula)
    if cell.get("t", "n") not in ("s", "inlineStr"):
        cell.set("t", "str")


def hidden_columns(root: Any) -> set[int]:
    """The numbers of the columns that do not show."""
    found: set[int] = set()
    for col in root.iter("{*}col"):
        if yes(col.get("hidden")) or col.get("width") == "0":
            found |= set(range(int(col.get("min", "1")), min(int(col.get("max", "1")), 16384) + 1))
    return found


def yes(value: str | None) -> bool:
    """Whether an attribute says yes."""
    return value in ("1", "true")


def column_number(column: str) -> int:
    """The number of a column from its letters."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number
