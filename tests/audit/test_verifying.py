"""Every way of tampering is found, and the first broken link is named."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from gongkai.audit.chain import FIRST, digest_of
from gongkai.audit.models import Checkpoint, Entry
from gongkai.audit.verifying import Verdict, head, verify
from tests.audit.tampering import put_in, shift, sql, tamper, without_guard, write

pytestmark = pytest.mark.django_db
LENGTH = 9
OTHER: dict[str, Any] = {
    "at": "2020-01-01 00:00:00+00:00",
    "person_id": 8,
    "agency_id": None,
    "previous": "a" * 64,
    "digest": "b" * 64,
}
CHANGEABLE = [f.column for f in Entry._meta.fields if f.column != "number"]


def found(verdict: Verdict, number: int, kind: str, words: str = "") -> None:
    assert not verdict
    assert verdict.broken is not None
    assert (verdict.broken.number, verdict.broken.kind) == (number, kind), verdict.broken.words
    assert words in verdict.broken.words


def test_an_empty_trail_holds() -> None:
    assert verify() == Verdict(0, 1, 0, FIRST)
    assert head() == (0, FIRST)


def test_an_untouched_trail_holds() -> None:
    made = write(LENGTH)
    verdict = verify()
    assert verdict
    assert (verdict.count, verdict.first, verdict.last) == (LENGTH, 1, LENGTH)
    assert (verdict.last, verdict.digest) == head() == (LENGTH, made[-1].digest)


@pytest.mark.parametrize("number", [1, 5, LENGTH])
@pytest.mark.parametrize("field", CHANGEABLE)
def test_a_changed_field_is_found(field: str, number: int) -> None:
    write(LENGTH)
    tamper(f"UPDATE audit_entry SET {field} = %s WHERE number = %s", OTHER.get(field, "改过"), number)  # noqa: S608
    found(verify(), number, "changed", f"第 {number} 条的内容与它的摘要值不符")


@pytest.mark.parametrize("number", [1, 5])
def test_a_changed_number_is_found(number: int) -> None:
    write(LENGTH)
    tamper("UPDATE audit_entry SET number = 50 WHERE number = %s", number)
    found(verify(), number, "missing")


@pytest.mark.parametrize("number", [1, 5, LENGTH - 1])
def test_a_deleted_entry_is_found(number: int) -> None:
    write(LENGTH)
    tamper("DELETE FROM audit_entry WHERE number = %s", number)
    found(verify(), number, "missing", f"第 {number} 条缺失")


def test_several_deleted_entries_are_named() -> None:
    write(LENGTH)
    tamper("DELETE FROM audit_entry WHERE number IN (4, 5, 6)")
    found(verify(), 4, "missing", "第 4 条到第 6 条缺失")


def test_a_gap_closed_by_renumbering_is_found() -> None:
    write(LENGTH)
    with without_guard():
        sql("DELETE FROM audit_entry WHERE number = 4")
        shift(5, -1)
    found(verify(), 4, "missing", "改了序号补上")


def test_a_tail_cut_off_is_found_with_a_noted_digest() -> None:
    made = write(LENGTH)
    tamper("DELETE FROM audit_entry WHERE number >= 8")
    assert verify()
    found(verify(noted=made[-1].digest), 7, "head", "末尾的记录被删除")
    assert verify(noted=made[6].digest)


def test_a_tail_cut_off_is_found_with_a_checkpoint() -> None:
    made = write(LENGTH)
    Checkpoint.objects.create(number=LENGTH, digest=made[-1].digest, made_at=timezone.now())
    assert verify()
    tamper("DELETE FROM audit_entry WHERE number >= 8")
    found(verify(), 8, "missing", "第 8 条到第 9 条缺失")


def test_the_last_entry_deleted_is_found_with_a_checkpoint() -> None:
    made = write(LENGTH)
    Checkpoint.objects.create(number=LENGTH, digest=made[-1].digest, made_at=timezone.now())
    tamper("DELETE FROM audit_entry WHERE number = %s", LENGTH)
    found(verify(), LENGTH, "missing", f"第 {LENGTH} 条缺失")


def test_everything_deleted_is_found_with_a_checkpoint() -> None:
    made = write(LENGTH)
    Checkpoint.objects.create(number=LENGTH, digest=made[-1].digest, made_at=timezone.now())
    tamper("DELETE FROM audit_entry")
    found(verify(), 1, "missing", "第 1 条到第 9 条缺失")


@pytest.mark.parametrize("wrong", [{}, {"digest": "c" * 64}, {"previous": "d" * 64}])
def test_an_entry_put_in_is_found(wrong: dict[str, str]) -> None:
    write(LENGTH)
    with without_guard():
        shift(5, 1)
        put_in(5, **wrong)
    found(verify(), 5, "put_in", "第 5 条是后来插入的")


def test_an_entry_put_in_before_the_first_is_found() -> None:
    write(3)
    with without_guard():
        put_in(0, previous=FIRST)
    found(verify(), 0, "put_in")


def test_two_entries_swapped_are_found() -> None:
    write(LENGTH)
    with without_guard():
        sql("UPDATE audit_entry SET number = 99 WHERE number = 5")
        sql("UPDATE audit_entry SET number = 5 WHERE number = 6")
        sql("UPDATE audit_entry SET number = 6 WHERE number = 99")
    found(verify(), 5, "order", "第 5 条和第 6 条的次序被调换")


@pytest.mark.parametrize("number", [1, 5])
def test_a_change_with_its_digest_computed_anew_breaks_the_next_link(number: int) -> None:
    write(LENGTH)
    entry = Entry.objects.get(number=number)
    entry.label = "改过"
    digest = digest_of(entry)
    tamper("UPDATE audit_entry SET label = '改过', digest = %s WHERE number = %s", digest, number)
    found(verify(), number + 1, "link", f"第 {number} 条被改过并重新算了摘要值")


def test_the_last_entry_changed_with_its_digest_is_found_with_a_noted_digest() -> None:
    made = write(LENGTH)
    entry = Entry.objects.get(number=LENGTH)
    entry.label = "改过"
    tamper("UPDATE audit_entry SET label = '改过', digest = %s WHERE number = %s", digest_of(entry), LENGTH)
    assert verify()
    found(verify(noted=made[-1].digest), LENGTH, "head")


def test_a_whole_tail_written_anew_is_found_with_a_checkpoint() -> None:
    made = write(LENGTH)
    Checkpoint.objects.create(number=7, digest=made[6].digest, made_at=timezone.now())
    with without_guard():
        sql("UPDATE audit_entry SET label = '改过' WHERE number = 4")
        previous = made[2].digest
        for number in range(4, LENGTH + 1):
            entry = Entry.objects.get(number=number)
            entry.previous = previous
            previous = digest_of(entry)
            sql(
                "UPDATE audit_entry SET previous = %s, digest = %s WHERE number = %s",
                entry.previous,
                previous,
                number,
            )
    found(verify(), 7, "head", "整个重写过")


def test_from_a_number_on_with_its_noted_digest() -> None:
    made = write(LENGTH)
    part = verify(since=4, noted=made[3].digest)
    assert part
    assert (part.count, part.first, part.last) == (6, 4, LENGTH)
    found(verify(since=4, noted=made[4].digest), 4, "head", "与抄下的不一致")
    found(verify(since=40), 40, "missing")
    tamper("UPDATE audit_entry SET label = '改过' WHERE number = 2")
    assert verify(since=4)
    found(verify(), 2, "changed")


def test_only_a_bounded_lot_is_asked_for_at_once(queries: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.audit.verifying._AT_ONCE", 10)
    write(35)
    fixed = 3
    assert queries(verify) == fixed + 4
