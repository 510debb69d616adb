"""Large requests at the really served site: nobody who is not signed in writes to the disk."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.outbox.servers import free_port

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
MB = 1024 * 1024
MARK = "limit-of-the-form"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path, str]]:
    """`gongkai serve` with one person and that person's session: port, folder of what arrives, session."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    env = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI_", "DATABASE_URL"))}
    env |= {"GONGKAI_DATA_DIR": str(folder), "PORT": str(port), "PYTHONUTF8": "1"}
    env |= {"GONGKAI_SERVE_WORKER": "false", "GONGKAI_UPLOAD_MAX_MB": "60"}
    env |= {"DJANGO_SETTINGS_MODULE": "gongkai.config.settings"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
    code = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "from gongkai.agencies.models import Person\n"
        "person = Person.objects.create_user('somebody', password='x')\n"
        "browser = Client(); browser.force_login(person)\n"
        "print(browser.cookies['sessionid'].value)"
    )
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, check=True, capture_output=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai", "serve"], cwd=ROOT, env=env, start_new_session=True
    )
    try:
        for _ in range(600):
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
                break
            time.sleep(0.1)
        yield port, folder / "arriving", made.stdout.decode().strip()
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


class Watch:
    """The most bytes that lay in a folder while it was watched; names or none, since Linux may hide the name."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.most, self._done = folder, 0, threading.Event()

    def __enter__(self) -> Watch:
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def _look(self) -> None:
        while not self._done.is_set():
            size = 0
            for path in self.folder.glob("*"):
                with suppress(OSError):
                    size += path.stat().st_size
            self.most = max(self.most, size)
            time.sleep(0.002)

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()


def token(port: int) -> str:
    answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/desk/sign-in/", timeout=10)
    page = answer.read().decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    return answer.headers["Set-Cookie"].partition("csrftoken=")[2].partition(";")[0] + " " + found[1]


def send(
    port: int, files: int, each: int, session: str = "", path: str = "/desk/sign-in/"
) -> tuple[int, str]:
    """POST so many files of so many bytes; the answer, also when it came before everything was sent."""
    cookie, form_token = token(port).split()
    head = f'--{MARK}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{form_token}\r\n'
    part = f'--{MARK}\r\nContent-Disposition: form-data; name="f%d"; filename="f%d.bin"\r\n\r\n'
    begins = [(part % (n, n)).encode() for n in range(files)]
    tail = f"--{MARK}--\r\n".encode()
    length = len(head) + sum(len(one) + each + 2 for one in begins) + len(tail)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.putrequest("POST", path)
    connection.putheader("Content-Type", f"multipart/form-data; boundary={MARK}")
    connection.putheader("Content-Length", str(length))
    connection.putheader("Cookie", f"csrftoken={cookie}" + (f"; sessionid={session}" if session else ""))
    connection.endheaders()
    with suppress(OSError):
        connection.send(head.encode())
        for one in begins:
            connection.send(one)
            for _ in range(each // MB):
                connection.send(b"x" * MB)
            connection.send(b"x" * (each % MB) + b"\r\n")
        connection.send(tail)
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace")


def test_six_large_files_of_a_stranger_are_refused_in_words(site: tuple[int, Path, str]) -> None:
    port, arriving, _ = site
    with Watch(arriving) as watch:
        status, page = send(port, 6, 49 * MB)
    assert status == 413
    assert "提交的内容太大" in page
    assert watch.most == 0


def test_what_a_stranger_may_send_stays_in_memory(site: tuple[int, Path, str]) -> None:
    port, arriving, _ = site
    with Watch(arriving) as watch:
        status, _ = send(port, 1, 3 * MB // 2)
    assert status == 200, "the sign-in page again"
    assert watch.most == 0


def test_who_is_signed_in_may_send_a_file_but_not_any_amount(site: tuple[int, Path, str]) -> None:
    port, arriving, session = site
    with Watch(arriving) as watch:
        status, _ = send(port, 1, 49 * MB, session)
    assert status != 413
    assert watch.most > 10 * MB, "it goes by the disk, not by the memory"
    with Watch(arriving) as watch:
        status, page = send(port, 6, 49 * MB, session)
    assert (status, watch.most) == (413, 0)
    assert "60 MB" in page
    assert list(arriving.iterdir()) == []
