"""The pack as a .zip: the PDF, every original file, and a list with the digests of each."""

from __future__ import annotations

import csv
import hashlib
import io
import logging
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.hazmat.primitives.hashes import SM3, Hash

from gongkai.files.names import clean_name
from gongkai.files.queries import Sealed, content_of

from .parts import Material, Paper
from .sheets import NOT_HERE, aside

log = logging.getLogger(__name__)
_CHUNK = 64 * 1024
BOOK, LIST = "证据材料.pdf", "清单.csv"
_HEAD = ("序号", "文件", "材料", "字节", "SHA-256", "SM3", "在证据材料.pdf第几页")


@dataclass(frozen=True, slots=True)
class _Written:
    size: int
    sha256: str
    sm3: str


def bundle(material: Material, book: BinaryIO | None, pages: dict[int, int]) -> BinaryIO:
    """The .zip in a nameless file, to be closed by whom it is given; contents pass through in small pieces. Without a
    book where there is too much for one."""
    made = aside()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        rows: list[tuple[object, ...]] = []
        if book is not None:
            written = _put(archive, BOOK, iter(lambda: book.read(_CHUNK), b""))
            rows.append(("", BOOK, "全部材料", written.size, written.sha256, written.sm3, 1))
        rows += _originals(archive, material.papers, pages)
        archive.writestr(LIST, _list(rows))
    made.seek(0)
    return made


def _originals(
    archive: zipfile.ZipFile, papers: Iterable[Paper], pages: dict[int, int]
) -> Iterator[tuple[object, ...]]:
    for n, paper in enumerate(papers):
        no = n + 1
        day = f"-{paper.dated.isoformat()}" if paper.dated else ""
        name = f"{paper.folder}/{no:03d}{day} {clean_name(paper.file.name)}"
        try:
            one = _put(archive, name, content_of(paper.file))
        except Sealed as error:
            log.error("file %s cannot be opened: %s", paper.file.pk, error)
            yield no, name, paper.name, NOT_HERE, "", "", ""
            continue
        yield no, name, paper.name, one.size, one.sha256, one.sm3, pages.get(n, "")


def _put(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> _Written:
    sha256, sm3, size = hashlib.sha256(), Hash(SM3()), 0
    with archive.open(name, "w", force_zip64=True) as entry:
        for piece in pieces:
            sha256.update(piece)
            sm3.update(piece)
            size += len(piece)
            entry.write(piece)
    return _Written(size, sha256.hexdigest(), sm3.finalize().hex())


def _list(rows: Iterable[tuple[object, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEAD)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
