"""The kinds of files that are taken, and what the first bytes of a file say it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO

from .refusals import EMPTY, NotTaken


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its name in words, the endings it goes by, what it is handed out as."""

    slug: str
    label: str
    endings: tuple[str, ...]
    content_type: str


_OOXML = "application/vnd.openxmlformats-officedocument."
KINDS: dict[str, FileKind] = {
    kind.slug: kind
    for kind in (
        FileKind("pdf", "PDF 文件", ("pdf",), "application/pdf"),
        FileKind("ofd", "OFD 版式文件", ("ofd",), "application/ofd"),
        FileKind("docx", "Word 文档", ("docx",), f"{_OOXML}wordprocessingml.document"),
        FileKind("xlsx", "Excel 表格", ("xlsx",), f"{_OOXML}spreadsheetml.sheet"),
        FileKind("doc", "旧版 Word 或者 WPS 文档", ("doc", "wps"), "application/msword"),
        FileKind("xls", "旧版 Excel 或者 WPS 表格", ("xls", "et"), "application/vnd.ms-excel"),
        FileKind("text", "纯文本", ("txt", "csv"), "text/plain"),
        FileKind("jpg", "JPEG 图片", ("jpg", "jpeg"), "image/jpeg"),
        FileKind("png", "PNG 图片", ("png",), "image/png"),
        FileKind("gif", "GIF 图片", ("gif",), "image/gif"),
        FileKind("tif", "TIFF 图片", ("tif", "tiff"), "image/tiff"),
        FileKind("zip", "ZIP 压缩包", ("zip",), "application/zip"),
    )
}
BY_ENDING = {ending: kind for kind in KINDS.values() for ending in kind.endings}
"""The kind that goes by an ending; an ending that is not here is not taken."""
ALLOWED = "、".join(BY_ENDING)

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "package"),
    (b"PK\x05\x06", "package"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
)
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "Linux 程序"),
    (b"#!", "脚本程序"),
    (b"{\\rtf", "RTF 文档"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "GZIP 压缩包"),
    (b"BZh", "BZIP2 压缩包"),
    (b"\xfd7zXZ", "XZ 压缩包"),
    (b"BM", "BMP 图片"),
    (b"RIFF", "WebP 图片或者音像文件"),
    (b"<?xml", "XML 文件"),
    (b"<svg", "SVG 图片"),
    (b"<?php", "网页程序"),
)
_WEB = re.compile(
    rb"<\s*(!doctype\s+html|html|head|body|script|iframe|object|embed|svg|meta|img|a\s+href)\b", re.I
)
HEAD = 4096


def sniff(file: BinaryIO) -> str:
    """What the first bytes say: a kind's slug, package or ole (to be looked into), or text. Raises `NotTaken` for
    what is never taken, whatever it is called."""
    file.seek(0)
    head = file.read(HEAD)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise NotTaken(EMPTY, "empty")
    for signature, slug in _SIGNATURES:
        if head.startswith(signature):
            return slug
    bare = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00").replace(b"\x00", b"")
    if _WEB.search(bare):
        raise foreign("网页（HTML）")
    for signature, label in _FOREIGN:
        if bare.startswith(signature) and (signature not in (b"BM", b"MZ") or b"\x00" in head):
            raise foreign(label)
    if bare.lower().startswith(b"mime-version:"):
        raise foreign("单个文件网页（MHT）或者邮件")
    return "text"


def foreign(label: str) -> NotTaken:
    """The refusal of a file whose content is of a kind that is not taken."""
    return NotTaken(f"这个文件的内容是{label}，不能上传。可以上传的文件：{ALLOWED}。", "type")


def mismatch(ending: str, found: FileKind) -> NotTaken:
    """The refusal of a file whose content is of a kind that is taken, but not under this ending."""
    return NotTaken(
        f"文件名以 .{ending} 结尾，内容却是{found.label}（.{found.endings[0]}）。"
        "请用原来的软件打开，另存为正确的格式后再上传，不要只改文件名。",
        "type",
    )
