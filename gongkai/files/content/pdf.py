"""The text of a PDF page by page, with its notes, its properties and its bookmarks."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from typing import Any, BinaryIO

import pypdfium2
from pypdfium2 import raw

from .lines import Line, Search
from .refusals import DAMAGED, ENCRYPTED, TWO_IN_ONE, NotTaken

_MOST_PAGES = 3000


def open_pdf(file: BinaryIO) -> Any:
    """The document; raises `NotTaken` for a password, for damage, and for something appended."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    end = tail.rfind(b"%%EOF")
    if b"PK\x05\x06" in tail[end if end >= 0 else 0 :] or (end >= 0 and len(tail) - end > 2048):
        raise NotTaken(TWO_IN_ONE, "polyglot")
    file.seek(0)
    try:
        return pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise NotTaken(ENCRYPTED, "encrypted") from error
        raise NotTaken(DAMAGED, "damaged") from error


def pdf_lines(document: Any, search: Search) -> Iterator[Line]:
    """Every line; what cannot be read (pictures instead of text, attached files) becomes a gap of the search."""
    for value in document.get_metadata_dict(skip_empty=True).values():
        yield Line("文件属性", value, prominent=True)
    if raw.FPDFDoc_GetAttachmentCount(document):
        search.gap("里面附有别的文件")
    for number in range(min(len(document), _MOST_PAGES)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError as error:
            raise NotTaken(DAMAGED, "damaged") from error
        yield from _page_lines(page, number + 1, search)
        page.close()
    if len(document) > _MOST_PAGES:
        search.gap(f"超过 {_MOST_PAGES} 页")
    for bookmark in document.get_toc(max_depth=5):
        yield Line("书签", bookmark.get_title() or "")


def _page_lines(page: Any, number: int, search: Search) -> Iterator[Line]:
    where = f"第 {number} 页"
    text = page.get_textpage()
    found = text.get_text_range()
    text.close()
    if not found.strip() and any(True for _ in page.get_objects(max_depth=3)):
        search.gap("有的页是图片（扫描件）")
    for line in found.splitlines():
        yield Line(where, line)
    for n in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, n)
        if note:
            yield Line(f"{where}的批注", _contents(note))
            raw.FPDFPage_CloseAnnot(note)


def _contents(note: Any) -> str:
    size = raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
    if size <= 2 or size > 1_000_000:
        return ""
    space = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(note, b"Contents", ctypes.cast(space, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return space.raw.decode("utf-16-le", "replace").rstrip("\x00")
