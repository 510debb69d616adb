"""Handing out a public file: read through once and compared with the digest that was reviewed before a byte leaves."""

from __future__ import annotations

import hmac
import tempfile
from collections.abc import Iterator
from typing import IO

from cryptography.hazmat.primitives.hashes import SM3, Hash

from gongkai.files.queries import Sealed, content_of

from .models import PublicationFile

_IN_MEMORY = 1024 * 1024
_CHUNK = 64 * 1024


def reviewed_content(shown: PublicationFile) -> Iterator[bytes]:
    """The content in chunks; raises `Sealed`, before the first one, where it is not the one that was reviewed."""
    spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed when it was read out
    digest = Hash(SM3())
    try:
        for chunk in content_of(shown.file):
            digest.update(chunk)
            spool.write(chunk)
        if not hmac.compare_digest(digest.finalize().hex(), shown.digest):
            raise Sealed("文件内容与审查时不一致，不能提供。")
        spool.seek(0)
    except BaseException:
        spool.close()
        raise
    return _pieces(spool)


def _pieces(spool: IO[bytes]) -> Iterator[bytes]:
    with spool:
        while piece := spool.read(_CHUNK):
            yield piece
