"""What a file is and what stands in it: kinds against endings, harmless or not, marked or not."""

from __future__ import annotations

import io
import zipfile

import pytest

from gongkai.files.content.examine import Verdict, examine
from gongkai.files.content.kinds import BY_ENDING
from gongkai.files.content.refusals import Marked, NotTaken
from tests.files import offered

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def judged(name: str, content: bytes) -> Verdict:
    return examine(io.BytesIO(content), name)


def refusal(name: str, content: bytes) -> NotTaken:
    with pytest.raises(NotTaken) as refused:
        judged(name, content)
    return refused.value


GOOD = {
    "docx": offered.word("关于某事的通知"),
    "xlsx": offered.sheet([["序号", "事项"], ["1", "办证"]]),
    "txt": "通知".encode(),
    "csv": "序号,事项\n1,办证".encode("gb18030"),
    "pdf": offered.page("关于某事的通知"),
    "png": offered.picture(),
    "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 40 + b"\xff\xd9",
    "jpeg": b"\xff\xd8\xff\xe1\x00\x10Exif" + b"\0" * 40 + b"\xff\xd9",
    "gif": b"GIF89a" + b"\0" * 20 + b"\x3b",
    "tif": b"II*\x00" + b"\0" * 40,
    "tiff": b"MM\x00*" + b"\0" * 40,
    "doc": offered.word_97(),
    "wps": offered.word_97(),
    "xls": offered.excel_97(),
    "et": offered.excel_97(),
    "zip": offered.archive({"通知.txt": "通知".encode()}),
    "ofd": offered.archive(
        {"OFD.xml": b"<OFD/>", "Doc_0/Pages/Page_0.xml": "<P><TextCode>通知</TextCode></P>".encode()}
    ),
}
UNSEARCHED = {"png", "jpg", "jpeg", "gif", "tif", "tiff", "doc", "wps", "xls", "et", "ofd"}


def test_there_is_an_example_of_every_kind() -> None:
    assert set(GOOD) == set(BY_ENDING)


@pytest.mark.parametrize("ending", sorted(GOOD))
def test_every_kind_is_taken_under_its_own_ending(ending: str) -> None:
    verdict = judged(f"a.{ending.upper()}", GOOD[ending])
    assert verdict.kind == BY_ENDING[ending].slug
    assert bool(verdict.gaps) == (ending in UNSEARCHED)
    assert verdict.doubts == []


@pytest.mark.parametrize("ending", sorted(GOOD))
def test_no_kind_is_taken_under_anothers_ending(ending: str) -> None:
    for claimed in BY_ENDING:
        if BY_ENDING[claimed] != BY_ENDING[ending]:
            assert "不要只改文件名" in str(refusal(f"a.{claimed}", GOOD[ending])), claimed


FOREIGN = {
    "a page": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "a page after blanks": b"\xef\xbb\xbf \r\n <html><body>",
    "a page in UTF-16": "\ufeff<html><script>x</script>".encode("utf-16-le"),
    "a script in text": b"hello <script>alert(1)</script>",
    "a vector picture": b'<svg xmlns="x" onload="alert(1)"/>',
    "a program": b"MZ\x90\x00\x03" + b"\0" * 100,
    "a Linux program": b"\x7fELF\x02\x01" + b"\0" * 50,
    "a shell script": b"#!/bin/sh\nrm -rf x\n",
    "RTF": b"{\\rtf1 hello}",
    "RAR": b"Rar!\x1a\x07\x00" + b"\0" * 50,
    "7z": b"7z\xbc\xaf\x27\x1c" + b"\0" * 50,
    "nothing": b"",
    "blanks": b" \r\n\0",
    "noise": bytes(range(256)) * 4,
    "a mail": b"MIME-Version: 1.0\nContent-Type: multipart/related",
}


@pytest.mark.parametrize("what", FOREIGN)
def test_what_is_never_taken_is_refused_whatever_it_is_called(what: str) -> None:
    for ending in BY_ENDING:
        assert "请" in str(refusal(f"a.{ending}", FOREIGN[what])) or "可以上传的文件" in str(
            refusal(f"a.{ending}", FOREIGN[what])
        )


@pytest.mark.parametrize("name", ["a.exe", "a", "a.docm", "a.html", "a.pdf.exe", "a.svg", ".pdf.js"])
def test_other_endings_are_refused(name: str) -> None:
    assert "可以上传的文件" in str(refusal(name, GOOD["pdf"]))


def test_two_files_in_one_are_refused() -> None:
    package = GOOD["zip"]
    for name, content in (
        ("a.png", offered.picture(b"<html>")),
        ("a.png", offered.picture(package)),
        ("a.jpg", GOOD["jpg"] + package),
        ("a.jpg", b"\xff\xd8\xff\xfe\x00\x20<script>alert(1)</script>" + b"\xff\xd9"),
        ("a.gif", GOOD["gif"] + b"<script>"),
        ("a.pdf", GOOD["pdf"] + package),
        ("a.txt", b"hello\n" + package),
        ("a.pdf", GOOD["pdf"] + b"\n" * 10 + b"x" * 5000),
    ):
        assert refusal(name, content).reason in ("polyglot", "type"), name


def test_cut_files_are_refused() -> None:
    for ending in ("docx", "xlsx", "zip", "pdf", "png"):
        assert refusal(f"a.{ending}", GOOD[ending][: len(GOOD[ending]) // 2]).reason in (
            "damaged",
            "polyglot",
        )


def test_bombs_are_refused_without_being_unpacked() -> None:
    ratio = offered.archive({"a.txt": b"0" * 30_000_000})
    many = offered.archive({f"{n}.txt": b"x" for n in range(5001)})
    assert refusal("a.zip", ratio).reason == "bomb"
    assert refusal("a.zip", many).reason == "bomb"
    assert (
        refusal("a.docx", offered.changed(GOOD["docx"], word__x_dot_xml=b" " * 30_000_000)).reason == "bomb"
    )
    liar = bytearray(ratio)
    at = liar.find(b"PK\x01\x02")
    liar[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    assert refusal("a.zip", bytes(liar)).reason in ("damaged", "bomb", "polyglot")


def test_archives_inside_archives_and_wrong_members_are_refused() -> None:
    assert refusal("a.zip", offered.archive({"b.zip": GOOD["zip"]})).reason == "nested"
    assert "b.jpg" in str(refusal("a.zip", offered.archive({"b.jpg": b"<html>"})))
    assert refusal("a.zip", offered.archive({"b.exe": b"MZ"})).reason == "type"
    for name in ("../b.txt", "/b.txt", "c:b.txt", "x/../../b.txt"):
        assert refusal("a.zip", offered.archive({name: b"x"})).reason == "paths"


def test_names_in_gbk_are_read_as_they_were_meant() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xxxxxxxxxx.txt", "通知")
    raw = out.getvalue().replace(b"xxxxxxxxxx", "机密★计划".encode("gb18030").ljust(10, b"x"))
    assert isinstance(refusal("a.zip", raw), Marked)


def test_macros_are_refused_in_new_and_old_files() -> None:
    assert refusal("a.docx", offered.changed(GOOD["docx"], word__vbaProject_dot_bin=b"x")).reason == "macros"
    book = offered.changed(GOOD["xlsx"], xl__macrosheets__sheet1_dot_xml=b"<x/>")
    assert refusal("a.xlsx", book).reason == "macros"
    old = offered.old_office({"WordDocument": b"\0" * 4096, "Macros": b"x"})
    assert refusal("a.doc", old).reason == "macros"


def test_files_with_a_password_are_refused_with_what_to_do() -> None:
    locked = offered.old_office({"EncryptionInfo": b"x", "EncryptedPackage": b"x" * 5000})
    for name, content in (
        ("a.docx", locked),
        ("a.xlsx", locked),
        ("a.doc", offered.word_97(encrypted=True)),
        ("a.xls", offered.excel_97(encrypted=True)),
        (
            "a.zip",
            GOOD["zip"]
            .replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01")
            .replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
        ),
    ):
        assert "请先去掉密码" in str(refusal(name, content)), name


def test_a_pdf_with_a_password_is_refused() -> None:
    assert "请先去掉密码" in str(refusal("a.pdf", LOCKED_PDF))


def _locked_pdf() -> bytes:
    """A small PDF with the standard handler and a user password that is not empty."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % n + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    out += (
        b"trailer << /Size 4 /Root 1 0 R /Encrypt 3 0 R /ID [<00><00>] >>\nstartxref\n%d\n%%%%EOF\n" % start
    )
    return out


LOCKED_PDF = _locked_pdf()


def test_definitions_of_its_own_are_refused() -> None:
    bad = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert refusal("a.docx", offered.changed(GOOD["docx"], word__styles_dot_xml=bad)).reason == "unsafe"
