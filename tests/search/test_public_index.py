"""The public's index against a scan of the plain texts, on whichever database the tests run."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from opencc import OpenCC

from gongkai.search import on_postgresql, shown
from gongkai.search.answers import answer, entries, in_titles
from gongkai.search.asked import Asked
from gongkai.search.folding import folded
from gongkai.search.showing import marked, snippet
from gongkai.search.shown import Shown, bring_in_step, rebuild_shown, register_shown
from tests.search.shelf import NOW, START, TODAY, Shelf


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch, db: None) -> Shelf:
    monkeypatch.setattr(shown, "SOURCES", {})
    made = Shelf()
    register_shown("item", made)
    return made


def ask(query: str = "", *, agencies: tuple[int, ...] = (1,), now: datetime = NOW, **more: Any) -> Asked:
    return Asked(query, frozenset(agencies), now, TODAY, **more)


def found(query: str = "", **more: Any) -> list[int]:
    told = answer(ask(query, **more), 1, 1000)
    assert told.count == len(told.ids)
    return [entry.number for entry in entries(told.ids)]


SIGNS = "政府信息公开年报訊國a1B，。 -\n〔〕《𠮷䶮"
_SIMPLE = {
    sign: OpenCC("t2s").convert(sign) if sign.isalnum() else " " for sign in SIGNS.lower() + "司办发24"
}


def simple(text: str) -> str:
    """Small letters and simplified characters by the library's own converter, one at a time."""
    return "".join(_SIMPLE.get(c, c) for c in text.lower())


def scan(query: str, texts: dict[int, list[str]]) -> set[int]:
    """Found by looking through every text; and the title or number that differs in signs and blanks only."""
    wanted, bare = simple(query).split(), simple(query).replace(" ", "")
    looked = {n for n, own in texts.items() if wanted and all(any(w in text for text in own) for w in wanted)}
    return looked | {
        n for n, own in texts.items() if bare in [text.replace(" ", "") for text in own[:2]] and bare
    }


SMALL = [(3, 2000, 20_000), (3, 10, 60), (3, 2, 4)]
"""Limits with which PostgreSQL goes each of its ways through a small index: near, further, in the order of numbers."""


def test_the_same_is_found_as_by_looking_through_every_text(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One, two, three, four, six characters and more; the first page is the same whichever way it is found."""
    draw = random.Random(7)  # noqa: S311
    texts, plain = {}, {}
    for n in range(200):
        title = "".join(draw.choices(SIGNS, k=draw.randint(1, 20)))
        text = "".join(draw.choices(SIGNS, k=draw.choice((0, 5, 60, 700))))
        number = f"司办发〔2024〕{n}号" if n % 2 else ""
        texts[n] = (title, number, text)
        plain[n] = [simple(one) for one in texts[n]]
        shelf.things[n] = Shown(
            "item", n, 1, START + timedelta(minutes=n % 50), title, text, document_number=number
        )
    rebuild_shown()
    hits = 0
    for round_ in range(500):
        own = texts[draw.randrange(200)]
        source = draw.choice(own) or own[0]
        at, length = draw.randrange(len(source)), draw.choice((1, 1, 2, 2, 3, 4, 6, 9))
        query = source[at : at + length] if round_ % 5 else "".join(draw.choices(SIGNS, k=length))
        wanted = scan(query, plain)
        every = found(query)
        assert set(every) == wanted, repr(query)
        with monkeypatch.context() as small:
            for module in ("answers", "asked"):
                small.setattr(f"gongkai.search.{module}.MOST", 3)
            for name, value in zip(("FEW", "NEAR", "FAR"), SMALL[round_ % 3], strict=True):
                small.setattr(on_postgresql, name, value)
            first = answer(ask(query), 1, 3)
        assert [entry.number for entry in entries(first.ids)] == every[:3], repr(query)
        assert (first.count, first.more) == (min(3, len(every)), len(every) > 3), repr(query)
        hits += bool(wanted)
    assert hits > 250


def test_exact_then_titles_then_texts_each_newest_first(shelf: Shelf) -> None:
    shelf.put(1, "年报")
    shelf.put(2, "其他", "提到年报")
    shelf.put(3, "年报的通知")
    shelf.put(4, "别的", "又提到年报")
    shelf.put(5, "关于年报")
    shelf.put(6, "编号", document_number="司年报〔2024〕1号")
    assert found("年报") == [1, 6, 5, 3, 4, 2]
    assert found("司年报〔2024〕1号")[0] == 6
    assert found("司年报2024 1号") == [6]
    assert [answer(ask("年报"), page, 2).ids for page in (1, 2, 3)] == [
        answer(ask("年报"), 1, 6).ids[at : at + 2] for at in (0, 2, 4)
    ]


def test_those_with_all_words_in_the_title(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(9):
        shelf.put(n, ("年报说明", "通知", "年报")[n % 3], "说明年报")
    for near in (2000, 2):
        monkeypatch.setattr(on_postgresql, "NEAR", near)
        told = [in_titles(ask(query), 4) for query in ("年报", "年 说明", "没有", "，")]
        assert [[entry.number for entry in entries(ids)] for ids in told] == [[8, 6, 5, 3], [6, 3, 0], [], []]


def test_traditional_and_simplified_find_each_other(shelf: Shelf) -> None:
    shelf.put(1, "政府資訊公開", "乾隆年間的檔案")
    shelf.put(2, "政府信息公开", "档案乾隆")
    for query, wanted in (("資訊", {1}), ("资讯", {1}), ("公開", {1, 2}), ("檔案", {1, 2}), ("乾隆", {1, 2})):
        assert set(found(query)) == wanted, query
    assert marked("政府資訊公開", ["公开"]) == "政府資訊<mark>公開</mark>"


def test_words_that_mean_the_same(shelf: Shelf) -> None:
    shelf.put(1, "最低生活保障标准")
    shelf.put(2, "低保标准")
    groups = (("低保", "最低生活保障"),)
    assert found("低保标准") == [2]
    assert set(found("低保标准", synonyms=groups)) == {1, 2}
    assert set(found("最低生活保障", synonyms=groups)) == {1, 2}


def test_narrowing(shelf: Shelf) -> None:
    shelf.put(1, "公开甲", agency_id=1, column_id=7, document_number="司发〔2024〕3号", validity="valid")
    shelf.put(2, "公开乙", agency_id=2, column_id=8, validity="repealed")
    shelf.put(
        3, "公开丙", at=datetime(2023, 5, 5, tzinfo=UTC), validity="valid", lapses_on=TODAY - timedelta(1)
    )
    shelf.put(4, "公开丁", validity="lapsed")
    both = (1, 2)
    assert set(found("公开", agencies=both)) == {1, 2, 3, 4}
    assert set(found("公开")) == {1, 3, 4}
    assert set(found("公开", agencies=both, agency_id=2)) == {2}
    assert set(found("公开", column_id=7)) == {1}
    assert set(found("", column_id=7)) == {1}
    assert set(found("公开", year=2023)) == set(found("", year=2023)) == {3}
    assert set(found("公开", number="2024〕3")) == set(found("", number="司发")) == {1}
    assert set(found("公开", number="不是")) == set()
    assert set(found("", validity="valid")) == {1}
    assert set(found("公开", validity="lapsed")) == {3, 4}
    assert set(found("公开", validity="repealed", agencies=both)) == {2}
    assert found("公开", agencies=()) == found("") == found("，。") == found("%_'\"*:&|!() NEAR") == []


def test_a_year_is_that_of_the_day_here(shelf: Shelf) -> None:
    for n, at in enumerate(
        ("2023-12-31T15:59:59", "2023-12-31T16:00:00", "2024-12-31T15:59:59.9", "2024-12-31T16:00:00")
    ):
        shelf.put(n, "公告", at=datetime.fromisoformat(at).replace(tzinfo=UTC))
    for year, wanted in (
        (2023, {0}),
        (2024, {1, 2}),
        (2025, {3}),
        (2022, set()),
        (0, set()),
        (30_000, set()),
    ):
        assert set(found("公告", year=year)) == wanted, year
        assert set(found("", year=year)) == wanted


def test_a_document_number_is_found_by_any_part_of_it(shelf: Shelf) -> None:
    shelf.put(1, "公告", document_number="司年报〔2024〕31号")
    shelf.put(2, "公告", document_number="司发〔2024〕3号")
    for part, wanted in (
        ("报2024", {1}),
        ("20243", {1, 2}),
        ("31", {1}),
        ("〔2024〕", {1, 2}),
        ("1 司", {1}),
        ("4〕5", set()),
    ):
        assert set(found("公告", number=part)) == set(found("", number=part)) == wanted, part


def test_over_is_over_before_the_tick_has_been(shelf: Shelf) -> None:
    shelf.put(1, "公告", until=NOW)
    assert found("公告", now=NOW - timedelta(seconds=1)) == [1]
    assert found("公告", now=NOW) == []


def test_what_is_changed_or_gone_is_found_as_it_is_now(shelf: Shelf) -> None:
    shelf.put(1, "旧标题", "旧文字")
    shelf.put(1, "新标题", "新文字", at=START)
    assert (found("旧"), found("新文字"), found("新标题")) == ([], [1], [1])
    shelf.put(2, "另一个新的")
    del shelf.things[1]
    bring_in_step("item", [1])
    assert found("新") == [2]


def test_rebuilding_mends_and_writes_nothing_for_what_is_in_step(shelf: Shelf, queries: Any) -> None:
    for n in range(1, 450, 2):
        shelf.things[n] = Shown("item", n, 1, START, f"标题{n}")
    told: list[int] = []
    assert rebuild_shown(lambda kind, done: told.append(done)) == {"item": 225}
    assert told == [200, 225]
    del shelf.things[449], shelf.things[3]
    shelf.things[4] = Shown("item", 4, 1, START, "标题新")
    rebuild_shown()
    assert (found("标题449"), found("标题新")) == ([], [4])
    assert 3 not in found("标题3")
    assert queries(rebuild_shown) <= 6


def test_counting_and_leafing_end(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("answers", "asked"):
        monkeypatch.setattr(f"gongkai.search.{module}.MOST", 10)
    monkeypatch.setattr(on_postgresql, "FEW", 12)
    for n in range(30):
        shelf.put(n, f"常见{n}", "文字")
    first, last, beyond = (answer(ask("常见"), page, 4) for page in (1, 3, 4))
    assert (first.count, first.more, len(first.ids), len(last.ids), beyond.ids) == (10, True, 4, 2, [])
    assert [entry.number for entry in entries(first.ids)] == [29, 28, 27, 26]
    assert answer(ask("常见29"), 1, 4).more is False


def test_hits_are_marked_and_everything_else_is_escaped() -> None:
    assert marked("<b>年报</b>", ["年报"]) == "&lt;b&gt;<mark>年报</mark>&lt;/b&gt;"
    assert marked("㎡ＡＢ年", ["ab"]) == "㎡<mark>ＡＢ</mark>年"
    assert len(folded("㎡ＡＢ年")) == 5
    assert snippet("", ["年"]) == ""
    long = "前" * 100 + "<年报>" + "后" * 300
    assert snippet(long, ["年报"]) == "…" + "前" * 39 + "&lt;<mark>年报</mark>&gt;" + "后" * 117 + "…"
