"""Handing out a public file: read through once and compared with the digest that was reviewed before a byte leaves."""

from __future__ import annotations

import hmac
import tempfile
from collections.abc import Iterator
from typing import IO

from cryptography.hazmat.primitives.hashes import SM3, Hash

from gongkai.files.models import StoredFile
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


def why_kept(file: StoredFile) -> str:
    """Why a file cannot be removed now: it is public with an item; empty where it is not."""
    rows = PublicationFile.objects.filter(file=file, publication__ended_at__isnull=True)
    shown = rows.select_related("publication").first()
    if shown is None:
        return ""
    title = shown.publication.title
    return (
        f"这个文件正在“{title}”里公开，不能删除。请先修订“{title}”，换掉或者去掉这个附件，"
        "审查通过、发布以后再删除；不该公开的，请先撤回公开。"
    )


def _pieces(spool: IO[bytes]) -> Iterator[bytes]:
    with spool:
        while piece := spool.read(_CHUNK):
            yield piece
