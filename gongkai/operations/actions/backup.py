"""Make a backup: database and private files together, while the site goes on, and try it out by restoring it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting, require
from gongkai.audit.chain import FIRST
from gongkai.audit.models import Entry
from gongkai.files.keys import kept_keys
from gongkai.files.models import StoredFile

from ..archive import Manifest, Writer, reading, writing
from ..folders import files_folder, key_files, stored
from ..rows import applied, fields_of, lines, models_at
from ..snapshot import snapshot

PREFIX = "gongkai-"
ENDING = ".backup.zip"
Say = Callable[[str], None]


class Count:
    """Passes lines on and counts them."""

    def __init__(self, source: Iterator[bytes]) -> None:
        self._source, self.seen = source, 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self._source:
            self.seen += 1
            yield line


class BackupFailed(Exception):
    """No backup was made, or the one made cannot be restored; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: where, what it holds, whether it was restored to try it."""

    path: Path
    manifest: Manifest
    verified: bool


def back_up(
    folder: Path, *, by: Actor, keep: int = 0, verify: bool = True, keys: bool = False, say: Say = print
) -> Made:
    """Write a backup into this folder and restore it into a scratch place to try it; only for the system.

    The database as of one moment, then the files: a file is written before its row and is never changed, so that
    none is missing that a row speaks of. With `keep`, older backups beyond that number are removed afterwards, and
    only after a success. Writes one entry into the trail. Raises `BackupFailed`, `NotAllowed`.
    """
    require(by, "site.backup")
    at = timezone.localtime()
    path = _name(folder, at)
    try:
        with tempfile.TemporaryDirectory(prefix=".gongkai-", dir=folder) as scratch:
            manifest = _write(path, at, Path(scratch), keys=keys)
            for line in _told(path, manifest):
                say(line)
            if verify:
                for line in _try_out(path, Path(scratch)):
                    say(line)
                say("已经恢复到临时位置核对过：行数、文件摘要值、审计链都一致。")
    except OSError as error:
        raise BackupFailed(f"写不进 {folder}：{error.strerror}。请检查磁盘空间和文件夹权限。") from error
    _note(by, path, manifest, verify)
    for old in backups(folder)[keep:] if keep else ():
        old.unlink()
        say(f"已删除旧备份 {old.name}。")
    return Made(path, manifest, verify)


def _note(by: Actor, path: Path, manifest: Manifest, verified: bool) -> None:
    """Into the trail, in a short transaction of its own: the backup itself must hold nobody up."""
    told = {"rows": manifest.rows, "files": manifest.files["count"], "keys": bool(manifest.keys)}
    with contextlib.suppress(DatabaseError), acting(by, "site.backup", path.name, verified=verified, **told):
        # A database not yet brought up to date is backed up before an upgrade; its trail may not take the entry.
        pass


def backups(folder: Path) -> list[Path]:
    """The backups in this folder, the newest first."""
    return sorted(folder.glob(f"{PREFIX}*{ENDING}"), reverse=True)


def _name(folder: Path, at: datetime) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BackupFailed(f"不能使用文件夹 {folder}：{error.strerror}。请换一个位置。") from error
    path = folder / f"{PREFIX}{at:%Y%m%d-%H%M%S}{ENDING}"
    if path.exists():
        raise BackupFailed(f"{path.name} 已经存在。请过一秒钟再试。")
    return path


def _write(path: Path, at: datetime, scratch: Path, *, keys: bool) -> Manifest:
    with writing(path) as writer:
        manifest = writer.manifest
        manifest.made_at, manifest.version, manifest.engine = at.isoformat(), _version(), connection.vendor
        with snapshot(scratch) as alias:
            _write_rows(writer, alias)
            spoken_of = set(_present(alias))
        _write_files(writer, spoken_of)
        for key in key_files() if keys else ():
            writer.add(f"keys/{key.name}", [key.read_bytes()])
            manifest.keys.append(key.name)
    return manifest


def _write_rows(writer: Writer, alias: str) -> None:
    migrations = applied(alias)
    writer.manifest.migrations = [list(node) for node in migrations]
    for model in models_at(alias, migrations):
        label, count = model._meta.label_lower, Count(lines(model, alias))
        writer.add(f"rows/{label}.jsonl", count)
        columns = [field.attname for field in fields_of(model)]
        writer.manifest.tables[label] = {"columns": columns, "rows": count.seen}
    last = Entry.objects.using(alias).order_by("-number").values_list("number", "digest").first()
    number, digest = last or (0, FIRST)
    writer.manifest.trail = {"number": number, "digest": digest}


def _present(alias: str) -> Iterator[UUID]:
    """The numbers of the files that are there according to the database."""
    rows = StoredFile.objects.using(alias).filter(removed_at__isnull=True).order_by()
    return rows.values_list("pk", flat=True).iterator(chunk_size=2000)


def _write_files(writer: Writer, spoken_of: set[UUID]) -> None:
    count = size = 0
    for name, path in stored(files_folder()):
        try:
            writer.add_file(f"files/{name}", path)
        except FileNotFoundError:
            continue
        count, size = count + 1, size + writer.manifest.members[f"files/{name}"][0]
    copied = {name.rpartition("/")[2] for name in writer.manifest.members if name.startswith("files/")}
    # A file that is removed while it is copied may be in the archive half destroyed: its row tells, not its content.
    removed = spoken_of - set(_present(DEFAULT_DB_ALIAS))
    missing = {number for number in spoken_of if number.hex not in copied} - removed
    writer.manifest.files = {
        "count": count,
        "bytes": size,
        "missing": sorted(str(number) for number in missing),
        "removed_meanwhile": sorted(str(number) for number in removed),
    }


def _version() -> str:
    try:
        return version("gongkai")
    except PackageNotFoundError:
        return "0"


def _told(path: Path, manifest: Manifest) -> Iterator[str]:
    mib = path.stat().st_size / (1 << 20)
    yield (
        f"已备份到 {path}（{mib:.1f} MB）：数据 {manifest.rows} 行，文件 {manifest.files['count']} 个，"
        f"审计记录到第 {manifest.trail['number']} 条，其摘要值 {manifest.trail['digest']}。"
    )
    if lost := manifest.files["missing"]:
        yield f"注意：有 {len(lost)} 个文件只有记录、没有内容，备份之前就已丢失，第一个是 {lost[0]}。请从旧备份找回。"


def _try_out(path: Path, scratch: Path) -> list[str]:
    """Restore with the command an operator would use, into an empty place of its own; what there is to note."""
    place = scratch / "tried"
    place.mkdir(mode=0o700)
    elsewhere = ("DATABASE_URL", "GONGKAI_FILES_DIR", "GONGKAI_FILE_ARRIVING_DIR")
    env = {name: value for name, value in os.environ.items() if name not in elsewhere} | {
        "GONGKAI_DATA_DIR": str(place),
        "GONGKAI_DATABASE_URL": "",
        "GONGKAI_SECRET_KEY": settings.SECRET_KEY,
        "GONGKAI_FILE_KEYS": ",".join(f"{name}:{key.hex()}" for name, key in _file_keys().items()),
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-m", "gongkai", "restore", str(path), "--trial"]
    done = subprocess.run(  # noqa: S603 - our own interpreter and module
        command, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        path.rename(path.with_suffix(".bad"))
        reason = (done.stderr or done.stdout).strip().splitlines()
        raise BackupFailed(
            f"备份写成了，但是试着恢复时没有成功，已改名为 .bad：{reason[-1] if reason else '原因不明'}"
        )
    return [line for line in done.stdout.splitlines() if line.startswith("注意：")]


def _file_keys() -> dict[str, bytes]:
    """The keys as they are now: one may have been added since this process started."""
    if settings.FILE_KEYS_FILE is not None:
        return kept_keys(settings.FILE_KEYS_FILE)
    return dict(settings.FILE_KEYS)


def manifest_of(path: Path) -> Manifest:
    """What a backup holds, without unpacking it; raises `BadArchive`."""
    with reading(path) as reader:
        return reader.manifest
