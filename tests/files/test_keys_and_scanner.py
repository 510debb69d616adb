"""Files enciphered anew while others read, a real scanner, the settings of the store."""

from __future__ import annotations

import os
import re
import signal
import socket
import socketserver
import stat
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongkai.audit.models import Entry
from gongkai.config.private import file_keys, host_and_port, private_folder
from gongkai.files import store
from gongkai.files.actions.adding import NotTaken, add_file
from gongkai.files.actions.keeping import check, rotate
from gongkai.files.arriving import StopAtLimit
from gongkai.files.keys import add_key, kept_keys
from gongkai.files.models import StoredFile
from gongkai.files.queries import content_of
from gongkai.files.scanning import ScannerSilent, scan
from tests.cast import SYSTEM, Cast
from tests.files import offered

TEXT = "关于某事的通知。".encode() * 20_000


@pytest.fixture(autouse=True)
def own_store(settings: Any, tmp_path: Path) -> Path:
    """A store of the test's own, with a key file."""
    settings.FILES_DIR = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "arriving")
    for name in ("files", "arriving"):
        (tmp_path / name).mkdir(mode=0o700)
    settings.FILE_KEYS_FILE = tmp_path / "file-keys"
    settings.FILE_KEYS = kept_keys(settings.FILE_KEYS_FILE)
    return tmp_path


def add(cast: Cast, name: str = "通知.txt", content: bytes = TEXT, **more: Any) -> StoredFile:
    return add_file(by=cast.actor("clerk"), agency=cast.agency, upload=offered.offer(name, content), **more)


def on_disk() -> list[Path]:
    return [path for path, _ in store.paths()]


# ---- keys


def test_rotation_reaches_every_file_and_old_keys_are_no_longer_needed(cast: Cast, settings: Any) -> None:
    files = [add(cast, f"{n}.txt") for n in range(25)]
    assert rotate(by=SYSTEM).done == 0
    settings.FILE_KEYS = {"k9": os.urandom(32), **settings.FILE_KEYS}
    settings.FILE_CIPHER = "aes-256-gcm"
    told = rotate(by=SYSTEM)
    assert (told.done, told.failed) == (25, [])
    assert set(StoredFile.objects.values_list("cipher", "key_id")) == {("aes-256-gcm", "k9")}
    assert rotate(by=SYSTEM).done == 0
    settings.FILE_KEYS_FILE = None
    settings.FILE_KEYS = {"k9": settings.FILE_KEYS["k9"]}
    assert all(b"".join(content_of(file)) == TEXT for file in files)
    assert check().good == 25
    assert check().by_key == {"k9": 25}


def test_a_process_finds_a_key_added_while_it_runs(cast: Cast, settings: Any) -> None:
    before = dict(settings.FILE_KEYS)
    assert add_key(settings.FILE_KEYS_FILE) == "k2"
    settings.FILE_KEYS = kept_keys(settings.FILE_KEYS_FILE)
    assert next(iter(settings.FILE_KEYS)) == "k2"
    file = add(cast)
    settings.FILE_KEYS = before
    assert b"".join(content_of(file)) == TEXT


def test_a_file_that_cannot_be_rotated_stays_and_is_named(cast: Cast, settings: Any) -> None:
    good, bad = add(cast), add(cast)
    path = store.path_of(bad.pk)
    path.write_bytes(path.read_bytes()[:-5])
    settings.FILE_KEYS = {"k9": os.urandom(32), **settings.FILE_KEYS}
    told = rotate(by=SYSTEM)
    assert told.done == 1
    assert [number for number, _ in told.failed] == [bad.pk]
    assert b"".join(content_of(good)) == TEXT


def test_readers_meet_whole_files_while_keys_change(cast: Cast, settings: Any) -> None:
    file, stop, seen = add(cast), threading.Event(), [0]
    wrong: list[str] = []

    def read() -> None:
        while not stop.is_set():
            try:
                if b"".join(store.open_content(file.pk, file.size)) != TEXT:
                    wrong.append("other content")
            except store.Sealed as error:
                wrong.append(str(error))
            seen[0] += 1

    settings.FILE_KEYS_FILE = None
    reader = threading.Thread(target=read)
    reader.start()
    for n in range(30):
        settings.FILE_KEYS = {f"n{n}": os.urandom(32), **settings.FILE_KEYS}
        assert rotate(by=SYSTEM).done == 1
    stop.set()
    reader.join()
    assert wrong == []
    assert seen[0] > 5


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
@pytest.mark.once
def test_rotation_killed_at_any_moment_goes_on_where_it_was(tmp_path: Path) -> None:
    """A platform of its own on SQLite: the process is killed again and again until one gets through."""
    env = {
        **{k: v for k, v in os.environ.items() if not k.startswith("GONGKAI_")},
        "GONGKAI_DATA_DIR": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
    }

    def run(code: str) -> str:
        setting_up = "import django; django.setup()\n"
        done = subprocess.run(
            [sys.executable, "-c", setting_up + code], env=env, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    run(
        "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
        "from gongkai.agencies.models import Agency; from gongkai.files import store\n"
        "from gongkai.files.models import StoredFile; from django.utils import timezone\n"
        "agency = Agency.objects.create(slug='a', name='甲局', code='A')\n"
        "for n in range(60):\n"
        "    file = StoredFile(agency=agency, name=f'{n}.txt', ending='txt', added_at=timezone.now())\n"
        "    w = store.put(file.pk, [bytes([n]) * 300_000])\n"
        "    file.size, file.digest, file.cipher, file.key_id = w.size, w.digest, w.cipher, w.key_id\n"
        "    file.save()\n"
        "from django.conf import settings; from gongkai.files.keys import add_key\n"
        "add_key(settings.FILE_KEYS_FILE)"
    )
    command = [sys.executable, "-m", "gongkai", "files", "rotate"]
    kills = 0
    for n in range(120):
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            process.wait(0.25 + n * 0.03)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
            continue
        assert process.returncode == 0, process.stdout.read().decode()
        break
    assert kills >= 2
    told = run(
        "from gongkai.files.actions.keeping import check; from gongkai.files.models import StoredFile\n"
        "t = check(); print(t.good, t.fine, t.by_key, set(StoredFile.objects.values_list('key_id', flat=True)))"
    )
    assert told == "60 True {'k2': 60} {'k2'}"


# ---- the scanner


class Clamd(socketserver.BaseRequestHandler):
    """clamd as far as INSTREAM goes, as its manual describes it."""

    def handle(self) -> None:
        assert self._read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", self._read(4))[0]:
            content += self._read(length)
            if len(content) > self.server.limit:
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.append(len(content))
        if self.server.silent:
            time.sleep(self.server.silent)
        bad = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE" in content
        self.request.sendall(b"stream: Eicar-Test-Signature FOUND\0" if bad else b"stream: OK\0")

    def _read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            piece = self.request.recv(size - len(data))
            if not piece:
                raise ConnectionError
            data += piece
        return data


@pytest.fixture
def clamd(settings: Any) -> Iterator[Any]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        server.limit, server.seen, server.silent, server.daemon_threads = 10_000_000, [], 0, True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.FILE_SCANNER = server.server_address
        yield server
        server.shutdown()


def test_a_clean_file_passes_the_scanner_whole(cast: Cast, clamd: Any) -> None:
    add(cast)
    assert clamd.seen == [len(TEXT)]


def test_an_infected_file_is_refused_and_written_down(cast: Cast, clamd: Any) -> None:
    with pytest.raises(NotTaken, match="查出病毒（Eicar-Test-Signature）"):
        add(cast, content=b"X5O EICAR-STANDARD-ANTIVIRUS-TEST-FILE")
    assert Entry.objects.latest("number").result == "refused"
    assert on_disk() == []


def test_no_file_passes_while_the_scanner_is_silent(cast: Cast, clamd: Any, settings: Any) -> None:
    clamd.limit = 1000
    with pytest.raises(NotTaken, match="病毒扫描程序没有答复"):
        add(cast)
    clamd.silent = 5
    with pytest.raises(ScannerSilent):
        scan([b"x"], settings.FILE_SCANNER, seconds=0.3)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.FILE_SCANNER = nobody.getsockname()
        with pytest.raises(NotTaken, match="病毒扫描程序没有答复"):
            add(cast)
    assert on_disk() == []


# ---- settings


def test_a_store_where_the_public_could_reach_it_is_refused_by_name(tmp_path: Path, monkeypatch: Any) -> None:
    static = tmp_path / "static"
    for bad in (static, static / "files", tmp_path, Path(store.__file__).parent / "x"):
        monkeypatch.setenv("GONGKAI_FILES_DIR", str(bad))
        with pytest.raises(ImproperlyConfigured, match="GONGKAI_FILES_DIR"):
            private_folder("GONGKAI_FILES_DIR", tmp_path / "files", never_in=static)
    monkeypatch.setenv("GONGKAI_FILES_DIR", str(tmp_path / "own"))
    made = private_folder("GONGKAI_FILES_DIR", tmp_path / "files", never_in=static)
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


def test_keys_and_scanner_are_refused_by_name_when_wrong(tmp_path: Path, monkeypatch: Any) -> None:
    kept = tmp_path / "other-keys"
    good = "a:" + "0" * 64
    for bad in ("x", "a:00", f"{good},{good}", "a b:" + "0" * 64, "a:" + "g" * 64):
        monkeypatch.setenv("GONGKAI_FILE_KEYS", bad)
        with pytest.raises(ImproperlyConfigured, match="GONGKAI_FILE_KEYS"):
            file_keys("GONGKAI_FILE_KEYS", kept)
    monkeypatch.setenv("GONGKAI_FILE_KEYS", f"{good}, b:{'1' * 64}")
    assert list(file_keys("GONGKAI_FILE_KEYS", kept)) == ["a", "b"]
    assert not kept.exists()
    monkeypatch.delenv("GONGKAI_FILE_KEYS")
    made = file_keys("GONGKAI_FILE_KEYS", kept)
    assert file_keys("GONGKAI_FILE_KEYS", kept) == made
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    kept.write_text("")
    with pytest.raises(ImproperlyConfigured, match="other-keys"):
        file_keys("GONGKAI_FILE_KEYS", kept)
    for bad in ("x", "host:", ":1", "host:99999"):
        monkeypatch.setenv("GONGKAI_CLAMD", bad)
        with pytest.raises(ImproperlyConfigured, match="GONGKAI_CLAMD"):
            host_and_port("GONGKAI_CLAMD")


def test_an_upload_stops_at_the_limit(settings: Any) -> None:
    settings.FILE_MAX_MB = 1
    handler, taken = StopAtLimit(), 0
    for start in range(0, 50 * 1024 * 1024, 65536):
        piece = handler.receive_data_chunk(b"x" * 65536, start)
        taken += len(piece or b"")
    assert 1024 * 1024 < taken <= 1024 * 1024 + 65536


def test_names_on_disk_say_nothing(cast: Cast) -> None:
    add(cast)
    assert all(re.fullmatch(r"[0-9a-f]{32}", path.name) for path in on_disk())
