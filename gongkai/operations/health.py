"""Is the site ready to answer? Cheap enough to be asked every second."""

from __future__ import annotations

import os
import shutil
from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from gongkai.audit.triggers import missing
from gongkai.tasks.worker import last_sign

from .folders import files_folder

LEAST_SPACE = 64 << 20
"""Bytes that must be free where files are kept."""
OK = "ok"


def readiness() -> dict[str, str]:
    """What the site needs, each ok or what is wrong in a word; nothing in it tells of the inside.

    The worker counts only where GONGKAI_READY_NEEDS_WORKER says so: pages are served without it.
    """
    try:
        found = {"database": OK, "migrations": _migrations(), "files": _files()}
        if found["migrations"] == OK:
            found["guards"] = "missing" if missing(connection) else OK
        if settings.READY_NEEDS_WORKER and found["migrations"] == OK:
            found["worker"] = OK if last_sign(timezone.now())[1] else "silent"
    except Error:
        connection.close()
        found = {"database": "unreachable", "files": _files()}
    return found


def _migrations() -> str:
    there = set(MigrationRecorder(connection).applied_migrations())
    return OK if wanted() <= there else "pending"


@cache
def wanted() -> frozenset[tuple[str, str]]:
    """The migrations this program builds on, read from its files once."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _files() -> str:
    folder = files_folder()
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return "not writable"
    return OK if shutil.disk_usage(folder).free >= LEAST_SPACE else "disk full"
