"""Redaction: what is marked is gone, what is said to stay stays, and what cannot be proven is refused."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import openpyxl
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageStat

from gongkai.files.reading.everything import read
from gongkai.files.reading.finding import placed
from gongkai.files.reading.pieces import Piece
from gongkai.files.redaction import clean as cleaning
from gongkai.files.redaction.clean import clean
from gongkai.files.redaction.marks import Box, Marks, Refused, Spot
from gongkai.files.redaction.pages import preview
from tests.files.offered import page, sheet, word

MOBILE, OFFICE = "13812345678", "13912345678"


def _texts(content: bytes, name: str) -> str:
    return "\n".join(p.text for p in read(content, name).pieces)


def test_only_the_letters_marked_go_from_a_word_file_and_its_form_stays() -> None:
    def bold(document: Any) -> None:
        run = document.paragraphs[0].add_run("，值班手机" + OFFICE)
        run.bold = True

    given = word(f"报名电话{MOBILE}", "第二段", change=bold)
    (office,) = [p for p in placed(read(given, "a.docx")) if p.finding.text == OFFICE]
    made = clean(given, "a.docx", Marks(left=frozenset({office.key})))
    paragraphs = docx.Document(io.BytesIO(made.content)).paragraphs
    assert [p.text for p in paragraphs] == [f"报名电话{'█' * 11}，值班手机{OFFICE}", "第二段"]
    assert paragraphs[0].runs[-1].bold
    assert [p.finding.text for p in made.stays] == [OFFICE]
    assert made.name == "a（遮盖）.docx"


def test_a_marked_text_goes_everywhere_it_stands() -> None:
    given = word("甲某某反映情况", "经查，甲某某所述属实")
    first = next(p for p in read(given, "a.docx").pieces if p.text.startswith("甲某某反映"))
    made = clean(given, "a.docx", Marks(spots=(Spot(first.unit, 0, 3),)))
    assert "甲某某" not in _texts(made.content, made.name)


def test_changes_are_taken_or_dropped_as_they_show() -> None:
    def change(document: Any) -> None:
        from docx.oxml import parse_xml

        w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        document.element.body.insert(
            0,
            parse_xml(
                f'<w:p {w}><w:r><w:t>办结</w:t></w:r><w:del w:id="1" w:author="x"><w:r><w:delText>三</w:delText></w:r></w:del>'
                f'<w:ins w:id="2" w:author="x"><w:r><w:t>五</w:t></w:r></w:ins><w:r><w:t>件</w:t></w:r></w:p>'
            ),
        )
        document.add_comment(document.paragraphs[1].runs[0], text="再核", author="x")

    made = clean(word("正文", change=change), "a.docx", Marks())
    assert [p.text for p in docx.Document(io.BytesIO(made.content)).paragraphs] == ["办结五件", "正文"]
    with zipfile.ZipFile(io.BytesIO(made.content)) as package:
        assert not [n for n in package.namelist() if "comment" in n or "custom" in n or "thumbnail" in n]
        assert b"<w:ins" not in package.read("word/document.xml")


def test_a_sheet_keeps_its_values_and_loses_what_is_hidden() -> None:
    def change(book: Any) -> None:
        book.active["A3"] = "=1+1"
        book.create_sheet("底稿")["A1"] = "草算"
        book["底稿"].sheet_state = "hidden"
        book.active["C1"] = "备查"
        book.active.column_dimensions["C"].hidden = True
        book.active["B5"] = int(MOBILE)

    made = clean(sheet([["项目", "数"], ["收件", "12"]], change), "a.xlsx", Marks())
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    assert book.sheetnames == ["Sheet"]
    assert [book.active["A1"].value, book.active["B2"].value, book.active["C1"].value] == ["项目", "12", None]
    assert book.active["B5"].value == "█" * 11
    assert "草算" not in _texts(made.content, made.name)


def test_a_book_with_hidden_sheets_only_is_refused() -> None:
    given = sheet([["a", "b"]])
    with zipfile.ZipFile(io.BytesIO(given)) as package:
        parts = {n: package.read(n) for n in package.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'state="visible"', b'state="hidden"')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    with pytest.raises(Refused, match="隐藏"):
        clean(out.getvalue(), "a.xlsx", Marks())


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_pdf_page_is_painted_where_the_letters_stand_however_it_is_turned(turned: int) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(page(f"第一行\n电话{MOBILE}\n第三行"))) as pdf:
        pdf.pages[0].Rotate = turned
        pdf.save(out)
    made = clean(out.getvalue(), "a.pdf", Marks())
    with pypdfium2.PdfDocument(made.content) as document, pypdfium2.PdfDocument(out.getvalue()) as before:
        assert document[0].get_size() == pytest.approx(before[0].get_size())
        assert document[0].get_textpage().get_text_range() == ""
        old = before[0].render(scale=1).to_pil().convert("L")
        new = document[0].render(scale=1).to_pil().convert("L")
        # 遮住的只是一行里的几个字：页面变黑了一点，别的还在。
        darker = (ImageStat.Stat(old).mean[0] - ImageStat.Stat(new).mean[0]) / 255
        assert 0.0005 < darker < 0.02


def test_pages_without_marks_keep_their_text_and_lose_what_is_beside_it() -> None:
    text = "第一页\n#pagebreak()\n" + f"电话{MOBILE}"
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(page(text, "标题"))) as pdf:
        pdf.attachments["a.txt"] = b"x"
        pdf.save(out)
    made = clean(out.getvalue(), "a.pdf", Marks())
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert len(pdf.pages) == 2
        assert "/Info" not in pdf.trailer
        assert "/Metadata" not in pdf.Root
        assert not list(pdf.attachments)
    kept = [p for p in read(made.content, "a.pdf").pieces if p.unit == "p0"]
    assert [p.text for p in kept] == ["第一页"]


def test_a_box_drawn_by_hand_takes_what_is_under_it() -> None:
    made = clean(page("只有这几个字"), "a.pdf", Marks(boxes=(Box(0, 0.0, 0.0, 1.0, 0.3),)))
    assert "只有" not in _texts(made.content, made.name).replace("遮盖", "")
    with pypdfium2.PdfDocument(made.content) as document:
        shown = document[0].render(scale=0.5).to_pil().convert("L")
    assert shown.crop((2, 2, shown.width - 2, int(shown.height * 0.3) - 2)).getextrema()[1] < 60


def test_a_picture_is_painted_and_loses_its_data_but_keeps_its_way_up() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = f"电话{MOBILE}"
    out = io.BytesIO()
    Image.new("RGB", (80, 40), "white").save(out, "JPEG", exif=exif)
    made = clean(out.getvalue(), "a.jpg", Marks(boxes=(Box(0, 0.0, 0.0, 0.5, 0.5),)))
    picture = Image.open(io.BytesIO(made.content))
    assert picture.size == (40, 80)
    assert not picture.getexif()
    assert picture.getpixel((5, 5)) == (0, 0, 0)
    assert picture.getpixel((35, 75)) == (255, 255, 255)
    assert MOBILE.encode() not in made.content


def test_a_marked_paper_is_not_cleaned_and_a_wrong_alarm_may_stay() -> None:
    given = word("秘密★10年", "正文")
    with pytest.raises(Refused, match="密级"):
        clean(given, "a.docx", Marks())
    (mark,) = placed(read(given, "a.docx"))
    assert clean(given, "a.docx", Marks(left=frozenset({mark.key}))).stays[0].key == mark.key


def test_what_cannot_be_read_or_taken_apart_is_said_in_words() -> None:
    assert read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc").gaps[0].why.startswith("无法检查")
    assert read(b"PK\x03\x04 not a package", "a.docx").gaps[0].blocks
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", "x")
    with pytest.raises(Refused, match="解开"):
        clean(out.getvalue(), "a.zip", Marks())


def test_the_proof_stops_a_copy_in_which_something_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cleaning is made to do nothing here, so that only the proof stands in the way."""
    given = f"电话{MOBILE}".encode()
    monkeypatch.setattr(cleaning, "_clean_text", lambda content, *_: content)
    with pytest.raises(Refused, match="没有生成"):
        clean(given, "a.txt", Marks())


def test_a_preview_shows_the_page_with_the_marks_shaded() -> None:
    given = page(f"电话{MOBILE}")
    (found,) = placed(read(given, "a.pdf"))
    spot = Spot(found.piece.unit, found.finding.start, found.finding.end)
    plain, marked = (preview(given, "pdf", 0, spots, ()) for spots in ((), (spot,)))
    assert marked[:8] == b"\x89PNG\r\n\x1a\n"
    red = [p for p in Image.open(io.BytesIO(marked)).getdata() if p[0] > p[1] + 30]
    assert len(red) > 500
    assert not [p for p in Image.open(io.BytesIO(plain)).getdata() if p[0] > p[1] + 30]
    with pytest.raises(IndexError):
        preview(given, "pdf", 5, (), ())


def test_a_piece_counts_only_where_its_focus_is() -> None:
    piece = Piece("正文", "甲乙丙", focus=((1, 2),))
    assert not piece.concerns(0, 1)
    assert piece.concerns(0, 3)
