"""The keys of the file store: read from a setting or a file, derived for every file anew. Knows no framework."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_LINE = re.compile(r"([A-Za-z0-9_-]{1,32}):([0-9A-Fa-f]{64})\Z")


class BadKeys(ValueError):
    """The keys are not written as they should be; the message says how."""


def read_keys(lines: Iterable[str]) -> dict[str, bytes]:
    """Keys by their names, the active one first, from id:hex; raises `BadKeys` for a bad line, a name twice, none."""
    keys: dict[str, bytes] = {}
    for line in filter(None, (line.strip() for line in lines)):
        match = _LINE.match(line)
        if match is None or match[1] in keys:
            raise BadKeys("文件密钥要写成 编号:64位十六进制数，编号只用字母、数字，不能重复。")
        keys[match[1]] = bytes.fromhex(match[2])
    if not keys:
        raise BadKeys("里面没有文件密钥。请从备份里找回；找不回时，已经保存的文件打不开。")
    return keys


def kept_keys(kept_in: Path) -> dict[str, bytes]:
    """The keys of the key file, which is made with one fresh key when absent."""
    if not kept_in.exists():
        _put(kept_in, _fresh("k1"), once=True)
    return read_keys(kept_in.read_text(encoding="ascii", errors="replace").splitlines())


def add_key(kept_in: Path) -> str:
    """Put a fresh key on top of the key file, whole or not at all, and return its name."""
    used = kept_keys(kept_in)
    key_id = next(f"k{n}" for n in range(1, 100_000) if f"k{n}" not in used)
    _put(kept_in, _fresh(key_id) + kept_in.read_text(encoding="ascii"), once=False)
    return key_id


def derive(key: bytes, salt: bytes, cipher: str, length: int) -> bytes:
    """The key of one file from a key of the store, by HKDF with SM3: no two files share a key."""
    return HKDF(algorithm=SM3(), length=length, salt=salt, info=f"gongkai file {cipher}".encode()).derive(key)


def _fresh(key_id: str) -> str:
    return f"{key_id}:{secrets.token_hex(32)}\n"


def _put(kept_in: Path, text: str, *, once: bool) -> None:
    # Aside and moved whole: two processes that start together end with one key file, never half of one.
    aside = kept_in.with_name(f"{kept_in.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        if once:
            os.link(aside, kept_in)
        else:
            os.replace(aside, kept_in)
    except FileExistsError:
        pass
    except OSError:
        os.replace(aside, kept_in)
    finally:
        aside.unlink(missing_ok=True)
