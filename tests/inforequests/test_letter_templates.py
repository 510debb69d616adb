"""Every kind of letter says what the law wants it to say, in Word and in PDF, from our template or the office's own."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import date

import pdfplumber
import pytest
from docx import Document
from jinja2.sandbox import SecurityError

from gongkai.inforequests.letters.catalogue import COMMON, FIELD_OF, KINDS, LetterKind, kind_of_reply
from gongkai.inforequests.letters.checking import BadTemplate, check_template
from gongkai.inforequests.letters.rendering import MissingFields, fill, to_pdf
from gongkai.inforequests.letters.template import own_template
from gongkai.statute.outcomes import REPLIES

NUMBERED = set(range(1, 28))
"""The numbers of the letter catalogue; 12 stands for the seven kinds of refusal."""
WITHOUT_ARTICLE = {"reply_other_withdrawn", "agency_inquiry"}
"""The Regulation says nothing of taking a request back; what an agency is asked for is said case by case."""
ROWS = ("补正事项", "收费计算")


def values(kind: LetterKind) -> dict[str, object]:
    """A word of its own for every field; lists where a template goes through rows."""
    return {n: [f"甲{n}", f"乙{n}"] if n in ROWS else f"值{n}" for n in kind.fields}


def words_of(docx: bytes) -> str:
    return "\n".join(p.text for p in Document(io.BytesIO(docx)).paragraphs)


def edited(kind: LetterKind, old: str, new: str) -> bytes:
    """The platform's template with a paragraph changed as an office would in Word."""
    document = Document(io.BytesIO(own_template(kind)))
    for paragraph in document.paragraphs:
        if old in paragraph.text:
            paragraph.text = paragraph.text.replace(old, new)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_whole_catalogue_is_there() -> None:
    assert {kind.number for kind in KINDS} - {0} == NUMBERED
    assert {kind.reply.slug for kind in KINDS if kind.reply} == {reply.slug for reply in REPLIES}
    assert len({kind.slug for kind in KINDS}) == len(KINDS)
    stated = {s.slug for reply in REPLIES for s in reply.states}
    assert stated <= set(FIELD_OF)
    assert len({FIELD_OF[slug] for slug in stated}) == len(stated), "two statements share a field"


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.slug)
def test_the_own_template_says_all_that_is_wanted(kind: LetterKind) -> None:
    template = own_template(kind)
    check_template(template, kind)
    given = values(kind)
    letter = fill(template, kind, given)
    text = words_of(letter)
    for name in {*COMMON, *kind.needs}:
        for word in given[name] if isinstance(given[name], list) else [given[name]]:  # type: ignore[attr-defined]
            assert str(word) in text, name
    assert "{" not in text
    if kind.slug not in WITHOUT_ARTICLE:
        assert "条例" in text, "no article is named"
    with pdfplumber.open(io.BytesIO(to_pdf(letter, date(2025, 3, 3)))) as pdf:
        printed = "".join((page.extract_text() or "") for page in pdf.pages).replace("\n", "")
    for name in {*COMMON, *kind.needs} - set(ROWS):
        assert f"值{name}" in printed, name


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.slug)
def test_nothing_that_must_be_said_is_left_blank(kind: LetterKind) -> None:
    for name in kind.needs:
        with pytest.raises(MissingFields, match=name):
            fill(own_template(kind), kind, {**values(kind), name: ""})


def test_refusals_under_14_to_16_need_their_remedy() -> None:
    refusals = [kind for kind in KINDS if kind.number == 12]
    assert len(refusals) == 7
    for kind in refusals:
        assert kind.remedies == ("A",)
        with pytest.raises(MissingFields, match="救济途径"):
            fill(own_template(kind), kind, {**values(kind), "救济途径": ""})


def test_an_edited_template_is_checked_before_it_is_taken() -> None:
    kind = kind_of_reply("denied_internal")
    check_template(edited(kind, "本机关决定不予公开", "我局决定不予公开"), kind)
    with pytest.raises(BadTemplate) as misspelt:
        check_template(edited(kind, "{{ 理由 }}", "{{ 理甴 }}"), kind)
    assert len(misspelt.value.problems) == 2
    assert "理甴" in misspelt.value.problems[0]
    assert "缺少字段“理由”" in misspelt.value.problems[1]
    with pytest.raises(BadTemplate, match="“如果”没有结束"):
        check_template(edited(kind, "{{ 理由 }}", "{% if 理由 %}{{ 理由 }}"), kind)
    with pytest.raises(BadTemplate, match="缺少字段“成文日期”"):
        check_template(edited(kind, "{{ 成文日期 }}", ""), kind)
    for junk in (b"", b"PK\x03\x04", b"not a zip", "文字".encode()):
        with pytest.raises(BadTemplate, match=r"\.docx"):
            check_template(junk, kind)


def test_a_template_reaches_nothing_but_its_fields() -> None:
    kind = kind_of_reply("granted_provided")
    for attack in (
        "{{ 理由.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    ):
        template = edited(kind, "{{ 怎样获取 }}", "{{ 怎样获取 }}" + attack)
        text = ""
        with suppress(SecurityError, BadTemplate):
            check_template(template, kind)
            text = words_of(fill(template, kind, values(kind)))
        assert "class" not in text


def test_words_stay_words() -> None:
    kind = kind_of_reply("granted_provided")
    odd = "甲 & <乙> {{ 7*7 }} “丙”"
    text = words_of(fill(own_template(kind), kind, {**values(kind), "申请内容": odd}))
    assert odd in text
    assert "49" not in text
