"""A file's content against its name: is it what it says, is it harmless, does it bear a secrecy mark."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from .images import check_picture
from .kinds import ALLOWED, BY_ENDING, KINDS, mismatch, sniff
from .lines import Line, Search
from .office import office_lines
from .ole import check_ole, ole_lines
from .packages import chunks_of, kind_of, name_of, open_package
from .pdf import open_pdf, pdf_lines
from .plain import check_text, text_lines
from .refusals import EMPTY, NESTED, Marked, NotTaken

_PICTURES = ("jpg", "png", "gif", "tif")
_LITTLE_TEXT = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """The file may be taken. `gaps`: why it could not be searched in full; `doubts`: what a person has to look at."""

    kind: str
    gaps: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def ending_of(name: str) -> str:
    """The ending of a name, small, without its dot; empty when there is none."""
    return name.rsplit(".", 1)[1].lower() if "." in name else ""


def examine(file: BinaryIO, name: str, *, inside: bool = False) -> Verdict:
    """Judge a file. `inside` is true for a member of an archive, in which no archive may stand.

    Raises `Marked` for a secrecy mark and `NotTaken` for everything else that is not taken.
    """
    if not file.seek(0, os.SEEK_END):
        raise NotTaken(EMPTY, "empty")
    ending = ending_of(name)
    wanted = BY_ENDING.get(ending)
    if wanted is None:
        raise NotTaken(f"不能上传 .{ending} 文件。可以上传的文件：{ALLOWED}。", "type")
    found = sniff(file)
    package = open_package(file) if found == "package" else None
    if package is not None:
        found = kind_of(package)
    elif found == "ole":
        found = check_ole(file)
    if found != wanted.slug:
        raise mismatch(ending, KINDS[found])
    if inside and found == "zip":
        raise NotTaken(NESTED, "nested")
    search = Search()
    search.name(name.rsplit("/", 1)[-1])
    _look_into(file, found, ending, package, search)
    return Verdict(found, search.gaps, search.doubts)


def _look_into(
    file: BinaryIO, kind: str, ending: str, package: zipfile.ZipFile | None, search: Search
) -> None:
    if kind in _PICTURES:
        check_picture(file, kind)
        search.gap("图片里的文字")
    elif kind == "pdf":
        search.over(pdf_lines(open_pdf(file), search))
    elif kind == "text":
        check_text(file)
        search.over(text_lines(file, ending))
    elif kind in ("doc", "xls"):
        search.gap("旧格式文件里的文字")
        search.over(ole_lines(file))
    elif package is not None and kind == "zip":
        _look_at_members(package, search)
    elif package is not None:
        _look_at_package(package, kind, search)


def _look_at_package(package: zipfile.ZipFile, kind: str, search: Search) -> None:
    lines: Iterable[Line] = office_lines(package)
    search.over(lines)
    names = package.namelist()
    if kind == "ofd":
        search.gap("OFD 版式文件里的文字")
    if any("/embeddings/" in name for name in names):
        search.gap("里面附有别的文件")
    if search.letters < _LITTLE_TEXT and any("/media/" in name for name in names):
        search.gap("内容是图片（扫描件）")


def _look_at_members(package: zipfile.ZipFile, search: Search) -> None:
    for part in package.infolist():
        if part.is_dir() or not part.file_size:
            continue
        name = name_of(part)
        with tempfile.TemporaryFile() as member:
            for chunk in chunks_of(package, part.filename):
                member.write(chunk)
            try:
                found = examine(cast(BinaryIO, member), name, inside=True)
            except Marked as marked:
                raise Marked(marked.mark, f"压缩包里的一个文件（{marked.where}）") from marked
            except NotTaken as refused:
                raise NotTaken(f"压缩包里的“{name[:80]}”：{refused}", refused.reason) from refused
        for gap in found.gaps:
            search.gap(gap)
        for doubt in found.doubts:
            search.doubt(f"压缩包里的一个文件，{doubt}")
