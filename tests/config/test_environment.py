"""Settings are read with their type; a bad one stops start-up and is named."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from gongkai.config import environment

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
NAME = "GONGKAI_TRIED"


@pytest.mark.parametrize(
    ("value", "meant"),
    [("1", True), ("TRUE", True), (" on ", True), ("yes", True), ("0", False), ("false", False), ("", False)],
)
def test_a_flag(monkeypatch: pytest.MonkeyPatch, value: str, meant: bool) -> None:
    monkeypatch.setenv(NAME, value)
    assert environment.flag(NAME, default=not meant) is meant


def test_what_is_absent_takes_its_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(NAME, raising=False)
    assert environment.flag(NAME, default=True) is True
    assert environment.whole(NAME, 8000, least=1, most=65535) == 8000
    assert environment.names(NAME, "a, b,,c ") == ["a", "b", "c"]
    assert environment.former_secrets(NAME) == []
    assert environment.folder(NAME, tmp_path / "new" / "folder").is_dir()


BAD: list[tuple[str, Callable[[], object]]] = [
    ("maybe", lambda: environment.flag(NAME)),
    ("eight", lambda: environment.whole(NAME, 1, least=1, most=9)),
    ("10", lambda: environment.whole(NAME, 1, least=1, most=9)),
    ("-1", lambda: environment.whole(NAME, 1, least=1, most=9)),
    ("２", lambda: environment.whole(NAME, 1, least=1, most=9)),
    ("www.example.gov.cn", lambda: environment.origins(NAME)),
    ("too-short", lambda: environment.secret(NAME, Path("unused"))),
    ("a-key-that-is-long-enough-for-what-it-is-for,short", lambda: environment.former_secrets(NAME)),
    ("mysql://localhost/gongkai", lambda: environment.database(NAME, Path("unused"))),
    ("postgresql://localhost/", lambda: environment.database(NAME, Path("unused"))),
    ("postgresql://localhost:port/gongkai", lambda: environment.database(NAME, Path("unused"))),
    ("/proc/nothing/here", lambda: environment.folder(NAME, Path("unused"))),
    ("", lambda: environment.wholes(NAME, "1,5", least=1, most=9)),
    (" , ", lambda: environment.wholes(NAME, "1,5", least=1, most=9)),
    ("http://127.0.0.1", lambda: environment.listen_address(NAME, "127.0.0.1")),
    ("127.0.0.1:8000", lambda: environment.listen_address(NAME, "127.0.0.1")),
    ("my host", lambda: environment.listen_address(NAME, "127.0.0.1")),
    ("https://www.example.gov.cn", lambda: environment.domain(NAME, "localhost")),
    ("www.example gov.cn", lambda: environment.domain(NAME, "localhost")),
    ("www.example.gov.cn/", lambda: environment.domain(NAME, "localhost")),
    ("http://sms.example.cn/send", lambda: environment.web_address(NAME)),
]


@pytest.mark.parametrize(("value", "reader"), BAD, ids=[value for value, _ in BAD])
def test_a_bad_value_is_named(
    monkeypatch: pytest.MonkeyPatch, value: str, reader: Callable[[], object]
) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        reader()


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////srv/gongkai/db.sqlite3", "/srv/gongkai/db.sqlite3"),
        ("sqlite:///local.sqlite3", "local.sqlite3"),
    ],
)
def test_sqlite(monkeypatch: pytest.MonkeyPatch, url: str, name: str) -> None:
    monkeypatch.setenv(NAME, url)
    found = environment.database(NAME, Path("unused"))
    assert found["NAME"] == name
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]


def test_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "postgresql://gong%40kai:p%3Ass@db.example:5433/gongkai")
    found = environment.database(NAME, Path("unused"))
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "gong@kai",
        "p:ss",
        "db.example",
        "5433",
        "gongkai",
    )


def test_a_key_is_made_once_and_only_its_owner_reads_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(NAME, raising=False)
    file = tmp_path / "key"
    key = environment.secret(NAME, file)
    assert len(key) >= 50
    assert environment.secret(NAME, file) == key
    assert environment.secret(NAME, tmp_path / "other") != key
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value"), [("GONGKAI_DEBUG", "perhaps"), ("PORT", "99999"), ("GONGKAI_DATABASE_URL", "db")]
)
def test_start_up_stops_and_names_the_variable(tmp_path: Path, name: str, value: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--check"],
        cwd=ROOT,
        env={**os.environ, "GONGKAI_DATA_DIR": str(tmp_path), name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`([A-Z_]+)`", page.partition("## 只在测试和测量时用")[0]))
    read = set()
    for path in (ROOT / "gongkai" / "config").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        read |= set(re.findall(r'\b(?:env|environment|private)\.\w+\(\s*"([A-Z_]+)"', text))
        read |= set(re.findall(r'customary="([A-Z_]+)"', text))
    assert "GONGKAI_DATABASE_URL" in read
    assert read <= told, f"not in docs/settings.md: {read - told}"
    assert {name for name in told if name.startswith("GONGKAI_")} <= read, "told, but nobody reads it"


FITTING = [
    ("GONGKAI_PASSWORD_SHORT_LENGTH", {"GONGKAI_PASSWORD_SHORT_LENGTH": "13"}),
    ("GONGKAI_LOCK_NAME_FAILURES", {"GONGKAI_LOCK_FAILURES": "6", "GONGKAI_LOCK_NAME_FAILURES": "5"}),
    ("GONGKAI_BACKUP_DIR", {"GONGKAI_BACKUP_DIR": "/proc/nothing/here"}),
    ("GONGKAI_SITE_DOMAIN", {"GONGKAI_MAIL_HOST": "mail.example.cn", "GONGKAI_MAIL_FROM": "a@example.cn"}),
    ("GONGKAI_UPLOAD_MAX_MB", {"GONGKAI_FILE_MAX_MB": "50", "GONGKAI_UPLOAD_MAX_MB": "49"}),
    ("GONGKAI_SEND_PAUSES", {"GONGKAI_SEND_PAUSES": ""}),
]


@pytest.mark.parametrize(("name", "given"), FITTING, ids=[name for name, _ in FITTING])
def test_settings_that_do_not_fit_together_name_the_one_to_change(
    tmp_path: Path, name: str, given: dict[str, str]
) -> None:
    env = {k: v for k, v in os.environ.items() if not k.startswith("GONGKAI_")}
    env |= {"GONGKAI_DATA_DIR": str(tmp_path), "PYTHONUTF8": "1", **given}
    done = subprocess.run(
        [sys.executable, "-c", "import gongkai.config.settings"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert f"ImproperlyConfigured: {name} " in done.stderr


def test_addresses_as_they_should_be(monkeypatch: pytest.MonkeyPatch) -> None:
    for good in ("0.0.0.0", "::", "::1", "localhost", "web-1.example.gov.cn"):  # noqa: S104
        monkeypatch.setenv(NAME, good)
        assert environment.listen_address(NAME, "127.0.0.1") == good
    for good in ("www.example.gov.cn", "localhost:8000", "例子.政务"):
        monkeypatch.setenv(NAME, good)
        assert environment.domain(NAME, "localhost") == good
    for good in ("https://sms.example.cn/send", "http://localhost:9000/", "http://127.0.0.1:9000/", ""):
        monkeypatch.setenv(NAME, good)
        assert environment.web_address(NAME) == good
