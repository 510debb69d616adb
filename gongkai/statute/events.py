"""Events that move the clock of a request, and how they are read from JSON and from the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .days import in_words, parse_day, shown

MAX_EXTENSION = 20


class EventError(ValueError):
    """An event is incomplete or contradicts itself; the message says in Chinese what to write instead."""


@dataclass(frozen=True, slots=True)
class Clarified:
    """The corrected request was received (收到补正) on this day: the period begins anew (art. 30)."""

    on: date


@dataclass(frozen=True, slots=True)
class Paid:
    """The processing fee was paid in full on this day: the period begins anew (109号)."""

    on: date


@dataclass(frozen=True, slots=True)
class Extended:
    """The period was extended on this day by 1 to 20 working days (art. 33). Raises `EventError` otherwise."""

    on: date
    days: int = MAX_EXTENSION

    def __post_init__(self) -> None:
        if not 1 <= self.days <= MAX_EXTENSION:
            raise EventError(
                f"延期是1至{MAX_EXTENSION}个工作日，不能是{shown(self.days)}个（《条例》第三十三条）"
            )


@dataclass(frozen=True, slots=True)
class Consulted:
    """A third party or another agency was consulted; the days d with start < d <= end are not counted (art. 33).

    `end` is None while the consultation is still open. `at_most` is the last day it can take, the fifteenth working day
    after the letter arrived (art. 32, 34); None while that is not known: an opinion that is late, or written down late,
    takes no more. Raises `EventError` when it ends before it starts.
    """

    start: date
    end: date | None
    at_most: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise EventError(
                f"征求意见结束的{in_words(self.end)}早于发出的{in_words(self.start)}，请核对两个日期"
            )


Event = Clarified | Paid | Extended | Consulted
_NAMES = {
    "clarified": "收到补正（clarified）",
    "consulted": "征求意见（consulted）",
    "extended": "延期（extended）",
    "paid": "缴费（paid）",
}


def parse_event(data: object) -> Event:
    """An event from its JSON form, days as 2025-03-10; keys that are not named here are left alone.

    {"kind": "clarified", "on"}, {"kind": "paid", "on"}, {"kind": "extended", "on", "days" = 20},
    {"kind": "consulted", "from", "to" (null or absent while open)}. Raises `EventError` or `DayError`.
    """
    if not isinstance(data, Mapping):
        raise EventError('每个事件是一个对象，如 {"kind":"paid","on":"2025-04-01"}')
    kind = data.get("kind")
    if kind == "clarified":
        return Clarified(_day(data, kind, "on"))
    if kind == "paid":
        return Paid(_day(data, kind, "on"))
    if kind == "extended":
        days = data.get("days", MAX_EXTENSION)
        if not isinstance(days, int) or isinstance(days, bool):
            raise EventError(f"延期的工作日数（days）“{shown(days)}”不是整数")
        return Extended(_day(data, kind, "on"), days)
    if kind == "consulted":
        end = None if data.get("to") is None else _day(data, kind, "to")
        return Consulted(_day(data, kind, "from"), end)
    raise EventError(f"不认识事件“{shown(kind)}”，可用的是：{'、'.join(_NAMES.values())}")


def parse_event_text(text: str) -> Event:
    """An event as typed on a command line.

    clarified:2025-03-10, paid:2025-04-01, extended:2025-03-20[:15] (20 working days unless said),
    consulted:2025-03-10..2025-03-24 (nothing after the dots while open). Raises `EventError` or `DayError`.
    """
    kind, _, rest = text.strip().partition(":")
    data: dict[str, object] = {"kind": kind, "on": rest}
    if kind == "consulted":
        start, dots, end = rest.partition("..")
        if not dots:
            raise EventError(
                "征求意见请写成 consulted:2025-03-10..2025-03-24，还没结束的写 consulted:2025-03-10.."
            )
        data = {"kind": kind, "from": start, "to": end or None}
    elif kind == "extended":
        data["on"], colon, days = rest.partition(":")
        if colon:
            if not (days.isascii() and days.isdigit() and len(days) < 5):
                raise EventError(f"延期的工作日数“{shown(days)}”不是整数，请写成 extended:2025-03-20:20")
            data["days"] = int(days)
    return parse_event(data)


def _day(data: Mapping[str, object], kind: str, key: str) -> date:
    if data.get(key) is None:
        raise EventError(f"{_NAMES[kind]}缺少日期 {key}")
    return parse_day(data[key])
