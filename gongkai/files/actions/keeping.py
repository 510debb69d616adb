"""Looking after the store: another key, what belongs to nobody, what is damaged."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.conf import settings

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting, require

from .. import store
from ..models import StoredFile
from ..store import DAY, NotHere, Sealed, Written

_BATCH = 20


@dataclass(slots=True)
class Rotated:
    """How many files were enciphered anew, and which could not be, with the reason."""

    done: int = 0
    failed: list[tuple[UUID, str]] = field(default_factory=list)


def rotate(*, by: Actor) -> Rotated:
    """Encipher anew what is not under the active key and cipher. For the platform itself (`file.keys`).

    May be killed and started again at any moment: what is done stays done, and whoever reads meanwhile reads the old
    or the new content, whole. A file that cannot be opened stays as it is and is reported.
    """
    require(by, "file.keys")
    told, cipher_and_key = Rotated(), store.active()
    for batch in _batches(_to_rotate(cipher_and_key)):
        done: dict[UUID, Written] = {}
        for number in batch:
            try:
                done[number] = _renewed(number, cipher_and_key)
            except (Sealed, OSError) as error:
                told.failed.append((number, str(error)))
        if done:
            _write_down(done, by, cipher_and_key)
        told.done += len(done)
    return told


def _to_rotate(cipher_and_key: tuple[str, str]) -> list[UUID]:
    cipher, key_id = cipher_and_key
    standing = StoredFile.objects.filter(removed_at__isnull=True)
    return list(standing.exclude(cipher=cipher, key_id=key_id).order_by("pk").values_list("pk", flat=True))


def _batches(numbers: list[UUID]) -> Iterator[Sequence[UUID]]:
    for at in range(0, len(numbers), _BATCH):
        yield numbers[at : at + _BATCH]


def _renewed(number: UUID, cipher_and_key: tuple[str, str]) -> Written:
    head = store.head_of(number)
    if (head.cipher, head.key_id) == cipher_and_key:
        # Enciphered before, and killed before the row could say so.
        return Written(0, "", head.cipher, head.key_id)
    return store.put_again(number)


def _write_down(done: dict[UUID, Written], by: Actor, cipher_and_key: tuple[str, str]) -> None:
    cipher, key_id = cipher_and_key
    with acting(by, "file.keys", files=len(done), cipher=cipher, key=key_id):
        StoredFile.objects.filter(pk__in=done).update(cipher=cipher, key_id=key_id)


@dataclass(slots=True)
class Checked:
    """What a check found. `damaged` with the reason; `strays` lie on disk without a row; `removed` should be gone."""

    good: int = 0
    damaged: list[tuple[UUID, str, str]] = field(default_factory=list)
    missing: list[tuple[UUID, str]] = field(default_factory=list)
    strays: list[Path] = field(default_factory=list)
    removed: list[UUID] = field(default_factory=list)
    by_key: dict[str, int] = field(default_factory=dict)

    @property
    def fine(self) -> bool:
        """True when nothing needs anybody's attention; what `tidy` clears away by itself does not."""
        return not self.damaged and not self.missing


def check() -> Checked:
    """Open every file, compare its digest, and compare the store with the rows. Changes nothing."""
    told = Checked()
    for file in StoredFile.objects.filter(removed_at__isnull=True).order_by("pk").iterator(500):
        try:
            head = store.head_of(file.pk)
            told.by_key[head.key_id] = told.by_key.get(head.key_id, 0) + 1
            wrong = "" if _digest(file) == file.digest else "内容和上传时不一样"
        except NotHere:
            told.missing.append((file.pk, file.name))
            continue
        except Sealed as error:
            wrong = str(error)
        if wrong:
            told.damaged.append((file.pk, file.name, wrong))
        else:
            told.good += 1
    for path, number, standing in _with_rows():
        if standing is None:
            told.strays.append(path)
        elif number is not None and not standing:
            told.removed.append(number)
    return told


def _digest(file: StoredFile) -> str:
    digest = Hash(SM3())
    for chunk in store.open_content(file.pk, file.size):
        digest.update(chunk)
    return digest.finalize().hex()


def _with_rows() -> Iterator[tuple[Path, UUID | None, bool | None]]:
    """Everything on disk with its number and whether its row stands: True, False when removed, None without a row."""
    batch: list[tuple[Path, UUID | None]] = []
    for entry in store.paths():
        batch.append(entry)
        if len(batch) == 500:
            yield from _judged(batch)
            batch = []
    yield from _judged(batch)


def _judged(batch: list[tuple[Path, UUID | None]]) -> Iterator[tuple[Path, UUID | None, bool | None]]:
    numbers = [number for _, number in batch if number]
    rows = dict(StoredFile.objects.filter(pk__in=numbers).values_list("pk", "removed_at"))
    for path, number in batch:
        standing = None if number is None or number not in rows else rows[number] is None
        yield path, number, standing


def tidy(*, by: Actor, now: float | None = None) -> int:
    """Clear away what a day ago was already nobody's: contents without a row, of removed files, never finished, and
    uploads left behind. Returns how many. For the platform itself (`file.tidy`); `now` in seconds since 1970."""
    require(by, "file.tidy")
    moment = time.time() if now is None else now
    doomed = [
        (path, number) for path, number, standing in _with_rows() if not standing and _old(path, moment)
    ]
    left = [
        path
        for path in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()
        if path.is_file() and _old(path, moment)
    ]
    if not doomed and not left:
        return 0
    with acting(by, "file.tidy", contents=len(doomed), uploads=len(left)):
        for path, number in doomed:
            if number is not None:
                store.wipe(number)
            else:
                path.unlink(missing_ok=True)
        for path in left:
            path.unlink(missing_ok=True)
    return len(doomed) + len(left)


def _old(path: Path, now: float) -> bool:
    try:
        return path.stat().st_mtime < now - DAY
    except FileNotFoundError:
        return False
