"""The worker as a process of its own: it sends, ticks, and ends when it is told or left alone."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from gongkai.tasks.models import JobRun
from gongkai.tasks.worker import HEARTBEAT, Worker, last_sign
from tests.outbox.servers import free_port, mail_server, talker

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def environment(folder: Path, **more: str) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DATABASE_URL"))}
    return {**env, "GONGKAI_DATA_DIR": str(folder), "PYTHONUTF8": "1", **more}


def gongkai(env: dict[str, str], *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "gongkai", *words]
    return subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True)


def until(true: Callable[[], Any], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment(tmp_path), check=True)
    return tmp_path


def ask(folder: Path, statement: str, *values: Any) -> list[Any]:
    connection = sqlite3.connect(folder / "gongkai.sqlite3", timeout=20)
    try:
        with connection:
            return connection.execute(statement, values).fetchall()
    finally:
        connection.close()


def put_mails(folder: Path, number: int) -> None:
    for n in range(number):
        ask(
            folder,
            "INSERT INTO outbox_message (key, channel, state, 'to', subject, body, url, made_at, not_before, tries,"
            " error, claim) VALUES (?, 'mail', 'waiting', 'a@example.cn', '标题', '正文', '', '2025-01-01', '2025-01-01',"
            " 0, '', '')",
            f"k{n}",
        )


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.once
def test_two_workers_send_each_mail_once_and_stop_when_told(folder: Path, number: int) -> None:
    put_mails(folder, 40)
    with mail_server() as server:
        env = environment(
            folder,
            GONGKAI_MAIL_HOST="127.0.0.1",
            GONGKAI_MAIL_PORT=str(server.port),
            GONGKAI_MAIL_TLS="none",
            GONGKAI_MAIL_FROM="gongkai@example.cn",
            GONGKAI_SITE_DOMAIN="www.example.gov.cn",
        )
        workers = [gongkai(env, "worker") for _ in range(2)]
        try:
            done = "SELECT count(*) FROM outbox_message WHERE state = 'sent'"
            until(lambda: ask(folder, done) == [(40,)])
            until(lambda: ask(folder, "SELECT 1 FROM tasks_jobrun WHERE name = ?", HEARTBEAT))
        finally:
            for worker in workers:
                worker.send_signal(number)
        assert [worker.wait(15) for worker in workers] == [0, 0]
    assert len(server.mails) == len({mail["Message-ID"] for mail in server.mails}) == 40


@posix
@pytest.mark.once
def test_a_dead_mail_server_does_not_keep_the_tick_from_its_time(folder: Path) -> None:
    """Sixty mails and a server that keeps silent: the sign of life and the jobs come as ever."""
    put_mails(folder, 60)
    sign = "SELECT finished_at FROM tasks_jobrun WHERE name = ?"
    code = (
        "import django; django.setup()\n"
        "from gongkai.tasks.worker import Worker\n"
        "Worker(tick_every=2, look_every=0.1).run()"
    )
    with talker(lambda connection: None) as port:
        env = environment(
            folder,
            DJANGO_SETTINGS_MODULE="gongkai.config.settings",
            GONGKAI_MAIL_HOST="127.0.0.1",
            GONGKAI_MAIL_PORT=str(port),
            GONGKAI_MAIL_TLS="none",
            GONGKAI_MAIL_FROM="gongkai@example.cn",
            GONGKAI_SITE_DOMAIN="www.example.gov.cn",
            GONGKAI_MAIL_TIMEOUT="1",
        )
        worker = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=env, start_new_session=True)
        try:
            until(lambda: ask(folder, sign, HEARTBEAT))
            first = ask(folder, sign, HEARTBEAT)
            until(lambda: ask(folder, sign, HEARTBEAT) != first, 15)
            (tried,) = ask(folder, "SELECT count(*) FROM outbox_message WHERE tries > 0")
            assert tried[0] < 60
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait(20)


@pytest.mark.once
def test_tick_tells_what_it_did_and_does_it_once(folder: Path) -> None:
    command = [sys.executable, "-m", "gongkai", "tick"]
    first, second = (
        subprocess.run(
            command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False
        )
        for _ in range(2)
    )
    assert first.returncode == second.returncode == 0, first.stderr
    assert "交办事项提醒：发出提醒 0 条" in first.stdout
    assert "年报提醒：发出提醒 0 条" in first.stdout
    assert second.stdout == ""


def worker_of(pid: int) -> list[int]:
    """The workers beside this process, as the system's list of processes has them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"worker" in words and str(pid).encode() in words:
            found.append(int(path.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="reads the list of processes of Linux")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
@pytest.mark.once
def test_the_worker_beside_the_site_ends_with_it(folder: Path, number: int) -> None:
    port = free_port()
    site = gongkai(environment(folder, PORT=str(port)), "serve")
    try:

        def is_up() -> bool:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/desk/sign-in/", timeout=5).close()
            except OSError:
                return False
            return bool(worker_of(site.pid))

        until(is_up)
        until(lambda: ask(folder, "SELECT 1 FROM tasks_jobrun WHERE name = ?", HEARTBEAT))
        assert len(worker_of(site.pid)) == 1
        os.kill(site.pid, number)
        site.wait(20)
        until(lambda: not worker_of(site.pid), 15)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(site.pid, signal.SIGKILL)
        site.wait(20)


@pytest.mark.django_db
def test_a_sign_of_life_and_its_absence() -> None:
    now = timezone.now()
    assert last_sign(now) == (None, False)
    JobRun.objects.create(name=HEARTBEAT, next_at=now, finished_at=now)
    assert last_sign(now + timedelta(minutes=1)) == (now, True)
    assert last_sign(now + timedelta(minutes=4)) == (now, False)


@posix
def test_without_its_parent_it_stops() -> None:
    assert not Worker(parent=os.getppid()).should_stop()
    assert Worker(parent=os.getpid()).should_stop()
    assert not Worker().should_stop()


@pytest.mark.once
def test_beside_the_site_only_where_wanted(tmp_path: Path) -> None:
    code = (
        "import json, os, threading, django; django.setup()\n"
        "from gongkai.config.worker_beside import worker_beside\n"
        "with worker_beside(wanted=False): pass\n"
        "print(json.dumps([threading.active_count()]))"
    )
    env = environment(tmp_path, DJANGO_SETTINGS_MODULE="gongkai.config.settings")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, check=True)
    assert json.loads(done.stdout) == [1]
