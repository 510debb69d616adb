"""制作证据材料卷: the pack of a case made at once, handed out, and not kept."""

from __future__ import annotations

from datetime import date
from typing import BinaryIO

from gongkai.files.names import clean_name
from gongkai.inforequests.models import InfoRequest

from .book import book
from .bundle import bundle
from .gathering import gather

TYPES = {"pdf": "application/pdf", "zip": "application/zip"}
"""What a pack is handed out as, by its ending."""


def pack(request: InfoRequest, ending: str, on: date) -> BinaryIO:
    """The pack of the case as it stands, `pdf` or `zip`, in a nameless file of the private folder that is gone when
    closed. For who may; the caller asks, and writes the look down before the first byte goes."""
    material = gather(request, on)
    made, pages = book(material, on)
    if ending == "pdf":
        return made
    with made:
        return bundle(material, made, pages)


def name_of(request: InfoRequest, ending: str) -> str:
    """证据材料-编号.pdf"""
    return clean_name(f"证据材料-{request.number}.{ending}")
