"""A clean copy of a PDF: pages with marks become pictures with painted boxes, all else but what shows is left behind.

No free library takes letters out of a run of text and leaves its neighbours; a picture of the page has no letters.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import pikepdf
import pypdfium2
from PIL import ImageChops

from ..reading.pdf import flat_page
from ..reading.pdf_objects import open_objects
from .marks import Box, Refused
from .pages import DPI, paint, render

MOST_PICTURES = 300
_KEPT = frozenset({"/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/UserUnit"})
_STRIPPED = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/StructParent",
    "/StructParents",
    "/OC",
    "/OPI",
    "/Thumb",
)


def clean_pdf(content: bytes, boxes: Iterable[Box]) -> bytes:
    """The copy, built anew page by page; raises `Refused`. Whether it is clean, the proof tells."""
    by_page: dict[int, list[Box]] = {}
    for box in boxes:
        by_page.setdefault(box.page, []).append(box)
    with open_objects(content) as old, pypdfium2.PdfDocument(content) as document, pikepdf.Pdf.new() as new:
        pictures = [n for n, page in enumerate(old.pages) if n in by_page or _needs_picture(page)]
        if len(pictures) > MOST_PICTURES:
            raise Refused(
                f"要遮盖的有 {len(pictures)} 页，一次最多 {MOST_PICTURES} 页。请把文件分成几份再来。"
            )
        wanted = set(pictures)
        for number, page in enumerate(old.pages):
            if number in wanted:
                _append_picture(new, document, number, by_page.get(number, []))
            else:
                new.pages.append(page)
                _bare(new, new.pages[-1])
        _strip(new)
        out = io.BytesIO()
        new.remove_unreferenced_resources()
        new.save(out, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _needs_picture(page: Any) -> bool:
    """Notes and form fields, layers, words behind the letters, photographs with their data: only a picture of what
    shows is safe."""
    if any(note.get("/Subtype") != "/Link" for note in page.get("/Annots", [])):
        return True
    return _risky(page.obj.get("/Resources"), 0) or any(
        word in _content_of(page) for word in (b"/ActualText", b"/Alt ", b"/Alt(", b"/Alt<", b"/OC ")
    )


def _content_of(page: Any) -> bytes:
    try:
        found = page.obj.get("/Contents")
        if isinstance(found, pikepdf.Array):
            return b"\n".join(part.read_bytes() for part in found)
        return bytes(found.read_bytes()) if found is not None else b""
    except pikepdf.PdfError:
        return b"/ActualText"


def _risky(resources: Any, depth: int) -> bool:
    if resources is None or depth > 4:
        return depth > 4
    for entry in dict(resources.get("/Properties", {}).items()).values():
        if entry.get("/Type") in ("/OCG", "/OCMD") or "/ActualText" in entry:
            return True
    for item in dict(resources.get("/XObject", {}).items()).values():
        if "/OC" in item:
            return True
        if item.get("/Subtype") == "/Form":
            if b"/ActualText" in item.read_bytes() or _risky(item.get("/Resources"), depth + 1):
                return True
        elif item.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            head = bytes(item.read_raw_bytes())[:80_000]
            if b"Exif\x00" in head or b"ns.adobe.com/xap" in head or b"Photoshop 3.0" in head:
                return True
    return False


def _append_picture(new: Any, document: Any, number: int, boxes: list[Box]) -> None:
    page = flat_page(document, number)
    width, height = page.get_size()
    picture = render(page)
    page.close()
    paint(picture, boxes)
    picture = _plainer(picture)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True)
    image = new.make_stream(
        out.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceGray if picture.mode == "L" else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    new.add_blank_page(page_size=(width, height))
    made = new.pages[-1]
    made.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    made.obj.Contents = new.make_stream(f"q {width} 0 0 {height} 0 0 cm /Im0 Do Q".encode())


def _plainer(picture: Any) -> Any:
    """Grey where there is no colour: a third of the size."""
    red, green, blue = picture.split()
    apart: list[Any] = [ImageChops.difference(red, green), ImageChops.difference(green, blue)]
    colour = max(part.getextrema()[1] for part in apart)
    return picture if colour > 24 else picture.convert("L")


def _bare(new: Any, page: Any) -> None:
    for key in list(page.obj.keys()):
        if key not in _KEPT:
            del page.obj[key]


def _strip(new: Any) -> None:
    for found in new.objects:
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            for key in _STRIPPED:
                if key in found:
                    del found[key]


__all__ = ["DPI", "clean_pdf"]
