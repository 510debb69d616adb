"""What .docx and .xlsx share when they are cleaned: parts dropped with all that names them, properties made plain."""

from __future__ import annotations

import io
import re
from typing import Any

from lxml import etree

from ..reading.images import metadata
from ..reading.office import LISTING, Office, rels_of, target_of
from ..reading.slots import BLOT, local, parse
from .pages import upright

_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_PICTURES = re.compile(r"\.(jpe?g|png|gif|tiff?)$", re.I)


def drop_parts(office: Office, dropped: re.Pattern[str]) -> None:
    """Take out the parts whose names match."""
    for name in list(office.parts):
        if dropped.match(name) and not name.endswith(".rels"):
            office.drop(name)


def plain_properties(office: Office) -> None:
    """Empty document properties; pictures without the data of their making; blotted links lead nowhere."""
    for name, content in (("docProps/core.xml", _CORE), ("docProps/app.xml", _APP)):
        if name in office.parts:
            office.drop(name)
            office.parts[name] = content.encode()
    for name, data in list(office.parts.items()):
        if _PICTURES.search(name):
            office.parts[name] = _bare_picture(data)
        if name.endswith(".rels"):
            for relation in office.root(name):
                if BLOT in (relation.get("Target") or ""):
                    relation.set("Target", "about:blank")


def strip_remarks(office: Office) -> None:
    """Take out remarks and instructions within the XML."""
    for name in office.xml_names():
        for element in [e for e in office.root(name).iter() if not local(e)]:
            parent = element.getparent()
            if parent is not None:
                etree.strip_tags(parent, element.tag)


def _bare_picture(data: bytes) -> bytes:
    try:
        picture = upright(data)
        original = _opened(data)
        if not any(True for _ in metadata(original)):
            return data
        out = io.BytesIO()
        picture.save(out, original.format or "PNG", **({"quality": 92} if original.format == "JPEG" else {}))
        return out.getvalue()
    except Exception:
        return data


def _opened(data: bytes) -> Any:
    from ..reading.images import open_picture  # noqa: PLC0415

    return open_picture(data)


def prune(office: Office) -> None:
    """Keep only what can be reached from the document, and no relationship or content type that leads nowhere."""
    reached, waiting = {LISTING}, [""]
    while waiting:
        source = waiting.pop()
        name = rels_of(source) if source else "_rels/.rels"
        if name not in office.parts:
            continue
        reached.add(name)
        root = office.root(name)
        for relation in list(root):
            if relation.get("TargetMode") == "External":
                continue
            target = target_of(source, relation.get("Target", ""))
            if target not in office.parts:
                root.remove(relation)
            elif target not in reached:
                reached.add(target)
                waiting.append(target)
    for name in [n for n in office.parts if n not in reached]:
        office.drop(name)
    office.parts[LISTING] = _listed(office)
    office.forget(LISTING)


_SAID = {"Default": ("Extension", "ContentType"), "Override": ("PartName", "ContentType")}


def _listed(office: Office) -> bytes:
    """The listing made anew: the entries of what is there, and of these what the format knows."""
    old = parse(office.parts[LISTING])
    new = etree.Element(old.tag, nsmap={None: etree.QName(old).namespace})
    endings = {name.rsplit(".", 1)[-1].lower() for name in office.parts}
    for entry in old:
        kind = local(entry)
        if kind not in _SAID:
            continue
        key = entry.get(_SAID[kind][0]) or ""
        if key.lstrip("/") in office.parts if kind == "Override" else key.lower() in endings:
            said = {name: entry.get(name) or "" for name in _SAID[kind]}
            etree.SubElement(new, entry.tag, said)
    return bytes(etree.tostring(new, xml_declaration=True, encoding="UTF-8", standalone=True))
