"""Plain text: decoded as a whole or not taken."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from .lines import Line
from .refusals import NO_TEXT, TWO_IN_ONE, NotTaken

_CHUNK = 64 * 1024
_ODD = {*range(32)} - {9, 10, 12, 13, 27} | {127}


def encoding_of(file: BinaryIO) -> str:
    """utf-8, utf-16 or gb18030, whichever decodes the whole file; raises `NotTaken` when none does."""
    file.seek(0)
    if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
        tries: tuple[str, ...] = ("utf-16",)
    else:
        tries = ("utf-8-sig", "gb18030")
    for name in tries:
        try:
            for text in _decoded(file, name):
                if any(ord(c) in _ODD for c in set(text)):
                    raise NotTaken(NO_TEXT, "type")
        except UnicodeDecodeError:
            continue
        return name
    raise NotTaken(NO_TEXT, "type")


def check_text(file: BinaryIO) -> None:
    """Refuse what cannot be decoded, and a text that is also an archive."""
    encoding_of(file)
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    if b"PK\x05\x06" in file.read():
        raise NotTaken(TWO_IN_ONE, "polyglot")


def text_lines(file: BinaryIO, ending: str) -> Iterator[Line]:
    """The text line by line; of a .csv cell by cell."""
    rest, number = "", 1
    for text in _decoded(file, encoding_of(file)):
        *whole, rest = (rest + text).splitlines(keepends=True) or [""]
        if rest.endswith(("\n", "\r")) or len(rest) > _CHUNK:
            whole, rest = [*whole, rest], ""
        for line in whole:
            yield from _cells(line, number, ending)
            number += line.endswith(("\n", "\r"))
    yield from _cells(rest, number, ending)


def _cells(line: str, number: int, ending: str) -> Iterator[Line]:
    line = line.rstrip("\r\n")
    parts = line.replace('"', "").replace("\t", ",").split(",") if ending == "csv" else [line]
    for part in parts:
        yield Line(f"第 {number} 行", part)


def _decoded(file: BinaryIO, name: str) -> Iterator[str]:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(name)("strict")
    while chunk := file.read(_CHUNK):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)
