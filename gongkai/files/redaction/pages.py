"""Pages as pictures: of a PDF through PDFium, of a picture itself; and where letters stand on them."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw, ImageOps
from pypdfium2 import raw

from ..reading.images import open_picture
from ..reading.pdf import flat_page
from .marks import Box, Spot

DPI = 200
MOST_PIXELS = 16_000_000
_PAD = 0.12


def render(page: Any, dpi: int = DPI) -> Any:
    """A page as a picture, in fewer dots where it is very large."""
    width, height = page.get_size()
    scale = dpi / 72
    if width * height * scale * scale > MOST_PIXELS:
        scale = (MOST_PIXELS / (width * height)) ** 0.5
    return page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")


def boxes_of(page: Any, number: int, stretches: Iterable[tuple[int, int]]) -> list[Box]:
    """The boxes round the letters of stretches of the page's text: one a line, a little wider than the letters."""
    text, found = page.get_textpage(), []
    try:
        count = raw.FPDFText_CountChars(text)
        for start, end in stretches:
            line: tuple[float, float, float, float] | None = None
            for at in range(start, min(end, count)):
                box = _letter(page, text, at)
                if box is None:
                    continue
                if line and _same_line(line, box):
                    line = (
                        min(line[0], box[0]),
                        min(line[1], box[1]),
                        max(line[2], box[2]),
                        max(line[3], box[3]),
                    )
                    continue
                found += [_padded(number, line)] if line else []
                line = box
            found += [_padded(number, line)] if line else []
    finally:
        text.close()
    return found


def _letter(page: Any, text: Any, at: int) -> tuple[float, float, float, float] | None:
    """A letter's box as fractions of the page as it shows, whichever way it is turned."""
    rect = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text, at, rect) or rect.left == rect.right:
        return None
    fine, corners = 10_000, []
    for x, y in ((rect.left, rect.top), (rect.right, rect.bottom)):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, fine, fine, 0, x, y, across, down)
        corners.append((across.value / fine, down.value / fine))
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _same_line(line: tuple[float, ...], box: tuple[float, ...]) -> bool:
    overlap = min(line[3], box[3]) - max(line[1], box[1])
    beside = min(line[2], box[2]) - max(line[0], box[0])
    return overlap > 0.5 * min(line[3] - line[1], box[3] - box[1]) or beside > 0.5 * min(
        line[2] - line[0], box[2] - box[0]
    )


def _padded(number: int, box: tuple[float, float, float, float]) -> Box:
    left, top, right, bottom = box
    across, down = 0.001, (bottom - top) * _PAD
    return Box(
        number, max(0, left - across), max(0, top - down), min(1, right + across), min(1, bottom + down)
    )


def spot_boxes(document: Any, spots: Iterable[Spot]) -> list[Box]:
    """The boxes of spots on the pages of a PDF."""
    by_page: dict[int, list[tuple[int, int]]] = {}
    for spot in spots:
        if spot.unit.startswith("p"):
            by_page.setdefault(int(spot.unit[1:]), []).append((spot.start, spot.end))
    found: list[Box] = []
    for number, stretches in by_page.items():
        page = flat_page(document, number)
        found += boxes_of(page, number, stretches)
        page.close()
    return found


def shows(picture: Any, box: Box) -> bool:
    """Whether anything can be seen within a box: one colour all over hides white letters and what lies under black."""
    part = picture.convert("L").crop(box.on(*picture.size))
    low, high = part.getextrema()
    return bool(high - low > 40)


def paint(picture: Any, boxes: Iterable[Box]) -> None:
    """Paint boxes black, for good."""
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        left, top, right, bottom = box.on(*picture.size)
        draw.rectangle((left, top, right - 1, bottom - 1), fill=(0, 0, 0) if picture.mode == "RGB" else 0)


def upright(content: bytes) -> Any:
    """A picture as it shows, its own turning done, in plain colours."""
    picture = ImageOps.exif_transpose(open_picture(content))
    return picture if picture.mode in ("RGB", "L") else picture.convert("RGB")


def preview(
    content: bytes, kind: str, number: int, spots: Iterable[Spot], boxes: Iterable[Box], width: int = 900
) -> bytes:
    """A page as PNG with the marks outlined and shaded, to look at before anything is done."""
    own = [box for box in boxes if box.page == number]
    if kind == "pdf":
        with pypdfium2.PdfDocument(content) as document:
            if not 0 <= number < len(document):
                raise IndexError(number)
            own += spot_boxes(document, [s for s in spots if s.unit == f"p{number}"])
            page = flat_page(document, number)
            picture = (
                page.render(scale=width / max(page.get_width(), 1), may_draw_forms=True)
                .to_pil()
                .convert("RGB")
            )
            page.close()
    else:
        picture = upright(content).convert("RGB")
        picture.thumbnail((width, 4 * width))
    shade = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(shade)
    for box in own:
        draw.rectangle(box.on(*picture.size), fill=(190, 30, 30, 70), outline=(170, 20, 20, 255), width=2)
    out = io.BytesIO()
    Image.alpha_composite(picture.convert("RGBA"), shade).convert("RGB").save(out, "PNG")
    return out.getvalue()
