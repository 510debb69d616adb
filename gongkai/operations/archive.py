"""The backup file: a zip with a manifest that names every member with its size and SM3 digest.

Zip, because its directory stands at the end: a file cut off anywhere cannot be opened, members are written without
knowing their size before, and every system opens it. docs/decisions/0005-backup.md gives the reasons.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from cryptography.hazmat.primitives.hashes import SM3, Hash

FORMAT = 1
"""Raised when an older program could not restore what a newer one writes."""
MANIFEST = "manifest.json"
_CHUNK = 1 << 20


class BadArchive(ValueError):
    """The file is not a whole and unchanged backup; the message says in words what is wrong with it."""


@dataclass(slots=True)
class Manifest:
    """What a backup holds. `members` gives size in bytes and SM3 digest by name; `tables` the rows by model."""

    made_at: str = ""
    version: str = ""
    engine: str = ""
    migrations: list[list[str]] = field(default_factory=list)
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)
    trail: dict[str, Any] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    members: dict[str, list[Any]] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """How many rows there are in all tables together."""
        return sum(int(table["rows"]) for table in self.tables.values())


class Writer:
    """Writes members into a new archive and notes what it wrote."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip, self.manifest = zipped, Manifest()

    def add(self, name: str, chunks: Iterable[bytes], *, packed: bool = True) -> None:
        """Add a member from pieces of bytes; `packed=False` for what is enciphered and would not shrink."""
        info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        digest, size = Hash(SM3()), 0
        with self._zip.open(info, "w", force_zip64=True) as member:
            for chunk in chunks:
                member.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.manifest.members[name] = [size, digest.finalize().hex()]

    def add_file(self, name: str, path: Path) -> None:
        """Add a file as it lies there; raises FileNotFoundError before anything is written."""
        with path.open("rb") as source:
            self.add(name, pieces(source), packed=False)


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Write an archive: aside, readable for its owner only, in place once whole. Nothing is left after a failure."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", compresslevel=4) as zipped:
                writer = Writer(zipped)
                yield writer
                text = json.dumps(asdict(writer.manifest), ensure_ascii=False, indent=1)
                zipped.writestr(MANIFEST, text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


class Reader:
    """An archive opened for reading."""

    def __init__(self, zipped: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip, self.manifest = zipped, manifest

    def under(self, folder: str) -> list[str]:
        """The names of the members in this folder, in order."""
        return sorted(name for name in self.manifest.members if name.startswith(f"{folder}/"))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The member's bytes in pieces; raises `BadArchive` at its end when size or digest are not as written."""
        digest, size = Hash(SM3()), 0
        try:
            with self._zip.open(name) as member:
                for chunk in pieces(member):
                    digest.update(chunk)
                    size += len(chunk)
                    yield chunk
        except (KeyError, zipfile.BadZipFile, EOFError, OSError) as error:
            raise BadArchive(f"备份里的 {name} 缺失或者损坏。请换一个备份文件。") from error
        if [size, digest.finalize().hex()] != self.manifest.members[name]:
            raise BadArchive(f"备份里的 {name} 与清单上的摘要值不一致：写下以后被改过。请换一个备份文件。")

    def check_all(self) -> None:
        """Read every member once; raises `BadArchive` for the first that is not as written."""
        for name in self.manifest.members:
            for _ in self.chunks(name):
                pass

    def lines(self, name: str) -> Iterator[bytes]:
        """The member line by line, without the ends of lines."""
        rest = b""
        for chunk in self.chunks(name):
            *whole, rest = (rest + chunk).split(b"\n")
            yield from whole
        if rest:
            yield rest


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Open an archive; raises `BadArchive` with what is wrong: not there, cut off, of a newer program, odd names."""
    try:
        with zipfile.ZipFile(path) as zipped:
            yield Reader(zipped, _manifest(zipped, path))
    except FileNotFoundError:
        raise BadArchive(f"没有这个文件：{path}。请核对备份文件的位置。") from None
    except zipfile.BadZipFile:
        raise BadArchive(
            f"{path.name} 不是备份文件，或者没有传完整。请重新复制，或者换一个备份文件。"
        ) from None


def _manifest(zipped: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        told = json.loads(zipped.read(MANIFEST))
        newer = told["format"] > FORMAT
        found = None if newer else Manifest(**told)
    except (KeyError, ValueError, TypeError):
        raise BadArchive(f"{path.name} 里没有可以辨认的清单，不是本平台的备份文件。") from None
    if found is None:
        raise BadArchive(f"{path.name} 由更新的版本写成。请先升级平台，再恢复。")
    if odd := [name for name in found.members if not is_plain(name)]:
        raise BadArchive(f"备份里有不正常的文件名：{odd[0]!r}。没有恢复。")
    return found


def is_plain(name: str) -> bool:
    """True for a name that stays inside the folder it is put into, on every system."""
    parts = PurePosixPath(name).parts
    return (
        bool(parts)
        and not name.startswith("/")
        and "\\" not in name
        and ":" not in name
        and ".." not in parts
    )


def pieces(source: Any) -> Iterator[bytes]:
    """What is left in an open file, a megabyte at a time."""
    while chunk := source.read(_CHUNK):
        yield chunk
