"""Bytes → text: what a Chinese web page or text file is really written in."""

from __future__ import annotations

import codecs
import re

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "iso-8859-1": "utf-8",
}


def decode(data: bytes) -> str:
    """The text of these bytes: by byte-order mark, then strict UTF-8, then what the page declares, then GB18030.

    A page that says GBK but is UTF-8 is read as UTF-8, for strict UTF-8 over Chinese text cannot hold by chance.
    Bytes nothing explains become U+FFFD.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, errors="replace")
    if name := _wide_without_bom(data):
        return data.decode(name, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        lenient = data.decode("utf-8", errors="replace")
    # A page with a torn character or two is still UTF-8; Chinese in GBK read as UTF-8 is torn everywhere.
    if lenient.count("\ufffd") * 100 < sum(1 for c in lenient if c > "\u2fff" and c != "\ufffd"):
        return lenient
    for name in (_declared(data), "gb18030", "big5"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return _least_damaged(data)


def _declared(data: bytes) -> str:
    match = _META.search(data[:8192]) or _XML.search(data[:200])
    name = match.group(1).decode("ascii").lower() if match else "gb18030"
    return _WIDER.get(name, name)


def _wide_without_bom(data: bytes) -> str:
    head = data[:512]
    if len(head) < 16:
        return ""
    if head[1::2].count(0) > len(head) // 6 and head[0::2].count(0) == 0:
        return "utf-16-le"
    if head[0::2].count(0) > len(head) // 6 and head[1::2].count(0) == 0:
        return "utf-16-be"
    return ""


def _least_damaged(data: bytes) -> str:
    texts = [data.decode(name, errors="replace") for name in ("utf-8", "gb18030")]
    return min(texts, key=lambda text: text.count("\ufffd"))
