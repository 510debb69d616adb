"""The prose of a report as clean sentences, and the figures in a sentence. Linear in the length of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ..model import AnnualReport, Number, Paragraph

_FULL = {0xFF10 + n: str(n) for n in range(10)}
_MARKS = {
    ",": "，",
    ";": "；",
    ":": "：",
    "(": "（",
    ")": "）",
    "?": "？",
    "!": "！",
    "％": "%",
    "．": ".",
    "﹪": "%",
}
_SPACES = [*map(ord, " \t\r\n\v\f\u00a0\u3000"), *range(0x2000, 0x200B)]
_GONE = dict.fromkeys([*_SPACES, 0x200B, 0xFEFF])
_FOLD = {**_FULL, **{ord(k): v for k, v in _MARKS.items()}, **_GONE}
_GROUPED = re.compile(
    r"(?<=[0-9０-９]),(?=[0-9０-９]{3}(?![0-9０-９]))|(?<=[０-９])，(?=[０-９]{3}(?![０-９]))"
)
_UNUSUAL = re.compile(f"[{re.escape(''.join(map(chr, set(_FOLD) - set(_SPACES))))}]")
_BOOK = re.compile(r"《[^《》]{0,120}》")
_END = re.compile(r"[。！？]")
_HEADING = re.compile(r"(?:（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])")
_SUBJECT = re.compile(r"^(?:（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、)")
_POINT = re.compile(r"\d{1,2}[.、]|[一二三四五六七八九十]是")
_OTHER_SUBJECT = re.compile("主动公开|信息管理|资源管理|平台|监督|解读|留言|回应|新媒体|队伍|培训")
_OTHER_REQUESTS = re.compile("许可|援助|救助|复议|仲裁|公证|调解|补贴|资质|执行|登记|低保|保障")
_OPENERS = frozenset("（一二三四五六七八九十0123456789")
_OPENING = 20
_LONGEST_HEADING = 30
_LONGEST_SENTENCE = 1000
_HAN = "零〇一二三四五六七八九十百千万两"
_PLAIN = re.compile(r"([0-9]{1,15})(\.[0-9]{1,6})?(万)?")
# A charset first lets the scan run at full speed; the look-behind then keeps to the start of a run of digits.
_FIGURE = re.compile(
    rf"([0-9{_HAN}](?<![0-9.第》{_HAN}亿].)[0-9.{_HAN}]{{0,18}}+)"
    r"(余|多)?(万|亿)?(余|多)?(人次|件|条|份|宗|封|篇|次|起|项|个|期|部|例|笔|元|%|家|批|场|张)(余|以上)?(?!性|事)"
)
_ABOUT = ("近", "约", "超", "逾", "超过", "不足", "至少")
_DIGIT = {"零": 0, "〇": 0, "一": 1, "两": 2} | {c: n for n, c in enumerate("一二三四五六七八九", start=1)}
_TEN = {"十": 10, "百": 100, "千": 1000}


class Figure(NamedTuple):
    """A figure with its unit and its place in the sentence. `about` marks 约、近、余 and rounded 万."""

    value: Number
    unit: str
    start: int
    end: int
    about: bool


class Sentence(NamedTuple):
    """One sentence, cleaned. `key` is the part it stands in; `on_request` tells that the passage is about
    disclosure on request; `first` that it opens a passage; `figures` in order."""

    text: str
    where: str
    key: str
    on_request: bool
    first: bool
    figures: tuple[Figure, ...]


def clean(text: str) -> str:
    """Full-width digits made plain, spaces gone (also inside 2024 年), thousands commas gone, titles in 《》 emptied."""
    text = "".join(text.split())
    if _UNUSUAL.search(text):
        text = _GROUPED.sub("", text).translate(_FOLD)
    return _BOOK.sub("《》", text) if "《" in text else text


def chinese_value(text: str) -> int | None:
    """一百零三 → 103, 两千 → 2000, 三万五千 → 35000; None for what is no number (千百, 一一)."""
    total = section = 0
    digit: int | None = None
    for char in text:
        if char in _DIGIT:
            if digit:
                return None
            digit = _DIGIT[char]
        elif char not in _TEN and char != "万":
            return None
        elif char == "万":
            if not section + (digit or 0):
                return None
            total, section, digit = (section + (digit or 0)) * 10_000, 0, None
        else:
            if digit is None and (char != "十" or section):
                return None
            section, digit = section + (1 if digit is None else digit) * _TEN[char], None
    return total + section + (digit or 0)


def figures(text: str) -> tuple[Figure, ...]:
    """The figures with a unit in a cleaned text; 第十二条 and 《条例》三十三条 are not figures."""
    out = []
    for match in _FIGURE.finditer(text):
        digits, more, large, more2, unit, above = match.groups()
        value: Number | None
        if digits.isdecimal() and len(digits) <= 15:
            value = int(digits)
        elif digits[0] in "0123456789":
            plain = _PLAIN.fullmatch(digits)
            if plain is None:
                continue
            value = Decimal(plain[1] + plain[2]) if plain[2] else int(plain[1])
            large = plain[3] or large
        else:
            value = chinese_value(digits)
        if value is None:
            continue
        start = match.start()
        about = bool(more or more2 or above) or text[max(0, start - 2) : start].endswith(_ABOUT)
        if unit == "元" and large == "万":
            unit = "万元"
        elif large:
            value, about = value * (10_000 if large == "万" else 100_000_000), True
        out.append(Figure(value, unit, start, match.end(), about))
    return tuple(out)


def read_prose(report: AnnualReport, problems: bool = False) -> list[Sentence]:
    """The sentences of all parts but the problems part (or of that part alone), in order; lines broken inside a sentence are joined. A
    passage that no check could judge stands as one sentence."""
    out: list[Sentence] = []
    for section in report.sections:
        key = section.key
        if (key == "problems") is not problems:
            continue
        on_request = key == "requests"
        for text, where in _passages(section.paragraphs):
            if _says_nothing(text):
                for piece in _END.split(text):
                    on_request = _still_on_request(piece, on_request)
                out.append(Sentence(text, where, key, on_request, True, ()))
                continue
            first = True
            for piece in _sentences(text):
                on_request = _still_on_request(piece, on_request)
                out.append(Sentence(piece, where, key, on_request, first, figures(piece)))
                first = False
    return out


def _says_nothing(text: str) -> bool:
    """True for a passage without a figure and without a word that any check of the prose asks for."""
    return (
        len(text) <= _LONGEST_SENTENCE
        and "申请" not in text
        and "诉" not in text
        and "复议" not in text
        and not _FIGURE.search(text)
    )


def _still_on_request(piece: str, before: bool) -> bool:
    """True when the passage is about disclosure on request at this sentence."""
    if piece[:1] in _OPENERS:
        if _SUBJECT.match(piece):
            return "申请" in piece and ("公开" in piece or not _OTHER_REQUESTS.search(piece))
        if _POINT.match(piece) and _OTHER_SUBJECT.search(piece, 0, _OPENING):
            return "申请" in piece[:_OPENING]
    return before or "信息公开申请" in piece or "依申请公开" in piece


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a passage. One that never ends is cut, so that the work stays linear in the text."""
    for piece in _END.split(text):
        while len(piece) > _LONGEST_SENTENCE:
            cut = max(piece.rfind(mark, 0, _LONGEST_SENTENCE) for mark in "；，、") + 1 or _LONGEST_SENTENCE
            yield piece[:cut]
            piece = piece[cut:]
        if piece:
            yield piece


def _passages(paragraphs: list[Paragraph]) -> list[tuple[str, str]]:
    """Paragraphs cleaned; one that ends inside a sentence is joined to the next, a short heading stands alone."""
    out: list[tuple[str, str]] = []
    kept: list[str] = []
    kept_where = ""
    for paragraph in paragraphs:
        text = clean(paragraph.text)
        if not text:
            continue
        heading = len(text) <= _LONGEST_HEADING and "。" not in text and _HEADING.match(text)
        if heading and kept:
            out.append(("".join(kept), kept_where))
            kept = []
        kept_where = kept_where if kept else paragraph.where
        kept.append(text)
        if heading or text[-1] in "。！？；：":
            out.append(("".join(kept), kept_where))
            kept = []
    if kept:
        out.append(("".join(kept), kept_where))
    return out
