"""A Word file is read by a process of its own, with an end to it; nothing is read for who may not publish."""

from __future__ import annotations

import io

import docx
import pytest
from PIL import Image

from gongkai.agencies.rights import NotAllowed
from gongkai.disclosure.actions.attaching import attach
from gongkai.disclosure.actions.publishing import publish
from gongkai.disclosure.gate import GateClosed
from gongkai.disclosure.models import Item
from gongkai.disclosure.word_import import MOST_PARAGRAPHS, CannotRead, take
from gongkai.files.actions.made import keep_made
from gongkai.files.inspecting import words
from gongkai.search.models import ReadText
from tests.cast import Cast
from tests.disclosure.office import new_draft
from tests.files.offered import word


@pytest.mark.once
def test_text_and_pictures_come_back_from_the_process() -> None:
    document, picture, out = docx.Document(), io.BytesIO(), io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "PNG")
    document.add_heading("第一部分", 1)
    picture.seek(0)
    document.add_picture(picture)
    document.save(out)
    taken = take(out.getvalue())
    assert "<h2>第一部分</h2>" in taken.html
    assert "@picture-0@" in taken.html
    assert taken.pictures == [("png", picture.getvalue())]


@pytest.mark.once
def test_more_paragraphs_than_can_be_read_in_time_are_refused() -> None:
    document, out = docx.Document(), io.BytesIO()
    body = document.element.body
    paragraph = document.add_paragraph("")._p
    for _ in range(MOST_PARAGRAPHS):
        body.append(paragraph.__copy__())
    document.save(out)
    with pytest.raises(CannotRead, match="太长"):
        take(out.getvalue())


@pytest.mark.once
def test_what_is_no_word_file_is_refused_in_words() -> None:
    with pytest.raises(CannotRead, match="打不开"):
        take(b"PK\3\4nothing")


@pytest.mark.once
def test_the_words_of_a_file_are_read_apart() -> None:
    assert words(word("甲段", "乙段"), "名单.docx", 100) == "甲段\n乙段"
    assert words(word("甲段", "乙段"), "名单.docx", 2) == "甲段"


@pytest.mark.django_db
def test_nothing_is_read_of_a_draft_or_for_who_may_not_publish(cast: Cast) -> None:
    item, clerk = new_draft(cast), cast.actor("clerk")
    file = keep_made(by=clerk, agency=cast.agency, name="名单.docx", content=word("甲段"), owner=item)
    attach(item, file, by=clerk)
    with pytest.raises(GateClosed):
        publish(item, by=clerk, at=item.drafted_at)
    Item.objects.filter(pk=item.pk).update(state=Item.State.PASSED)
    with pytest.raises(NotAllowed):
        publish(item, by=cast.actor("drafter"), at=item.drafted_at)
    assert not ReadText.objects.exists()
