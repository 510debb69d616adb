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
    assert environment.folder(NAME, tmp_path / "new" / "folder").is_dir()


BAD: list[tuple[str, Callable[[], object]]] = [
    ("maybe", lambda: environment.flag(NAME)),
    ("eight", lambda: environment.whole(NAME, 1, least=1, most=9)),
    ("10", lambda: environment.whole(NAME, 1, least=1, most=9)),
    ("-1", lambda: environment.whole(NAME, 1, least=1, most=9)),
    ("２", lambda: environment.whole(NAME, 1, least=1, most=9)),
    ("www.example.gov.cn", lambda: environment.origins(NAME)),
    ("too-short", lambda: environment.secret(NAME, Path("unused"))),
    ("mysql://localhost/gongkai", lambda: environment.database(NAME, Path("unused"))),
    ("postgresql://localhost/", lambda: environment.database(NAME, Path("unused"))),
    ("postgresql://localhost:port/gongkai", lambda: environment.database(NAME, Path("unused"))),
    ("/proc/nothing/here", lambda: environment.folder(NAME, Path("unused"))),
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
        read |= set(re.findall(r'env(?:ironment)?\.\w+\(\s*"([A-Z_]+)"', text))
    assert "GONGKAI_DATABASE_URL" in read
    assert read <= told, f"not in docs/settings.md: {read - told}"
    assert {name for name in told if name.startswith("GONGKAI_")} <= read, "told, but nobody reads it"
