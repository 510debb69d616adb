"""Pictures: one picture from the first byte to the last, and nothing behind it."""

from __future__ import annotations

import os
import re
import struct
from typing import BinaryIO

from .refusals import DAMAGED, TWO_IN_ONE, NotTaken

_SMUGGLED = re.compile(rb"<script|<html|<\?php|<!doctype|%PDF-[0-9]|MZ\x90\x00", re.I)
_ENDING = 64 * 1024


def check_picture(file: BinaryIO, slug: str) -> None:
    """Refuse a picture that is cut short, has something appended, or carries a page or a program."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(4096)
    file.seek(max(0, size - _ENDING))
    tail = file.read()
    if slug == "png":
        _walk_png(file, size)
    elif slug == "jpg":
        end = tail.rfind(b"\xff\xd9")
        if end < 0:
            raise NotTaken(DAMAGED, "damaged")
        if tail[end + 2 :].strip(b"\x00\r\n "):
            raise NotTaken(TWO_IN_ONE, "polyglot")
    elif slug == "gif" and not tail.rstrip(b"\x00\r\n ").endswith(b"\x3b"):
        raise NotTaken(TWO_IN_ONE, "polyglot")
    if b"PK\x05\x06" in tail or _SMUGGLED.search(head) or _SMUGGLED.search(tail):
        raise NotTaken(TWO_IN_ONE, "polyglot")


def _walk_png(file: BinaryIO, size: int) -> None:
    at = 8
    while at + 12 <= size:
        file.seek(at)
        length, name = struct.unpack(">I4s", file.read(8))
        at += 12 + length
        if name == b"IEND":
            file.seek(at)
            if at > size or file.read(1024).strip(b"\x00\r\n "):
                raise NotTaken(TWO_IN_ONE, "polyglot")
            return
    raise NotTaken(DAMAGED, "damaged")
