"""Attachments are searched before an act locks anything; inside, only what holds for now lets an item through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from gongkai.dictionaries.models import OfficeWord
from gongkai.disclosure import found, scans, scheduling
from gongkai.disclosure.actions.attaching import attach
from gongkai.disclosure.actions.base import CannotDo
from gongkai.disclosure.actions.clearing import clear_finding
from gongkai.disclosure.actions.publishing import publish, schedule
from gongkai.disclosure.actions.signing import sign
from gongkai.disclosure.actions.submitting import submit
from gongkai.disclosure.gate import GateClosed, passage
from gongkai.disclosure.models import FileScan, Item
from gongkai.disclosure.scanning import finds, scan_ahead
from gongkai.files.actions.made import keep_made
from gongkai.files.inspecting import Look
from gongkai.outbox.models import Message
from gongkai.tasks.jobs import PartlyDone
from tests.cast import Cast, assemble
from tests.disclosure.office import ROUND, new_draft, passed, reviewed

PHONE = "联系手机 13812345678"


def with_file(cast: Cast, content: str = "一切正常") -> Item:
    """A draft with a text file."""
    item = new_draft(cast)
    clerk = cast.actor("clerk")
    file = keep_made(
        by=clerk,
        agency=cast.agency,
        name="附件.txt",
        content=content.encode(),
        owner=item,
        section=None,
    )
    attach(item, file, by=clerk)
    return item


@pytest.mark.django_db(transaction=True)
def test_no_file_is_read_while_rows_are_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    cast, inside, read = assemble(), [], found.look

    def watched(*args: Any) -> Look:
        inside.append(connection.in_atomic_block)
        return read(*args)

    monkeypatch.setattr(found, "look", watched)
    item = with_file(cast, PHONE)
    found._searched.cache_clear()
    (open_one,) = [find for find in finds(item) if find.open]
    found._searched.cache_clear()
    clear_finding(item, open_one.bound, reason="是对外公布的电话", by=cast.actor("reviewer"))
    for act in (
        lambda: reviewed(cast, item),
        lambda: schedule(item, at=timezone.now() + timedelta(hours=1), by=cast.actor("clerk")),
        lambda: publish(item, by=cast.actor("clerk"), at=timezone.now()),
    ):
        found._searched.cache_clear()
        FileScan.objects.all().delete()
        act()
    assert inside
    assert not any(inside)


@pytest.mark.django_db
def test_what_was_found_is_not_kept(cast: Cast) -> None:
    item = with_file(cast, PHONE)
    scan_ahead(item)
    (row,) = FileScan.objects.all()
    assert "13812345678" not in str(row.finds)
    assert row.whole


def gone(row: FileScan) -> None:
    row.delete()


def other_words(row: FileScan) -> None:
    OfficeWord.objects.create(agency=row.file.agency, word="一切正常", blocks=True)


def other_rules(row: FileScan) -> None:
    FileScan.objects.update(rules="0" * 64)


def other_content(row: FileScan) -> None:
    FileScan.objects.update(digest="0" * 64)


def cleaned_by_hand(row: FileScan) -> None:
    FileScan.objects.update(finds=[], whole=True)


def made_by_hand(row: FileScan) -> None:
    FileScan.objects.update(seal="0" * 64)


@pytest.mark.django_db
@pytest.mark.parametrize("past", [gone, other_words, other_rules, other_content, made_by_hand])
def test_inside_only_what_holds_now_counts(cast: Cast, past: Callable[[FileScan], None]) -> None:
    item = with_file(cast)
    reviewed(cast, item)
    passage(item)
    past(FileScan.objects.get())
    with pytest.raises(GateClosed, match="还没有按现在的错敏词和规则检查过") as refused:
        passage(item)
    assert refused.value.again
    if past is other_words:
        with pytest.raises(GateClosed, match="还没有处理"):
            publish(item, by=cast.actor("clerk"), at=timezone.now())
    else:
        publish(item, by=cast.actor("clerk"), at=timezone.now())


@pytest.mark.django_db
def test_a_result_cleaned_by_hand_is_no_result(cast: Cast) -> None:
    item = with_file(cast, PHONE)
    scan_ahead(item)
    cleaned_by_hand(FileScan.objects.get())
    sheet = submit(item, by=cast.actor("clerk"))
    for who in ROUND[:-1]:
        sign(sheet, by=cast.actor(who), grounds="同意")
    cleaned_by_hand(FileScan.objects.get())
    with pytest.raises(CannotDo, match="手机"):
        sign(sheet, by=cast.actor(ROUND[-1]), grounds="同意")


@pytest.mark.django_db
def test_a_file_that_could_not_be_read_is_tried_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    item = with_file(cast)
    gap = [{"where": "整个文件", "why": "没有读完", "blocks": True}]
    found._searched.cache_clear()
    monkeypatch.setattr(found, "look", lambda *_: Look(gaps=gap))
    scan_ahead(item)
    assert not FileScan.objects.get().whole
    monkeypatch.undo()
    scan_ahead(item)
    assert FileScan.objects.get().whole


@pytest.mark.django_db
def test_a_set_time_outlives_a_change_of_the_words_and_an_error_stops_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = timezone.now() + timedelta(hours=1)
    bad, good = passed(cast, title="出错的"), passed(cast, title="照常的")
    for item in (bad, good):
        schedule(item, at=at, by=cast.actor("clerk"))
    real = scheduling.publish

    def publishing(item: Item, **more: Any) -> Any:
        if item.pk == bad.pk:
            raise RuntimeError
        return real(item, **more)

    monkeypatch.setattr(scheduling, "publish", publishing)
    for _ in range(2):
        with pytest.raises(PartlyDone, match=rf"1 条出错（信息编号 {bad.pk}）"):
            scheduling.publish_due_items(at + timedelta(minutes=1))
    good.refresh_from_db()
    assert good.state == Item.State.PUBLISHED
    told = Message.objects.filter(subject="定时发布、下线出错")
    assert len({row.key for row in told if "出错的" in row.body}) == told.count() > 0
    monkeypatch.setattr(scheduling, "publish", real)
    assert scheduling.publish_due_items(at + timedelta(minutes=2)) == "发布、下线 1 条，没有发布 0 条"


def test_the_version_of_the_rules_follows_their_source(monkeypatch: pytest.MonkeyPatch) -> None:
    before = scans.rules_version()
    scans.rules_version.cache_clear()
    monkeypatch.setattr(scans, "_READERS", ("pillow",))
    assert scans.rules_version() != before
    scans.rules_version.cache_clear()
