"""The sealed form of a content: it streams, comes back as it was, and tells of every change."""

from __future__ import annotations

import io
import os
import tracemalloc
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.files.keys import derive
from gongkai.files.sealing import CHUNK, CIPHERS, TAG, Head, Sealed, seal, unseal

KEY = bytes(range(32))
KEYS = {"k1": KEY}
BOTH = pytest.mark.parametrize("cipher", sorted(CIPHERS))


def sealed(content: bytes, number=None, cipher: str = "sm4-gcm") -> bytes:
    return b"".join(seal([content], number, cipher, "k1", KEY))


def opened(raw: bytes, number) -> bytes:
    return b"".join(unseal(io.BytesIO(raw), number, KEYS))


def parts_of(raw: bytes) -> tuple[bytes, list[bytes]]:
    """The head and the sealed chunks."""
    file = io.BytesIO(raw)
    head = Head.read(file).raw
    rest = raw[len(head) :]
    return head, [rest[at : at + CHUNK + TAG] for at in range(0, len(rest), CHUNK + TAG)]


@BOTH
@settings(max_examples=25, deadline=None)
@given(
    size=st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7]),
    cut=st.integers(1, 2 * CHUNK),
)
def test_what_goes_in_comes_out_whatever_pieces_it_came_in(cipher: str, size: int, cut: int) -> None:
    content, number = os.urandom(size), uuid4()
    pieces = [content[at : at + cut] for at in range(0, size, cut)]
    raw = b"".join(seal(pieces, number, cipher, "k1", KEY))
    assert opened(raw, number) == content
    assert len(raw) == Head.read(io.BytesIO(raw)).length_for(size)


def test_the_ciphers_are_what_they_are_called() -> None:
    """Opened by hand with the library's own ciphers, not with ours."""
    number, content = uuid4(), b"open government information"
    for cipher in CIPHERS:
        raw = sealed(content, number, cipher)
        head = Head.read(io.BytesIO(raw))
        key = derive(KEY, head.salt, cipher, CIPHERS[cipher])
        nonce, body = head.prefix + b"\0\0\0\0\1", raw[len(head.raw) :]
        bound = head.raw + number.bytes
        if cipher == "aes-256-gcm":
            assert AESGCM(key).decrypt(nonce, body, bound) == content
        else:
            decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, body[-16:])).decryptor()
            decryptor.authenticate_additional_data(bound)
            assert decryptor.update(body[:-16]) + decryptor.finalize() == content


@BOTH
def test_every_flipped_bit_is_noticed(cipher: str) -> None:
    number = uuid4()
    raw = sealed(os.urandom(100), number, cipher)
    for at in range(len(raw)):
        for bit in (0, 7):
            bad = bytearray(raw)
            bad[at] ^= 1 << bit
            with pytest.raises(Sealed):
                opened(bytes(bad), number)


@BOTH
def test_truncation_reordering_and_swapping_are_noticed(cipher: str) -> None:
    number, content = uuid4(), os.urandom(4 * CHUNK)
    raw = sealed(content, number, cipher)
    head, (a, b, c, d) = parts_of(raw)
    other_head, others = parts_of(sealed(content, number, cipher))
    for changed in (
        head + a + b + c,
        head + a + b + c + d[:-1],
        head + a,
        head,
        head[:-3],
        b"",
        head + b + a + c + d,
        head + a + c + b + d,
        head + a + b + d,
        head + a + a + b + c + d,
        raw + b"x",
        raw + d,
        head + a + others[1] + c + d,
        other_head + a + b + c + d,
    ):
        with pytest.raises(Sealed):
            opened(changed, number)
    with pytest.raises(Sealed):
        opened(raw, uuid4())
    assert opened(raw, number) == content


def test_the_wrong_key_or_none_opens_nothing() -> None:
    number = uuid4()
    raw = sealed(b"x", number)
    with pytest.raises(Sealed, match="已被改动"):
        list(unseal(io.BytesIO(raw), number, {"k1": bytes(32)}))
    with pytest.raises(Sealed, match="缺少文件密钥 k1"):
        list(unseal(io.BytesIO(raw), number, {"k2": KEY}))


def test_equal_contents_are_sealed_differently() -> None:
    number = uuid4()
    assert sealed(b"x" * 99, number) != sealed(b"x" * 99, number)
    assert b"x" * 16 not in sealed(b"x" * 99, number)


def test_memory_does_not_grow_with_the_file() -> None:
    class Drain(io.RawIOBase):
        def __init__(self, source) -> None:
            self.source, self.held = source, b""

        def read(self, size: int = -1) -> bytes:
            while len(self.held) < size and (piece := next(self.source, b"")):
                self.held += piece
            out, self.held = self.held[:size], self.held[size:]
            return out

    number, size = uuid4(), 40 * 1024 * 1024
    tracemalloc.start()
    source = seal((bytes(100_000) for _ in range(size // 100_000)), number, "sm4-gcm", "k1", KEY)
    got = sum(map(len, unseal(Drain(source), number, KEYS)))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert got == size // 100_000 * 100_000
    assert most < 2 * 1024 * 1024
