"""The doctor: what is broken on purpose is named, with what to do; what is whole is not."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from gongkai.audit.guard import take_down
from gongkai.files.keys import kept_keys
from gongkai.files.models import StoredFile
from gongkai.operations.doctor import database, examining, people, program, storage, upkeep, web
from gongkai.operations.doctor.finding import Check
from gongkai.sign_in.models import Factor
from gongkai.tasks.models import JobRun
from gongkai.tasks.worker import HEARTBEAT
from tests.cast import Cast
from tests.operations.installation import Installation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    """A data folder of the test's own, in order."""
    settings.DATA_DIR = tmp_path
    settings.FILES_DIR = tmp_path / "files"
    settings.FILES_DIR.mkdir(mode=0o700)
    settings.FILE_KEYS_FILE = tmp_path / "file-keys"
    settings.FILE_KEYS = kept_keys(settings.FILE_KEYS_FILE)
    return tmp_path


def named(check: Check, *words: str) -> None:
    found = check()
    assert not found.well, found
    told = found.state + found.todo
    assert all(word in told for word in words), told
    assert found.todo.endswith(("。", "*")) or "chmod" in found.todo


@pytest.mark.parametrize(
    ("check", "given", "word"),
    [
        (web.debug, {"DEBUG": True}, "GONGKAI_DEBUG"),
        (web.hosts, {"ALLOWED_HOSTS": ["*"]}, "GONGKAI_ALLOWED_HOSTS"),
        (web.hosts, {"ALLOWED_HOSTS": ["localhost"], "SERVE_HOST": "0.0.0.0"}, "GONGKAI_ALLOWED_HOSTS"),  # noqa: S104
        (web.https, {"ALLOWED_HOSTS": ["g.gov.cn"]}, "GONGKAI_HTTPS=true"),
        (web.proxy, {"HTTPS": True}, "GONGKAI_BEHIND_PROXY"),
        (web.proxy, {"BEHIND_PROXY": True, "SERVE_HOST": "0.0.0.0"}, "GONGKAI_HOST"),  # noqa: S104
        (program.clock, {"TIME_ZONE": "UTC"}, "Asia/Shanghai"),
        (program.static, {"STATIC_ROOT": Path("/nowhere")}, "gongkai serve"),
        (storage.files, {"FILES_DIR": Path("/nowhere")}, "不能读写"),
        (upkeep.backup, {"BACKUP_DIR": ""}, "GONGKAI_BACKUP_DIR"),
        (upkeep.backup, {"BACKUP_DIR": "/nowhere"}, "没有备份"),
        (
            upkeep.mail,
            {"EMAIL_HOST": "mail.gov.cn", "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": False},
            "GONGKAI_MAIL_TLS",
        ),
    ],
)
def test_a_wrong_setting_is_named(settings: Any, check: Check, given: dict[str, Any], word: str) -> None:
    for name, value in {"ALLOWED_HOSTS": ["localhost"], "HTTPS": False, **given}.items():
        setattr(settings, name, value)
    named(check, word)


def test_a_slip_in_a_name_is_named_with_what_was_meant(monkeypatch: Any) -> None:
    monkeypatch.setenv("GONGKAI_BACKUP_DIRR", "x")
    named(program.variables, "GONGKAI_BACKUP_DIRR", "是不是 GONGKAI_BACKUP_DIR？")


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_what_others_can_read_is_named(place: Path, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.delenv("GONGKAI_SECRET_KEY", raising=False)
    key = place / "secret-key"
    key.write_text("x")
    for path, mode, check in (
        (key, 0o644, storage.secret_key),
        (settings.FILE_KEYS_FILE, 0o640, storage.file_keys),
        (settings.FILES_DIR, 0o755, storage.files),
    ):
        path.chmod(0o700 if path.is_dir() else 0o600)
        assert check().well
        path.chmod(mode)
        named(check, f"chmod {'700' if path.is_dir() else '600'} {path}")


def test_a_lost_key_and_a_full_disk_are_named(cast: Cast, monkeypatch: Any) -> None:
    now = timezone.now()
    assert storage.file_keys().well
    StoredFile.objects.create(
        agency=cast.agency, name="a.txt", ending="txt", key_id="k9", size=1, added_at=now
    )
    named(storage.file_keys, "k9", "打不开")
    assert storage.space().well
    monkeypatch.setattr(storage, "LEAST_FREE", 1 << 60)
    named(storage.space, "磁盘")


def test_a_missing_guard_or_migration_is_named(monkeypatch: Any) -> None:
    for check in database.CHECKS:
        if check not in (database.private, database.durability):
            assert check().well, check()
    with connection.cursor() as cursor:
        cursor.execute(take_down(connection.vendor)[0])
    named(database.guards, "audit_entry_next", "audit verify")
    monkeypatch.setattr(database, "wanted", lambda: frozenset({("audit", "9999_to_come")}))
    named(database.migrations, "1 处")


def test_an_old_backup_and_one_beside_the_data_are_named(
    settings: Any, place: Path, tmp_path_factory: Any
) -> None:
    far = tmp_path_factory.mktemp("backups")
    made = far / "gongkai-20260101-000000.backup.zip"
    made.touch()
    settings.BACKUP_DIR = str(far)
    assert upkeep.backup().well
    old = timezone.now().timestamp() - 3 * 86400
    os.utime(made, (old, old))
    named(upkeep.backup, "超过两天")
    settings.BACKUP_DIR = str(place)
    (place / made.name).touch()
    named(upkeep.backup, "另一块磁盘")


def test_a_silent_worker_and_given_up_messages_are_named(cast: Cast) -> None:
    now = timezone.now()
    named(upkeep.worker, "从来没有", "gongkai worker")
    JobRun.objects.update_or_create(name=HEARTBEAT, defaults={"next_at": now, "finished_at": now})
    assert upkeep.worker().well
    JobRun.objects.filter(name=HEARTBEAT).update(finished_at=now - timedelta(hours=1))
    named(upkeep.worker, "以后没有消息")
    assert upkeep.given_up().well


@pytest.mark.parametrize(
    ("day", "well"),
    [("2025-10-31", True), ("2026-10-31", True), ("2026-11-01", False), ("2031-03-01", False)],
)
def test_a_missing_holiday_notice_is_named_from_november(day: str, well: bool) -> None:
    with time_machine.travel(f"{day} 12:00 +0800", tick=False):
        assert upkeep.holidays().well is well


def test_missing_administrators_factors_and_samples_are_named(cast: Cast, settings: Any) -> None:
    assert people.administrators().well
    named(people.second_factor, "sysadmin")
    now = timezone.now()
    for who in ("sysadmin", "secadmin", "auditor"):
        Factor.objects.create(person=cast.people[who], sealed="x", made_at=now, confirmed_at=now)
    assert people.second_factor().well
    settings.HTTPS = True
    named(people.sample_people, "示例")
    type(cast.auditor).objects.filter(pk=cast.auditor.pk).update(is_active=False)
    named(people.administrators, "审计管理员")


def test_the_command_tells_all_and_ends_with_one(tmp_path: Path) -> None:
    new = Installation(tmp_path, more={"GONGKAI_DEBUGG": "1"})
    new.run("from django.core.management import call_command; call_command('migrate', verbosity=0)")
    assert (tmp_path / "gongkai.sqlite3").stat().st_mode & 0o077 == 0
    told = new.cli("doctor", status=1)
    assert f"共检查 {len(examining.CHECKS)} 项" in told
    assert "GONGKAI_DEBUG？" in told
    found = json.loads(new.cli("doctor", "--json", status=1))
    assert found["well"] is False
    assert {one["subject"] for one in found["findings"] if not one["well"]} >= {
        "环境变量",
        "三类管理员",
        "备份",
    }


def test_a_database_that_is_gone_is_told_in_words(tmp_path: Path) -> None:
    lost = Installation(tmp_path, "postgresql://nobody@127.0.0.1:9/nothing")
    assert "请核对 GONGKAI_DATABASE_URL" in lost.cli("doctor", status=1)
