"""The file store: enciphered files called by their numbers, in folders of their own, whole or not there at all."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.conf import settings

from .keys import kept_keys
from .sealing import Head, Sealed, seal, unseal

__all__ = [
    "NotHere",
    "Sealed",
    "Written",
    "head_of",
    "is_whole",
    "keys",
    "open_content",
    "paths",
    "put",
    "put_again",
    "wipe",
]
_UNFINISHED = ".part"
DAY = 24 * 60 * 60


class NotHere(Sealed):
    """There is no content on disk under this number."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: bytes of content, their SM3 digest, with which cipher and key."""

    size: int
    digest: str
    cipher: str
    key_id: str


class _Keys(Mapping[str, bytes]):
    """The keys of the settings; a key added to the key file since this process started is found as well."""

    def __getitem__(self, key_id: str) -> bytes:
        known: dict[str, bytes] = settings.FILE_KEYS
        if key_id not in known and settings.FILE_KEYS_FILE is not None:
            known = settings.FILE_KEYS = kept_keys(settings.FILE_KEYS_FILE)
        return known[key_id]

    def __iter__(self) -> Iterator[str]:
        return iter(settings.FILE_KEYS)

    def __len__(self) -> int:
        return len(settings.FILE_KEYS)


keys = _Keys()


def active() -> tuple[str, str]:
    """The cipher and the name of the key under which files are written now."""
    return settings.FILE_CIPHER, next(iter(settings.FILE_KEYS))


def _root() -> Path:
    return Path(settings.FILES_DIR)


def path_of(number: UUID) -> Path:
    """Where the content of this number lies: two folders deep by the number's first digits."""
    name = number.hex
    return _root() / name[:2] / name[2:4] / name


def put(number: UUID, pieces: Iterable[bytes]) -> Written:
    """Write a content under a new number; it is there whole, or not at all. Raises OSError as the disk does."""
    return _write(number, pieces)


def put_again(number: UUID) -> Written:
    """Encipher a content anew under the active key; whoever reads meanwhile reads the old or the new one, whole."""
    return _write(number, open_content(number))


def _write(number: UUID, pieces: Iterable[bytes]) -> Written:
    cipher, key_id = active()
    digest, size = Hash(SM3()), 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            yield piece

    path = path_of(number)
    _make_folders(path.parent)
    aside = path.with_name(f"{path.name}.{os.getpid()}-{time.monotonic_ns()}{_UNFINISHED}")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            for sealed in seal(counted(), number, cipher, key_id, keys[key_id]):
                file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return Written(size, digest.finalize().hex(), cipher, key_id)


def _make_folders(folder: Path) -> None:
    for path in (folder.parent, folder):
        if not path.is_dir():
            path.mkdir(mode=0o700, exist_ok=True)
            _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def head_of(number: UUID) -> Head:
    """With which cipher and key the content is enciphered; raises `NotHere`, `Sealed`."""
    try:
        with path_of(number).open("rb") as file:
            return Head.read(file)
    except FileNotFoundError as error:
        raise NotHere("存储里没有这个文件") from error


def is_whole(number: UUID, size: int) -> bool:
    """Whether there is a content of this number whose length is right for so many bytes."""
    try:
        with path_of(number).open("rb") as file:
            return os.fstat(file.fileno()).st_size == Head.read(file).length_for(size)
    except (OSError, Sealed):
        return False


def open_content(number: UUID, size: int | None = None) -> Iterator[bytes]:
    """The content in chunks. What can be told at once is told at once: raises `NotHere`, or `Sealed` when the file
    is not as long as for `size` bytes or its first chunk does not open; a later chunk raises when it is reached."""
    try:
        file = path_of(number).open("rb")
    except FileNotFoundError as error:
        raise NotHere("存储里没有这个文件") from error
    try:
        if size is not None and os.fstat(file.fileno()).st_size != Head.read(file).length_for(size):
            raise Sealed("文件内容已被改动或者不完整")
        file.seek(0)
        chunks = unseal(file, number, keys)
        first = next(chunks)
    except BaseException:
        file.close()
        raise

    def rest() -> Iterator[bytes]:
        with file:
            yield first
            yield from chunks

    return rest()


def wipe(number: UUID) -> bool:
    """Destroy a content: the head first, without which nobody can derive its key, then the file; True if it was."""
    path = path_of(number)
    try:
        with path.open("r+b") as file:
            file.write(os.urandom(64))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return False
    _sync_folder(path.parent)
    return True


def paths() -> Iterator[tuple[Path, UUID | None]]:
    """Everything in the store with its number; None for what was never finished or does not belong there."""
    for path in sorted(_root().rglob("*")):
        if path.is_file():
            try:
                number = UUID(hex=path.name) if len(path.name) == 32 else None
            except ValueError:
                number = None
            yield path, number if number and path_of(number) == path else None
