"""The search against a scan of the plain texts, on whichever database the tests run; and who finds what."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.agencies.actions.handover import hand_over
from gongkai.agencies.actions.persons import create_person, edit_person
from gongkai.agencies.actions.reform import merge
from gongkai.agencies.actions.seats import end_seat
from gongkai.agencies.actions.sections import rename_section
from gongkai.agencies.models import Agency, Seat, Section
from gongkai.agencies.reach import reaches
from gongkai.agencies.rights import may
from gongkai.reports.actions.prepare import open_year
from gongkai.search import indexing
from gongkai.search.finding import Reach, find, marked, snippet
from gongkai.search.indexing import SOURCES, Document, index, rebuild, remove
from gongkai.search.models import Entry, Part
from gongkai.search.tokens import parts_of, runs_of
from tests.cast import SYSTEM, Cast, add_item, add_person, add_request

ALL = [Reach(1, frozenset({"a"}))]


def put(number: int, title: str, text: str = "", **more: Any) -> None:
    fields = {"agency_id": 1, "act": "a", "url": "/", **more}
    index(Document(kind="t", object_id=str(number), title=title, text=text, **fields))


def found(query: str, reach: list[Reach] | None = None) -> list[str]:
    return [entry.object_id for entry in find(query, ALL if reach is None else reach)]


def scan(query: str, texts: dict[str, tuple[str, str]]) -> set[str]:
    """What has every part of the query, found by looking: small letters, anything else than letters as a blank."""

    def simple(text: str) -> str:
        return "".join(c if c.isalnum() else " " for c in text.lower())

    wanted = simple(query).split()
    return {
        number
        for number, (title, text) in texts.items()
        if wanted and all(w in simple(title) or w in simple(text) for w in wanted)
    }


@pytest.mark.django_db
def test_the_same_is_found_as_by_looking_through_every_text() -> None:
    """No full-width letters here, so that the scan need know nothing of them."""
    draw = random.Random(7)  # noqa: S311
    signs = "政府信息公开年报a1b2，。 -\n〔〕《𠮷䶮"
    texts = {}
    for n in range(150):
        title = "".join(draw.choices(signs, k=draw.randint(1, 20)))
        text = "".join(draw.choices(signs, k=draw.choice((0, 5, 60, 700))))
        texts[str(n)] = (title, text)
        put(n, title, text)
    hits = 0
    for _ in range(600):
        title, text = texts[str(draw.randrange(150))]
        source = draw.choice((title, text)) or title
        at, length = draw.randrange(len(source)), draw.choice((1, 1, 2, 2, 3, 4, 6, 9))
        query = source[at : at + length]
        if draw.random() < 0.2:
            query = "".join(draw.choices(signs, k=length))
        assert set(found(query)) == scan(query, texts), repr(query)
        hits += bool(scan(query, texts))
    assert hits > 300


@pytest.mark.django_db
def test_long_and_monotonous_texts_are_found_to_their_last_word() -> None:
    """Beyond the places that PostgreSQL keeps of one word, and of all."""
    put(1, "长文", "甲乙丙丁，" * 9000 + "最后一句")
    put(2, "单调", "啊" * 3000 + "哦")
    put(3, "单调的标题" + "啊" * 290)
    for query, wanted in (
        ("最后一句", {"1"}),
        ("丁最", set()),
        ("啊啊啊哦", {"2"}),
        ("啊" * 60, {"2", "3"}),
        ("啊哦哦", set()),
        ("句", {"1"}),
        ("哦", {"2"}),
        ("标题啊", {"3"}),
    ):
        assert set(found(query)) == wanted, query
    assert all(len(part.split()) <= 8000 for part in parts_of("甲乙丙丁，" * 9000))


@pytest.mark.django_db
def test_full_width_and_capitals_are_one_with_the_others() -> None:
    put(1, "ＡＢＣ　２０２４年", "Ｗindows №5 ①")
    for query in ("abc", "ABC", "ａｂｃ", "2024", "２０24年", "windows", "no5", "1"):
        assert found(query) == ["1"], query


@pytest.mark.django_db
def test_titles_come_before_texts_and_new_before_old() -> None:
    put(1, "其他", "提到年报", day=date(2025, 1, 1))
    put(2, "年报", day=date(2020, 1, 1))
    put(3, "年报", day=date(2021, 1, 1))
    put(4, "年报没有日期")
    assert found("年报") == ["3", "2", "4", "1"]
    assert found("年报 日期") == ["4"]


@pytest.mark.django_db
def test_what_may_not_be_seen_is_not_found_and_not_counted() -> None:
    for n, (agency, act, section) in enumerate(
        [(1, "a", None), (1, "b", None), (2, "a", None), (1, "a", 5), (1, "a", 6)]
    ):
        put(n, "公开", agency_id=agency, act=act, section_id=section)
    assert set(found("公开", [Reach(1, frozenset({"a"}), frozenset({None}))])) == {"0"}
    assert set(found("公开", [Reach(1, frozenset({"a"}), frozenset({None, 5}))])) == {"0", "3"}
    assert set(found("公开", [Reach(1, frozenset({"a"}), frozenset({5}))])) == {"3"}
    assert set(found("公开", [Reach(1, frozenset({"b"})), Reach(2, frozenset({"a"}))])) == {"1", "2"}
    assert found("公开", []) == []
    assert found("", ALL) == found("，。", ALL) == found("%_'\"*:&|!() NEAR", ALL) == []


@pytest.mark.django_db
def test_what_is_changed_or_removed_is_found_as_it_is_now() -> None:
    put(1, "旧标题", "旧文字")
    put(1, "新标题", "新文字")
    assert (found("旧"), found("新文字")) == ([], ["1"])
    assert Entry.objects.count() == 1
    remove("t", "1")
    assert found("新") == []
    assert Part.objects.count() == 0
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_words(search_words) VALUES ('integrity-check')")


@pytest.mark.django_db
def test_nothing_is_written_for_what_is_in_step(queries: Any) -> None:
    put(1, "标题", "文字")
    before = list(Part.objects.values_list("pk", flat=True))
    put(1, "标题", "文字")
    assert list(Part.objects.values_list("pk", flat=True)) == before
    put(1, "标题", "文字", url="/other/")
    assert list(Part.objects.values_list("pk", flat=True)) == before
    assert Entry.objects.get().url == "/other/"


def test_hits_are_marked_and_everything_else_is_escaped() -> None:
    assert marked("<b>年报</b>", "年报") == "&lt;b&gt;<mark>年报</mark>&lt;/b&gt;"
    assert marked("ＡＢ年", "ab") == "<mark>ＡＢ</mark>年"
    assert marked("a&b", "&") == "a&amp;b"
    assert marked("啊啊啊", "啊啊") == "<mark>啊啊啊</mark>"
    long = "前" * 100 + "<年报>" + "后" * 300
    assert snippet(long, "年报") == "…" + "前" * 39 + "&lt;<mark>年报</mark>&gt;" + "后" * 77 + "…"
    assert snippet("", "年报") == ""


def test_a_query_is_cut_to_what_can_be_asked() -> None:
    assert len(runs_of(" ".join(map(str, range(50))))) == 8
    assert len(runs_of("长" * 500)[0]) == 60


# ---- with the cast


def titles(cast: Cast, who: str, query: str, agency: str = "xtxsfj", **more: str) -> list[str]:
    answer = cast.browse(who).get(reverse("desk:search", args=[agency]), {"q": query, **more})
    assert answer.status_code == 200
    return [row[0].title for row in answer.context["rows"]]


def test_the_desk_finds_what_its_seat_may_see(cast: Cast) -> None:
    item = add_item(cast.agency, cast.agency.columns.first(), 77)
    add_request(cast.agency, "2024-0077", content="要求公开独角兽保护区的规划", applicant="麒麟某")
    add_item(cast.other, cast.other.columns.first(), 77)
    counts = rebuild()
    assert counts["request"] >= 1
    assert item.title in titles(cast, "clerk", "测试信息77")
    assert titles(cast, "clerk", "独角兽") == ["申请 2024-0077"]
    assert titles(cast, "drafter", "0077") == titles(cast, "clerk", "0077")
    assert titles(cast, "clerk", "麒麟") == []
    assert titles(cast, "neighbour", "独角兽", "sample-office") == []
    assert "2024年政府信息公开工作年度报告" in titles(cast, "clerk", "2024 年度报告")
    assert titles(cast, "clerk", cast.drafter.name) == [f"{cast.drafter.name}（股室起草人）"]
    assert titles(cast, "clerk", cast.neighbour.name) == []


def test_a_report_is_found_as_soon_as_it_is_begun(cast: Cast) -> None:
    title, query = "2023年政府信息公开工作年度报告", "2023年 工作年度报告"
    before = titles(cast, "clerk", query).count(title)
    open_year(cast.agency, 2023, by=SYSTEM)
    assert titles(cast, "clerk", query).count(title) == before + 1


def test_reach_is_what_the_rights_say(cast: Cast) -> None:
    class Thing:
        def __init__(self, agency_id: int, section_id: int | None) -> None:
            self.agency_id, self.section_id = agency_id, section_id

    acts = ("disclosure.view", "requests.view", "file.read", "seat.view", "person.view")
    places = [None, cast.section.pk, cast.other_section.pk]
    for who in (*cast.people, "anonymous"):
        actor = cast.actor(who)
        told = {
            (r.agency_id, act, s)
            for r in reaches(actor, cast.agency, acts)
            for act in r.acts
            for s in r.sections
        }
        truth = {
            (cast.agency.pk, act, s)
            for act in acts
            for s in places
            if may(actor, act, Thing(cast.agency.pk, s))
        }
        assert told == truth, who


def test_reach_asks_twice_whatever_was_merged(cast: Cast, queries: Any) -> None:
    """Also through several steps; and the answers are those of the rights, asked one by one."""
    acts = ("disclosure.view", "requests.view", "report.view", "seat.view")
    before = [
        Agency.objects.create(slug=f"gone-{n}", name=f"原第{n}局", code=f"G{n}", ended_on=date(2024, 1, 1))
        for n in range(4)
    ]
    for old, new in zip(before, [cast.agency, cast.agency, before[0], before[2]], strict=True):
        Agency.objects.filter(pk=old.pk).update(successor=new)
        Section.objects.create(agency=old, name="业务股")
    for who in ("clerk", "drafter", "supervisor"):
        actor = cast.actor(who)
        assert queries(lambda actor=actor: reaches(actor, cast.agency, acts)) == 2
        told = {
            (r.agency_id, act)
            for r in reaches(actor, cast.agency, acts)
            for act in r.acts
            if None in r.sections
        }
        owners = [cast.agency, *Agency.objects.filter(pk__in=[old.pk for old in before])]
        assert told == {(owner.pk, act) for act in acts for owner in owners if may(actor, act, owner)}
    assert len({r.agency_id for r in reaches(cast.actor("clerk"), cast.agency, acts)}) == 5


def test_empty_answers_say_what_to_do(cast: Cast) -> None:
    browser, url = cast.browse("clerk"), reverse("desk:search", args=["xtxsfj"])
    assert "再按“搜索”" in browser.get(url).content.decode()
    assert "少写几个字" in browser.get(url, {"q": "没有这样的东西"}).content.decode()
    assert "只有标点" in browser.get(url, {"q": "，。"}).content.decode()
    body = browser.get(url, {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in body
    assert "错误：" in browser.get(url, {"q": "长" * 101}).content.decode()


def test_the_answers_are_paged_with_as_many_queries_for_many_as_for_few(cast: Cast, queries: Any) -> None:
    column = cast.agency.columns.first()
    for n in range(3):
        add_item(cast.agency, column, 500 + n)
    rebuild()
    browser, url = cast.browse("clerk"), reverse("desk:search", args=["xtxsfj"])
    few = queries(lambda: browser.get(url, {"q": "测试信息5"}))
    for n in range(3, 45):
        add_item(cast.agency, column, 500 + n)
    rebuild()
    assert queries(lambda: browser.get(url, {"q": "测试信息5"})) == few
    pages = [titles(cast, "clerk", "测试信息5", page=str(n)) for n in (1, 2, 3)]
    assert [len(one) for one in pages] == [20, 20, 5]
    assert len({title for one in pages for title in one}) == 45


def test_rebuilding_takes_out_what_is_gone(cast: Cast) -> None:
    rebuild()
    person = add_person("newcomer", Seat.Kind.DRAFTER, cast.agency, cast.section)
    rebuild()
    assert titles(cast, "clerk", person.name) == [f"{person.name}（股室起草人）"]
    Seat.objects.filter(person=person).update(ended_on=date(2025, 1, 1))
    rebuild()
    assert titles(cast, "clerk", person.name) == []


def test_looking_through_what_is_in_step_asks_little_and_writes_nothing(cast: Cast, queries: Any) -> None:
    column = cast.agency.columns.first()
    add_item(cast.agency, column, 600)
    rebuild()
    few = queries(rebuild)
    for n in range(601, 621):
        add_item(cast.agency, column, n)
    rebuild()
    with CaptureQueriesContext(connection) as seen:
        rebuild()
    assert len(seen) == few <= 4 * len(SOURCES) + 1
    assert {one["sql"].split()[0] for one in seen} <= {"SELECT", "DECLARE", "FETCH", "CLOSE"}


@pytest.mark.django_db
def test_what_is_indexed_during_a_rebuild_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def source() -> Iterator[Document]:
        fields: dict[str, Any] = {"kind": "t", "agency_id": 1, "act": "a", "url": "/"}
        yield Document(object_id="1", title="旧的", **fields)
        put(2, "刚刚写好的")

    monkeypatch.setattr(indexing, "SOURCES", {"t": source})
    put(3, "已经没有的")
    rebuild()
    assert sorted(Entry.objects.values_list("object_id", flat=True)) == ["1", "2"]


def test_people_are_found_as_they_sit_at_once(cast: Cast) -> None:
    """Hand over, vacate, rename a person, rename a section, end a seat: no rebuild in between."""
    cast_seat = cast.drafter.seats.get()
    newcomer, _ = create_person(by=SYSTEM, username="newcomer", name="欧阳初来")
    hand_over(cast_seat, to=newcomer, by=SYSTEM)
    assert titles(cast, "clerk", "欧阳初来") == ["欧阳初来（股室起草人）"]
    assert titles(cast, "clerk", cast.drafter.name) == []
    edit_person(newcomer, by=SYSTEM, name="司马再来")
    assert titles(cast, "clerk", "欧阳初来") == []
    assert titles(cast, "clerk", "司马再来") == ["司马再来（股室起草人）"]
    rename_section(cast_seat.section, "麒麟保护股", by=SYSTEM)
    assert "司马再来（股室起草人）" in titles(cast, "clerk", "麒麟保护股")
    end_seat(cast_seat, by=SYSTEM)
    assert titles(cast, "clerk", "司马再来") == []


def test_a_merged_agency_has_no_seats_to_be_found(cast: Cast) -> None:
    rebuild()
    assert Entry.objects.filter(kind="seat", agency_id=cast.other.pk).exists()
    merge(cast.other, cast.agency, on=SYSTEM.day, basis="机构改革方案", by=SYSTEM)
    assert not Entry.objects.filter(kind="seat", agency_id=cast.other.pk).exists()
