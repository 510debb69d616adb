"""What lies on the disk: secret key, file keys, private files, free space."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from django.conf import settings

from gongkai.files.models import StoredFile

from ..folders import files_folder
from .finding import Check, Finding

LEAST_FREE = 2 << 30
"""Bytes under which somebody has to make room: a backup writes all files once more."""


def _open_to_others(path: Path) -> bool:
    return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def secret_key() -> Finding:
    """The key in the data folder is its owner's alone."""
    path = settings.DATA_DIR / "secret-key"
    if "GONGKAI_SECRET_KEY" in os.environ or not path.exists():
        return Finding("签名密钥", "由环境变量给出")
    if _open_to_others(path):
        return Finding("签名密钥", f"{path} 别人也能读", f"请执行：chmod 600 {path}")
    return Finding("签名密钥", "只有所有者可读")


def file_keys() -> Finding:
    """The key file is its owner's alone, and every key in use is known."""
    path = settings.FILE_KEYS_FILE
    if path is not None and _open_to_others(path):
        return Finding("文件密钥", f"{path} 别人也能读", f"请执行：chmod 600 {path}")
    used = set(
        StoredFile.objects.filter(removed_at__isnull=True)
        .order_by()
        .values_list("key_id", flat=True)
        .distinct()
    )
    if lost := sorted(used - settings.FILE_KEYS.keys()):
        return Finding(
            "文件密钥",
            f"有文件用密钥 {'、'.join(lost)} 加密，现在没有这把密钥，这些文件打不开",
            "请从保管的密钥里找回，写进 file-keys 或者 GONGKAI_FILE_KEYS。",
        )
    return Finding("文件密钥", f"现用 {next(iter(settings.FILE_KEYS))}，在用的密钥齐全")


def files() -> Finding:
    """The folder can be written to, and by its owner alone."""
    folder = files_folder()
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return Finding("文件目录", f"{folder} 不能读写", "请让运行网站的用户能够读写这个目录。")
    if _open_to_others(folder):
        return Finding("文件目录", f"{folder} 别人也能进入", f"请执行：chmod 700 {folder}")
    return Finding("文件目录", str(folder))


def space() -> Finding:
    """Room for the days to come."""
    lowest = min((settings.DATA_DIR, files_folder()), key=lambda folder: shutil.disk_usage(folder).free)
    free = shutil.disk_usage(lowest).free
    said = f"{lowest} 所在的磁盘还剩 {free / (1 << 30):.1f} GB"
    if free < LEAST_FREE:
        return Finding("磁盘空间", said, "请清理或者扩大这块磁盘；空间用完后，什么都存不进去。")
    return Finding("磁盘空间", said)


CHECKS: tuple[Check, ...] = (secret_key, file_keys, files, space)
