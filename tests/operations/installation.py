"""An installation of its own for a test: a data folder, a database, the command line run on it."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
POSTGRESQL = "postgresql" in settings.DATABASES["default"]["ENGINE"]
BEGIN = "import os, sys, json, django; django.setup()\n"


@dataclass
class Installation:
    """A platform in a folder; `database` is "" for SQLite in it."""

    folder: Path
    database: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        """The environment of its processes: nothing of the tests' own."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("GONGKAI_") and k != "DATABASE_URL"}
        own = {
            "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
            "GONGKAI_DATA_DIR": str(self.folder),
            "GONGKAI_DATABASE_URL": self.database,
            "PYTHONUTF8": "1",
        }
        return {**kept, **own, **self.more}

    def cli(self, *args: str | Path, status: int = 0) -> str:
        """`gongkai ARGS`: what it printed, both streams; the test fails when it ends with another status."""
        done = subprocess.run(
            [sys.executable, "-m", "gongkai", *map(str, args)],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout + done.stderr

    def run(self, code: str) -> str:
        """What these lines print, in a process with Django set up."""
        done = subprocess.run(
            [sys.executable, "-c", BEGIN + code], cwd=ROOT, env=self.env, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, module: str, *args: str) -> subprocess.Popen[str]:
        """`python -m MODULE ARGS` beside the test."""
        command = [sys.executable, "-m", module, *args]
        return subprocess.Popen(command, cwd=ROOT, env=self.env, stderr=subprocess.PIPE, text=True)


@contextmanager
def installation(folder: Path, *, postgresql: bool = POSTGRESQL) -> Iterator[Installation]:
    """An empty installation on the tests' engine, or on the one asked for."""
    folder.mkdir(parents=True, exist_ok=True)
    if not postgresql:
        yield Installation(folder)
        return
    import psycopg
    from psycopg import sql

    server = os.environ["GONGKAI_DATABASE_URL"]
    name = f"gongkai_operations_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield Installation(folder, f"{server.rsplit('/', 1)[0]}/{name}")
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
