"""Noting the head once a day, and moving out what is too old."""

from __future__ import annotations

import json
import os
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction
from django.utils import timezone

from gongkai.agencies.actions.trail import BrokenTrail, note_head, retire
from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import NotAllowed
from gongkai.audit.chain import sm3
from gongkai.audit.models import Checkpoint, Entry
from gongkai.audit.retiring import verify_file
from gongkai.audit.verifying import verify
from gongkai.config import environment
from gongkai.outbox.mail import is_mail_on
from gongkai.outbox.models import Message
from gongkai.tasks.jobs import REGISTER
from tests.audit.tampering import sql, tamper, without_guard, write
from tests.cast import Cast

BY = Actor.system(date(2025, 1, 2))


def age(days: int, until: int) -> list[Entry]:
    """Write ten entries, those up to `until` so many days ago: as the clock then was."""
    made = []
    for n in range(1, 11):
        moment = timezone.now() - timedelta(days=days) if n <= until else timezone.now()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("gongkai.audit.trail.timezone.now", lambda moment=moment: moment)
            made += write(1)
    return made


def test_the_head_is_noted_once_a_day_and_told_to_the_audit_administrators(cast: Cast) -> None:
    now = timezone.now()
    verdict = note_head(now, by=BY)
    assert verdict
    point = Checkpoint.objects.get()
    assert (point.number, point.digest, point.retired) == (verdict.last, verdict.digest, False)
    assert Entry.objects.get(number=point.number).digest == point.digest
    told = Message.objects.filter(key__startswith="audit-head:")
    assert [m.person_id for m in told] == [cast.auditor.pk]
    assert point.digest in told.get().body
    assert note_head(now, by=BY) is None
    assert note_head(now + timedelta(days=1), by=BY) is None, "nothing was written since"
    write(1)
    later = note_head(now + timedelta(days=1), by=BY)
    assert later
    assert later.count == 3, "only what was added since is verified: the noted one, its own note, the new one"
    assert verify()


def test_a_tail_cut_off_is_told_by_the_next_note(cast: Cast) -> None:
    write(5)
    note_head(timezone.now(), by=BY)
    point = Checkpoint.objects.get()
    tamper("DELETE FROM audit_entry WHERE number >= %s", point.number - 1)
    verdict = note_head(timezone.now() + timedelta(days=1), by=BY)
    assert verdict is not None
    assert not verdict
    alarm = Message.objects.filter(key__startswith="audit-broken:").get()
    assert alarm.person_id == cast.auditor.pk
    assert f"第 {point.number - 1} 条" in alarm.body
    assert Checkpoint.objects.count() == 1


def test_a_broken_trail_is_looked_through_and_told_once_a_day(cast: Cast) -> None:
    write(5)
    tamper("UPDATE audit_entry SET label = '改过' WHERE number = 3")
    now = timezone.now()
    first = note_head(now, by=BY)
    assert first is not None
    assert first.broken is not None
    entries = Entry.objects.count()
    assert note_head(now, by=BY) is None
    assert Entry.objects.count() == entries
    assert note_head(now + timedelta(days=1), by=BY) is not None, "the next day it is told again"


def test_no_mail_is_posted_where_mail_is_off_or_the_address_is_none(cast: Cast, settings: Any) -> None:
    cast.auditor.email = "auditor@example.org"
    cast.auditor.save(update_fields=["email"])
    assert not is_mail_on()
    note_head(timezone.now(), by=BY)
    told = Message.objects.filter(key__startswith="audit-head:")
    assert [message.channel for message in told] == ["desk"]


def test_only_the_platform_notes_the_head(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        note_head(timezone.now(), by=cast.actor("auditor"))
    with pytest.raises(NotAllowed):
        retire(timezone.now(), by=cast.actor("sysadmin"), keep_days=365, folder=Path("nowhere"))


@pytest.mark.django_db
def test_old_entries_move_to_a_file_and_the_chain_goes_on(tmp_path: Path) -> None:
    made = age(400, 6)
    point = retire(timezone.now(), by=BY, keep_days=365, folder=tmp_path)
    assert point is not None
    assert (point.number, point.digest) == (6, made[5].digest)
    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == [7, 8, 9, 10, 11]
    path = tmp_path / point.file_name
    data = path.read_bytes()
    assert sm3(data) == point.file_digest
    assert [json.loads(line)["number"] for line in data.decode().splitlines()] == [1, 2, 3, 4, 5, 6]
    assert os.stat(path).st_mode & 0o077 == 0
    told = Entry.objects.get(number=11)
    assert (told.act, told.object_name) == ("audit.retire", "第 6 条")
    assert point.file_digest in told.detail
    verdict = verify()
    assert verdict
    assert (verdict.first, verdict.last) == (7, 11)
    assert verify_file(path)
    assert verify_file(path).digest == Entry.objects.get(number=7).previous
    assert retire(timezone.now(), by=BY, keep_days=365, folder=tmp_path) is None


@pytest.mark.django_db
def test_the_last_entry_never_leaves_so_that_the_numbers_go_on(tmp_path: Path) -> None:
    age(400, 10)
    point = retire(timezone.now(), by=BY, keep_days=365, folder=tmp_path)
    assert point is not None
    assert point.number == 9
    assert write(1)[0].number == 12
    assert verify()


@pytest.mark.django_db
def test_a_second_retirement_goes_on_from_the_first(tmp_path: Path) -> None:
    age(400, 6)
    retire(timezone.now(), by=BY, keep_days=365, folder=tmp_path)
    later = timezone.now() + timedelta(days=400)
    tamper_age = "UPDATE audit_entry SET at = at"
    tamper(tamper_age)
    with pytest.raises(DatabaseError, match="不能删除"), transaction.atomic():
        retire(later, by=BY, keep_days=365, folder=tmp_path)
    assert verify()


@pytest.mark.django_db
def test_a_broken_trail_is_evidence_and_stays(tmp_path: Path) -> None:
    age(400, 6)
    tamper("UPDATE audit_entry SET label = '改过' WHERE number = 3")
    with pytest.raises(BrokenTrail, match="第 3 条"):
        retire(timezone.now(), by=BY, keep_days=365, folder=tmp_path)
    assert Entry.objects.count() == 10
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
def test_six_months_stay_whatever_is_asked(tmp_path: Path) -> None:
    age(170, 6)
    with pytest.raises(ValueError, match="183"):
        retire(timezone.now(), by=BY, keep_days=100, folder=tmp_path)
    assert retire(timezone.now(), by=BY, keep_days=183, folder=tmp_path) is None


@pytest.mark.django_db
def test_a_front_cut_off_behind_the_platforms_back_is_found(tmp_path: Path) -> None:
    made = age(400, 6)
    Checkpoint.objects.create(
        number=6, digest=made[5].digest, made_at=timezone.now(), retired=True, file_digest="e" * 64
    )
    with without_guard():
        sql("DELETE FROM audit_entry WHERE number <= 6")
    verdict = verify()
    assert verdict.broken is not None
    assert (verdict.broken.number, verdict.broken.kind) == (1, "missing")
    assert "绕过平台" in verdict.broken.words


@pytest.mark.django_db
def test_a_file_that_was_changed_is_found(tmp_path: Path) -> None:
    age(400, 6)
    point = retire(timezone.now(), by=BY, keep_days=365, folder=tmp_path)
    assert point is not None
    path = tmp_path / point.file_name
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for wrong, kind in (
        ([*lines[:2], lines[2].replace("对象0", "对象9"), *lines[3:]], "changed"),
        (lines[:2] + lines[3:], "missing"),
        ([lines[1], lines[0], *lines[2:]], "missing"),
    ):
        path.write_text("".join(wrong), encoding="utf-8")
        broken = verify_file(path).broken
        assert broken is not None
        assert broken.kind == kind
    path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="第 1 行"):
        verify_file(path)


@pytest.mark.parametrize("days", ["1", "182", "-1", "半年"])
def test_fewer_than_six_months_are_no_setting(days: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_AUDIT_KEEP_DAYS", days)
    with pytest.raises(ImproperlyConfigured, match="GONGKAI_AUDIT_KEEP_DAYS"):
        environment.whole("GONGKAI_AUDIT_KEEP_DAYS", 0, least=183, most=36500, or_nought=True)


def test_both_jobs_run_at_the_tick(cast: Cast, settings: Any, tmp_path: Path) -> None:
    now: datetime = timezone.now()
    assert "记到第" in REGISTER["audit-head"].run(now)
    assert "已经记过" in REGISTER["audit-head"].run(now)
    assert "永久保存" in REGISTER["audit-retire"].run(now)
    settings.AUDIT_KEEP_DAYS, settings.DATA_DIR = 183, tmp_path
    assert "没有到期" in REGISTER["audit-retire"].run(now)
