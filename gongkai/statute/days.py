"""Days in words and from words: how dates are written for people, and the one form machines must use."""

from __future__ import annotations

import re
from datetime import date

_WEEKDAYS = "一二三四五六日"
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class DayError(ValueError):
    """A text is not a day; the message says so in Chinese."""


def in_words(day: date) -> str:
    """A day as people read it: 2025年3月31日（星期一）."""
    return f"{day.year}年{day.month}月{day.day}日（星期{_WEEKDAYS[day.weekday()]}）"


def parse_day(text: object) -> date:
    """A day written 2025-03-31, and no other way. Raises `DayError`."""
    if isinstance(text, str) and _ISO.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise DayError(f"没有“{text}”这一天，请核对月份和日期") from None
    raise DayError(f"“{shown(text)}”不是日期，请写成 2025-03-31 这样")


def shown(value: object, limit: int = 40) -> str:
    """A foreign value cut to `limit` characters and made safe to print inside a message."""
    text = "" if value is None else value if isinstance(value, str) else type(value).__name__
    if isinstance(value, (int, float)):
        text = str(value) if not isinstance(value, int) or value.bit_length() < 200 else "过大的数"
    text = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else "?" for c in text[: limit + 1])[:limit] + "…" * (
        len(text) > limit
    )
