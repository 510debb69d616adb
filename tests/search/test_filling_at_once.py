"""The public index filled from nothing: by the command as it is run, in one process and in several, cut off and resumed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, connections

from gongkai.search import bulk, shown
from gongkai.search.answers import answer, entries
from gongkai.search.asked import Asked
from gongkai.search.shown import Shown, bring_in_step, rebuild_shown, register_shown
from tests.operations.installation import installation
from tests.search.shelf import NOW, TODAY, Shelf

pytestmark = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite keeps its index by triggers"
)


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> Shelf:
    monkeypatch.setattr(shown, "SOURCES", {})
    made = Shelf()
    register_shown("item", made)
    for n in range(1, 301):
        made.things[n] = Shown(
            "item", n, 1, datetime(2024, 1, 1, tzinfo=UTC), f"标题第{n}号", f"文字\t\\甲{n}\n乙"
        )
    return made


def standing() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE indisvalid")
        return bulk.INDEXES.keys() & {row[0] for row in cursor.fetchall()}


def found(query: str) -> set[int]:
    told = answer(Asked(query, frozenset({1}), NOW, TODAY), 1, 1000)
    return {entry.number for entry in entries(told.ids)}


def test_the_indexes_stand_after_and_everything_is_found(shelf: Shelf) -> None:
    seen: list[set[str]] = []
    rebuild_shown(lambda kind, done: seen.append(standing()), at_once=True)
    assert seen == [set(), set()]
    assert standing() == set(bulk.INDEXES)
    assert len(shelf.things) // 10 == 30
    assert (found("第300号"), found("甲77"), len(found("乙"))) == ({300}, {77}, 300)


def test_where_more_than_a_tenth_is_there_it_is_searched_as_before(shelf: Shelf) -> None:
    bring_in_step("item", range(1, 32))
    seen: list[set[str]] = []
    rebuild_shown(lambda kind, done: seen.append(standing()), at_once=True)
    assert seen == [set(bulk.INDEXES)] * 2
    assert len(found("标题")) == 300


def test_cut_off_it_is_put_right_by_whoever_rebuilds_next(shelf: Shelf) -> None:
    def stop(kind: str, done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild_shown(stop, at_once=True)
    assert standing() == set()
    assert len(found("标题")) == shown.BATCH
    rebuild_shown()
    assert standing() == set(bulk.INDEXES)
    assert len(found("标题")) == 300


def test_one_at_a_time_sees_to_the_indexes(shelf: Shelf) -> None:
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [bulk.LOCK])
        seen: list[set[str]] = []
        rebuild_shown(lambda kind, done: seen.append(standing()), at_once=True)
        assert seen == [set(bulk.INDEXES)] * 2
    finally:
        other.close()


def test_somebody_who_reads_for_long_is_not_waited_for(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "WAIT", "50ms")
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_publicgrams")
        seen: list[set[str]] = []
        rebuild_shown(lambda kind, done: seen.append(standing()), at_once=True)
        assert seen == [set(bulk.INDEXES)] * 2
        assert len(found("标题")) == 300
    finally:
        other.close()


def test_several_processes_find_what_the_acts_put_in(tmp_path: Path) -> None:
    told = """
from django.db import connection
from gongkai.search.models import PublicEntry, PublicGrams
print(list(PublicEntry.objects.values_list()), list(PublicGrams.objects.order_by("pk").values_list()))
"""
    with installation(tmp_path) as site:
        site.run("from django.core.management import call_command; call_command('run_sample', no_serve=True)")
        before = site.run(told)
        assert before.count("行政复议") > 5
        site.run("from gongkai.search.models import PublicEntry; PublicEntry.objects.all().delete()")
        assert site.run(told) == "[] []"
        site.cli("search", "rebuild", "--processes", "2")
        assert site.run(told) == before
