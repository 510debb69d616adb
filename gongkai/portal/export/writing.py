"""Writing files so that what is the same stays untouched, and whoever reads never finds half a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from filecmp import cmp
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

MARK = ".gongkai-export"
"""Stands in a folder of ours: nothing is ever written or taken away in another one that holds anything."""


_TIMES = "docProps/core.xml"


class NotOurs(ValueError):
    """The folder holds what is not of an export."""


@dataclass(slots=True)
class Folder:
    """The folder written to, and what was done: files new or changed, left as they were, taken away."""

    root: Path
    written: int = 0
    same: int = 0
    removed: int = 0
    _made: set[Path] = field(default_factory=set)

    def begin(self) -> None:
        """Be sure that the folder is empty or ours; raises `NotOurs`."""
        self.root.mkdir(parents=True, exist_ok=True)
        mark = self.root / MARK
        if not mark.exists():
            if any(self.root.iterdir()):
                raise NotOurs(f"{self.root} 里有别的文件。请换一个空的文件夹，或者原来导出过的文件夹。")
            mark.write_text("gongkai export-site\n", encoding="utf-8")

    def write(self, place: str, content: bytes | Iterable[bytes]) -> None:
        """Write a file, unless it is there with the same content."""
        path = self.root / place
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            if len(self._made) < 1000:
                self._made.add(path.parent)
        if isinstance(content, bytes):
            if path.is_file() and _same(path, content):
                self.same += 1
                return
            content = [content]
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.writelines(content)
        if path.is_file() and cmp(name, path, shallow=False):
            Path(name).unlink()
            self.same += 1
            return
        # The web server that hands the files out is somebody else on the machine.
        Path(name).chmod(0o644)
        Path(name).replace(path)
        self.written += 1

    def remove(self, path: Path) -> None:
        """Take a file away that is no longer public, and the folders it leaves empty."""
        path.unlink()
        self.removed += 1
        for above in path.parents:
            if above == self.root or any(above.iterdir()):
                break
            above.rmdir()
            self._made.discard(above)


def _same(path: Path, content: bytes) -> bool:
    """True for a file of this content; of an office file, which bears the time of its making, for the same parts."""
    if content.startswith(b"PK"):
        return _parts(path.read_bytes()) == _parts(content)
    return path.stat().st_size == len(content) and path.read_bytes() == content


def _parts(content: bytes) -> list[tuple[str, int]]:
    try:
        with ZipFile(BytesIO(content)) as box:
            return [(part.filename, part.CRC) for part in box.infolist() if part.filename != _TIMES]
    except BadZipFile:
        return []
