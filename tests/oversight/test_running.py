"""A run in lots: left and taken up again it finds the same; queries do not grow with the items; the tick does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from gongkai.disclosure.actions.attaching import attach
from gongkai.disclosure.actions.clearing import clear_finding
from gongkai.disclosure.models import Item, PublicationFile
from gongkai.disclosure.scanning import finds
from gongkai.files import store
from gongkai.files.actions.made import keep_made
from gongkai.oversight.actions.run import ask, recheck
from gongkai.oversight.inspection.found import Round
from gongkai.oversight.inspection.items import look_at_items, public_rows
from gongkai.oversight.inspection.links import Places, look_at_attachments, look_at_links, sort_out
from gongkai.oversight.inspection.running import LOTS, Going, step, work
from gongkai.oversight.models import FileLook, Finding, InspectionRun
from gongkai.oversight.scheduling import plan
from tests.cast import Cast
from tests.disclosure.office import new_draft, reviewed
from tests.oversight.site import HOME, bring, freshen, inspect, open_rules


def many(cast: Cast, count: int) -> list[Item]:
    """A clean site and so many items with a dead link each."""
    freshen(cast)
    day = timezone.localdate() - timedelta(days=2)
    return [
        bring(
            cast,
            "zwgk",
            f"第{n}条",
            formed=day,
            published=day,
            text=f'<p><a href="{HOME}items/9{n:07d}/">x</a></p>',
        )
        for n in range(count)
    ]


def test_left_and_taken_up_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    many(cast, 12)
    monkeypatch.setitem(LOTS, "items", 7)
    run = ask(cast.agency, by=cast.actor("clerk"), at=timezone.now())
    seen = []
    for _ in range(200):
        # Every lot with nothing in memory from the one before, as after the process was killed.
        if run.state == "done":
            break
        step(Going.of(InspectionRun.objects.select_related("agency").get(pk=run.pk)))
        run.refresh_from_db()
        seen.append((run.stage, run.cursor, run.percent))
    assert run.state == "done"
    assert [percent for *_, percent in seen] == sorted(percent for *_, percent in seen)
    assert len([1 for stage, *_ in seen if stage == "items"]) > 10
    assert open_rules(cast) == ["link_inside"] * 12
    assert run.found == run.new == 12


def test_a_lot_is_whole_or_not_there(cast: Cast) -> None:
    many(cast, 3)
    run = ask(cast.agency, by=cast.actor("clerk"), at=timezone.now())
    going = Going.of(InspectionRun.objects.select_related("agency").get(pk=run.pk))
    with transaction.atomic():
        step(going)
        assert Finding.objects.count() == 3
        # As when the process dies before the end of the transaction.
        transaction.set_rollback(True)
    run.refresh_from_db()
    assert (run.stage, run.done, Finding.objects.count()) == ("items", 0, 0)
    work()
    assert Finding.objects.count() == 3


def test_two_processes_do_not_do_a_lot_twice(cast: Cast) -> None:
    many(cast, 3)
    run = ask(cast.agency, by=cast.actor("clerk"), at=timezone.now())
    one, two = (Going.of(InspectionRun.objects.select_related("agency").get(pk=run.pk)) for _ in range(2))
    step(one)
    step(two)
    run.refresh_from_db()
    assert run.found == 3
    assert two.run.stage == run.stage == "overdue"


def test_stopped_by_the_clock(cast: Cast) -> None:
    freshen(cast)
    run = ask(cast.agency, by=cast.actor("clerk"), at=timezone.now())
    assert work(seconds=0) == 0
    run.refresh_from_db()
    assert run.state == "running"
    assert work(seconds=600) == 1


def test_queries_do_not_grow_with_the_items(cast: Cast, queries: Callable[[Callable[[], Any]], int]) -> None:
    def asked(least: int) -> int:
        round_ = Round(cast.agency, timezone.now(), 1)
        assert (round_.words, round_.limits) is not None

        def go() -> None:
            rows = list(public_rows(round_))
            assert len(rows) >= least
            list(look_at_items(round_, rows))
            list(look_at_attachments(round_, rows))
            list(look_at_links(round_, sort_out(round_, rows), Places()))

        return queries(go)

    freshen(cast)
    few = asked(70)
    many(cast, 15)
    assert asked(85) <= few + 2
    run = ask(cast.agency, by=cast.actor("clerk"), at=timezone.now())
    first = queries(work)
    run.refresh_from_db()
    assert run.found == 15
    many(cast, 30)
    ask(cast.agency, by=cast.actor("clerk"), at=timezone.now())
    assert queries(work) <= first + 5


def test_the_night_plans_each_agency_once(cast: Cast) -> None:
    zone = timezone.get_current_timezone()
    today = timezone.localdate()
    night = datetime(today.year, today.month, today.day, 2, tzinfo=zone)
    assert plan(night.replace(hour=0)) == ""
    assert plan(night) == "安排自查 1 个机关"
    assert plan(night) == ""
    work()
    assert plan(night + timedelta(hours=1)) == ""
    assert plan(night + timedelta(days=1)) == "安排自查 1 个机关"
    assert {run.kind for run in InspectionRun.objects.all()} == {"night"}


def attached(cast: Cast, content: bytes) -> PublicationFile:
    """A public item with an attachment."""
    item = new_draft(cast, title="有附件的")
    clerk = cast.actor("clerk")
    file = keep_made(by=clerk, agency=cast.agency, name="附件.txt", content=content, owner=item)
    attach(item, file, by=clerk)
    for find in finds(item):
        clear_finding(item, find.bound, by=cast.actor("reviewer"), reason="测试")
    reviewed(cast, item)
    from gongkai.disclosure.actions.publishing import publish

    return publish(item, by=cast.actor("clerk"), at=timezone.now()).files.get()


def test_an_attachment_that_is_lost(cast: Cast) -> None:
    freshen(cast)
    shown = attached(cast, "附件里的字".encode())
    inspect(cast)
    assert open_rules(cast) == []
    assert FileLook.objects.count() == 1
    kept = b"".join(store.open_content(shown.file_id))
    store.wipe(shown.file_id)
    inspect(cast)
    assert open_rules(cast) == ["attachment"]
    finding = Finding.objects.select_related("agency").get()
    assert recheck(finding, by=cast.actor("clerk"), at=timezone.now()).state == "open"
    store.put(shown.file_id, [kept])
    assert recheck(finding, by=cast.actor("clerk"), at=timezone.now()).state == "closed"


def test_what_was_cleared_is_not_found_and_a_new_word_is(cast: Cast) -> None:
    from gongkai.dictionaries.models import OfficeWord

    freshen(cast)
    attached(cast, "联系人公民身份号码11010519491231002X，另有错敏测试词。".encode())
    inspect(cast)
    assert open_rules(cast) == []
    OfficeWord.objects.create(agency=cast.agency, word="错敏测试词", instead="改正的词")
    inspect(cast)
    assert open_rules(cast) == ["wrong_word"]
    finding = Finding.objects.get()
    assert "附件.txt" in finding.where
    assert "错敏测试词" not in finding.what + finding.where
