"""Enciphering and deciphering 32 MB in chunks, beside plain copying of the same bytes."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.measure import Line, seconds
from gongkai.files.sealing import CHUNK, CIPHERS, seal, unseal

SIZE = 32 * 1024 * 1024


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as out:
        for piece in pieces:
            out.write(piece)


def run() -> Iterator[Line]:
    """MB a second for copying, and for each cipher both ways."""
    key, number = os.urandom(32), uuid.uuid4()
    with tempfile.TemporaryDirectory() as folder:
        plain, other = Path(folder, "plain"), Path(folder, "other")
        plain.write_bytes(os.urandom(SIZE))

        def pieces(path: Path) -> Iterator[bytes]:
            with path.open("rb") as file:
                while piece := file.read(CHUNK):
                    yield piece

        mega = SIZE / 1024 / 1024
        copy = mega / seconds(lambda: _write(other, pieces(plain)))
        yield Line("files_copy", copy, "MB/s")
        for cipher in CIPHERS:
            sealed = Path(folder, cipher)
            put = mega / seconds(
                lambda c=cipher, s=sealed: _write(s, seal(pieces(plain), number, c, "k", key))
            )  # type: ignore[misc]
            yield Line(f"files_seal_{cipher}", put, "MB/s", "files_copy", put / copy)

            def opened(path: Path = sealed) -> None:
                with path.open("rb") as file:
                    _write(other, unseal(file, number, {"k": key}))

            take = mega / seconds(opened)
            yield Line(f"files_open_{cipher}", take, "MB/s", "files_copy", take / copy)
