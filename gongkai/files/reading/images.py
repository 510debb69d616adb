"""What stands beside the picture: where and by whom it was taken, and words written into the file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from PIL import ExifTags, Image

from ..content.refusals import DAMAGED, NotTaken
from .pieces import Piece, Reading

MOST_PIXELS = 80_000_000
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
_GPS = 0x8825
_HARMLESS = frozenset(
    [
        "ExifOffset",
        "Orientation",
        "XResolution",
        "YResolution",
        "ResolutionUnit",
        "YCbCrPositioning",
        "ColorSpace",
        "ExifVersion",
        "FlashPixVersion",
        "ComponentsConfiguration",
        "ExifImageWidth",
        "ExifImageHeight",
        "Compression",
        "PhotometricInterpretation",
        "StripOffsets",
        "RowsPerStrip",
        "StripByteCounts",
        "SamplesPerPixel",
        "BitsPerSample",
        "PlanarConfiguration",
        "ImageWidth",
        "ImageLength",
        "Predictor",
        "SampleFormat",
    ]
)


def open_picture(content: bytes) -> Any:
    """The picture; raises `NotTaken` when it is none or has more pixels than anybody needs."""
    try:
        picture = Image.open(io.BytesIO(content))
        if picture.width * picture.height > MOST_PIXELS:
            raise NotTaken("图片太大，没法检查。请缩小后再来。", "size")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotTaken(DAMAGED, "damaged") from error
    return picture


def read_picture(content: bytes) -> Reading:
    """The metadata of a picture; its own text only people can read."""
    picture = open_picture(content)
    reading = Reading("picture")
    reading.add(metadata(picture))
    reading.gap("图片", "图片里的文字要由人看一遍", blocks=False)
    return reading


def metadata(picture: Any) -> Iterator[Piece]:
    """Everything written into the picture's file that is not the picture."""
    exif = picture.getexif()
    for number, value in [*exif.items(), *exif.get_ifd(0x8769).items()]:
        name = ExifTags.TAGS.get(number, str(number))
        if name not in _HARMLESS and number != _GPS:
            yield Piece(f"拍摄信息（{name}）", _words(value), "meta", hidden=True)
    gps = exif.get_ifd(_GPS)
    if gps:
        said = "，".join(f"{ExifTags.GPSTAGS.get(k, k)} {_words(v)}" for k, v in gps.items())
        yield Piece("拍摄地点（GPS）", f"拍摄地点 {said}", "meta", hidden=True)
    for key, value in picture.info.items():
        if key == "xmp" or isinstance(value, str) or key in ("comment", "photoshop"):
            yield Piece(f"图片文件里的文字（{key}）", _words(value), "meta", hidden=True)


def _words(value: Any) -> str:
    if isinstance(value, bytes):
        if value[:8] in (b"ASCII\0\0\0", b"UNICODE\0"):
            wide, value = value[:1] == b"U", value[8:]
        else:
            wide = value[1::2].count(0) > len(value) // 8
        wide_ones = ("utf-16-be",) if value[:1] == b"\0" else ("utf-16-le",)
        for name in (*(wide_ones if wide else ()), "utf-8", "gb18030", "utf-16-le"):
            try:
                return str(value, name).replace("\0", " ").strip()[:20_000]
            except UnicodeDecodeError:
                continue
        return ""
    return str(value)[:20_000]
