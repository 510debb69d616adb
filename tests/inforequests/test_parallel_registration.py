"""Fifty registrations at the same time, each on a connection of its own: fifty consecutive numbers."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.audit.models import Entry
from gongkai.inforequests.actions.register import register
from gongkai.inforequests.models import RegisterNumber
from tests.inforequests.many_at_once import DAY, paper

WANTED = [f"甲信公开〔2025〕第{n}号" for n in range(1, 51)]
ROOT = Path(__file__).resolve().parents[2]


def _child(folder: Path, *words: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.inforequests.many_at_once", *words],
        cwd=ROOT,
        env=kept | {"GONGKAI_DATA_DIR": str(folder), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _told(child: subprocess.Popen[str]) -> list[str]:
    said, wrong = child.communicate()
    assert child.returncode == 0, wrong
    return said.split()


@pytest.mark.once
def test_fifty_by_five_processes_in_a_file(tmp_path: Path) -> None:
    """SQLite as an office runs it: a file, several processes, each waiting for its turn to write."""
    assert _told(_child(tmp_path, "set-up")) == []
    children = [_child(tmp_path, "register", "10") for _ in range(5)]
    told = [number for child in children for number in _told(child)]
    assert sorted(told) == sorted(WANTED)
    with closing(sqlite3.connect(tmp_path / "gongkai.sqlite3")) as file:
        kept = [row[0] for row in file.execute("SELECT number FROM inforequests_inforequest")]
        serials = [row[0] for row in file.execute("SELECT serial FROM inforequests_registernumber")]
        found = file.execute("SELECT count(*) FROM search_entry WHERE kind = 'request'").fetchone()
    assert sorted(kept) == sorted(WANTED)
    assert sorted(serials) == list(range(1, 51))
    assert found == (50,)


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once() -> None:
    """PostgreSQL: fifty on ten connections."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        pytest.skip("an in-memory database has one connection; the test above registers in a file")
    agency = Agency.objects.create(slug="a", name="甲局", code="A", document_code="甲")

    def one(_: int) -> str:
        try:
            return register(agency, paper(), by=Actor.system(DAY, "测试")).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        numbers = list(pool.map(one, range(50)))
    assert sorted(numbers) == sorted(WANTED)
    assert RegisterNumber.objects.filter(request__isnull=False).count() == 50
    assert Entry.objects.filter(act="requests.register").count() == 50
