"""An office file as a whole in memory, bounded: its parts, those that are XML parsed once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from ..content.packages import chunks_of, open_package
from ..content.refusals import BOMB, NotTaken
from .slots import parse

LISTING = "[Content_Types].xml"
"""The part that lists the others."""
MOST_XML = 40 * 1024 * 1024
MOST_ALL = 150 * 1024 * 1024


class Office:
    """The parts of a .docx or .xlsx by name; `root` parses one, `saved` writes all back."""

    def __init__(self, file: BinaryIO) -> None:
        package = open_package(file)
        if sum(p.file_size for p in package.infolist()) > MOST_ALL:
            raise NotTaken(BOMB, "bomb")
        self.parts: dict[str, bytes] = {}
        for part in package.infolist():
            if not part.is_dir():
                if part.filename.lower().endswith((".xml", ".rels", ".vml")) and part.file_size > MOST_XML:
                    raise NotTaken("文件里的文字太多，没法检查。请分成几个文件再来。", "size")
                self.parts[part.filename] = b"".join(chunks_of(package, part.filename))
        self._roots: dict[str, Any] = {}

    def xml_names(self) -> Iterator[str]:
        """The names of the XML parts in a fixed order, the document itself first."""
        for name in sorted(self.parts, key=lambda n: (n not in ("word/document.xml", "xl/workbook.xml"), n)):
            if name.lower().endswith((".xml", ".rels", ".vml")) and name != LISTING:
                yield name

    def root(self, name: str) -> Any:
        """The parsed part; the same one every time, so that what is changed is saved."""
        if name not in self._roots:
            self._roots[name] = parse(self.parts[name])
        return self._roots[name]

    def forget(self, name: str) -> None:
        """The part's bytes were written anew: what was parsed of it before counts no more."""
        self._roots.pop(name, None)

    def drop(self, name: str) -> None:
        """Take a part out, with its relationships."""
        for gone in (name, rels_of(name)):
            self.parts.pop(gone, None)
            self._roots.pop(gone, None)

    def saved(self) -> bytes:
        """The file written anew: no old times, no old bytes between the parts."""
        for name, root in self._roots.items():
            if name in self.parts:
                self.parts[name] = etree.tostring(
                    root, xml_declaration=True, encoding="UTF-8", standalone=True
                )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name in sorted(self.parts, key=lambda n: (n != LISTING, n)):
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(info, self.parts[name])
        return out.getvalue()


def rels_of(name: str) -> str:
    """The name of the part that holds a part's relationships."""
    folder, _, base = name.rpartition("/")
    return f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"


def target_of(source: str, target: str) -> str:
    """The part that a relationship of `source` names."""
    if target.startswith("/"):
        return target[1:]
    steps = source.split("/")[:-1]
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
