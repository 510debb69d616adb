"""The probes: 200 when all is there, 503 with a word for what is not; whoever asks, by whatever host."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from gongkai.operations import health
from gongkai.tasks.models import JobRun
from gongkai.tasks.worker import HEARTBEAT
from tests.operations.installation import Installation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def strict(settings: Any, tmp_path: Path, static_files: None) -> None:
    """As in earnest use: https and one host."""
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["gongkai.example.gov.cn"]
    settings.FILES_DIR = tmp_path


def ready() -> tuple[int, dict[str, str]]:
    answer = Client(headers={"host": "10.1.2.3:8000"}).get("/readyz")
    assert "no-store" in answer["Cache-Control"]
    return answer.status_code, answer.json()


def test_all_is_well() -> None:
    assert ready() == (200, {"database": "ok", "migrations": "ok", "files": "ok", "guards": "ok"})
    for ask in (Client().get, Client().head):
        assert ask("/healthz", headers={"host": "nobody.example"}).status_code == 200
    assert Client().get("/healthz").content == b"ok\n"
    assert not Client().get("/readyz").cookies


def test_other_pages_are_as_strict_as_ever() -> None:
    assert Client(headers={"host": "10.1.2.3"}).get("/desk/", secure=True).status_code == 400
    host = {"host": "gongkai.example.gov.cn"}
    assert Client(headers=host).get("/desk/").status_code == 301
    assert Client(headers=host).post("/readyz").status_code in (301, 403, 405)


def test_a_migration_is_pending() -> None:
    app, name = sorted(health.wanted())[0]
    MigrationRecorder(connection).migration_qs.filter(app=app, name=name).delete()
    assert ready() == (503, {"database": "ok", "migrations": "pending", "files": "ok"})


def test_the_folder_is_gone(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "none"
    assert ready() == (503, {"database": "ok", "migrations": "ok", "files": "not writable", "guards": "ok"})


def test_the_disk_is_full(monkeypatch: Any) -> None:
    monkeypatch.setattr(health, "LEAST_SPACE", 1 << 60)
    assert ready() == (503, {"database": "ok", "migrations": "ok", "files": "disk full", "guards": "ok"})


def test_the_worker_counts_where_it_is_wanted(settings: Any) -> None:
    settings.READY_NEEDS_WORKER = True
    assert ready()[1]["worker"] == "silent"
    now = timezone.now()
    JobRun.objects.update_or_create(name=HEARTBEAT, defaults={"next_at": now, "finished_at": now})
    assert ready() == (
        200,
        {"database": "ok", "migrations": "ok", "files": "ok", "guards": "ok", "worker": "ok"},
    )
    JobRun.objects.filter(name=HEARTBEAT).update(finished_at=now - timedelta(minutes=4))
    assert ready()[0] == 503


def test_the_database_is_gone(tmp_path: Path) -> None:
    """In a process of its own, on a server that is not there."""
    lost = Installation(tmp_path, "postgresql://nobody@127.0.0.1:9/nothing")
    told = lost.run(
        "from django.test import Client; c = Client()\n"
        "a = c.get('/readyz'); print(a.status_code, a.json()['database'], c.get('/healthz').status_code)"
    )
    assert told == "503 unreachable 200"


def test_deploy_check_is_clean_over_https(tmp_path: Path) -> None:
    env = Installation(
        tmp_path,
        more={
            "GONGKAI_HTTPS": "true",
            "GONGKAI_BEHIND_PROXY": "true",
            "GONGKAI_ALLOWED_HOSTS": "g.example.gov.cn",
        },
    ).env
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=Path(__file__).resolve().parents[2],
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
