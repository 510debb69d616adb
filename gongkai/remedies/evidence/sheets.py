"""A stored file as pages: PDF as it is, pictures turned to pages; anything else stays in the .zip alone."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import BinaryIO

import pikepdf
from django.conf import settings
from PIL import Image, ImageOps, ImageSequence

from gongkai.files.models import StoredFile
from gongkai.files.queries import Sealed, content_of

log = logging.getLogger(__name__)
PICTURES = frozenset({"jpg", "jpeg", "png", "gif", "tif", "tiff"})
MOST_PIXELS = (2480, 3508)
"""A4 at 300 dots an inch: a picture is made no larger for the pages; the original is in the .zip."""
MOST_FRAMES = 300
MOST_TO_OPEN = 40_000_000
"""Points of a picture that has to be opened whole: A4 at 600 dots an inch, and a hundred megabytes of memory."""
NOT_PAGES, DAMAGED, NOT_HERE = "见压缩包", "见压缩包（打不开）", "原件缺失"
"""What the index says in place of a page number."""


# What the two libraries raise at something that is not as it should be.
_UNREADABLE = (
    pikepdf.PdfError,
    Image.DecompressionBombError,
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    RuntimeError,
)


class NoPages(Exception):
    """The file cannot be turned to pages; the message stands in the index."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a file as a thing that can be laid on another, and whether it lies across."""

    form: pikepdf.Object
    wide: bool


def aside() -> BinaryIO:
    """A nameless file in the private folder: gone when it is closed, or when the process ends."""
    return tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)


def on_disk(file: StoredFile, kept: ExitStack) -> BinaryIO:
    """The content deciphered into a nameless file of the private folder, gone with `kept`; raises `Sealed`."""
    content = kept.enter_context(aside())
    for piece in content_of(file):
        content.write(piece)
    content.seek(0)
    return content


def sheets_of(file: StoredFile, kept: ExitStack) -> list[Sheet]:
    """The pages of a file; what they are read from stays open until `kept` is closed. Raises `NoPages`."""
    if file.ending not in PICTURES and file.ending != "pdf":
        raise NoPages(NOT_PAGES)
    try:
        content = on_disk(file, kept)
    except Sealed as error:
        log.error("file %s cannot be opened: %s", file.pk, error)
        raise NoPages(NOT_HERE) from error
    try:
        if file.ending == "pdf":
            return list(_pages_of(kept.enter_context(_opened(content)), flat=True))
        made = [kept.enter_context(_opened(one)) for one in _pictures(content, kept)]
        return [sheet for pdf in made for sheet in _pages_of(pdf)]
    except _UNREADABLE as error:
        log.warning("file %s cannot be turned to pages: %s", file.pk, type(error).__name__)
        raise NoPages(DAMAGED) from error


def _opened(content: BinaryIO) -> pikepdf.Pdf:
    """Read piece by piece as it is wanted, not laid into memory as a whole."""
    return pikepdf.open(content, access_mode=pikepdf.AccessMode.stream)


def _pages_of(pdf: pikepdf.Pdf, *, flat: bool = False) -> Iterator[Sheet]:
    if flat:
        # A seal set as a remark on the page would be lost with the remarks otherwise.
        pdf.flatten_annotations("print")
    for page in pdf.pages:
        box = page.trimbox
        width, height = float(box[2]) - float(box[0]), float(box[3]) - float(box[1])
        turned = int(page.obj.get("/Rotate", 0)) % 180 == 90
        yield Sheet(page.as_form_xobject(), (width > height) != turned)


def _pictures(content: BinaryIO, kept: ExitStack) -> Iterator[BinaryIO]:
    """Each frame of a picture as a PDF of one page, on disk."""
    with Image.open(content) as picture:
        picture.draft("RGB", MOST_PIXELS)
        frames = ImageSequence.Iterator(picture) if picture.format == "TIFF" else iter([picture])
        for n, frame in enumerate(frames):
            if n >= MOST_FRAMES or frame.width * frame.height > MOST_TO_OPEN:
                raise ValueError("too large to be made into pages")
            whole = _on_white(ImageOps.exif_transpose(frame))
            whole.thumbnail(MOST_PIXELS if whole.height >= whole.width else MOST_PIXELS[::-1])
            made = kept.enter_context(aside())
            whole.save(made, "PDF", resolution=300.0, quality=88)
            made.seek(0)
            yield made


def _on_white(picture: Image.Image) -> Image.Image:
    """Without transparency, in colours or greys."""
    if picture.mode in ("RGB", "L"):
        return picture
    if picture.mode in ("1", "I", "I;16", "F"):
        return picture.convert("L")
    clear = picture.convert("RGBA")
    ground = Image.new("RGBA", clear.size, "white")
    ground.alpha_composite(clear)
    return ground.convert("RGB")
