"""A file's content enciphered in chunks, so that it streams both ways and no change of it goes unnoticed.

Each chunk is sealed with its own nonce (a random prefix, the number of the chunk, whether it is the last), as in the
STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár; the head and the file's number are authenticated with
every chunk. A chunk changed, left out, moved, cut off at the end or taken from another file is refused.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .keys import derive

CHUNK = 64 * 1024
TAG = 16
_MAGIC = b"GKF1"
_SALT, _PREFIX = 16, 7
CIPHERS = {"sm4-gcm": 16, "aes-256-gcm": 32}
"""The ciphers by name with the length of their keys in bytes (GB/T 32907; GB/T 36624)."""
_NUMBERS = {1: "sm4-gcm", 2: "aes-256-gcm"}
_BY_NAME = {name: number for number, name in _NUMBERS.items()}


class Sealed(Exception):
    """The content cannot be opened: changed, cut short, of another file, or under a key that is not here."""


class _Box(Protocol):
    def seal(self, nonce: bytes, plain: bytes, bound: bytes) -> bytes: ...

    def open(self, nonce: bytes, sealed: bytes, bound: bytes) -> bytes: ...


class _Sm4:
    def __init__(self, key: bytes) -> None:
        self._key = algorithms.SM4(key)

    def seal(self, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        encryptor = Cipher(self._key, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(bound)
        return encryptor.update(plain) + encryptor.finalize() + encryptor.tag

    def open(self, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        decryptor = Cipher(self._key, modes.GCM(nonce, sealed[-TAG:])).decryptor()
        decryptor.authenticate_additional_data(bound)
        return decryptor.update(sealed[:-TAG]) + decryptor.finalize()


class _Aes:
    def __init__(self, key: bytes) -> None:
        box = AESGCM(key)
        self.seal: Callable[[bytes, bytes, bytes], bytes] = box.encrypt
        self.open: Callable[[bytes, bytes, bytes], bytes] = box.decrypt


def _box(cipher: str, key: bytes, salt: bytes) -> _Box:
    own = derive(key, salt, cipher, CIPHERS[cipher])
    return _Sm4(own) if cipher == "sm4-gcm" else _Aes(own)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the chunks: with which cipher and key, and the random parts. `raw` as on disk."""

    cipher: str
    key_id: str
    salt: bytes
    prefix: bytes
    raw: bytes

    @classmethod
    def fresh(cls, cipher: str, key_id: str) -> Head:
        """A head for a new file."""
        salt, prefix = os.urandom(_SALT), os.urandom(_PREFIX)
        name = key_id.encode("ascii")
        raw = _MAGIC + struct.pack("BB", _BY_NAME[cipher], len(name)) + name + salt + prefix
        return cls(cipher, key_id, salt, prefix, raw)

    @classmethod
    def read(cls, file: BinaryIO) -> Head:
        """The head of a file on disk; raises `Sealed` when it is none."""
        start = file.read(len(_MAGIC) + 2)
        if len(start) < 6 or start[:4] != _MAGIC or start[4] not in _NUMBERS:
            raise Sealed("文件开头已被改动")
        rest = file.read(start[5] + _SALT + _PREFIX)
        if len(rest) < start[5] + _SALT + _PREFIX:
            raise Sealed("文件不完整")
        name = rest[: start[5]].decode("ascii", "replace")
        salt = rest[start[5] : start[5] + _SALT]
        return cls(_NUMBERS[start[4]], name, salt, rest[start[5] + _SALT :], start + rest)

    def length_for(self, size: int) -> int:
        """How long the file on disk is for a content of so many bytes."""
        chunks = max(1, -(-size // CHUNK))
        return len(self.raw) + size + chunks * TAG

    def nonce(self, number: int, *, last: bool) -> bytes:
        """The nonce of a chunk."""
        return self.prefix + struct.pack(">IB", number, last)


def seal(pieces: Iterable[bytes], number: UUID, cipher: str, key_id: str, key: bytes) -> Iterator[bytes]:
    """The head, then the sealed chunks of a content that comes in pieces of any size."""
    head = Head.fresh(cipher, key_id)
    box, bound = _box(cipher, key, head.salt), head.raw + number.bytes
    yield head.raw
    waiting, at = None, 0
    for chunk in even_chunks(pieces):
        if waiting is not None:
            yield box.seal(head.nonce(at, last=False), waiting, bound)
            at += 1
        waiting = chunk
    yield box.seal(head.nonce(at, last=True), waiting or b"", bound)


def even_chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in chunks of `CHUNK`, the last one shorter; none for nothing."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= CHUNK:
            yield bytes(held[:CHUNK])
            del held[:CHUNK]
    if held:
        yield bytes(held)


def unseal(file: BinaryIO, number: UUID, keys: Mapping[str, bytes]) -> Iterator[bytes]:
    """The content in chunks, each checked before it is handed on; raises `Sealed` when one fails."""
    head = Head.read(file)
    try:
        box = _box(head.cipher, keys[head.key_id], head.salt)
    except KeyError as error:
        raise Sealed(f"缺少文件密钥 {head.key_id}") from error
    bound = head.raw + number.bytes
    at, sealed = 0, file.read(CHUNK + TAG)
    while True:
        following = file.read(CHUNK + TAG)
        try:
            yield box.open(head.nonce(at, last=not following), sealed, bound)
        except (InvalidTag, ValueError) as error:
            raise Sealed("文件内容已被改动或者不完整") from error
        if not following:
            return
        at, sealed = at + 1, following
