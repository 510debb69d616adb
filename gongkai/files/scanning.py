"""The virus scanner: clamd's INSTREAM, spoken over TCP."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable

SECONDS = 60
_CHUNK = 64 * 1024


class Infected(Exception):
    """The scanner knows this; the message is its name for it."""


class ScannerSilent(Exception):
    """The scanner could not be asked, or did not say that the file is clean."""


def scan(pieces: Iterable[bytes], server: tuple[str, int], seconds: float = SECONDS) -> None:
    """Return when the scanner finds nothing; raises `Infected`, or `ScannerSilent` when it gives no clear answer."""
    try:
        with socket.create_connection(server, timeout=min(seconds, 10)) as line:
            line.settimeout(seconds)
            line.sendall(b"zINSTREAM\0")
            try:
                for piece in pieces:
                    for at in range(0, len(piece), _CHUNK):
                        part = piece[at : at + _CHUNK]
                        line.sendall(struct.pack(">I", len(part)) + part)
                line.sendall(struct.pack(">I", 0))
            except (BrokenPipeError, ConnectionResetError):
                # It hangs up on a stream beyond its limit; its reason still waits to be read.
                pass
            answer = _answer(line)
    except OSError as error:
        raise ScannerSilent(str(error)) from error
    words = answer.decode("utf-8", "replace").strip("\0\r\n ")
    if words.endswith(" FOUND"):
        raise Infected(words.removeprefix("stream: ").removesuffix(" FOUND"))
    if words != "stream: OK":
        raise ScannerSilent(words or "no answer")


def _answer(line: socket.socket) -> bytes:
    answer = b""
    while len(answer) < 4096 and not answer.endswith(b"\0"):
        piece = line.recv(1024)
        if not piece:
            break
        answer += piece
    return answer
