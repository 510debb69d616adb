"""One file, its marks, and the clean copy, proven; or the reason why there is none."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast

import pypdfium2

from gongkai.statute.leaks import Listed, What

from ..content.examine import ending_of
from ..reading.everything import decoded, read, slots_of
from ..reading.finding import Placed, placed
from ..reading.office import Office
from ..reading.pieces import Reading
from ..reading.slots import BLOT
from .docx import clean_docx
from .marks import Box, Marks, Refused, Spot, covering
from .pages import paint, spot_boxes, upright
from .pdf import clean_pdf
from .proof import prove, prove_boxes
from .xlsx import clean_xlsx

_UNITS = ("s", "p", "t")
_FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "gif": "GIF", "tif": "TIFF", "tiff": "TIFF"}
_CANNOT = {
    "zip": "压缩包要先解开，里面的文件一个一个检查、遮盖。",
    "unknown": "这个文件打不开，没法遮盖。请用原来的软件打开，另存一份后再来。",
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The clean copy: its name, its content, how many places were blotted, which finds stay."""

    name: str
    content: bytes
    places: int
    stays: tuple[Placed, ...]


def clean(content: bytes, name: str, marks: Marks, words: Sequence[Listed] = ()) -> Cleaned:
    """Make the clean copy: every find that was not said to stay, and every mark, is gone from it, and with it what
    does not show (comments, changes, hidden text, properties, attached files). Raises `Refused`.

    The same text is blotted wherever it stands, not only where it was marked.
    """
    reading = read(content, name)
    if reading.kind in _CANNOT or reading.kind not in ("pdf", "docx", "xlsx", "text", "picture"):
        raise Refused(_CANNOT.get(reading.kind, "这种文件没法遮盖。请另存为 .docx、.xlsx 或者 PDF 再来。"))
    found = [p for p in placed(reading, words) if p.finding.what is not What.WORD]
    going = [p for p in found if p.key not in marks.left]
    staying = tuple(p for p in found if p.key in marks.left)
    _refuse_secrets(going)
    secrets = _secrets(reading, going, marks)
    spots = _spots(reading, going, staying, marks, secrets)
    new_name = _clean_name(name, secrets)
    made, boxes = _made(content, reading, spots, marks.boxes, ending_of(name))
    stay_texts = {p.finding.text for p in staying}
    prove(made, new_name, secrets - stay_texts, stay_texts, words)
    if reading.kind == "pdf":
        prove_boxes(made, boxes)
    return Cleaned(new_name, made, len({(s.unit, s.start) for s in spots}) + len(marks.boxes), staying)


def spots_of(reading: Reading, marks: Marks, words: Sequence[Listed] = ()) -> list[Spot]:
    """Every stretch of text that would be blotted with these marks."""
    found = [p for p in placed(reading, words) if p.finding.what is not What.WORD]
    going = [p for p in found if p.key not in marks.left]
    staying = [p for p in found if p.key in marks.left]
    return _spots(reading, going, staying, marks, _secrets(reading, going, marks))


def _secrets(reading: Reading, going: Sequence[Placed], marks: Marks) -> set[str]:
    return {p.finding.text for p in going if p.piece.unit != "meta"} | _texts(reading, marks.spots)


def _spots(
    reading: Reading, going: Sequence[Placed], staying: Sequence[Placed], marks: Marks, secrets: set[str]
) -> list[Spot]:
    spots = [*marks.spots, *(_spot(p) for p in going if p.piece.unit[:1] in _UNITS)]
    return [s for s in [*spots, *occurrences(reading, secrets)] if not _said_to_stay(s, staying)]


def _refuse_secrets(going: Sequence[Placed]) -> None:
    """A paper that bears a mark is not made public by blackening the mark (保密法第三十五条)."""
    for p in going:
        if p.finding.what is What.MARK:
            raise Refused(
                f"{p.piece.where}有密级标志“{p.finding.text.strip()}”，不能靠遮盖公开。请报告本机关保密工作机构；"
                "已经解密的，先在原文件里去掉标志；不是密级标志的，选“留下”并写明理由。"
            )


def _spot(found: Placed) -> Spot:
    return Spot(found.piece.unit, found.finding.start, found.finding.end)


def _texts(reading: Reading, spots: Sequence[Spot]) -> set[str]:
    by_unit = {p.unit: p.text for p in reading.pieces if p.unit}
    return {by_unit[s.unit][s.start : s.end] for s in spots if s.unit in by_unit} - {""}


def occurrences(reading: Reading, secrets: set[str]) -> list[Spot]:
    """Every place of a marked text, in every unit; single letters are not looked for."""
    found = []
    for piece in reading.pieces:
        if piece.unit[:1] not in _UNITS:
            continue
        for secret in secrets:
            at = piece.text.find(secret) if len(secret) > 1 else -1
            while at >= 0:
                found.append(Spot(piece.unit, at, at + len(secret)))
                at = piece.text.find(secret, at + len(secret))
    return found


def _said_to_stay(spot: Spot, staying: Sequence[Placed]) -> bool:
    return any(
        p.piece.unit == spot.unit and p.finding.start == spot.start and p.finding.end == spot.end
        for p in staying
    )


def _clean_name(name: str, secrets: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) > 1:
            stem = stem.replace(secret, BLOT * 2)
    return f"{stem}（遮盖）{dot}{ending}" if dot else f"{name}（遮盖）"


def _made(
    content: bytes, reading: Reading, spots: Sequence[Spot], boxes: Sequence[Box], ending: str
) -> tuple[bytes, list[Box]]:
    if reading.kind == "pdf":
        with pypdfium2.PdfDocument(content) as document:
            all_boxes = [*boxes, *spot_boxes(document, spots)]
        return clean_pdf(content, all_boxes), all_boxes
    if reading.kind in ("docx", "xlsx"):
        return _clean_office(content, reading.kind, spots), []
    if reading.kind == "text":
        return _clean_text(content, spots, ending), []
    return _clean_picture(content, boxes, ending), []


def _clean_office(content: bytes, kind: str, spots: Sequence[Spot]) -> bytes:
    office = Office(cast(BinaryIO, io.BytesIO(content)))
    for number, slot in enumerate(slots_of(office, kind)):
        for start, end in reversed(covering(spots, f"s{number}")):
            slot.blot(start, end)
    (clean_docx if kind == "docx" else clean_xlsx)(office)
    return office.saved()


def _clean_text(content: bytes, spots: Sequence[Spot], ending: str) -> bytes:
    letters = list(decoded(content))
    for spot in spots:
        if spot.unit.startswith("t"):
            base = int(spot.unit[1:])
            for at in range(base + spot.start, min(base + spot.end, len(letters))):
                if letters[at] not in "\r\n":
                    letters[at] = BLOT
    return "".join(letters).encode("utf-8-sig" if ending == "csv" else "utf-8")


def _clean_picture(content: bytes, boxes: Sequence[Box], ending: str) -> bytes:
    picture = upright(content)
    if getattr(picture, "n_frames", 1) > 1:
        raise Refused("这个图片里有好几幅图（动图或者多页），没法遮盖。请拆成单张，或者存为 PDF 再来。")
    picture = picture.copy()
    picture.info = {}
    paint(picture, boxes)
    out = io.BytesIO()
    kind = _FORMATS[ending]
    picture.save(out, kind, **({"quality": 92} if kind == "JPEG" else {}))
    return out.getvalue()
