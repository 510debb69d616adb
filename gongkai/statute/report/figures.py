"""What a cell's text says: a figure, nothing, a stroke, or words. One place, used by every reader."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from .model import Cell, CellKind, Number

_DASHES = frozenset({"/", "\\", "-", "--", "—", "——", "–", "−", "无", "一一", "//", "～"})
_SPACE = re.compile(r"[\s\u00a0\u3000\u200b\ufeff\u2002\u2003\u2009]+")
_UNSEEN = re.compile(r"[\u200b\ufeff]+")
# ²  ₂  ½  Ⅳ  ①  ❶  ㈠  🄂: signs that would turn into digits of the figure they stand beside.
_MARK = re.compile(
    "[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u218b\u2460-\u24ff\u2776-\u2793\u3200-\u33ff\U0001f100-\U0001f10c]"
)
_LEADING_ZERO = re.compile(r"[+-]?0\d")
_APART = re.compile(r"[\d,.]\s+[\d,.]|[+-]\s*[\r\n]\s*\d")
_COUNT = re.compile(r"[+-]?\d+")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(r"[+-]?\d+\.\d+")
_AMOUNT = re.compile(r"([+-]?[\d,]+(?:\.\d+)?)(亿元|万元|元)")
_MINUS = str.maketrans({"−": "-", "﹣": "-", "－": "-", "‑": "-", "+": "+", "﹢": "+"})


def to_number(text: str) -> Number | None:
    """A clean figure as int or Decimal; None when the text is anything else. `+5` is 5, `1,234` is 1234."""
    if _COUNT.fullmatch(text):
        return int(text) if len(text) <= 18 else None
    if len(text) <= 24 and _GROUPED.fullmatch(text):
        text = text.replace(",", "")
        return int(text) if _COUNT.fullmatch(text) else Decimal(text)
    if _DECIMAL.fullmatch(text) and len(text) <= 24:
        try:
            value = Decimal(text)
        except InvalidOperation:
            return None
        return int(value) if value == value.to_integral_value() else value
    return None


def parse_figure(raw: str, where: str = "", *, amount: bool = False) -> Cell:
    """The cell that this text is. `amount` allows 元/万元 behind the figure (the value keeps the unit printed:
    see `raw`). Full-width digits, NBSP and spaces around a figure are taken as they are meant. White space or a
    line end between digits may part two figures or break one: such a cell is ambiguous, or words. A footnote
    mark, a fraction or a Roman number beside digits makes words of them."""
    if raw.isdecimal() and raw.isascii() and len(raw) <= 18:
        return Cell(int(raw), raw, where)
    spaced = _UNSEEN.sub("", unicodedata.normalize("NFKC", raw)).translate(_MINUS)
    text = _SPACE.sub("", spaced)
    if not text:
        return Cell(None, raw, where, CellKind.BLANK)
    if text in _DASHES:
        return Cell(None, raw, where, CellKind.DASH)
    if _MARK.search(raw):
        return Cell(None, raw, where, CellKind.TEXT)
    if _APART.search(spaced):
        return _apart(spaced.split(), raw, where)
    value = to_number(text)
    if value is None and amount and (match := _AMOUNT.fullmatch(text)):
        value = to_number(match.group(1))
    if value is None:
        return Cell(None, raw, where, CellKind.TEXT)
    return Cell(value, raw, where)


def _apart(pieces: list[str], raw: str, where: str) -> Cell:
    """Digits with white space between them: two pieces are one broken figure or two figures, more are words.
    A figure that would begin with a superfluous 0, or be longer than nine digits, is not one broken figure."""
    joined = "".join(pieces)
    whole = None if len(pieces) != 2 or _LEADING_ZERO.match(joined) else to_number(joined)
    if whole is None or sum(map(str.isdecimal, joined)) > 9:
        return Cell(None, raw, where, CellKind.TEXT)
    found = (to_number(piece.strip(",.")) for piece in pieces)
    candidates = dict.fromkeys([whole, *(value for value in found if value is not None)])
    return Cell(None, raw, where, CellKind.AMBIGUOUS, tuple(candidates))


def number_text(value: Number) -> str:
    """A figure as printed: 0 is 0, no thousands marks, no trailing zeros: Decimal("12.50") → 12.5."""
    if isinstance(value, int):
        return str(value)
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def has_unit(raw: str) -> bool:
    """True when an amount was printed with its unit (251000元, 3.2万元)."""
    return unicodedata.normalize("NFKC", raw).rstrip().endswith("元")
