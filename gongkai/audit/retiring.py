"""Entries that leave the table: written to a file first, one JSON object a line, with the digest that proves it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SM3, Hash

from .chain import FIELDS, digest_of
from .models import Entry
from .verifying import Break, Verdict, entries_from


def line_of(entry: Entry) -> str:
    """The entry as one line of JSON with all that its digest covers, and the digest."""
    values = {name: getattr(entry, name) for name in (*FIELDS, "digest")}
    values["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps(values, ensure_ascii=False) + "\n"


def write_out(until: int, folder: Path) -> tuple[Path, str]:
    """Write the entries up to this number to a file that only its owner can read; its path and its SM3 digest.

    The file is whole or not there: it is written aside, brought to the disk and moved into place.
    """
    folder.mkdir(parents=True, exist_ok=True)
    first = Entry.objects.order_by("number").values_list("number", flat=True).first() or 1
    path = folder / f"audit-{first:09}-{until:09}.jsonl"
    aside = path.with_suffix(f".{os.getpid()}")
    digest = Hash(SM3())
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for entry in entries_from(first, until):
            line = line_of(entry).encode()
            digest.update(line)
            file.write(line)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)
    return path, digest.finalize().hex()


def read_back(path: Path) -> Iterator[Entry]:
    """The entries of such a file; raises ValueError for a line that is not one."""
    with path.open(encoding="utf-8") as file:
        for at, line in enumerate(file, start=1):
            try:
                values = json.loads(line)
                values["at"] = datetime.fromisoformat(values["at"])
                yield Entry(**values)
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"第 {at} 行不是审计记录。") from error


def verify_file(path: Path) -> Verdict:
    """Verify the chain within a file of entries that have left the table."""
    count, first, last, previous = 0, 0, 0, ""
    for entry in read_back(path):
        if count and entry.number != last + 1:
            return Verdict(
                count, first, last, previous, Break(last + 1, "missing", f"第 {last + 1} 条缺失。")
            )
        if count and entry.previous != previous:
            words = f"第 {entry.number} 条接不上前一条。"
            return Verdict(count, first, last, previous, Break(entry.number, "link", words))
        if digest_of(entry) != entry.digest:
            words = f"第 {entry.number} 条的内容与它的摘要值不符。"
            return Verdict(count, first, last, previous, Break(entry.number, "changed", words))
        first = first or entry.number
        count, last, previous = count + 1, entry.number, entry.digest
    return Verdict(count, first, last, previous)
