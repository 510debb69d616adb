"""ZIP packages: sane before anything in them is read; what kind of package it is."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from .kinds import foreign
from .refusals import BAD_PATHS, BOMB, DAMAGED, EMPTY, ENCRYPTED, MACROS, TWO_IN_ONE, NotTaken

MAX_PARTS = 5000
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 150
_SMALL = 4 * 1024 * 1024
_CHUNK = 64 * 1024
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    NotImplementedError,
    ValueError,
    RuntimeError,
    struct.error,
)
_MACRO_NAMES = re.compile(r"(vbaproject|vbadata)[^/]*\.(bin|xml)$|^xl/macrosheets/|/activex/.*\.bin$", re.I)
_MACRO_TYPES = (b"macroEnabled", b"vbaProject")


def open_package(file: BinaryIO) -> zipfile.ZipFile:
    """The package, once its directory is found sane; raises `NotTaken` otherwise."""
    file.seek(0)
    try:
        package = zipfile.ZipFile(file)
        parts = package.infolist()
    except _BROKEN as error:
        raise NotTaken(DAMAGED, "damaged") from error
    if not parts:
        raise NotTaken(EMPTY, "empty")
    if any(part.flag_bits & 0x1 for part in parts):
        raise NotTaken(ENCRYPTED, "encrypted")
    if min(part.header_offset for part in parts) > 0:
        raise NotTaken(TWO_IN_ONE, "polyglot")
    total, packed = sum(p.file_size for p in parts), sum(p.compress_size for p in parts)
    names = {part.filename for part in parts}
    if len(parts) > MAX_PARTS or total > MAX_UNPACKED or len(names) < len(parts):
        raise NotTaken(BOMB, "bomb")
    if total > _SMALL and total > MAX_RATIO * max(packed, 1):
        raise NotTaken(BOMB, "bomb")
    if any(_is_odd(name_of(part)) for part in parts):
        raise NotTaken(BAD_PATHS, "paths")
    return package


def name_of(part: zipfile.ZipInfo) -> str:
    """The part's name as its maker meant it: Windows writes Chinese names in GBK without saying so."""
    if part.flag_bits & 0x800:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return part.filename


def _is_odd(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or "\x00" in name or ".." in name.split("/")


def chunks_of(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part's content piece by piece, never more than its directory promised."""
    try:
        with package.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except _BROKEN as error:
        raise NotTaken(DAMAGED, "damaged") from error


def kind_of(package: zipfile.ZipFile) -> str:
    """docx, xlsx, ofd or zip; raises `NotTaken` for other office files and for macros."""
    names = package.namelist()
    if any(_MACRO_NAMES.search(name) for name in names):
        raise NotTaken(MACROS, "macros")
    if "OFD.xml" in names:
        return "ofd"
    if "[Content_Types].xml" in names:
        types = b"".join(chunks_of(package, "[Content_Types].xml"))
        if any(word in types for word in _MACRO_TYPES):
            raise NotTaken(MACROS, "macros")
        if b"wordprocessingml.document.main" in types and any(n.startswith("word/") for n in names):
            return "docx"
        if b"spreadsheetml.sheet.main" in types and any(n.startswith("xl/") for n in names):
            return "xlsx"
        raise foreign("演示文稿或者别的办公文件")
    if "mimetype" in names or "META-INF/MANIFEST.MF" in names or "AndroidManifest.xml" in names:
        raise foreign("别的软件的专用格式（例如 ODF 文档、程序包）")
    return "zip"
