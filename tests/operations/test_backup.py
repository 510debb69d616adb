"""Backup while others work, restore elsewhere: the same rows, every file readable, the trail whole."""

from __future__ import annotations

import json
import shutil
import stat
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.operations.content import MAKE, TELL
from tests.operations.installation import POSTGRESQL, Installation, installation


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with the sample year and thirty-one files; the tests leave its rows as they are, but for the
    entries of backups."""
    with installation(tmp_path_factory.mktemp("old") / "data") as made:
        made.run(MAKE)
        yield made


@pytest.fixture(scope="module")
def archive(old: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it at rest, without keys."""
    return back_up(old, tmp_path_factory.mktemp("kept"), "--no-verify")


def back_up(of: Installation, folder: Path, *options: str) -> Path:
    before = set(folder.glob("*.backup.zip"))
    of.cli("backup", folder, *options)
    (made,) = set(folder.glob("*.backup.zip")) - before
    return made


def manifest(path: Path) -> Any:
    with zipfile.ZipFile(path) as zipped:
        return json.loads(zipped.read("manifest.json"))


def keys_of(source: Installation, target: Installation) -> None:
    """Carry the keys over by hand, as an operator does."""
    for name in ("secret-key", "file-keys"):
        shutil.copy(source.folder / name, target.folder / name)


def test_a_backup_while_three_processes_work_is_whole_elsewhere(tmp_path: Path) -> None:
    stop = tmp_path / "stop"
    with installation(tmp_path / "a") as busy, installation(tmp_path / "b") as other:
        busy.run(MAKE)
        workers = [
            busy.start("tests.operations.busy", what, str(stop)) for what in ("write", "rotate", "remove")
        ]
        time.sleep(2.5)
        made = back_up(busy, tmp_path / "kept", "--with-keys")
        running = [worker.poll() for worker in workers]
        stop.touch()
        for worker in workers:
            _, said = worker.communicate(timeout=60)
            assert worker.returncode == 0, said
        assert running == [None] * 3, "they were at it all the while"
        told = manifest(made)
        assert told["files"]["missing"] == []
        assert told["tables"]["files.storedfile"]["rows"] > 31
        other.cli("restore", made)
        now = json.loads(other.run(TELL))
        gone = set(told["files"]["removed_meanwhile"])
        assert {*now["damaged"], *now["missing"]} <= gone
        assert now["standing"] == now["good"] + len({*now["damaged"], *now["missing"]})
        assert "完整" in other.cli("audit", "verify", "--head", told["trail"]["digest"])


@pytest.mark.parametrize("to", ["the same engine", "the other engine"])
def test_every_row_and_file_comes_over(old: Installation, archive: Path, tmp_path: Path, to: str) -> None:
    if to == "the other engine" and not POSTGRESQL:
        pytest.skip("there is one engine in this run; the run on PostgreSQL goes across")
    engine = (to == "the same engine") == POSTGRESQL
    with installation(tmp_path / "new", postgresql=engine) as new:
        keys_of(old, new)
        said = new.cli("restore", archive)
        told, now, before = manifest(archive), json.loads(new.run(TELL)), json.loads(old.run(TELL))
        assert f"数据 {sum(t['rows'] for t in told['tables'].values())} 行，文件 31 个" in said
        assert "读不出" not in said
        assert (now["good"], now["damaged"], now["missing"]) == (31, [], [])
        # Each took an entry of its own since: the restore here, the backups there.
        differing = {name for name in now["tables"] if now["tables"][name] != before["tables"][name]}
        assert differing <= {"audit.entry", "tasks.jobrun", "contenttypes.contenttype", "auth.permission"}
        assert "完整" in new.cli("audit", "verify", "--head", told["trail"]["digest"])
        # New rows go on after the last number, the guard stands again.
        assert new.run(
            "from gongkai.agencies.models import Agency; from gongkai.audit.models import Entry\n"
            "from django.db import DatabaseError; Agency.objects.create(slug='n', name='n', code='N')\n"
            "try: Entry.objects.filter(number=1).update(act='x'); print('changed')\n"
            "except DatabaseError: print('refused')"
        ).endswith("refused")


def test_from_sqlite_to_postgresql(tmp_path: Path) -> None:
    if not POSTGRESQL:
        pytest.skip("needs PostgreSQL: the run on it does this")
    with installation(tmp_path / "a", postgresql=False) as small, installation(tmp_path / "b") as large:
        small.run(MAKE)
        large.cli("restore", back_up(small, tmp_path / "kept", "--with-keys", "--no-verify"))
        assert json.loads(large.run(TELL))["good"] == 31
        large.cli("audit", "verify")


def test_keys_stay_out_unless_asked_for(old: Installation, archive: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert manifest(archive)["keys"] == []
    raw = archive.read_bytes()
    key = (old.folder / "file-keys").read_text().split(":")[1].strip()
    assert key.encode() not in raw
    with installation(tmp_path / "blind") as blind:
        assert "注意：有 31 个文件用现有的密钥读不出" in blind.cli("restore", archive)


def test_only_so_many_are_kept(old: Installation, tmp_path: Path) -> None:
    for _ in range(3):
        old.cli("backup", tmp_path, "--no-verify", "--keep", "2")
        time.sleep(1)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == 2
    assert all(name.endswith(".backup.zip") for name in names), "nothing half done is left"


def test_what_is_no_whole_backup_is_refused_in_words(
    old: Installation, archive: Path, tmp_path: Path
) -> None:
    with installation(tmp_path / "new") as new:
        keys_of(old, new)
        cut = tmp_path / "cut.backup.zip"
        cut.write_bytes(archive.read_bytes()[:-5000])
        assert "没有传完整" in new.cli("restore", cut, status=1)
        assert "没有这个文件" in new.cli("restore", tmp_path / "none.zip", status=1)
        changed = tmp_path / "changed.backup.zip"
        with zipfile.ZipFile(archive) as source, zipfile.ZipFile(changed, "w") as target:
            for name in source.namelist():
                content = source.read(name)
                target.writestr(
                    name,
                    content.replace(b"[1,", b"[1 ,", 1) if name == "rows/agencies.agency.jsonl" else content,
                )
        assert "摘要值不一致" in new.cli("restore", changed, status=1)
        newer = tmp_path / "newer.backup.zip"
        with zipfile.ZipFile(newer, "w") as target:
            target.writestr("manifest.json", json.dumps(manifest(archive) | {"format": 99}))
        assert "更新的版本" in new.cli("restore", newer, status=1)
        outside = tmp_path / "outside.backup.zip"
        odd = manifest(archive)
        odd["members"]["files/../../evil"] = [0, ""]
        with zipfile.ZipFile(outside, "w") as target:
            target.writestr("manifest.json", json.dumps(odd))
        assert "不正常的文件名" in new.cli("restore", outside, "--force", status=1)
        assert not (tmp_path / "evil").exists()


def test_a_damaged_backup_costs_nothing_of_what_is_there(archive: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(damaged, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content + b"\n" if name == "rows/agencies.person.jsonl" else content)
    with installation(tmp_path / "used") as used:
        used.run(MAKE)
        before = used.run(TELL)
        assert "摘要值不一致" in used.cli("restore", damaged, "--force", status=1)
        assert used.run(TELL) == before


def test_what_is_in_use_is_left_alone_unless_forced(archive: Path, tmp_path: Path) -> None:
    with installation(tmp_path / "used") as used:
        used.run(MAKE)
        before = used.run(TELL)
        assert "这里已经有数据" in used.cli("restore", archive, status=1)
        assert used.run(TELL) == before
        said = used.cli("restore", archive, "--force")
        assert "原来的文件留在" in said
        aside = [path.name for path in used.folder.iterdir() if ".before-" in path.name]
        assert any(name.startswith("files.before-") for name in aside)
        if not POSTGRESQL:
            assert any(name.startswith("gongkai.sqlite3.before-") for name in aside)
        assert "完整" in used.cli("audit", "verify")
