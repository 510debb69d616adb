"""The instruments on file: complete, in our own Chinese words, with doubts marked; and how references are written."""

from __future__ import annotations

import re
from datetime import date

import pytest

from gongkai.statute.refs import Ref, UnknownReference, instruments, parse_ref, rests_on

LAWS = instruments()


@pytest.mark.parametrize("id_", sorted(LAWS))
def test_an_instrument_says_what_it_is_in_chinese(id_: str) -> None:
    law = LAWS[id_]
    assert law.id == id_
    assert law.title
    assert law.short
    for article, says in law.articles.items():
        assert re.fullmatch(r"[1-9]\d*", article)
        assert says.endswith("。"), f"{id_} {article}"
        assert re.search("[\u4e00-\u9fff]", says)
        assert len(says) <= 120, f"{id_} {article}: one sentence is enough"
        assert "\n" not in says


def test_every_article_of_the_regulation_that_the_rules_name_is_on_file() -> None:
    named = {2, 3, 4, 5, 6, 8, *range(10, 56)} - {7, 9}
    assert {int(article) for article in LAWS["ogi"].articles} == named


@pytest.mark.parametrize(
    ("id_", "articles"),
    [
        ("reconsideration_law", {11, 20, 23, 24, 27, 28, 34, 88}),
        ("litigation_law", {45, 46, 82}),
        ("litigation_interpretation", {48, 64}),
        ("ogi_judicial", {1, 2, 4, 14}),
        ("civil_code", {201, 202, 203}),
        ("secrets_law", {35, 64}),
        ("secrets_regulation", {5, 42}),
        ("pipl", {6, 13, 25, 28, 29, 34, 35, 36, 51, 55, 56, 57}),
        ("penalty_law", {48, 85}),
        ("licence_law", {40}),
        ("budget_law", {14}),
        ("archives_law", {15}),
        ("minors_law", {103}),
        ("cybersecurity_law", {21}),
        ("data_regulation", {15}),
        ("fee_2020", {4}),
    ],
)
def test_the_articles_the_rules_name_are_on_file(id_: str, articles: set[int]) -> None:
    assert articles <= {int(article) for article in LAWS[id_].articles}


@pytest.mark.parametrize(
    ("id_", "day"),
    [
        ("ogi", date(2019, 5, 15)),
        ("reconsideration_law", date(2024, 1, 1)),
        ("ogi_judicial", date(2025, 6, 1)),
        ("fee_2020", date(2021, 1, 1)),
        ("report_format_2021", date(2021, 9, 26)),
        ("site_indicators_2019", date(2019, 4, 1)),
        ("reply_2016_235", date(2016, 12, 7)),
    ],
)
def test_known_days_of_effect(id_: str, day: date) -> None:
    assert LAWS[id_].in_force_from == day


@pytest.mark.parametrize(
    "id_", ["practice", "design", "reply_2016_206", "fee_2020", "cybersecurity_law", "ogi_judicial"]
)
def test_what_is_not_verified_says_so(id_: str) -> None:
    assert LAWS[id_].sure


def test_the_regulation_itself_is_not_in_doubt() -> None:
    assert LAWS["ogi"].sure == ""


@pytest.mark.parametrize(
    ("written", "ref", "words"),
    [
        ("ogi 33", Ref("ogi", 33), "《条例》第三十三条"),
        ("ogi 16/1", Ref("ogi", 16, 1), "《条例》第十六条第一款"),
        ("ogi 36#3", Ref("ogi", 36, None, 3), "《条例》第三十六条第（三）项"),
        (
            "reconsideration_law 23/1#4",
            Ref("reconsideration_law", 23, 1, 4),
            "《行政复议法》第二十三条第一款第（四）项",
        ),
        ("report_format_2021", Ref("report_format_2021"), "国办公开办函〔2021〕30号"),
    ],
)
def test_references_as_data_files_write_them(written: str, ref: Ref, words: str) -> None:
    assert parse_ref(written) == ref
    assert str(ref) == words


@pytest.mark.parametrize("written", ["", "ogi 33 2", "ogi33.1", "ogi #3", "条例 第三条"])
def test_anything_else_is_not_a_reference(written: str) -> None:
    with pytest.raises((ValueError, UnknownReference)):
        parse_ref(written)


def test_a_place_that_is_not_on_file_does_not_resolve() -> None:
    with pytest.raises(UnknownReference):
        parse_ref("ogi 7")
    with pytest.raises(UnknownReference):
        parse_ref("nosuchlaw 1")


def test_a_rule_carries_what_it_rests_on() -> None:
    @rests_on(Ref("ogi", 26))
    def rule() -> int:
        return 1

    assert vars(rule)["refs"] == (Ref("ogi", 26),)
    assert rule() == 1
