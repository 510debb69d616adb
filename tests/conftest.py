"""What all tests share. The law's tests run without Django: then nothing here happens."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest_plugins = ("tests.browsing",)
ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

try:
    import django
except ImportError:
    django = None  # type: ignore[assignment]

if django is not None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    if "GONGKAI_TEST_DATA_DIR" not in os.environ:
        os.environ["GONGKAI_TEST_DATA_DIR"] = tempfile.mkdtemp(prefix="gongkai-test-")
        atexit.register(shutil.rmtree, os.environ["GONGKAI_TEST_DATA_DIR"], ignore_errors=True)
    os.environ["GONGKAI_DATA_DIR"] = os.environ["GONGKAI_TEST_DATA_DIR"]
    # The plug-in sets Django up as soon as its settings have been read.
    from django.conf import settings

    # Argon2 is meant to be slow, and most tests sign in without a password.
    _suffix = os.environ.get("GONGKAI_TEST_DB_SUFFIX", "")
    if _suffix:
        _name = f"test_gongkai_{_suffix}"
        if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
            _name = str(Path(os.environ["GONGKAI_TEST_DATA_DIR"]) / _name)
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = _name
    # What the tests' own process commits need not survive a power cut; the processes it starts are as in earnest.
    _options = settings.DATABASES["default"]["OPTIONS"]
    if "init_command" in _options:
        _options["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF"
    else:
        _options["options"] = "-c synchronous_commit=off -c jit=off"
    # Tests change the database past the acts: no public page is kept made, but where that is what is tested.
    settings.SITE_KEPT_MB = 0
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """The database as the migrations leave it, and quick ways round what every test would wait for."""
    from tests.emptying import empty_quickly
    from tests.static_once import scan_once

    empty_quickly()
    scan_once()


@pytest.fixture(scope="session")
def static_files() -> None:
    """The gathered static files that pages point to, as `gongkai serve` gathers them."""
    from django.conf import settings
    from django.core.management import call_command

    # Several test processes share the folder: one gathers, the others wait for it.
    done, lock = settings.DATA_DIR / "static-gathered", settings.DATA_DIR / "static-lock"
    while not done.exists():
        try:
            lock.mkdir()
        except FileExistsError:
            time.sleep(0.1)
            continue
        call_command("collectstatic", interactive=False, verbosity=0)
        done.touch()


@pytest.fixture
def cast(db: Any, static_files: None) -> Any:
    """The fixed cast: see tests/cast.py."""
    from tests.cast import assemble

    return assemble()


@pytest.fixture
def queries(db: Any) -> Callable[[Callable[[], Any]], int]:
    """How many queries a call makes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(act: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as seen:
            act()
        return len(seen)

    return count
