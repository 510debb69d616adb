"""The lists of words."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from gongkai.agencies.rights import NotAllowed
from gongkai.audit.models import Entry
from gongkai.dictionaries.actions.words import put_word
from gongkai.dictionaries.models import Word
from gongkai.dictionaries.queries import words_of
from tests.cast import Cast

put_in = import_module("gongkai.dictionaries.migrations.0002_first_words").put_in


@pytest.fixture
def first_words(db: None) -> None:
    """The words to begin with, also where another test has emptied the tables."""
    put_in(apps, None)


def test_every_list_has_words_to_begin_with(first_words: None) -> None:
    for kind in Word.Kind:
        assert words_of(kind), kind.label
    assert words_of(Word.Kind.WAY) == ("主动公开", "依申请公开", "不予公开")
    before = Word.objects.count()
    put_in(apps, None)
    assert Word.objects.count() == before


def test_a_word_is_added_reordered_and_taken_out_of_use(cast: Cast, first_words: None) -> None:
    by = cast.actor("sysadmin")
    word = put_word(Word(kind=Word.Kind.FORM, word="U盘", order=5), by)
    assert words_of(Word.Kind.FORM)[0] == "U盘"
    word.in_use = False
    put_word(word, by)
    assert "U盘" not in words_of(Word.Kind.FORM)
    word.word, word.in_use = "移动硬盘", True
    put_word(word, by)
    told = [e.detail for e in Entry.objects.filter(act="dictionary.edit").order_by("number")]
    assert len(told) == 3
    assert '"在用": "否"' in told[1]
    assert '"原来的词": "U盘"' in told[2]


def test_a_word_stands_once_in_a_list(cast: Cast, first_words: None) -> None:
    by = cast.actor("sysadmin")
    with pytest.raises(IntegrityError), transaction.atomic():
        put_word(Word(kind=Word.Kind.FORM, word="光盘"), by)
    put_word(Word(kind=Word.Kind.CARRIER, word="光盘"), by)
    assert Entry.objects.filter(act="dictionary.edit").count() == 1


def test_only_the_system_administrator_puts_words(cast: Cast) -> None:
    for who in ("clerk", "ogi_head", "secadmin", "auditor"):
        with pytest.raises(NotAllowed):
            put_word(Word(kind=Word.Kind.FORM, word="U盘"), cast.actor(who))


def test_one_query_a_list(first_words: None, queries: Callable[[Callable[[], Any]], int]) -> None:
    assert queries(lambda: words_of(Word.Kind.TASK)) == 1
