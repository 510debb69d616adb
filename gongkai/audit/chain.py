"""The chain: every entry's digest covers the entry and the digest before it, so that no line can be changed,
left out or put in without breaking every one that follows."""

from __future__ import annotations

import json
from datetime import UTC

from cryptography.hazmat.primitives.hashes import SM3, Hash

from .models import Entry

FIRST = "0" * 64
"""What stands before the first entry."""
FIELDS = (
    "number",
    "at",
    "person_id",
    "person_name",
    "seat",
    "agency_id",
    "act",
    "label",
    "object_kind",
    "object_id",
    "object_name",
    "result",
    "address",
    "detail",
    "previous",
)
"""The fields a digest covers, in this order."""


def sm3(data: bytes) -> str:
    """The SM3 digest (GB/T 32905) as 64 hexadecimal digits."""
    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize().hex()


def text_of(entry: Entry) -> bytes:
    """What the entry's digest is computed from: its fields in order, as one line of JSON."""
    values = [
        entry.at.astimezone(UTC).isoformat(timespec="microseconds") if name == "at" else getattr(entry, name)
        for name in FIELDS
    ]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def digest_of(entry: Entry) -> str:
    """The digest the entry must carry, from its own fields and `previous`."""
    return sm3(text_of(entry))
