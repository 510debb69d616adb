"""Fifty registrations at the same time by several processes, in a file and on a server: fifty consecutive numbers."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from gongkai.agencies.models import Agency
from gongkai.audit.models import Entry
from gongkai.inforequests.models import InfoRequest, RegisterNumber, Requester, RequestEvent
from gongkai.search.models import Entry as Found

WANTED = [f"甲信公开〔2025〕第{n}号" for n in range(1, 51)]
ROOT = Path(__file__).resolve().parents[2]


def _child(folder: Path, *words: str, url: str = "") -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    own = {"GONGKAI_DATA_DIR": str(folder), "GONGKAI_DATABASE_URL": url, "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.inforequests.many_at_once", *words],
        cwd=ROOT,
        env=kept | own,
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
def test_fifty_by_five_processes_on_a_server(tmp_path: Path) -> None:
    """PostgreSQL: the same, and every part of each request is there once."""
    if connection.vendor == "sqlite":
        pytest.skip("the test above registers in a file")
    Agency.objects.create(slug="a", name="甲局", code="A", document_code="甲")
    children = [_child(tmp_path, "register", "10", url=_url()) for _ in range(5)]
    told = [number for child in children for number in _told(child)]
    assert sorted(told) == sorted(WANTED)
    assert sorted(RegisterNumber.objects.values_list("serial", flat=True)) == list(range(1, 51))
    assert RegisterNumber.objects.filter(request__isnull=False).count() == 50
    for rows in (InfoRequest, Requester, RequestEvent):
        assert rows.objects.count() == 50
    assert Entry.objects.filter(act="requests.register").count() == 50
    assert Found.objects.filter(kind="request").count() == 50


def _url() -> str:
    """The address of the test database, for another process."""
    known = connection.settings_dict
    who = quote(str(known["USER"])) + (f":{quote(str(known['PASSWORD']))}" if known["PASSWORD"] else "")
    return f"postgresql://{who}@{known['HOST']}:{known['PORT'] or 5432}/{known['NAME']}"
