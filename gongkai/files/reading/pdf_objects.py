"""Texts that stand in a PDF's objects rather than on its pages: every string of every dictionary, by where it belongs."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf

from ..content.refusals import DAMAGED, ENCRYPTED, NotTaken
from .images import metadata, open_picture
from .pieces import Reading

_TAGS = re.compile(r"<[^>]{0,400}>")
_SKIPPED = frozenset(
    {
        "/ID",
        "/CIDSystemInfo",
        "/Registry",
        "/Ordering",
        "/CharSet",
        "/Cert",
        "/ByteRange",
        "/DA",
        "/FontFamily",
        "/CreationDate",
        "/ModDate",
        "/M",
    }
)
_DEPTH = 12
_MOST_OBJECTS = 200_000
_MOST_STREAM = 30 * 1024 * 1024


def open_objects(content: bytes) -> Any:
    """The PDF as objects; raises `NotTaken`."""
    try:
        return pikepdf.open(io.BytesIO(content), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise NotTaken(ENCRYPTED, "encrypted") from error
    except pikepdf.PdfError as error:
        raise NotTaken(DAMAGED, "damaged") from error


def object_pieces(
    content: bytes, reading: Reading, inner: Callable[[bytes, str], Reading]
) -> Iterator[tuple[str, str]]:
    """Place and text of every string; attached files are read into `reading`."""
    with open_objects(content) as pdf:
        if len(pdf.objects) > _MOST_OBJECTS:
            reading.gap("整个文件", "内部太复杂，没有读完")
            return
        pages, names = _pages_of_notes(pdf), _names_of_attachments(pdf)
        info = pdf.trailer.get("/Info")
        about = info.objgen if info is not None else (0, 0)
        for found in pdf.objects:
            if isinstance(found, pikepdf.Stream):
                yield from _stream(found, reading, inner, names)
            if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
                if found.get("/Type") in ("/Font", "/FontDescriptor", "/ObjStm", "/XRef"):
                    continue
                place = "文件属性" if found.objgen == about and about != (0, 0) else _place(found, pages)
                for key, text in _strings(found, 0):
                    yield place, f"作者：{text}" if key in ("/Author", "/Creator") and len(text) < 5 else text
            elif isinstance(found, pikepdf.Array):
                for _, text in _strings(found, 0):
                    yield "文件内部数据", text


def _pages_of_notes(pdf: Any) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    for number, page in enumerate(pdf.pages):
        for note in page.get("/Annots", []):
            found[note.objgen] = number + 1
            parent = note.get("/Parent") if isinstance(note, pikepdf.Dictionary) else None
            if parent is not None:
                found.setdefault(parent.objgen, number + 1)
    return found


def _place(found: Any, pages: dict[tuple[int, int], int]) -> str:
    page = pages.get(found.objgen)
    on = f"第 {page} 页的" if page else ""
    if "/FT" in found or found.get("/Subtype") == "/Widget":
        return f"{on}表单"
    if page or found.get("/Type") == "/Annot":
        return f"{on}批注"
    kinds = {"/Filespec": "附件的名称", "/OCG": "图层的名称", "/StructElem": "替代文字", "/Sig": "签名信息"}
    if found.get("/Type") in list(kinds):
        return kinds[str(found.get("/Type"))]
    if "/Title" in found and "/Parent" in found:
        return "书签"
    if found.get("/S") == "/JavaScript":
        return "脚本"
    return "替代文字" if "/ActualText" in found or "/Alt" in found else "文件内部数据"


def _strings(found: Any, depth: int) -> Iterator[tuple[str, str]]:
    """Keys and strings within an object, without what it only points at."""
    if depth > _DEPTH:
        return
    if isinstance(found, pikepdf.Array):
        pairs = [("", item) for item in found]
    else:
        pairs = [(key, found[key]) for key in found.keys()]  # noqa: SIM118 - no mapping of Python's
    signed = not isinstance(found, pikepdf.Array) and "/ByteRange" in found
    for key, value in pairs:
        if key in _SKIPPED or (signed and key == "/Contents"):
            continue
        if isinstance(value, pikepdf.String):
            yield key, str(value)
        elif isinstance(value, pikepdf.Array | pikepdf.Dictionary) and not value.is_indirect:
            yield from _strings(value, depth + 1)


def _stream(
    found: Any, reading: Reading, inner: Callable[[bytes, str], Reading], names: dict[tuple[int, int], str]
) -> Iterator[tuple[str, str]]:
    kind, subtype = found.get("/Type"), found.get("/Subtype")
    try:
        if kind == "/Metadata" or subtype == "/XML":
            data = _bounded(found, reading)
            yield "文件属性（XMP）", _TAGS.sub("\n", data.decode("utf-8", "replace"))
            for value in re.findall(r"=\s*[\"']([^\"'<>]{2,400})[\"']", data.decode("utf-8", "replace")):
                yield "文件属性（XMP）", value
        elif kind == "/EmbeddedFile" or found.objgen in names:
            name = names.get(found.objgen, "附件")
            reading.within(inner(_bounded(found, reading), name), f"附件“{name}”里的")
        elif subtype == "/Image" and found.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            data = bytes(found.read_raw_bytes())
            if b"Exif\x00" in data[:80_000] or b"ns.adobe.com/xap" in data[:80_000]:
                for piece in metadata(open_picture(data)):
                    yield f"图片的{piece.where}", piece.text
    except (pikepdf.PdfError, NotTaken, ValueError):
        reading.gap("文件内部数据", "有一处读不出来")


def _bounded(found: Any, reading: Reading) -> bytes:
    data = bytes(found.read_bytes())
    if len(data) > _MOST_STREAM:
        reading.gap("附件", "附件太大，没法检查")
        return b""
    return data


def _names_of_attachments(pdf: Any) -> dict[tuple[int, int], str]:
    """The names of attached files by the objects that hold them."""
    names: dict[tuple[int, int], str] = {}
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary) and isinstance(found.get("/EF"), pikepdf.Dictionary):
            name = str(found.get("/UF", found.get("/F", "附件")))
            names |= {stream.objgen: name for _, stream in found.EF.items() if stream.is_indirect}
    return names
