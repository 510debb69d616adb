"""The site as it is really served: granian in its own process, its own folder, its own port."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
ADMINISTRATORS = ("sysadmin", "secadmin", "auditor")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_for(folder: Path, port: int) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("GONGKAI_")}
    return {**env, "GONGKAI_DATA_DIR": str(folder), "PORT": str(port), "PYTHONUTF8": "1"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, Path]]:
    """`manage.py run_sample` from nothing: address, data folder, what it printed."""
    folder = tmp_path_factory.mktemp("served")
    port = free_port()
    printed = folder / "printed.txt"
    with printed.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_sample"],
            cwd=ROOT,
            env=environment_for(folder, port),
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            if process.poll() is not None:
                raise AssertionError(printed.read_text(encoding="utf-8"))
            try:
                urllib.request.urlopen(f"{address}/desk/sign-in/", timeout=10).close()  # noqa: S310
                break
            except OSError:
                time.sleep(0.1)
        yield address, folder, printed
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=30)
            raise


def test_it_says_what_it_did(served: tuple[str, Path, Path]) -> None:
    address, folder, printed = served
    text = printed.read_text(encoding="utf-8")
    assert f"{address}/" in text
    assert "66条（9+5+2+4+17+11+18）" in text
    assert "错误0处" in text
    passwords = re.findall(r"^  (\S+)\s+(\S{16})\s", text, re.MULTILINE)
    assert [name for name, _ in passwords] == ["clerk", "reviewer", "head", "neighbour", *ADMINISTRATORS]
    assert len({password for _, password in passwords}) == 7
    endings = sorted(path.suffix for path in (folder / "out").iterdir())
    assert endings == [".docx", ".html", ".json", ".pdf", ".xlsx", ".xlsx"]


def test_pages_styles_and_headers(served: tuple[str, Path, Path]) -> None:
    address, _, _ = served
    with urllib.request.urlopen(address) as page:  # noqa: S310
        text = page.read().decode()
        policy = page.headers["Content-Security-Policy"]
        assert page.headers["X-Frame-Options"] == "DENY"
        assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "湘潭县司法局" in text
    styles = re.findall(r'href="(/static/[^"]+\.css)"', text)
    assert len(styles) == 7
    for style in styles:
        with urllib.request.urlopen(address + style) as answer:  # noqa: S310
            assert answer.headers["Content-Type"].startswith("text/css")
            assert "immutable" in answer.headers["Cache-Control"]


def test_an_error_shows_nothing_of_the_inside(served: tuple[str, Path, Path]) -> None:
    address, _, _ = served
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{address}/nothing-here/")  # noqa: S310
    text = caught.value.read().decode()
    caught.value.close()
    assert caught.value.code == 404
    assert "没有这个页面" in text
    assert "urlpatterns" not in text
    assert "DEBUG" not in text


def test_a_taken_port_says_what_to_do(served: tuple[str, Path, Path], tmp_path: Path) -> None:
    port = int(served[0].rpartition(":")[2])
    done = subprocess.run(
        [sys.executable, "manage.py", "run_sample"],
        cwd=ROOT,
        env=environment_for(tmp_path, port),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert f"PORT={port + 1} make run" in done.stderr
    assert "Traceback" not in done.stderr
    assert "密码" not in done.stdout


FIRST_BYTES = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF-", "html": b"<!DOCTYPE html>", "json": b"{"}


def test_every_format_downloads_again_and_again(served: tuple[str, Path, Path]) -> None:
    """Also after every thread of the server has set a PDF: one that hangs would take its thread with it."""
    address, _, _ = served
    with urllib.request.urlopen(f"{address}/zfxxgk/xtxsfj/reports/", timeout=30) as page:  # noqa: S310
        links = re.findall(r'href="(/[^"]+/files/([a-z]+)/)"', page.read().decode())
    assert sorted(ending for _, ending in links) == sorted(FIRST_BYTES)
    for link, ending in [*links, *links, *[pair for pair in links if pair[1] == "pdf"] * 4]:
        with urllib.request.urlopen(address + link, timeout=60) as answer:  # noqa: S310
            content = answer.read()
            assert "attachment" in answer.headers["Content-Disposition"]
        assert content.startswith(FIRST_BYTES[ending]), ending
        assert len(content) > 5000
    with urllib.request.urlopen(f"{address}/desk/sign-in/", timeout=30) as page:  # noqa: S310
        assert page.status == 200
