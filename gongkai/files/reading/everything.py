"""One file, whatever its kind: everything in it that could leak."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Iterable
from typing import BinaryIO, cast

from ..content.examine import ending_of
from ..content.kinds import BY_ENDING, sniff
from ..content.packages import chunks_of, kind_of, name_of, open_package
from ..content.plain import encoding_of
from ..content.refusals import NotTaken
from .docx import docx_slots
from .images import read_picture
from .office import LISTING, Office
from .pdf import read_pdf
from .pieces import Piece, Reading
from .raw import letters_in
from .slots import Slot
from .xlsx import xlsx_slots

_PICTURES = ("jpg", "png", "gif", "tif")
_MOST_INSIDE = 60 * 1024 * 1024
_CUT = 4000
_READ_AS_XML = (".xml", ".rels", ".vml")
_NO_TEXT = (".odttf", ".fntdata", ".sigs", "printersettings")
"""What holds no text of the document: fonts, the mark of a signature, settings of a printer."""


def read(content: bytes, name: str) -> Reading:
    """Read a file; what cannot be read at all becomes a gap that blocks, in words."""
    return _read(content, name, level=0)


def _read(content: bytes, name: str, level: int) -> Reading:
    file = cast(BinaryIO, io.BytesIO(content))
    try:
        kind = _kind(file)
        reading = _by_kind(content, kind, name, level)
    except NotTaken as refused:
        reading = Reading("unknown")
        reading.gap("整个文件", f"无法检查：{refused}")
    except (
        MemoryError,
        RecursionError,
        ValueError,
        KeyError,
        OSError,
        AttributeError,
        IndexError,
        TypeError,
    ):
        # 读不出的文件不放行；出错的原因对经办人没有用处。
        reading = Reading("unknown")
        reading.gap("整个文件", "无法检查：文件已损坏或者写得不合规格。请用原来的软件打开，另存一份后再来。")
    base = name.rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("_", " ")
    reading.add([Piece("文件名", base, "name")])
    return reading


def _kind(file: BinaryIO) -> str:
    if not file.seek(0, os.SEEK_END):
        return "empty"
    found = sniff(file)
    return kind_of(open_package(file)) if found == "package" else found


def _by_kind(content: bytes, kind: str, name: str, level: int) -> Reading:
    file = cast(BinaryIO, io.BytesIO(content))
    if kind == "empty":
        return Reading("text")
    if kind == "pdf":
        return read_pdf(content, lambda data, inner: _inside(data, inner, level))
    if kind in ("docx", "xlsx"):
        return read_office(Office(file), kind, level)
    if kind in _PICTURES:
        return read_picture(content)
    if kind == "text":
        reading = Reading("text")
        reading.add(_lines(content, name))
        return reading
    if kind == "zip":
        return _archive(file, level)
    reading = Reading(kind)
    label = {"ole": "旧版 Office 或者 WPS 文件", "ofd": "OFD 版式文件"}.get(kind, "这类文件")
    reading.gap("整个文件", f"无法检查：{label}里的文字读不全。请另存为 .docx、.xlsx 或者 PDF 后再来。")
    return reading


def slots_of(office: Office, kind: str) -> list[Slot]:
    """The places of text of an office file in their fixed order: the number of one is its unit."""
    return list(docx_slots(office) if kind == "docx" else xlsx_slots(office))


def read_office(office: Office, kind: str, level: int = 0) -> Reading:
    """Everything in an office file, and what is packed into it."""
    reading = Reading(kind)
    reading.add(
        Piece(s.where, s.text, f"s{n}", s.hidden, s.before, tuple(s.focus))
        for n, s in enumerate(slots_of(office, kind))
    )
    reading.add(Piece("文件内部的目录", text, hidden=True) for text in listing_of(office))
    for name, data in office.parts.items():
        _packed(name, data, reading, level)
    return reading


def listing_of(office: Office) -> Iterable[str]:
    """What stands in `[Content_Types].xml`, where the parts of the file are listed: every value, text and remark, and
    the names of the parts themselves."""
    yield from office.parts
    for node in office.root(LISTING).iter():
        yield from (str(value) for value in (*node.attrib.values(), node.text, node.tail) if value)


def _packed(name: str, data: bytes, reading: Reading, level: int) -> None:
    base, low = name.rsplit("/", 1)[-1], name.lower()
    if low.endswith((".jpeg", ".jpg", ".png", ".gif", ".tif", ".tiff")):
        try:
            reading.within(read_picture(data), f"图片 {base} 的")
        except NotTaken:
            reading.gap(f"图片 {base}", "打不开，要由人看一遍", blocks=False)
    elif "/media/" in low or low.startswith("docprops/thumbnail"):
        reading.add(Piece(f"图片 {base} 里的文字", text, hidden=True) for text in letters_in(data))
        reading.gap(f"图片 {base}", "图片里的文字要由人看一遍", blocks=False)
    elif (
        "/embeddings/" in low or "/afchunk" in low or low.endswith((".html", ".htm", ".mht", ".rtf", ".txt"))
    ):
        reading.within(_inside(data, base, level), f"里面附的文件“{base}”的")
    elif data and not low.endswith(_READ_AS_XML):
        _unknown(base, data, reading, known=any(word in low for word in _NO_TEXT))


def _unknown(base: str, data: bytes, reading: Reading, *, known: bool) -> None:
    """A part that is no text and no picture: its letters are searched; of a form not known, publishing waits."""
    reading.add(Piece(f"文件内部数据 {base}", text, hidden=True) for text in letters_in(data))
    if not known:
        reading.gap(
            f"文件内部的“{base}”",
            "无法检查：平台不认识这一部分。请用 Word、Excel 或者 WPS 打开，另存一份后再来。",
        )


def _inside(data: bytes, name: str, level: int) -> Reading:
    """A file within a file; one level deep, and no larger than can be read at once."""
    if level >= 1 or len(data) > _MOST_INSIDE:
        reading = Reading("unknown")
        reading.gap("文件", "无法检查：套了太多层，或者太大")
        return reading
    return _read(data, name, level + 1)


def _archive(file: BinaryIO, level: int) -> Reading:
    reading = Reading("zip")
    package = open_package(file)
    for part in package.infolist():
        if part.is_dir() or not part.file_size:
            continue
        name = name_of(part)
        reading.within(_member(package, part, name, level), f"压缩包里的“{name[:80]}”")
    if package.comment:
        reading.add([Piece("压缩包的说明", package.comment.decode("gb18030", "replace"), hidden=True)])
    return reading


def _member(package: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, level: int) -> Reading:
    if part.file_size > _MOST_INSIDE:
        reading = Reading("unknown")
        reading.gap("文件", "无法检查：太大")
        return reading
    with tempfile.SpooledTemporaryFile(max_size=_MOST_INSIDE) as aside:
        for chunk in chunks_of(package, part.filename):
            aside.write(chunk)
        aside.seek(0)
        return _inside(aside.read(), name, level)


def decoded(content: bytes) -> str:
    """A text file as text; raises `NotTaken`."""
    return content.decode(encoding_of(cast(BinaryIO, io.BytesIO(content))))


def _lines(content: bytes, name: str) -> Iterable[Piece]:
    """A text in stretches of whole lines, so that what is broken over two lines is seen; a table row by row."""
    text, at, number = decoded(content), 0, 1
    if ending_of(name) == "csv":
        yield from _rows(text)
        return
    while at < len(text):
        end = text.find("\n", at + _CUT)
        end = len(text) if end < 0 else end + 1
        yield Piece(f"第 {number} 行起", text[at:end], f"t{at}")
        number += text.count("\n", at, end)
        at = end


def _rows(text: str) -> Iterable[Piece]:
    from .tables import lead_of  # noqa: PLC0415 - only for tables

    at = 0
    heads: list[str] = []
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        cells = line.rstrip("\r\n").split(",")
        left = ""
        for column, cell in enumerate(cells):
            head = heads[column] if column < len(heads) else ""
            yield Piece(f"第 {number} 行", cell, f"t{at}", before=lead_of(head, left, heads))
            left = cell
            at += len(cell) + 1
        at += len(line) - sum(len(c) + 1 for c in cells)
        heads = heads or [c.strip('" ') for c in cells]


TAKEN = frozenset(BY_ENDING)
"""The endings that can be offered."""
