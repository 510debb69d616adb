"""Ways to spoil a file: bytes, text, markup, and the parts inside a zip package."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib

_TOKENS = (
    b"<table>", b"</table>", b"<tr>", b"<td rowspan=65535 colspan=65535>", b"<td>", b"</td></tr>", b"<div>" * 300,
    b"\x00", b"\xff\xfe", b"<!--", b"<![CDATA[", b"&#x110000;", b"%PDF-1.7", b"stream\n", b"endstream", b"endobj",
    b"<< /Type /Pages /Kids [1 0 R] >>", b"99999999999999999999", b"-1", b"w:val=\"99999\"", b"<w:gridSpan w:val=\"60000\"/>",
    "一、总体情况".encode(), "第二十条第（一）项".encode(), "总计".encode(), b"0" * 400, "（".encode() * 500,
)  # fmt: skip


def spoil(rng: random.Random, data: bytes) -> bytes:
    """One mutant of a file."""
    if data[:4] == b"PK\x03\x04" and rng.random() < 0.85:
        return _package(rng, data)
    if data[:5] == b"%PDF-" and rng.random() < 0.5:
        return _streams(rng, data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        data = _bytes(rng, data)
    return data


def _bytes(rng: random.Random, data: bytes) -> bytes:
    if not data:
        return rng.choice(_TOKENS)
    a, b = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
    near = min(len(data), a + rng.randrange(1, 200))
    ways = (
        lambda: data[:a] + bytes([rng.randrange(256)]) + data[a + 1 :],
        lambda: data[:a] + data[near:],
        lambda: data[:a] + data[a:near] * rng.choice((2, 3, 50)) + data[near:],
        lambda: data[:a] + rng.choice(_TOKENS) + data[a:],
        lambda: data[:a],
        lambda: data[:a] + data[b:],
        lambda: data[:a] + data[b:near] + data[a:b] + data[near:] if b < near else data[b:] + data[:b],
        lambda: re.sub(rb"\d+", lambda m: _number(rng, m.group()), data, count=rng.randrange(1, 60)),
        lambda: re.sub(
            rb"<(/?)(t[dr]|p|w:tc|w:tr|span)\b",
            lambda m: _tag(rng, m.group()),
            data,
            count=rng.randrange(1, 40),
        ),
    )
    return rng.choice(ways)()[: 8 * 1024 * 1024]


def _number(rng: random.Random, digits: bytes) -> bytes:
    return rng.choice(
        (digits, digits * 2, digits * 30, b"", b"-" + digits, b"65535", b"2147483648", digits[::-1])
    )


def _tag(rng: random.Random, tag: bytes) -> bytes:
    return rng.choice((tag, tag, b"", tag + b">" + tag, tag.replace(b"<", b"<table><", 1)))


def _package(rng: random.Random, data: bytes) -> bytes:
    """A package with one or two of its parts spoilt, so that the damage is behind the zip directory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, ValueError):
        return _bytes(rng, data)
    heavy = [
        n
        for n in parts
        if n.endswith(("document.xml", "numbering.xml", "styles.xml", "sheet1.xml", "sharedStrings.xml"))
    ]
    for name in rng.sample(sorted(parts), 1) + rng.sample(sorted(heavy), min(1, len(heavy))):
        parts[name] = _bytes(rng, parts[name])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _streams(rng: random.Random, data: bytes) -> bytes:
    """A PDF with one of its compressed streams unfolded, spoilt and folded again."""
    found = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL))
    if not found:
        return _bytes(rng, data)
    match = rng.choice(found)
    try:
        plain = zlib.decompress(match.group(1))
    except zlib.error:
        return _bytes(rng, data)
    spoilt = zlib.compress(_bytes(rng, plain))
    return data[: match.start(1)] + spoilt + data[match.end(1) :]
