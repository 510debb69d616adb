"""`make crash`: on a SQLite file and, where a server answers, on PostgreSQL. One line of JSON a database, and a
sentence; 1 when anything was wrong. CRASHES= how often (100), CRASH_SEED= to repeat a run."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL = os.environ.get("GONGKAI_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")


@contextmanager
def scratch_database() -> Iterator[str | None]:
    """The address of an empty PostgreSQL database that is gone afterwards; None where no server answers."""
    try:
        server = psycopg.connect(POSTGRESQL, connect_timeout=3, autocommit=True)
    except psycopg.Error:
        yield None
        return
    name = f"gongkai_crash_{os.getpid()}_{secrets.token_hex(3)}"
    with server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(POSTGRESQL)._replace(path=f"/{name}"))
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def run(url: str, folder: Path, kills: int, seed: str) -> bool:
    """One database; True when nothing was wrong."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("GONGKAI_")}
    env |= {"GONGKAI_DATA_DIR": str(folder), "GONGKAI_DATABASE_URL": url, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "crash.run", str(kills), seed, str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=False)
    print(done.stdout, end="", flush=True)
    if not done.stdout.strip():
        print("The run itself failed; what it said stands above.")
        return False
    print(_sentence(json.loads(done.stdout.splitlines()[-1])), flush=True)
    return done.returncode == 0


def _sentence(told: dict[str, object]) -> str:
    if told["problems"]:
        return f"{told['database']}: NOT whole after a kill: {told['problems']}"
    return (
        f"{told['database']}: {told['registered_at_once']} requests registered by as many processes at once, numbered without"
        f" a gap. {told['kills']} writers killed, {told['killed_within_an_act']} of them within an act; all"
        f" {told['acts']} acts whole with their entries and messages, none acknowledged is missing."
        f" {told['worker_kills']} sending workers killed: {told['mails']} mails, none lost, {told['sent_twice']} sent twice."
    )


def main() -> int:
    """Both databases."""
    kills = int(os.environ.get("CRASHES", "100"))
    seed = os.environ.get("CRASH_SEED") or secrets.token_hex(4)
    good = True
    with tempfile.TemporaryDirectory(prefix="gongkai-crash-") as folder:
        place = Path(folder) / "sqlite"
        place.mkdir()
        good &= run(f"sqlite:///{place / 'gongkai.sqlite3'}", place, kills, seed)
        with scratch_database() as url:
            if url is None:
                print("PostgreSQL: skipped, no server answers (set GONGKAI_TEST_POSTGRESQL)")
            else:
                place = Path(folder) / "postgresql"
                place.mkdir()
                good &= run(url, place, kills, seed)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
