"""The database itself lets nobody change, delete, clear or put in an entry."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from gongkai.audit.chain import FIRST, digest_of
from gongkai.audit.guard import TRIGGERS
from gongkai.audit.models import Checkpoint, Entry
from gongkai.audit.trail import Who, record

WHO = Who(7, "测试员", "测试局·经办员", 3, "192.0.2.9")


def write(count: int) -> list[Entry]:
    """Some entries, one transaction each."""
    made = []
    for n in range(count):
        with transaction.atomic():
            made.append(record(WHO, "test.act", "测试", f"对象{n}", n=n))
    return made


def refused(sql: str, words: str) -> None:
    with pytest.raises(DatabaseError, match=words), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def standing() -> set[str]:
    """The triggers there are."""
    source = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'audit_%'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(source)
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
def test_after_all_migrations_the_guard_stands() -> None:
    assert standing() == {name for name, _ in TRIGGERS[connection.vendor]}


@pytest.mark.django_db
@pytest.mark.parametrize("field", [f.column for f in Entry._meta.fields])
def test_no_field_can_be_changed(field: str) -> None:
    write(2)
    value = "9" if field in ("number", "person_id", "agency_id") else "'2020-01-01 00:00:00'"
    refused(f"UPDATE audit_entry SET {field} = {value} WHERE number = 2", "不能修改")  # noqa: S608


@pytest.mark.django_db
def test_nothing_can_be_deleted() -> None:
    write(3)
    for number in (1, 2, 3):
        refused(f"DELETE FROM audit_entry WHERE number = {number}", "不能删除")  # noqa: S608
    refused("DELETE FROM audit_entry", "不能删除")
    with pytest.raises(DatabaseError, match="不能删除"), transaction.atomic():
        Entry.objects.all().delete()
    assert Entry.objects.count() == 3


@pytest.mark.django_db
def test_the_table_cannot_be_cleared() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's")
    write(1)
    refused("TRUNCATE audit_entry", "不能清空")
    refused("TRUNCATE audit_checkpoint", "不能清空")
    refused("TRUNCATE audit_entry CASCADE", "不能清空")


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "at_end"), [(5, True), (3, False), (0, True), (-1, True)])
def test_an_entry_goes_nowhere_but_behind_the_last(number: int, at_end: bool) -> None:
    made = write(3)
    stray = Entry.objects.get(number=3)
    stray.number, stray.previous = number, made[-1].digest
    stray.digest = digest_of(stray)
    with pytest.raises(DatabaseError, match=r"只能接在|UNIQUE|duplicate"), transaction.atomic():
        stray.save(force_insert=True)


@pytest.mark.django_db
def test_an_entry_that_does_not_link_to_the_last_is_refused() -> None:
    write(3)
    stray = Entry.objects.get(number=3)
    stray.number, stray.previous = 4, FIRST
    stray.digest = digest_of(stray)
    with pytest.raises(DatabaseError, match="只能接在"), transaction.atomic():
        stray.save(force_insert=True)


@pytest.mark.django_db
def test_replacing_is_no_way_round() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    write(3)
    columns = ", ".join(f.column for f in Entry._meta.fields)
    refused(
        f"INSERT OR REPLACE INTO audit_entry ({columns}) SELECT {columns} FROM audit_entry WHERE number = 2",  # noqa: S608
        "只能接在",
    )


@pytest.mark.django_db
def test_checkpoints_stay_as_well() -> None:
    made = write(1)[0]
    Checkpoint.objects.create(number=1, digest=made.digest, made_at=timezone.now())
    refused("UPDATE audit_checkpoint SET number = 9", "不能修改")
    refused("DELETE FROM audit_checkpoint", "不能删除")


@pytest.mark.django_db
def test_a_young_entry_stays_even_with_a_checkpoint() -> None:
    made = write(2)
    Checkpoint.objects.create(
        number=2,
        digest=made[-1].digest,
        made_at=timezone.now() + timedelta(days=1),
        retired=True,
        file_name="x",
        file_digest="f" * 64,
    )
    refused("DELETE FROM audit_entry WHERE number = 1", "不能删除")


@pytest.mark.django_db(transaction=True)
def test_tests_that_commit_are_cleared_afterwards_and_the_guard_is_up_again() -> None:
    write(2)
    call_command("flush", interactive=False, verbosity=0)
    assert Entry.objects.count() == 0
    write(1)
    refused("DELETE FROM audit_entry", "不能删除")
    assert standing() == {name for name, _ in TRIGGERS[connection.vendor]}
