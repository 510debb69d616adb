"""A clean copy of a .docx: blots in the text, changes taken or dropped, comments, hidden text and properties gone."""

from __future__ import annotations

import re
from typing import Any

from ..reading.docx import vanished
from ..reading.office import Office
from ..reading.slots import local
from .parts import drop_parts, plain_properties, prune, strip_remarks

_DROPPED = re.compile(
    r"word/(comments[^/]*|people|glossary/.*|embeddings/.*|activeX/.*|vba[^/]*|attachedToolbars[^/]*|afchunk[^/]*|printerSettings.*|"
    r"webextensions/.*|keyMapCustomizations|recipientData)(\.[a-z]+)?$|customXml/|docProps/(custom\.xml|thumbnail.*)|"
    r".*\.(html?|mht|rtf|bin)$",
    re.I,
)
_GONE = frozenset(
    [
        "del",
        "moveFrom",
        "commentRangeStart",
        "commentRangeEnd",
        "commentReference",
        "annotationRef",
        "moveFromRangeStart",
        "moveFromRangeEnd",
        "moveToRangeStart",
        "moveToRangeEnd",
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "tblPrExChange",
        "tcPrChange",
        "trPrChange",
        "tblGridChange",
        "numberingChange",
        "cellIns",
        "cellDel",
        "cellMerge",
        "object",
        "control",
        "altChunk",
        "dataBinding",
        "customXmlInsRangeStart",
        "customXmlInsRangeEnd",
        "customXmlDelRangeStart",
        "customXmlDelRangeEnd",
    ]
)
_UNWRAPPED = frozenset({"ins", "moveTo", "smartTag", "customXml"})
_OF_SETTINGS = frozenset(
    {"rsids", "docVars", "attachedTemplate", "trackRevisions", "mailMerge", "revisionView"}
)
_AUTHORS = re.compile(r"\}(author|initials|date|rsid\w*)$")


def clean_docx(office: Office) -> None:
    """Leave only what shows. The blots are in the text already."""
    for name in list(office.xml_names()):
        if name.startswith("word/") and not name.endswith(".rels"):
            root = office.root(name)
            _without_changes(root)
            if name == "word/settings.xml":
                _drop(root, _OF_SETTINGS)
    strip_remarks(office)
    drop_parts(office, _DROPPED)
    plain_properties(office)
    prune(office)


def _without_changes(root: Any) -> None:
    for row in [r for r in root.iter("{*}tr") if r.find("{*}trPr/{*}del") is not None]:
        row.getparent().remove(row)
    for paragraph in [p for p in root.iter("{*}p") if p.find("{*}pPr/{*}rPr/{*}del") is not None]:
        _drop(paragraph, _GONE)
        if not "".join(t.text or "" for t in paragraph.iter("{*}t")) and len(paragraph.getparent()) > 1:
            paragraph.getparent().remove(paragraph)
    for run in [r for r in root.iter("{*}r") if vanished(r)]:
        run.getparent().remove(run)
    _drop(root, _GONE)
    for element in [e for e in root.iter() if local(e) in _UNWRAPPED]:
        parent = element.getparent()
        if parent is None:
            continue
        at = parent.index(element)
        if local(parent) in ("rPr", "trPr"):
            parent.remove(element)
            continue
        for offset, child in enumerate([c for c in element if local(c) not in ("smartTagPr", "customXmlPr")]):
            parent.insert(at + offset, child)
        parent.remove(element)
    for element in root.iter():
        for key in [k for k in element.attrib if _AUTHORS.search(k)]:
            del element.attrib[key]


def _drop(root: Any, names: frozenset[str]) -> None:
    for element in [e for e in root.iter() if local(e) in names]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
