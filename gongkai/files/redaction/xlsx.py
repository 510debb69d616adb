"""A clean copy of an .xlsx: values instead of formulas, no hidden sheets, rows, columns, comments, names, old data."""

from __future__ import annotations

import re
from typing import Any

from ..reading.office import Office, rels_of
from ..reading.slots import local
from ..reading.xlsx import column_number, hidden_columns, sheets, unnamed, yes
from .marks import Refused
from .parts import drop_parts, plain_properties, prune, strip_remarks

_DROPPED = re.compile(
    r"xl/(comments.*|threadedComments/.*|persons/.*|externalLinks/.*|pivotCache/.*|pivotTables/.*|connections\.xml|queryTables/.*|"
    r"tables/.*|printerSettings/.*|embeddings/.*|activeX/.*|ctrlProps/.*|calcChain\.xml|customProperty.*|slicers?.*|timeline.*|"
    r"model/.*|revisions/.*|volatileDependencies\.xml|xmlMaps\.xml|drawings/vmlDrawing.*|richData/.*|metadata\.xml)|"
    r"customXml/|docProps/(custom\.xml|thumbnail.*)|.*\.bin$",
    re.I,
)
_OF_WORKBOOK = frozenset(
    {"definedNames", "externalReferences", "pivotCaches", "extLst", "fileSharing", "webPublishing"}
)
_OF_SHEET = frozenset(
    [
        "legacyDrawing",
        "legacyDrawingHF",
        "tableParts",
        "extLst",
        "dataValidations",
        "oleObjects",
        "controls",
        "customProperties",
        "scenarios",
        "protectedRanges",
        "dataConsolidate",
        "customSheetViews",
        "webPublishItems",
    ]
)


def clean_xlsx(office: Office) -> None:
    """Leave only what shows. The blots are in the cells already. Raises `Refused` when nothing shows."""
    known = sheets(office)
    shown = [s for s in known if not s.hidden]
    if not shown:
        raise Refused(
            "所有工作表都是隐藏的，没有可以公开的内容。请先在 Excel 或者 WPS 里取消隐藏要公开的表。"
        )
    for sheet in known:
        if sheet.hidden:
            sheet.element.getparent().remove(sheet.element)
            office.drop(sheet.part)
    for sheet in unnamed(office):
        office.drop(sheet.part)
    book = office.root("xl/workbook.xml")
    _drop(book, _OF_WORKBOOK)
    for view in book.iter("{*}workbookView"):
        for key in ("activeTab", "firstSheet"):
            view.attrib.pop(key, None)
    used: set[int] = set()
    for sheet in shown:
        if sheet.part in office.parts:
            _clean_sheet(office.root(sheet.part), used)
            _drop_links(office, sheet.part)
    _empty_unused(office, used)
    strip_remarks(office)
    drop_parts(office, _DROPPED)
    plain_properties(office)
    prune(office)


def _clean_sheet(root: Any, used: set[int]) -> None:
    _drop(root, _OF_SHEET)
    columns = hidden_columns(root)
    for row in list(root.iter("{*}row")):
        if yes(row.get("hidden")):
            row.getparent().remove(row)
            continue
        for cell in row.findall("{*}c"):
            letters = re.match("[A-Z]+", cell.get("r", ""))
            if letters and column_number(letters[0]) in columns:
                row.remove(cell)
                continue
            for formula in cell.findall("{*}f"):
                cell.remove(formula)
            value = cell.find("{*}v")
            if cell.get("t") == "s" and value is not None and (value.text or "").isdigit():
                used.add(int(value.text))
    for merged in list(root.iter("{*}conditionalFormatting")):
        if any("!" in (f.text or "") for f in merged.iter("{*}formula")):
            merged.getparent().remove(merged)


def _drop_links(office: Office, part: str) -> None:
    """Jumps within the book may name sheets that are no more; links to elsewhere stay."""
    root = office.root(part)
    for link in list(root.iter("{*}hyperlink")):
        if link.get("location"):
            link.getparent().remove(link)
    for links in list(root.iter("{*}hyperlinks")):
        if not len(links):
            links.getparent().remove(links)
    if rels_of(part) in office.parts:
        rels = office.root(rels_of(part))
        kept = {v for link in root.iter() for k, v in link.attrib.items() if "relationships}" in k}
        for relation in list(rels):
            if relation.get("Id") not in kept:
                rels.remove(relation)


def _empty_unused(office: Office, used: set[int]) -> None:
    if "xl/sharedStrings.xml" not in office.parts:
        return
    for number, item in enumerate(office.root("xl/sharedStrings.xml").findall("{*}si")):
        if number not in used:
            for child in list(item):
                item.remove(child)
            item.append(item.makeelement(f"{{{item.tag[1:].split('}')[0]}}}t", {}))


def _drop(root: Any, names: frozenset[str]) -> None:
    for element in [e for e in root.iter() if local(e) in names]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
