"""The old binary office files (.doc .xls .wps .et): what they are, whether they carry a password or macros."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from .kinds import foreign
from .lines import Line
from .refusals import DAMAGED, ENCRYPTED, MACROS, NotTaken

_CHUNK = 256 * 1024
_FILEPASS = 0x2F


def check_ole(file: BinaryIO) -> str:
    """doc or xls; raises `NotTaken` for anything else, for a password and for macros."""
    file.seek(0)
    header = file.read(512)
    if len(header) < 512:
        raise NotTaken(DAMAGED, "damaged")
    sector = 1 << min(struct.unpack_from("<H", header, 30)[0], 12)
    found = dict(_entries(file))
    if "EncryptedPackage" in found:
        raise NotTaken(ENCRYPTED, "encrypted")
    if found.keys() & {"Macros", "_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT", "vbaProject.bin"}:
        raise NotTaken(MACROS, "macros")
    if "WordDocument" in found:
        if _word_is_encrypted(_start_of(file, found["WordDocument"], sector)):
            raise NotTaken(ENCRYPTED, "encrypted")
        return "doc"
    for name in ("Workbook", "Book"):
        if name in found:
            if _book_is_encrypted(_start_of(file, found[name], sector)):
                raise NotTaken(ENCRYPTED, "encrypted")
            return "xls"
    raise foreign("别的软件的专用格式")


def _entries(file: BinaryIO) -> Iterator[tuple[str, int]]:
    """Names of the directory with the sectors their content begins in. An entry has 128 bytes and begins at a
    multiple of them, so that the directory is found without following the chains of a file that may lie."""
    file.seek(512)
    while block := file.read(_CHUNK):
        for at in range(0, len(block) - 127, 128):
            length, kind = struct.unpack_from("<HB", block, at + 64)
            if 4 <= length <= 64 and length % 2 == 0 and kind in (1, 2, 5):
                name = block[at : at + length - 2].decode("utf-16-le", "replace")
                if name.lstrip("\x01\x05").replace("_", "a").replace(".", "a").isalnum():
                    yield name, struct.unpack_from("<I", block, at + 116)[0]


def _start_of(file: BinaryIO, start: int, sector: int) -> bytes:
    file.seek((start + 1) * sector)
    return file.read(2048)


def _word_is_encrypted(fib: bytes) -> bool:
    return len(fib) > 12 and bool(struct.unpack_from("<H", fib, 10)[0] & 0x0100)


def _book_is_encrypted(records: bytes) -> bool:
    at = 0
    for _ in range(8):
        if at + 4 > len(records):
            return False
        kind, length = struct.unpack_from("<HH", records, at)
        if kind == _FILEPASS:
            return True
        at += 4 + length
    return False


def ole_lines(file: BinaryIO) -> Iterator[Line]:
    """What can be made out of the text, in pieces: enough to find a mark with its star, never to say there is none."""
    file.seek(0)
    before = b""
    while block := file.read(_CHUNK):
        data = before + block
        for name in ("utf-16-le", "gb18030"):
            for piece in data.decode(name, "ignore").replace("\r", "\n").replace("\x07", "\n").split("\n"):
                if "密" in piece and ("★" in piece or "☆" in piece or "级" in piece):
                    yield Line("正文", piece)
        before = data[-256:]
