"""Restore a backup into this installation's database and folder, on whatever engine they are."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting
from gongkai.audit.triggers import aside
from gongkai.audit.verifying import verify
from gongkai.files import store
from gongkai.files.models import StoredFile
from gongkai.outbox.queries import sent_out
from gongkai.tasks.worker import last_sign

from ..archive import BadArchive, Manifest, Reader, reading
from ..folders import files_folder
from ..rows import REMADE, UnknownMigrations, be_sure_known, load, models_at, reset_counters

Say = Callable[[str], None]


class NotRestored(Exception):
    """The restore was refused or failed; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: rows, files, the last entry of the trail in the backup."""

    rows: int
    files: int
    entry: int


def restore(
    source: Path, *, by: Actor, force: bool = False, trial: bool = False, say: Say = print
) -> Restored:
    """Bring a backup into an empty database and an empty folder of files; only for the system.

    With `force` what is there makes way and is kept beside under another name: an SQLite file, the folder of files,
    in PostgreSQL the platform's tables in a schema of their own. The site must not be running. Afterwards rows are counted, the trail is verified
    and the migrations of this version are applied; one entry is written, unless it is a trial. Raises
    `NotRestored`, `BadArchive`, `NotAllowed`.
    """
    with reading(source) as reader:
        manifest = reader.manifest
        _be_sure_of(manifest)
        # All of the backup is read before anything here is touched: a damaged one must not cost what there is.
        reader.check_all()
        _make_way(force=force, trial=trial, say=say)
        _load_rows(reader)
        count = _unpack_files(reader)
        _unpack_keys(reader, say)
    _verify(manifest)
    for line in _doubts(manifest, thorough=trial):
        say(line)
    call_command("migrate", verbosity=0)
    if not trial:
        with acting(
            by, "site.restore", source.name, rows=manifest.rows, files=count, made_at=manifest.made_at
        ):
            pass
    say(
        f"已恢复：数据 {manifest.rows} 行，文件 {count} 个，审计记录到第 {manifest.trail['number']} 条，审计链完整。"
    )
    return Restored(manifest.rows, count, int(manifest.trail["number"]))


def _be_sure_of(manifest: Manifest) -> None:
    nodes = [(app, name) for app, name in manifest.migrations]
    try:
        be_sure_known(MigrationLoader(None), nodes)
    except UnknownMigrations as error:
        raise NotRestored(
            f"备份来自更新的版本（{manifest.version}，有本版本没有的 {error}）。请先升级平台，再恢复。"
        ) from None


def is_blank() -> bool:
    """True when nobody has worked in this database yet: no tables, or no person, agency or entry in them."""
    names = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in ("audit_entry", "agencies_agency", "agencies_person"):
            if table in names:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - names of this function
                if cursor.fetchone():
                    return False
    return True


def _make_way(*, force: bool, trial: bool, say: Say) -> None:
    folder = files_folder()
    used = folder.is_dir() and any(folder.iterdir())
    blank = is_blank()
    if (used or not blank) and not force:
        raise NotRestored(
            "这里已经有数据，没有恢复。要恢复到别处，请用 GONGKAI_DATA_DIR、GONGKAI_DATABASE_URL 指定新的位置；"
            "确实要换掉这里的数据，请先停止网站，再加 --force。"
        )
    if not blank and not trial:
        _be_sure_nothing_runs()
    stamp = f"{timezone.localtime():%Y%m%d-%H%M%S}"
    if connection.vendor == "sqlite":
        _set_aside_sqlite(Path(connection.settings_dict["NAME"]), stamp, keep=not blank, say=say)
    else:
        _set_aside_tables(f"before_{stamp.replace('-', '_')}", keep=not blank, say=say)
    if used:
        folder.rename(aside := folder.with_name(f"{folder.name}.before-{stamp}"))
        say(f"原来的文件留在 {aside}。")


def _set_aside_sqlite(path: Path, stamp: str, *, keep: bool, say: Say) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    if keep:
        path.rename(aside := path.with_name(f"{path.name}.before-{stamp}"))
        say(f"原来的数据库留在 {aside}。")
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def _be_sure_nothing_runs() -> None:
    """Refuse while a worker was heard of in the last minutes: it would write into what is being taken away."""
    try:
        _, recent = last_sign(timezone.now())
    except DatabaseError:
        # A database of an earlier version, which may know of no workers.
        return
    if recent:
        raise NotRestored("网站或者后台进程正在运行，没有恢复。请先停止，过五分钟再恢复。")


def _set_aside_tables(schema: str, *, keep: bool, say: Say) -> None:
    """Move the platform's own tables into a schema of their own; what others keep in this database stays."""
    quote = connection.ops.quote_name
    ours = tuple(f"{config.label}_" for config in apps.get_app_configs())
    with transaction.atomic(), connection.cursor() as cursor:
        tables = [
            table
            for table in connection.introspection.table_names(cursor)
            if table.startswith((*ours, "django_"))
        ]
        if not tables:
            return
        cursor.execute(f"CREATE SCHEMA {quote(schema)}")
        for table in tables:
            cursor.execute(f"ALTER TABLE {quote(table)} SET SCHEMA {quote(schema)}")
        if not keep:
            cursor.execute(f"DROP SCHEMA {quote(schema)} CASCADE")
    if keep:
        say(f"原来的数据表留在数据库的 {schema} 里，确认恢复无误后可以删除：DROP SCHEMA {schema} CASCADE。")


def _load_rows(reader: Reader) -> None:
    nodes = [(app, name) for app, name in reader.manifest.migrations]
    executor = MigrationExecutor(connection)
    executor.migrate(_last(nodes, executor.loader.graph))
    found = {model._meta.label_lower: model for model in models_at(DEFAULT_DB_ALIAS, nodes)}
    with transaction.atomic(), aside(connection):
        _clear(list(found.values()))
        for label, table in reader.manifest.tables.items():
            if label not in found:
                if label.partition(".")[0] in REMADE:
                    continue
                raise BadArchive(f"备份里有本版本不认识的数据 {label}。请用写这个备份的版本恢复。")
            count = load(
                found[label], table["columns"], reader.lines(f"rows/{label}.jsonl"), DEFAULT_DB_ALIAS
            )
            if count != table["rows"]:
                raise BadArchive(f"{label} 应有 {table['rows']} 行，读到 {count} 行。请换一个备份文件。")
        reset_counters(list(found.values()), DEFAULT_DB_ALIAS)


def _last(nodes: list[tuple[str, str]], graph: MigrationGraph) -> list[tuple[str, str]]:
    """Those of the migrations on which no other of them builds."""
    wanted = {node for node in nodes if node in graph.nodes}
    return [n for n in nodes if n in wanted and not any(c.key in wanted for c in graph.node_map[n].children)]


def _clear(found: list[type[models.Model]]) -> None:
    """Remove what the migrations themselves put in; the backup brings it along."""
    with connection.cursor() as cursor:
        for model in found:
            if model._base_manager.exists():
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def _unpack_files(reader: Reader) -> int:
    folder, names = files_folder(), reader.under("files")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in names:
        _unpack(reader, name, folder / name.partition("/")[2])
    return len(names)


def _unpack_keys(reader: Reader, say: Say) -> None:
    for name in reader.under("keys"):
        place = settings.DATA_DIR / Path(name).name
        if place.exists() and place.read_bytes() != b"".join(reader.chunks(name)):
            place.rename(
                aside := place.with_name(f"{place.name}.before-{timezone.localtime():%Y%m%d-%H%M%S}")
            )
            say(f"原来的密钥留在 {aside}。")
        _unpack(reader, name, place)
        say(f"已恢复密钥 {place.name}，重新启动后使用。")


def _unpack(reader: Reader, name: str, place: Path) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            for chunk in reader.chunks(name):
                file.write(chunk)
        os.replace(aside, place)
    finally:
        aside.unlink(missing_ok=True)


def _verify(manifest: Manifest) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            if (said := cursor.fetchone()) != ("ok",):
                raise NotRestored(f"恢复后的数据库不完好：{said}。请换一块磁盘再试。")
    connection.check_constraints()
    found = verify()
    told = manifest.trail
    if found.broken is not None:
        raise NotRestored(
            f"数据已经恢复，但是审计链不完整：{found.broken.words}备份之前就可能如此，请查明原因。"
        )
    if told["number"] and (found.last, found.digest) != (told["number"], told["digest"]):
        raise NotRestored("恢复后的审计记录与备份时的最后一条不一致。请换一个备份文件。")


def _doubts(manifest: Manifest, *, thorough: bool) -> list[str]:
    """What whoever restored has to know: contents that are missing or cannot be read, messages that would go again.

    `thorough` deciphers every content and compares its digest; otherwise only their beginnings are.
    """
    lost = {*manifest.files["missing"], *manifest.files["removed_meanwhile"]}
    unread = [
        file
        for file in StoredFile.objects.filter(removed_at__isnull=True).order_by("pk").iterator(chunk_size=500)
        if str(file.pk) not in lost and not _is_readable(file, thorough=thorough)
    ]
    found = []
    if unread:
        found.append(
            f"注意：有 {len(unread)} 个文件用现有的密钥读不出，第一个是 {unread[0].pk}。"
            "请核对 GONGKAI_FILE_KEYS 或者数据文件夹里的 file-keys 是不是写文件时用的密钥。"
        )
    if not thorough and (waiting := sent_out("waiting").count()):
        found.append(
            f"注意：备份里有 {waiting} 条待发送的邮件、短信，可能在备份之后已经发过。"
            "只是试一试时，请设置 GONGKAI_SERVE_WORKER=false，不要启动发送程序。"
        )
    return found


def _is_readable(file: StoredFile, *, thorough: bool) -> bool:
    try:
        content = store.open_content(file.pk, file.size)
        if not thorough:
            # A fresh installation calls its first key as every other does: only a chunk that opens tells them apart.
            with closing(cast("Generator[bytes]", content)) as chunks:
                next(chunks)
            return True
        digest = Hash(SM3())
        for chunk in content:
            digest.update(chunk)
    except store.Sealed:
        return False
    return digest.finalize().hex() == file.digest
