"""The dictionaries in the administration pages, tried as the system administrator does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Section
from gongkai.audit.models import Entry
from gongkai.dictionaries.models import HolidayNotice, Word
from gongkai.dictionaries.queries import calendar, words_of
from tests.cast import Cast
from tests.dictionaries.test_calendar import HEAD, NUMBER, notice_of

LIST = reverse("dictionaries:dictionaries_word_changelist")
ADD = reverse("dictionaries:dictionaries_word_add")
IMPORT = reverse("dictionaries:dictionaries_holidaynotice_add")


def told() -> list[tuple[str, str, str]]:
    """The entries about dictionaries: who, which kind of thing, with what result."""
    found = Entry.objects.filter(act="dictionary.edit").order_by("number")
    return [(e.person_name, e.object_kind, e.result) for e in found]


def of(word: str) -> dict[str, str]:
    """The form of a word filled in."""
    return {"kind": "form", "word": word, "order": "7", "in_use": "on", "note": ""}


def test_a_word_is_added_and_taken_out_of_use(cast: Cast) -> None:
    client = cast.browse("sysadmin")
    assert client.post(ADD, of("U盘")).status_code == 302
    word = Word.objects.get(word="U盘")
    assert "U盘" in words_of(Word.Kind.FORM)
    change = reverse("dictionaries:dictionaries_word_change", args=[word.pk])
    sent = of("U盘")
    del sent["in_use"]
    assert client.post(change, sent).status_code == 302
    assert "U盘" not in words_of(Word.Kind.FORM)
    who = cast.sysadmin.name
    assert told() == [(who, "dictionaries.word", "done")] * 2
    assert not LogEntry.objects.exists()


def test_a_second_word_of_the_same_kind_is_refused_in_words(cast: Cast) -> None:
    client = cast.browse("sysadmin")
    client.post(ADD, of("U盘"))
    page = client.post(ADD, of("U盘")).content.decode()
    assert "这个类别里已经有这个词" in page
    assert Word.objects.filter(word="U盘").count() == 1


def test_others_write_nothing_and_the_attempt_is_written_down(cast: Cast) -> None:
    for who in ("clerk", "ogi_head", "nobody"):
        assert cast.browse(who).post(ADD, of("U盘")).status_code == 404
    for who in ("secadmin", "auditor"):
        assert cast.browse(who).post(ADD, of("U盘")).status_code == 403
        assert cast.browse(who).post(IMPORT, {"content": "x", "keep": "1"}).status_code == 403
    assert not Word.objects.filter(word="U盘").exists()
    assert {result for _, _, result in told()} == {"refused"}
    assert len(told()) == 4


def test_nothing_is_deleted_and_no_accounts_are_shown(cast: Cast) -> None:
    client = cast.browse("sysadmin")
    client.post(ADD, of("U盘"))
    word = Word.objects.get(word="U盘")
    for tail in (f"dictionaries/word/{word.pk}/delete/", f"dictionaries/word/{word.pk}/history/"):
        assert client.post(f"/desk/site/dictionaries/{tail}", {"post": "yes"}).status_code == 404
    for tail in (
        "login/",
        "logout/",
        "password_change/",
        "auth/",
        "agencies/person/",
        "autocomplete/",
        "r/1/1/",
    ):
        assert client.get(f"/desk/site/dictionaries/{tail}").status_code == 404, tail
    client.post(LIST, {"action": "delete_selected", "_selected_action": word.pk, "post": "yes"})
    assert Word.objects.filter(pk=word.pk).exists()


def test_what_is_only_to_be_read_cannot_be_written(cast: Cast) -> None:
    client = cast.browse("sysadmin")
    before = Section.objects.get(pk=cast.section.pk).name
    url = reverse("dictionaries:agencies_section_change", args=[cast.section.pk])
    page = client.get(url).content.decode()
    assert before in page
    assert 'name="name"' not in page
    client.post(url, {"name": "改了", "order": "1"})
    assert Section.objects.get(pk=cast.section.pk).name == before


def test_the_form_needs_its_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = cast.browse("sysadmin").cookies
    assert client.post(ADD, of("U盘")).status_code == 403
    assert not Word.objects.filter(word="U盘").exists()


def test_a_notice_is_looked_at_first_and_then_kept(cast: Cast) -> None:
    client = cast.browse("sysadmin")
    table = notice_of(date(2027, 2, 8)).encode("gb18030")
    seen = client.post(IMPORT, {"file": SimpleUploadedFile("2027.csv", table)})
    page = seen.content.decode()
    assert "2027年2月8日" in page
    assert "有存疑的地方" not in page
    assert not HolidayNotice.objects.exists()
    kept = client.post(IMPORT, {"content": seen.context["read"].as_table, "keep": "1"}, follow=True)
    assert "已录入2027年放假安排" in kept.content.decode()
    assert calendar().covers(2027)
    assert not calendar().is_workday(date(2027, 2, 8))
    again = client.post(IMPORT, {"content": notice_of(date(2027, 5, 3))}).content.decode()
    assert "2027年已经录入过" in again
    one = HolidayNotice.objects.get()
    change = reverse("dictionaries:dictionaries_holidaynotice_change", args=[one.pk])
    assert NUMBER in client.get(change).content.decode()
    assert client.post(change, {"year": "2030"}).status_code == 403
    assert HolidayNotice.objects.get().year == 2027


def test_wrong_rows_and_doubts_are_named_on_the_page(cast: Cast) -> None:
    client = cast.browse("sysadmin")
    wrong = HEAD + f"2027-02-30,放假,春节,{NUMBER}\n2027-02-10,上班,春节,{NUMBER}\n"
    page = client.post(IMPORT, {"content": wrong, "keep": "1"}).content.decode()
    assert "第 2 行：" in page
    assert "第 3 行：" in page
    assert "2027-02-30" in page, "what was typed stays"
    doubtful = HEAD + f"2027-02-08,放假,春节,{NUMBER}\n"
    assert "有存疑的地方" in client.post(IMPORT, {"content": doubtful}).content.decode()
    assert "请选择文件" in client.post(IMPORT, {}).content.decode()
    assert not HolidayNotice.objects.exists()


def test_the_pages_are_chinese_and_found_from_the_administrators_desk(cast: Cast) -> None:
    client = cast.browse("sysadmin")
    index = reverse("dictionaries:index")
    assert index in client.get(reverse("desk:site-home")).content.decode()
    assert index not in cast.browse("auditor").get(reverse("desk:site-home")).content.decode()
    page = client.get(index).content.decode()
    for words in ("字典维护", "词表", "放假安排", "股室", "曾用名", "回到系统管理"):
        assert words in page
    for english in ("Welcome", "Home", "Add ", "Log out", "Django"):
        assert english not in page


def test_the_list_asks_the_same_whatever_its_length(
    cast: Cast, queries: Callable[[Callable[[], Any]], int]
) -> None:
    client = cast.browse("sysadmin")
    url = reverse("dictionaries:agencies_section_changelist")
    client.get(url)
    few = queries(lambda: client.get(url))
    for n in range(40):
        Section.objects.create(agency=cast.agency, name=f"第{n}股")
    assert queries(lambda: client.get(url)) == few
    few = queries(lambda: client.get(LIST))
    Word.objects.bulk_create(Word(kind="slip", word=f"词{n}") for n in range(40))
    assert queries(lambda: client.get(LIST)) == few


def test_the_missing_notice_leads_to_the_page_where_it_is_entered(cast: Cast) -> None:
    from gongkai.desk.owed_by_site import running

    actor = cast.actor("sysadmin", date(2026, 12, 1))
    [row] = [todo for todo in running(actor, actor.day) if "放假安排" in todo.title]
    assert row.url == IMPORT
    cast.browse("sysadmin").post(IMPORT, {"content": notice_of(date(2027, 2, 8)), "keep": "1"})
    assert not [todo for todo in running(actor, actor.day) if "放假安排" in todo.title]
