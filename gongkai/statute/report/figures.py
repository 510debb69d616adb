"""What a cell's text says: a figure, nothing, a stroke, or words. One place, used by every reader."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from .model import Cell, CellKind, Number

_DASHES = frozenset({"/", "\\", "-", "--", "—", "——", "–", "−", "无", "一一", "//", "～"})
_SPACE = re.compile(r"[\s\u00a0\u3000\u200b\ufeff\u2002\u2003\u2009]+")
_COUNT = re.compile(r"[+-]?\d+")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(r"[+-]?\d+\.\d+")
_AMOUNT = re.compile(r"([+-]?[\d,]+(?:\.\d+)?)(亿元|万元|元)")
_MINUS = str.maketrans({"−": "-", "﹣": "-", "－": "-", "‑": "-", "+": "+", "﹢": "+"})


def to_number(text: str) -> Number | None:
    """A clean figure as int or Decimal; None when the text is anything else. `+5` is 5, `1,234` is 1234."""
    if _COUNT.fullmatch(text):
        return int(text) if len(text) <= 18 else None
    if _GROUPED.fullmatch(text):
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
    see `raw`). Full-width digits, NBSP and spaces between digits of one cell are taken as they are meant."""
    if raw.isdecimal() and raw.isascii() and len(raw) <= 18:
        return Cell(int(raw), raw, where)
    text = _SPACE.sub("", unicodedata.normalize("NFKC", raw)).translate(_MINUS)
    if not text:
        return Cell(None, raw, where, CellKind.BLANK)
    if text in _DASHES:
        return Cell(None, raw, where, CellKind.DASH)
    value = to_number(text)
    if value is None and amount and (match := _AMOUNT.fullmatch(text)):
        value = to_number(match.group(1))
    if value is None:
        return Cell(None, raw, where, CellKind.TEXT)
    return Cell(value, raw, where)


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
