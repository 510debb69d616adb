"""Every text of a .pdf: what pages show and hide, notes, forms, properties, attachments, pictures, earlier versions."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from ..content.pdf import open_pdf
from ..content.refusals import DAMAGED, NotTaken
from .pdf_objects import object_pieces
from .pieces import Piece, Reading

MOST_PAGES = 2000
_MOST_VERSIONS = 8
_LETTERS_UNKNOWN = 5


def read_pdf(content: bytes, inner: Callable[[bytes, str], Reading]) -> Reading:
    """The whole of it. `inner` reads an attachment by its name."""
    reading = Reading("pdf")
    document = open_pdf(io.BytesIO(content))
    try:
        if len(document) > MOST_PAGES:
            reading.gap("整个文件", f"超过 {MOST_PAGES} 页，没有读完")
        texts = list(_pages(document, reading))
        reading.add(Piece(f"第 {n + 1} 页", text, f"p{n}") for n, text in enumerate(texts))
    finally:
        document.close()
    for place, piece in object_pieces(content, reading, inner):
        reading.add([Piece(place, piece, "object", hidden=True)])
    reading.add(_versions(content, texts))
    return reading


def _pages(document: Any, reading: Reading) -> Iterator[str]:
    for number in range(min(len(document), MOST_PAGES)):
        page = flat_page(document, number)
        text, unknown = page_text(page)
        shown = sum(not c.isspace() for c in text)
        if unknown > _LETTERS_UNKNOWN and unknown * 5 > shown:
            reading.gap(f"第 {number + 1} 页", "有的字取不出文字，要由人看一遍")
        elif shown < 8 and any(True for _ in page.get_objects(max_depth=2)):
            reading.gap(f"第 {number + 1} 页", "是图片（扫描件），里面的文字没法检查，要由人看一遍")
        page.close()
        yield text


def flat_page(document: Any, number: int) -> Any:
    """A page with its notes and its form fields drawn into it, as a reader shows it; only in memory."""
    try:
        page = document[number]
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        page.close()
        return document[number]
    except pypdfium2.PdfiumError as error:
        raise NotTaken(DAMAGED, "damaged") from error


def page_text(page: Any) -> tuple[str, int]:
    """The text letter by letter, so that the place in it is the place in the page; and how many letters are unknown."""
    text = page.get_textpage()
    letters, unknown = [], 0
    for at in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, at)
        if code in (0x02, 0xFFFE):
            letters.append("-")
        elif (
            code == 0
            or code > 0x10FFFF
            or 0xD800 <= code <= 0xDFFF
            or raw.FPDFText_HasUnicodeMapError(text, at) == 1
        ):
            letters.append("\ufffd")
            unknown += 1
        else:
            letters.append(chr(code))
    text.close()
    return "".join(letters), unknown


def _versions(content: bytes, now: list[str]) -> Iterator[Piece]:
    """Programs append their changes: what the file said before may still lie in it whole."""
    ends, at = [], content.find(b"%%EOF")
    while at >= 0:
        ends.append(at + 6)
        at = content.find(b"%%EOF", at + 5)
    for number, end in enumerate(ends[:-1][-_MOST_VERSIONS:]):
        try:
            document = pypdfium2.PdfDocument(content[:end])
        except pypdfium2.PdfiumError:
            continue
        try:
            for n in range(min(len(document), MOST_PAGES)):
                text, _ = page_text(flat_page(document, n))
                if text not in now:
                    yield Piece(f"以前保存的第 {number + 1} 个版本第 {n + 1} 页", text, "old", hidden=True)
        except NotTaken:
            continue
        finally:
            document.close()
