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

BOOK_MOST = 200 * 1024 * 1024
"""Bytes of files from which no single PDF is made: laying them in takes up to twice that in memory."""


class TooMuch(ValueError):
    """Too much for one PDF; says in Chinese what to download instead."""


def pack(request: InfoRequest, ending: str, on: date) -> BinaryIO:
    """The pack of the case as it stands, `pdf` or `zip`, in a nameless file of the private folder that is gone when
    closed. For who may; the caller asks, and writes the look down before the first byte goes. Raises `TooMuch` for a
    PDF of more than `BOOK_MOST`; the .zip has the originals alone then."""
    material = gather(request, on)
    if sum(paper.file.size for paper in material.papers if paper.shown) > BOOK_MOST:
        if ending == "pdf":
            raise TooMuch(
                f"这件申请的材料超过 {BOOK_MOST // 1024 // 1024} MB，做不成一个 PDF。请下载“原件和清单（压缩包）”，"
                "里面是每份原件，按顺序编号。"
            )
        return bundle(material, None, {})
    made, pages = book(material, on)
    if ending == "pdf":
        return made
    with made:
        return bundle(material, made, pages)


def name_of(request: InfoRequest, ending: str) -> str:
    """证据材料-编号.pdf"""
    return clean_name(f"证据材料-{request.number}.{ending}")
