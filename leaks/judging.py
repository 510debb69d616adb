"""The judge: was the leak found, and is it gone from the clean copy, looked at by other means than the platform's."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator

import pdfplumber
import pikepdf
from PIL import Image

from gongkai.files.reading.everything import read
from gongkai.files.reading.finding import Placed, placed
from gongkai.files.redaction.clean import clean
from gongkai.files.redaction.marks import Marks, Refused

from .values import Leak


def plain(text: str) -> str:
    """Letters and digits only, full-width ones narrowed."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum()).upper()


def finds(leak: Leak, content: bytes, name: str) -> list[Placed]:
    """The finds that are the leak; they may take in a little more or less of an address."""
    wanted = plain(leak.value)
    found = []
    for one in placed(read(content, name)):
        got = plain(one.finding.text)
        if wanted in got or (got in wanted and len(got) * 10 >= len(wanted) * 8):
            found.append(one)
    return found


def judge_clean(leak: Leak, content: bytes, name: str) -> str:
    """Make the clean copy and look for the leak in it. Returns what is wrong; empty when all is well."""
    try:
        made = clean(content, name, Marks())
    except Refused as refused:
        allowed = leak.kind == "密级标志" or name.endswith(".zip")
        return "" if allowed else f"refused: {refused}"
    if leak.kind == "密级标志" and not name.endswith((".jpg", ".png")):
        return "a marked paper was cleaned"
    wanted = plain(leak.value)
    for where, text in _seen(made.content, made.name):
        if wanted in plain(text):
            return f"left in {where}"
    return ""


def _seen(content: bytes, name: str) -> Iterator[tuple[str, str]]:
    """The copy's texts by other readers, its bytes as they are and unpacked, in every coding a text may have."""
    for where, data in _bytes_of(content, name):
        yield f"{where}, without tags", re.sub(r"<[^>]*>", "", data.decode("utf-8", "ignore"))
        for coding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
            yield f"{where} as {coding}", data.decode(coding, "ignore")
    if name.endswith(".pdf"):
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            yield "properties", str(pdf.metadata)
            for page in pdf.pages:
                yield "page", page.extract_text() or ""
                yield "notes", str([note.get("contents") for note in page.annots])


def _bytes_of(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    yield "file", content
    if name.endswith((".docx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for part in package.namelist():
                yield part, package.read(part)
    elif name.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for found in pdf.objects:
                if isinstance(found, pikepdf.Stream):
                    try:
                        yield "stream", bytes(found.read_bytes())
                    except pikepdf.PdfError:
                        yield "stream", bytes(found.read_raw_bytes())
                yield (
                    "object",
                    bytes(found.unparse(resolved=True)) if not isinstance(found, pikepdf.Stream) else b"",
                )
    elif name.endswith((".jpg", ".png")):
        with Image.open(io.BytesIO(content)) as picture:
            said = str(dict(picture.getexif())) + str(picture.info)
            yield "picture", said.encode()
