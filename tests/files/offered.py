"""Files made for the tests, as people would offer them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import docx
import openpyxl
import pypdfium2
from django.core.files.uploadedfile import InMemoryUploadedFile, TemporaryUploadedFile, UploadedFile


def offer(name: str, content: bytes, *, on_disk: bool = False) -> UploadedFile[Any]:
    """An upload as Django hands it to a view."""
    if on_disk:
        upload = TemporaryUploadedFile(name, "", len(content), None)
        upload.write(content)
        upload.flush()
        return upload
    return InMemoryUploadedFile(io.BytesIO(content), "file", name, "", len(content), None)


def word(*paragraphs: str, change: Any = None) -> bytes:
    """A .docx of these paragraphs; `change` may alter the document before it is saved."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheet(rows: list[list[str]], change: Any = None) -> bytes:
    """A .xlsx of these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def page(text: str, title: str = "") -> bytes:
    """A .pdf with this text."""
    import typst

    lines = "\n\n".join(text.split("\n"))
    head = f'#set document(title: "{title}")\n' if title else ""
    return typst.compile(f'{head}#set text(font: "Noto Serif SC", lang: "zh")\n{lines}'.encode())


def scan() -> bytes:
    """A .pdf of nothing but a picture."""
    document = pypdfium2.PdfDocument.new()
    sheet_of_paper = document.new_page(200, 200)
    bitmap = pypdfium2.PdfBitmap.new_native(20, 20, pypdfium2.raw.FPDFBitmap_BGR)
    bitmap.fill_rect((9, 99, 9, 255), 0, 0, 20, 20)
    image = pypdfium2.PdfImage.new(document)
    image.set_bitmap(bitmap)
    image.set_matrix(pypdfium2.PdfMatrix().scale(100, 100))
    sheet_of_paper.insert_obj(image)
    sheet_of_paper.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    """A .zip of these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def changed(package: bytes, **parts: bytes) -> bytes:
    """The package with these parts put in or replaced; __ in a name stands for a slash, _dot_ for a dot."""
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        members = {name: old.read(name) for name in old.namelist()}
    for name, content in parts.items():
        members[name.replace("__", "/").replace("_dot_", ".")] = content
    return archive(members)


def picture(extra: bytes = b"") -> bytes:
    """A .png of one point, with something behind it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\1\2\3")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body + extra


def old_office(streams: dict[str, bytes]) -> bytes:
    """An OLE file with these streams one after another: header, directory, contents; enough for any reader of heads."""
    sector = 512
    entries, contents, at = [], b"", 2
    for name, data in {"Root Entry": b"", **streams}.items():
        data = data.ljust(-(-len(data) // sector) * sector, b"\0")
        raw = (name + "\0").encode("utf-16-le")
        kind = 5 if name == "Root Entry" else 2
        entry = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1) + b"\xff" * 12
        entry += b"\0" * 36 + struct.pack("<IQ", at, len(data))
        entries.append(entry.ljust(128, b"\0"))
        contents += data
        at += len(data) // sector
    directory = b"".join(entries).ljust(2 * sector, b"\0")[: 2 * sector]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHH", 0x3E, 3, 0xFFFE, 9)
    return header.ljust(sector, b"\0") + directory + contents


def word_97(text: str = "通知", *, encrypted: bool = False) -> bytes:
    """A .doc as far as its head tells."""
    flags = 0x0100 if encrypted else 0
    fib = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x804, 0, flags)
    return old_office({"WordDocument": (fib.ljust(512, b"\0") + text.encode("utf-16-le")).ljust(4096, b"\0")})


def excel_97(*, encrypted: bool = False) -> bytes:
    """A .xls as far as its head tells."""
    records = struct.pack("<HH", 0x809, 16) + b"\0" * 16
    if encrypted:
        records += struct.pack("<HH", 0x2F, 6) + b"\0" * 6
    return old_office({"Workbook": records.ljust(4096, b"\0")})
