"""A template as Word really leaves it: fields split over runs are understood; what cannot be used is told with its
field, its place and what to do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from gongkai.inforequests.letters.about_fields import legend_of, sample_of
from gongkai.inforequests.letters.blocks import text_of
from gongkai.inforequests.letters.catalogue import KIND_BY_SLUG, KINDS, LetterKind
from gongkai.inforequests.letters.checking import BadTemplate, check_template
from gongkai.inforequests.letters.rendering import fill
from gongkai.inforequests.letters.template import own_template, template_with_legend, without_legend

KIND = KIND_BY_SLUG["reply_denied_internal"]
NOTICE = KIND_BY_SLUG["clarification"]


def opened(kind: LetterKind = KIND) -> Any:
    return Document(io.BytesIO(own_template(kind)))


def sample_letter(content: bytes, kind: LetterKind) -> bytes:
    return fill(content, kind, sample_of(kind))


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paragraph(document: Any, having: str) -> Any:
    return next(p for p in document.paragraphs if having in p.text)


def problems(document: Any, kind: LetterKind = KIND) -> list[str]:
    with pytest.raises(BadTemplate) as refused:
        check_template(saved(document), kind)
    return refused.value.problems


def split_into_runs(one: Any, size: int) -> None:
    """The paragraph's words in runs of this many characters, as Word leaves them after spell-checking."""
    text = one.text
    one.clear()
    for at in range(0, len(text), size):
        run = one.add_run(text[at : at + size])
        run._r.addprevious(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>'))
        run.bold = bool(at % 2)


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_fields_that_word_split_over_runs_are_understood(size: int) -> None:
    document = opened()
    for one in document.paragraphs:
        if "{" in one.text:
            split_into_runs(one, size)
    content = saved(document)
    assert check_template(content, KIND) == []
    said = text_of(Document(io.BytesIO(sample_letter(content, KIND))))
    assert said == text_of(Document(io.BytesIO(sample_letter(own_template(KIND), KIND))))


def _replace(old: str, new: str) -> Callable[[Any], None]:
    def do(document: Any) -> None:
        one = paragraph(document, old)
        one.text = one.text.replace(old, new)

    return do


def _in_head(document: Any) -> None:
    document.sections[0].header.is_linked_to_previous = False
    document.sections[0].header.paragraphs[0].text = "某局文件"


def _numbered(document: Any) -> None:
    one = paragraph(document, "经查")
    properties = one._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'))


def _tracked(document: Any) -> None:
    one = paragraph(document, "经查")
    one._p.append(
        parse_xml(f'<w:ins {nsdecls("w")} w:id="9" w:author="x"><w:r><w:t>加上的话</w:t></w:r></w:ins>')
    )


def _text_box(document: Any) -> None:
    box = (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>内部资料</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    paragraph(document, "经查")._p.append(parse_xml(box))


def _broken_over_lines(document: Any) -> None:
    one = paragraph(document, "{{ 理由 }}")
    before, after = one.text.split("{{ 理由 }}")
    one.text = f"{before}{{{{ 理"
    following = document.add_paragraph(f"由 }}}}{after}")
    one._p.addnext(following._p)


MISTAKES: list[tuple[str, Callable[[Any], None], list[str]]] = [
    ("misspelt", _replace("{{ 理由 }}", "{{ 理 }}"), ["“理”不是这种文书的字段", "是不是“理由”", "第6段"]),
    ("space within", _replace("{{ 理由 }}", "{{ 理 由 }}"), ["“理由”中间有空格"]),
    ("wide braces", _replace("{{ 理由 }}", "｛｛理由｝｝"), ["全角", "第6段"]),
    ("one brace", _replace("{{ 理由 }}", "{ 理由 }"), ["“理由”只有一层花括号"]),
    ("not closed", _replace("{{ 理由 }}", "{{ 理由 }"), ["花括号不成对"]),
    ("over two lines", _broken_over_lines, ["花括号不成对", "不能换行"]),
    ("if without end", _replace("{%p endif %}", ""), ["“如果”没有结束", "{%p endif %}"]),
    ("end without if", _replace("{%p if 救济途径 %}", ""), ["多了一个“如果”的结束"]),
    ("expression", _replace("{{ 理由 }}", "{{ 理由 | upper }}"), ["只能写一个字段名"]),
    ("statement", _replace("{{ 理由 }}", "{% set a = 1 %}{{ 理由 }}"), ["看不懂"]),
    ("left out", _replace("{{ 救济途径 }}", "另行告知"), ["救济途径", "有时候印不出来"]),
    (
        "left out of the text",
        _replace("{{ 理由 }}", "理由从略"),
        ["缺少字段“理由”", "{{ 理由 }}", "平台的模板"],
    ),
    ("hidden", _replace("{{ 理由 }}", "{% if 地址 %}{{ 理由 }}{% endif %}"), ["有时候印不出来"]),
    ("head", _in_head, ["页眉“某局文件”不会印进 PDF", "移到正文"]),
    ("automatic numbers", _numbered, ["自动编号", "第6段“经查"]),
    ("tracked", _tracked, ["修订", "接受或者拒绝"]),
    ("text box", _text_box, ["文本框里“内部资料”不会印进 PDF"]),
]


@pytest.mark.parametrize(("mistake", "words"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_each_mistake_is_told_with_its_place_and_what_to_do(
    mistake: Callable[[Any], None], words: list[str]
) -> None:
    document = opened()
    mistake(document)
    said = " ".join(problems(document))
    for word in words:
        assert word in said, said
    for foreign in ("Traceback", "jinja", "Jinja", "expected token", "unexpected", "<w:"):
        assert foreign not in said


def test_all_mistakes_are_told_at_once() -> None:
    document = opened()
    _replace("{{ 理由 }}", "{{ 理甴 }}")(document)
    _in_head(document)
    _tracked(document)
    assert len(problems(document)) == 4


def test_a_list_must_come_out_line_by_line() -> None:
    document = opened(NOTICE)
    _replace("{{ loop.index }}. {{ 一点 }}", "各点")(document)
    assert "没有逐条印出来" in " ".join(problems(document, NOTICE))


def test_macros_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(own_template(KIND))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    with pytest.raises(BadTemplate, match="宏"):
        check_template(out.getvalue(), KIND)


def test_a_picture_is_worth_knowing_and_no_mistake() -> None:
    document = opened()
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(picture, "PNG")
    picture.seek(0)
    document.add_picture(picture)
    [note] = check_template(saved(document), KIND)
    assert "只印在 Word 文件里" in note


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.slug)
def test_the_template_handed_out_comes_back_without_its_legend(kind: LetterKind) -> None:
    handed_out = template_with_legend(kind)
    legend = Document(io.BytesIO(handed_out))
    names = [row.cells[0].text for row in legend.tables[-1].rows][1:]
    assert set(names) == kind.fields - {"标题"} | ({"标题"} & set(names))
    must = {row.cells[0].text for row in legend.tables[-1].rows if row.cells[2].text == "是"}
    assert must == set(kind.must) - {"标题"}
    back = without_legend(handed_out)
    assert check_template(back, kind) == []
    assert text_of(Document(io.BytesIO(back))) == text_of(Document(io.BytesIO(own_template(kind))))
    assert without_legend(back) == back


def test_every_field_has_its_meaning_and_a_sample() -> None:
    for kind in KINDS:
        assert all(meaning for _, meaning, _ in legend_of(kind))
        assert set(sample_of(kind)) == kind.fields
        said = text_of(Document(io.BytesIO(sample_letter(own_template(kind), kind))))
        assert "{" not in said
        assert "。。" not in said
        assert "《《" not in said


def test_words_in_content_controls_and_links_are_words() -> None:
    document = opened()
    one = paragraph(document, "经查")._p
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    one.addprevious(control)
    control.find(qn("w:sdtContent")).append(one)
    content = saved(document)
    assert check_template(content, KIND) == []
    assert "后勤管理" in text_of(Document(io.BytesIO(sample_letter(content, KIND))))
