"""The database: engine and version, how it writes, migrations, guards."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

from django.db import connection

from gongkai.audit.triggers import GUARDS, missing

from ..health import wanted
from ..rows import applied
from .finding import Check, Finding

_OLDEST = {"sqlite": (3, 31), "postgresql": (14,)}
_UPGRADE = "请先备份，再执行 gongkai serve，它会自动更新数据库。"


def _ask(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [row[0] for row in cursor.fetchall()]


def version() -> Finding:
    """An engine of a version that is looked after."""
    connection.ensure_connection()
    numbers = connection.get_database_version()
    said = f"{connection.display_name} {'.'.join(map(str, numbers))}"
    if tuple(numbers) < _OLDEST[connection.vendor]:
        return Finding("数据库", said, "请升级数据库软件。")
    return Finding("数据库", said)


def durability() -> Finding:
    """What was acknowledged survives a power cut."""
    if connection.vendor == "sqlite":
        mode, level = _ask("PRAGMA journal_mode")[0], _ask("PRAGMA synchronous")[0]
        good, said = mode == "wal" and level >= 2, f"journal_mode={mode}，synchronous={level}"
        todo = "数据库文件要放在本机磁盘上，不能放在网络共享文件夹里。"
    else:
        found = {
            name: _ask(f"SHOW {name}")[0] for name in ("synchronous_commit", "fsync", "full_page_writes")
        }
        good = found["synchronous_commit"] != "off" and found["fsync"] == found["full_page_writes"] == "on"
        said = "，".join(f"{name}={value}" for name, value in found.items())
        todo = "请在 postgresql.conf 里打开 fsync、full_page_writes 和 synchronous_commit。"
    return Finding("写入方式", said) if good else Finding("写入方式", f"{said}，断电时可能丢数据", todo)


def migrations() -> Finding:
    """Neither older nor newer than the program."""
    if pending := wanted() - set(applied("default")):
        return Finding("数据库版本", f"有 {len(pending)} 处还没有更新", _UPGRADE)
    return Finding("数据库版本", "与程序一致")


def guards() -> Finding:
    """The triggers that keep the trail, the administrators and the gate are there and switched on."""
    if lost := missing(connection):
        return Finding(
            "数据库防护",
            f"缺少 {'、'.join(lost)}，审计记录、审查记录可能被改动过",
            "请执行 gongkai audit verify 核对，再用 gongkai backup、gongkai restore 恢复到新的数据库。",
        )
    count = sum(len(guard.names(connection.vendor)) for guard in GUARDS.values())
    return Finding("数据库防护", f"{count} 个触发器都在")


def private() -> Finding:
    """An SQLite file is its owner's alone."""
    if connection.vendor != "sqlite":
        return Finding("数据库文件", "由数据库服务器保管")
    path = Path(connection.settings_dict["NAME"])
    if os.name == "posix" and path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Finding("数据库文件", f"{path} 别人也能读", f"请执行：chmod 600 {path}*")
    return Finding("数据库文件", str(path))


CHECKS: tuple[Check, ...] = (version, durability, migrations, guards, private)
