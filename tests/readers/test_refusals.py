"""What cannot be read: one clear sentence that says what to do, before anything is unpacked or executed."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from pathlib import Path

import pytest

from gongkai.statute.report.blocks import Unreadable
from gongkai.statute.report.readers import read, read_bytes, refusals
from tests.readers.report_forms import as_docx, as_xlsx, make, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + b"\x00" * 200


CASES = {
    "empty": (b"", "", refusals.EMPTY),
    "blank": (b" \n\t\r\n ", "", refusals.EMPTY),
    "doc": (stream("WordDocument"), "a.doc", refusals.DOC),
    "doc named docx": (stream("WordDocument"), "a.docx", refusals.DOC),
    "wps": (stream("WordDocument"), "a.wps", refusals.WPS),
    "et": (stream("Workbook"), "a.et", refusals.WPS),
    "xls": (stream("Workbook"), "a.xls", refusals.XLS),
    "locked docx": (stream("EncryptedPackage"), "a.docx", refusals.ENCRYPTED),
    "other ole": (OLE, "a.msi", refusals.OTHER_OFFICE),
    "rtf": (b"{\\rtf1\\ansi hello}", "a.doc", refusals.RTF),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a.png", refusals.SCAN),
    "jpeg named pdf": (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "a.pdf", refusals.SCAN),
    "tiff": (b"II*\x00" + b"\x00" * 50, "a.tif", refusals.SCAN),
    "rar": (b"Rar!\x1a\x07\x00" + b"\x00" * 50, "a.rar", refusals.ARCHIVE),
    "zip": (zipped({"a.txt": b"x"}), "a.zip", refusals.ARCHIVE),
    "ofd": (zipped({"OFD.xml": b"<ofd/>"}), "a.ofd", refusals.OFD),
    "odt": (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "a.odt", refusals.OTHER_OFFICE),
    "pptx": (
        zipped({"[Content_Types].xml": b"<Types/>", "ppt/p.xml": b"<p/>"}),
        "a.pptx",
        refusals.OTHER_OFFICE,
    ),
    "mht": (
        b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>",
        "",
        refusals.MHTML,
    ),
    "junk": (bytes(range(256)) * 40, "a.txt", refusals.BINARY),
    "broken zip": (b"PK\x03\x04" + b"\x00" * 90, "a.docx", refusals.DAMAGED),
    "broken pdf": (b"%PDF-1.7\n%%EOF", "a.pdf", None),
    "other page": ("<html><body><p>天气预报：晴。</p></body></html>".encode(), "a.html", refusals.NOT_REPORT),
    "other text": ("今天天气很好。\n明天也好。".encode(), "a.txt", None),
    "other json": (b'{"a": 1}', "a.json", None),
}


@pytest.mark.parametrize("case", CASES)
def test_refused_in_one_sentence(case: str) -> None:
    data, name, message = CASES[case]
    with pytest.raises(Unreadable) as refusal:
        read_bytes(data, name)
    said = str(refusal.value)
    assert said.endswith("。")
    assert said.count("。") == 1
    if message:
        assert said == message


def test_two_hundred_megabytes_are_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "big.html"
    with file.open("wb") as out:
        out.truncate(200 * 1024 * 1024)

    def never(self: Path) -> bytes:
        raise AssertionError("the file was read in")

    monkeypatch.setattr(Path, "read_bytes", never)
    with pytest.raises(Unreadable, match="50 MB"):
        read(file)


def test_folder_and_missing_file(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="文件夹"):
        read(tmp_path)
    with pytest.raises(Unreadable, match="找不到"):
        read(tmp_path / "none.html")


def test_content_chooses_the_reader_not_the_name(tmp_path: Path) -> None:
    sample = make(random.Random(2))  # noqa: S311
    for wrong in ("a.html", "a.pdf", "a.txt", "a"):
        file = tmp_path / wrong
        file.write_bytes(as_docx(sample))
        report = read(file)
        assert report.source_format == "docx"
        assert report.source == wrong


def with_part(package: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, part)
    return out.getvalue()


def packages() -> dict[str, tuple[bytes, str]]:
    sample = make(random.Random(2))  # noqa: S311
    word, sheet = as_docx(sample), as_xlsx(sample, sheets=False, typed=True)
    return {"docx": (word, "word/document.xml"), "xlsx": (sheet, "xl/worksheets/sheet1.xml")}


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_zip_bomb(kind: str) -> None:
    package, main = packages()[kind]
    with pytest.raises(Unreadable) as refusal:
        read_bytes(with_part(package, main, b"<a>" + b" " * (80 * 1024 * 1024)))
    assert str(refusal.value) == refusals.BOMB


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_zip_bomb_that_understates_its_size(kind: str) -> None:
    package, main = packages()[kind]
    bomb = bytearray(with_part(package, main, b" " * (80 * 1024 * 1024)))
    true_size = (80 * 1024 * 1024).to_bytes(4, "little")
    assert true_size in bomb
    with pytest.raises(Unreadable):
        read_bytes(bytes(bomb).replace(true_size, (1000).to_bytes(4, "little")))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bomb(kind: str, encoding: str) -> None:
    package, main = packages()[kind]
    lol = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    with pytest.raises(Unreadable) as refusal:
        read_bytes(with_part(package, main, lol.encode(encoding)))
    assert str(refusal.value) == refusals.UNSAFE_XML


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_password_on_the_archive(kind: str) -> None:
    package, _ = packages()[kind]
    data = bytearray(package)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            data[start + at] |= 1
            start += 4
    with pytest.raises(Unreadable) as refusal:
        read_bytes(bytes(data))
    assert str(refusal.value) == refusals.ENCRYPTED


def test_merged_cells_over_the_whole_sheet() -> None:
    package, main = packages()["xlsx"]
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        part = archive.read(main)
    huge = part.replace(b'<mergeCell ref="A', b'<mergeCell ref="A1:XFD1048576"/><mergeCell ref="A', 1)
    assert huge != part
    with pytest.raises(Unreadable, match="太大"):
        read_bytes(with_part(package, main, huge))


def test_pdf_stream_bomb() -> None:
    bomb = zlib.compress(b"0 " * (40 * 1024 * 1024), 9)
    data = b"%PDF-1.4\n1 0 obj <</Filter /FlateDecode>>\nstream\n" + bomb + b"\nendstream\nendobj\n"
    with pytest.raises(Unreadable) as refusal:
        read_bytes(data)
    assert str(refusal.value) == refusals.BOMB


def test_deeply_nested_page_does_not_fall_over() -> None:
    for page in ("<div>" * 100_000 + "x", "<table><tr><td>" * 5000 + "x", "<b>" * 50_000):
        with pytest.raises(Unreadable):
            read_bytes(page.encode())


def test_many_tags_side_by_side_are_no_depth() -> None:
    page = (
        "<p>一、总体情况<p>好。"
        + "<div><span>条<br></span></div>" * 5000
        + "<p>六、其他需要报告的事项<p>无。"
    )
    assert len(read_bytes(page.encode()).sections) == 2
