"""The proof: the copy is read again from the beginning, and what should be gone is looked for everywhere in it."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence

import pikepdf
import pypdfium2

from gongkai.statute.leaks import Listed, What

from ..reading.everything import read
from ..reading.finding import placed
from ..reading.pdf import flat_page
from .marks import Box, Refused
from .pages import render

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
_LEAST_BYTES = 6
_DARK = 60


def bare(text: str) -> str:
    """A text without blanks and signs between its letters, in its plainest form: what is compared."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum()).upper()


def prove(
    content: bytes, name: str, secrets: Collection[str], stay: Collection[str], words: Sequence[Listed]
) -> None:
    """Raise `Refused` if a secret can still be found, or anything that was not said to stay.

    Looked at: every piece that can be read out of the copy, and every byte of it, packed and unpacked.
    """
    reading = read(content, name)
    for gap in reading.gaps:
        if gap.blocks and gap.why.startswith("无法检查"):
            raise Refused(f"处理后的文件没法再检查一遍（{gap.where}：{gap.why}），没有生成。")
    wanted = {bare(secret) for secret in secrets if len(bare(secret)) >= 2}
    for piece in reading.pieces:
        plain = bare(piece.text)
        if any(secret in plain for secret in wanted):
            raise Refused(f"处理后的文件里，{piece.where}还有要遮盖的内容，没有生成。请把那一处也标上再来。")
    stays = {bare(text) for text in stay}
    for found in placed(reading, words):
        if found.finding.what is not What.WORD and bare(found.finding.text) not in stays:
            raise Refused(
                f"处理后的文件里，{found.piece.where}还有{found.finding.label}，没有生成。请把那一处也标上再来。"
            )
    _prove_bytes(content, reading.kind, secrets)


def _prove_bytes(content: bytes, kind: str, secrets: Collection[str]) -> None:
    coded = {
        part
        for secret in secrets
        for encoding in _ENCODINGS
        if len(part := secret.encode(encoding, "ignore")) >= _LEAST_BYTES
    }
    for stretch in _stretches(content, kind):
        if any(part in stretch for part in coded):
            raise Refused("处理后的文件内部还留有要遮盖的内容，没有生成。请改用 PDF 打印件再来。")


def _stretches(content: bytes, kind: str) -> Iterator[bytes]:
    yield content
    if kind in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                yield package.read(name)
    elif kind == "pdf":
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for found in pdf.objects:
                if isinstance(found, pikepdf.Stream):
                    try:
                        yield bytes(found.read_bytes())
                    except pikepdf.PdfError:
                        yield bytes(found.read_raw_bytes())


def prove_boxes(content: bytes, boxes: Iterable[Box]) -> None:
    """Raise `Refused` unless every box of the copy's pages is black from edge to edge."""
    by_page: dict[int, list[Box]] = {}
    for box in boxes:
        by_page.setdefault(box.page, []).append(box)
    with pypdfium2.PdfDocument(content) as document:
        for number, own in by_page.items():
            picture = render(flat_page(document, number), 100).convert("L")
            for box in own:
                left, top, right, bottom = box.on(*picture.size)
                part = picture.crop((left + 3, top + 3, max(left + 4, right - 3), max(top + 4, bottom - 3)))
                if part.getextrema()[1] > _DARK:
                    raise Refused(f"第 {number + 1} 页有一处没有盖住，没有生成。请重新标记再来。")
