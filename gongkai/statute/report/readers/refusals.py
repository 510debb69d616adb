"""What is not read, and what to do instead. Everything is decided before a format library sees the file."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from ..blocks import Unreadable

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 120 * 1024 * 1024
MAX_XML = 12 * 1024 * 1024
MAX_PARTS = 3000
MAX_PDF_STREAM = 48 * 1024 * 1024
MAX_PDF_TOTAL = 160 * 1024 * 1024

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_ODD = bytes(b for b in range(32) if b not in (9, 10, 12, 13, 27))
_DOCTYPE = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)

TOO_BIG = "文件超过 50 MB，请只上传年度报告正文（删去图片和附件）再试。"
EMPTY = "文件是空的，请重新下载或导出后再试。"
SCAN = "这份文件是扫描件或图片，没有文字层，请先做文字识别（OCR），或向制作单位索取可编辑的文件。"
DOC = "这是旧版 Word 文件（.doc），请用 Word 或 WPS 打开，另存为 .docx 或 PDF 后再读。"
XLS = "这是旧版 Excel 文件（.xls），请用 Excel 或 WPS 打开，另存为 .xlsx 后再读。"
WPS = "这是 WPS 专用格式的文件，请用 WPS 打开，另存为 .docx 或 PDF 后再读。"
OFD = "这是 OFD 版式文件，暂不能直接读取，请用 OFD 阅读器另存为 PDF 或 Word 文件后再读。"
RTF = "这是 RTF 文件，请用 Word 或 WPS 打开，另存为 .docx 后再读。"
ENCRYPTED = "文件加了密码，请先去掉密码（另存一份不加密的文件）后再读。"
BOMB = "文件解压后大得不正常，出于安全没有打开，请向来源单位核实，或重新导出后再试。"
DAMAGED = "文件已损坏或不完整，打不开，请重新下载或导出后再试。"
BINARY = "认不出这是什么文件，请使用年度报告的网页（.html）、Word（.docx）、Excel（.xlsx）、PDF 或文本文件。"
ARCHIVE = "这是压缩包，请先解压，再选其中的年度报告文件。"
OTHER_OFFICE = "这不是 Word（.docx）或 Excel（.xlsx）文件，请另存为 .docx、.xlsx 或 PDF 后再读。"
MHTML = "这是单个文件网页（.mht），请在浏览器里另存为普通网页（.html）后再读。"
NOT_REPORT = "没有找到年度报告的标题、六个部分和三张表，请换成政府信息公开工作年度报告的正文文件。"
UNSAFE_XML = "文件里夹带了不该有的定义（DOCTYPE），出于安全没有打开，请用 Word 或 WPS 重新保存后再读。"


def sniff(data: bytes, name: str = "") -> str:
    """What these bytes are: pdf, docx, xlsx, html, json or text. Raises `Unreadable` for everything else.

    `name` only chooses the wording for old office files, never the reader.
    """
    if not data or not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable(EMPTY)
    if len(data) > MAX_BYTES:
        raise Unreadable(TOO_BIG)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _sniff_zip(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Unreadable(_old_office(data, name))
    _refuse_magic(data)
    return _sniff_text(data)


def _refuse_magic(data: bytes) -> None:
    if data.startswith(b"{\\rtf"):
        raise Unreadable(RTF)
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    bitmap = data[:2] == b"BM" and len(data) > 14 and abs(struct.unpack("<I", data[2:6])[0] - len(data)) < 16
    if data.startswith(_IMAGES) or webp or bitmap:
        raise Unreadable(SCAN)
    if data.startswith(_ARCHIVES):
        raise Unreadable(ARCHIVE)


def _old_office(data: bytes, name: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ENCRYPTED
    ending = name.lower().rsplit(".", 1)[-1]
    if ending in ("wps", "et", "dps"):
        return WPS
    if "Workbook".encode("utf-16-le") in data or ending == "xls":
        return XLS
    if "WordDocument".encode("utf-16-le") in data or ending == "doc":
        return DOC
    return OTHER_OFFICE


def _sniff_text(data: bytes) -> str:
    head = data[:4096]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_wide(head)
    odd = len(head) - len(head.translate(None, _ODD))
    if not wide and odd > max(1, len(head) // 50):
        raise Unreadable(BINARY)
    lower = head.replace(b"\x00", b"").lower()
    stripped = lower.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if b"mime-version:" in lower[:1000] and b"multipart/related" in lower:
        raise Unreadable(MHTML)
    if stripped.startswith(b"{"):
        return "json"
    if re.search(
        rb"<(!doctype html|html|head|body|table|div|p|meta|title|section|article|span|center|h[1-6])\b", lower
    ):
        return "html"
    if stripped.startswith(b"<") or re.search(rb"<(table|td|tr|p|div)\b", data[:400_000].lower()):
        return "html"
    return "text"


def _looks_wide(head: bytes) -> bool:
    return len(head) >= 16 and (head[1::2].count(0) > len(head) // 6 or head[0::2].count(0) > len(head) // 6)


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive, once its directory is found sane: parts, sizes, no password. `Unreadable` otherwise."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
        raise Unreadable(DAMAGED) from error
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable(ENCRYPTED)
    total = sum(entry.file_size for entry in entries)
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_PARTS or total > MAX_UNPACKED or len(set(names)) < len(names):
        raise Unreadable(BOMB)
    if any(entry.file_size > MAX_XML and entry.filename.endswith((".xml", ".rels")) for entry in entries):
        raise Unreadable(BOMB)
    return archive


def check_parts(archive: zipfile.ZipFile) -> None:
    """Unpack every XML part once, within limits, and refuse those with a document type or entities in them."""
    spent = 0
    for entry in archive.infolist():
        if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        part = part_bytes(archive, entry.filename)
        spent += len(part)
        if spent > MAX_UNPACKED:
            raise Unreadable(BOMB)
        head = part[:65536]
        texts = [head.decode("latin-1")]
        if b"\x00" in head[:64]:
            texts += [head.decode("utf-16-le", "replace"), head.decode("utf-16-be", "replace")]
        if any(_DOCTYPE.search(text) for text in texts):
            raise Unreadable(UNSAFE_XML)


def part_bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part, never more than 12 MB whatever its header says."""
    try:
        with archive.open(name) as stream:
            part = stream.read(MAX_XML + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        NotImplementedError,
        ValueError,
        RuntimeError,
    ) as error:
        raise Unreadable(DAMAGED) from error
    if len(part) > MAX_XML:
        raise Unreadable(BOMB)
    return part


def _sniff_zip(data: bytes, name: str) -> str:
    archive = open_zip(data)
    names = set(archive.namelist())
    if not names:
        raise Unreadable(EMPTY)
    if "OFD.xml" in names:
        raise Unreadable(OFD)
    for marker, kind in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")):
        if marker in names:
            check_parts(archive)
            return kind
    if "[Content_Types].xml" in names:
        types = part_bytes(archive, "[Content_Types].xml")
        for mime, kind in (
            (b"wordprocessingml.document.main", "docx"),
            (b"spreadsheetml.sheet.main", "xlsx"),
        ):
            if mime in types:
                check_parts(archive)
                return kind
        raise Unreadable(OTHER_OFFICE)
    raise Unreadable(OTHER_OFFICE if "mimetype" in names else ARCHIVE)


def check_pdf_streams(data: bytes) -> None:
    """Refuse a PDF whose compressed streams unfold beyond all measure (48 MB one, 160 MB all together)."""
    if re.search(rb"/FlateDecode\s*/FlateDecode\s*/FlateDecode", data):
        raise Unreadable(BOMB)
    total = 0
    for match in re.finditer(rb"stream\r?\n", data):
        start = match.end()
        if data[start - 10 : start].startswith(b"end"):
            continue
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        if end - start < 20_000:
            continue
        total += _unfolded(data[start:end])
        if total > MAX_PDF_TOTAL:
            raise Unreadable(BOMB)


def _unfolded(chunk: bytes) -> int:
    inflate = zlib.decompressobj()
    size = 0
    rest = chunk
    try:
        while rest and not inflate.eof:
            size += len(inflate.decompress(rest, 1 << 20))
            rest = inflate.unconsumed_tail
            if size > MAX_PDF_STREAM:
                raise Unreadable(BOMB)
    except zlib.error:
        return size
    return size
