"""Secrecy marks are found wherever they stand; a mere mention does not block."""

from __future__ import annotations

import docx
import pytest
from docx.oxml import parse_xml

from gongkai.files.content.refusals import Marked, NotTaken
from gongkai.files.examining import examine_apart
from tests.files import offered
from tests.files.test_content import GOOD, judged, refusal

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def header(document: docx.document.Document) -> None:
    document.sections[0].header.paragraphs[0].text = "机密★10年"


def footer(document: docx.document.Document) -> None:
    document.sections[0].footer.paragraphs[0].text = "秘密★"


def runs(document: docx.document.Document) -> None:
    paragraph = document.add_paragraph()
    for piece in ("机", " 密", "★", "10", "年"):
        paragraph.add_run(piece)


def table(document: docx.document.Document) -> None:
    document.add_table(1, 1).cell(0, 0).text = "密级：机密"


def properties(document: docx.document.Document) -> None:
    document.core_properties.keywords = "秘密★5年"


def watermark(document: docx.document.Document) -> None:
    document.add_paragraph()._p.append(
        parse_xml(
            f'<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape>'
            '<v:textpath string="绝密"/></v:shape></w:pict></w:r>'
        )
    )


def text_box(document: docx.document.Document) -> None:
    document.add_paragraph("正文")._p.append(
        parse_xml(f"<w:r {W}><w:txbxContent><w:p><w:r><w:t>机密★</w:t></w:r></w:p></w:txbxContent></w:r>")
    )


def symbol(document: docx.document.Document) -> None:
    document.add_paragraph()._p.append(
        parse_xml(f'<w:r {W}><w:t>机密</w:t><w:sym w:font="Wingdings" w:char="F0AB"/><w:t>10年</w:t></w:r>')
    )


def struck(document: docx.document.Document) -> None:
    document.add_paragraph()._p.append(
        parse_xml(f'<w:del {W} w:id="1" w:author="x"><w:r><w:delText>秘密★1年</w:delText></w:r></w:del>')
    )


FAR = ["无关的一段文字。" * 200]


@pytest.mark.parametrize(
    "put",
    [header, footer, runs, table, properties, watermark, text_box, symbol, struck],
    ids=lambda f: f.__name__,
)
def test_marks_are_found_wherever_they_stand_in_a_document(put) -> None:
    found = refusal("a.docx", offered.word(*FAR, change=put))
    assert isinstance(found, Marked)
    assert "密" in found.mark
    assert found.where in str(found)
    assert "保密工作机构" in str(found)


def test_marks_in_comments_notes_and_properties_of_ones_own() -> None:
    comment = f"<w:comments {W}><w:comment><w:p><w:r><w:t>机密★</w:t></w:r></w:p></w:comment></w:comments>"
    found = refusal("a.docx", offered.changed(offered.word(*FAR), word__comments_dot_xml=comment.encode()))
    assert isinstance(found, Marked)
    assert found.where == "批注"
    own = b'<Properties xmlns:vt="v"><property name="\xe5\xaf\x86\xe7\xba\xa7"><vt:lpwstr>\xe6\x9c\xba\xe5\xaf\x86</vt:lpwstr></property></Properties>'
    found = refusal("a.docx", offered.changed(offered.word(*FAR), docProps__custom_dot_xml=own))
    assert isinstance(found, Marked)
    assert found.mark == "密级：机密"


def sheet_title(book) -> None:
    book.active.title = "机密★"


def sheet_header(book) -> None:
    book.active.oddHeader.right.text = "秘密★10年"
    book.active.oddHeader.right.size = 14


def sheet_comment(book) -> None:
    from openpyxl.comments import Comment

    book.active["A1"].comment = Comment("绝密★", "x")


def sheet_title_property(book) -> None:
    book.properties.title = "机密"


@pytest.mark.parametrize(
    "put", [sheet_title, sheet_header, sheet_comment, sheet_title_property], ids=lambda f: f.__name__
)
def test_marks_are_found_wherever_they_stand_in_a_workbook(put) -> None:
    assert isinstance(refusal("a.xlsx", offered.sheet([["事项"]], put)), Marked)


def test_a_mark_in_a_cell_far_down_is_found() -> None:
    rows = [[f"第{n}行", "没有什么"] for n in range(5000)] + [["密级：秘密"]]
    assert isinstance(refusal("a.xlsx", offered.sheet(rows)), Marked)


def test_marks_in_pdf_text_csv_ofd_doc_and_archives() -> None:
    ofd = offered.archive({"OFD.xml": b"<OFD/>", "P.xml": "<P><TextCode>机密★</TextCode></P>".encode()})
    for name, content in (
        ("a.pdf", offered.page("机密★10年\n关于某事")),
        ("a.pdf", offered.page("关于某事", title="秘密★")),
        ("a.txt", ("某事\n" * 60_000 + "秘密★3年\n").encode("gb18030")),
        ("a.txt", "机密★".encode("utf-16")),
        ("a.csv", "序号,密级：机密".encode()),
        ("a.ofd", ofd),
        ("a.doc", offered.word_97("密级：机密\r关于某事")),
        ("a.zip", offered.archive({"b.docx": offered.word(*FAR, change=header)})),
        ("a.zip", offered.archive({"绝密★b.txt": b"x"})),
    ):
        assert isinstance(refusal(name, content), Marked), name


@pytest.mark.parametrize(
    "name", ["机密★10年 通知.txt", "通知（秘密）.txt", "绝密-计划.txt", "密级：机密.txt"]
)
def test_marks_in_the_name_are_found(name: str) -> None:
    found = refusal(name, b"x")
    assert isinstance(found, Marked)
    assert found.where == "文件名里"


@pytest.mark.parametrize(
    "text",
    [
        "依照《中华人民共和国保守国家秘密法》进行保密审查",
        "国家秘密分为绝密、机密、秘密三级",
        "1.属于国家秘密",
        "涉及国家秘密、商业秘密、个人隐私的不予公开",
        "密级：无",
        "绝密文件不得上网",
        "商业秘密★",
    ],
)
def test_mentions_do_not_block(text: str) -> None:
    for name, content in (
        ("a.txt", text.encode()),
        ("a.docx", offered.word(text)),
        ("a.xlsx", offered.sheet([[text]])),
        ("a.pdf", offered.page(text)),
        (f"{text}.txt", b"x"),
    ):
        verdict = judged(name, content)
        assert (verdict.gaps, verdict.doubts) == ([], []), name


def test_a_bare_level_blocks_at_the_head_and_asks_further_down() -> None:
    assert isinstance(refusal("a.docx", offered.word("机密", "关于某事的通知")), Marked)
    verdict = judged("a.docx", offered.word(*FAR, "（秘密）"))
    assert verdict.doubts == ["正文有“秘密”字样"]
    assert judged("a.docx", offered.word("工作秘密★5年")).doubts


def test_scans_and_files_within_files_are_owned_up_to() -> None:
    assert judged("a.pdf", offered.scan()).gaps == ["有的页是图片（扫描件）"]
    only_picture = offered.changed(offered.word(), word__media__image1_dot_png=offered.picture())
    assert judged("a.docx", only_picture).gaps == ["内容是图片（扫描件）"]
    within = offered.changed(GOOD["docx"], word__embeddings__o_dot_bin=b"x")
    assert judged("a.docx", within).gaps == ["里面附有别的文件"]


def test_the_own_process_says_the_same(tmp_path) -> None:
    for ending in ("docx", "pdf", "png", "txt"):
        path = tmp_path / "a"
        path.write_bytes(GOOD[ending])
        with path.open("rb") as file:
            assert examine_apart(file, f"a.{ending}") == judged(f"a.{ending}", GOOD[ending])
    path.write_bytes("秘密★".encode())
    with path.open("rb") as file, pytest.raises(Marked) as marked:
        examine_apart(file, "a.txt")
    assert (marked.value.mark, marked.value.where) == ("秘密★", "第 1 行")


def test_a_file_that_keeps_its_reader_busy_is_given_up_and_owned_up_to(tmp_path) -> None:
    path = tmp_path / "a"
    text = ("密" * 5_000_000).encode()
    path.write_bytes(text)
    with path.open("rb") as file:
        verdict = examine_apart(file, "a.txt", seconds=0)
    assert verdict.gaps == ["内容太复杂，没有在规定时间内查完"]
    path.write_bytes(b"MZ\x90\x00" + b"\0" * 100)
    with path.open("rb") as file, pytest.raises(NotTaken):
        examine_apart(file, "a.pdf", seconds=0)
