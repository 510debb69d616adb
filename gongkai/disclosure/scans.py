"""Files searched ahead of the acts that ask for it: reading one takes seconds, and nobody waits for that at a lock.

Outside the transaction `keep_finds` reads what was not read yet; inside it `kept_finds` takes what is kept, and says of
which files there is nothing for this content, these words and these rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

import gongkai.files.content
import gongkai.files.reading
import gongkai.files.redaction
import gongkai.statute.leaks
from gongkai.files.models import StoredFile
from gongkai.files.queries import is_there
from gongkai.statute.leaks import Listed

from .found import Find, gap, search_file
from .models import FileScan

_KEPT = ("place", "where", "label", "why", "blocks", "bound", "instead", "law", "secret")
_RULES = (gongkai.statute.leaks, gongkai.files.content, gongkai.files.reading, gongkai.files.redaction)
_READERS = ("openpyxl", "pikepdf", "pillow", "pypdfium2")


def keep_finds(files: Iterable[StoredFile], words: Sequence[Listed]) -> None:
    """Search those of the files of which nothing is kept, or only that they could not be read; outside of every lock."""
    standing = [file for file in files if file.removed_at is None]
    known = _kept(standing, words)
    for file in standing:
        row = known.get(file.pk.hex)
        if row is None or not row.whole:
            _search(file, words)


def kept_finds(files: Sequence[StoredFile], words: Sequence[Listed]) -> dict[str, list[Find] | None]:
    """By the number of each file what is kept of it, None where it has to be searched first; one query."""
    known = _kept(files, words)
    return {file.pk.hex: _finds(file, known.get(file.pk.hex)) for file in files}


def _kept(files: Sequence[StoredFile], words: Sequence[Listed]) -> dict[str, FileScan]:
    rows = FileScan.objects.filter(
        file__in=[file.pk for file in files], words=words_version(words), rules=rules_version()
    )
    digests = {file.pk: file.digest for file in files}
    names = {file.pk: file.name for file in files}
    return {
        row.file_id.hex: row
        for row in rows
        if row.digest == digests[row.file_id]
        and constant_time_compare(row.seal, _seal(row, names[row.file_id]))
    }


def _finds(file: StoredFile, row: FileScan | None) -> list[Find] | None:
    if row is None:
        return None
    if not is_there(file):
        return [gap(file.digest, "", "文件打不开，没有检查")]
    return [Find(text="", **one) for one in row.finds]


def _search(file: StoredFile, words: Sequence[Listed]) -> None:
    found, whole = search_file(file.pk.hex, file.digest, file.name, tuple(words))
    row = FileScan(
        file=file,
        digest=file.digest,
        words=words_version(words),
        rules=rules_version(),
        finds=[{name: getattr(one, name) for name in _KEPT} for one in found],
        whole=whole,
        at=timezone.now(),
    )
    row.seal = _seal(row, file.name)
    fields = ("digest", "words", "rules", "finds", "whole", "seal", "at")
    FileScan.objects.update_or_create(file=file, defaults={name: getattr(row, name) for name in fields})


def _seal(row: FileScan, name: str) -> str:
    told = json.dumps(
        [row.file_id.hex, name, row.digest, row.words, row.rules, row.finds, row.whole],
        ensure_ascii=False,
        sort_keys=True,
    )
    return salted_hmac("gongkai.disclosure.scans", told, algorithm="sha256").hexdigest()


def words_version(words: Sequence[Listed]) -> str:
    """The list of words as it is now. Names of people may stand in it: nobody without the key can try them out."""
    told = "\0".join(f"{w.word}\1{w.instead}\1{w.severity.value}\1{w.why}" for w in words)
    return salted_hmac("gongkai.disclosure.words", told, algorithm="sha256").hexdigest()


@cache
def rules_version() -> str:
    """The search as it is: its own source and the versions of what reads files for it, so that nobody has to remember
    to raise a number."""
    told = sha256()
    for package in _RULES:
        for path in sorted(Path(str(package.__path__[0])).glob("*.py")):
            told.update(path.read_bytes())
    for name in _READERS:
        told.update(f"{name} {version(name)}".encode())
    return told.hexdigest()
