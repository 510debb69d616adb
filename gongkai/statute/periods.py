"""Periods of the law as data, and where each ends: in working days, calendar days or months."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any, Literal

from .days import in_words
from .refs import Ref
from .workdays import CalendarRangeError, WorkCalendar

Unit = Literal["workdays", "days", "months"]
_UNITS: dict[Unit, str] = {"workdays": "个工作日", "days": "日", "months": "个月"}
_DAY_ZERO, _MONTHS, _DAY_OFF = Ref("civil_code", 201), Ref("civil_code", 202), Ref("civil_code", 203)


@dataclass(frozen=True, slots=True)
class PeriodEnd:
    """The last day of a period, whether it is provisional (暂定), and how it was found, in words."""

    last_day: date
    provisional: bool
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A period of `n` units. `workdays` and `days` are counted from the day after the event (民法典 201)."""

    label: str
    n: int
    unit: Unit
    ref: Ref

    def __post_init__(self) -> None:
        if self.unit not in _UNITS:
            raise ValueError(f"期间的单位只能是 workdays、days 或 months，不能是“{self.unit}”")
        if self.n < 1:
            raise ValueError(f"期间至少是 1，不能是 {self.n}")

    def __str__(self) -> str:
        """20个工作日, 60日, 6个月."""
        return f"{self.n}{_UNITS[self.unit]}"

    def end(self, start: date, calendar: WorkCalendar) -> PeriodEnd:
        """The last day of the period that an event on `start` (day 0) begins.

        Working days end on a working day by themselves. Calendar days and months that end on a day off
        move to the first working day after it (民法典 203); months end on the corresponding day or, where
        there is none, on the month's last (民法典 202). Raises `CalendarRangeError` past the year 9999.
        """
        begin = f"{in_words(start)}当日不计，从次日起算{self}（{self.ref}、{_DAY_ZERO}）。"
        if self.unit == "workdays":
            last = calendar.add(start, self.n)
            unknown = calendar.unknown_years(start, last)
            return PeriodEnd(last, bool(unknown), (begin, _ends(last), *assumed(unknown)))
        nominal = self._nominal(start)
        last = calendar.first_workday_on_or_after(nominal)
        unknown = calendar.unknown_years(nominal - timedelta(1), last)
        steps = [begin]
        if self.unit == "months" and nominal.day != start.day:
            steps.append(
                f"{nominal.year}年{nominal.month}月没有{start.day}日，以月末为最后一日（{_MONTHS}）。"
            )
        if last != nominal:
            steps.append(f"{in_words(nominal)}不上班，顺延到其后第一个工作日（{_DAY_OFF}）。")
        return PeriodEnd(last, bool(unknown), (*steps, _ends(last), *assumed(unknown)))

    def _nominal(self, start: date) -> date:
        try:
            if self.unit == "days":
                return start + timedelta(self.n)
            year, month = divmod(start.year * 12 + start.month - 1 + self.n, 12)
            return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
        except (OverflowError, ValueError) as error:
            raise CalendarRangeError("算出的日期超出了公元1年至9999年，请检查输入的日期") from error


def _ends(last: date) -> str:
    return f"最后一日是{in_words(last)}。"


def assumed(years: tuple[int, ...]) -> tuple[str, ...]:
    """The sentence that warns of years without a notice; nothing when there are none."""
    if not years:
        return ()
    named = f"{years[0]}年" if len(years) == 1 else f"{years[0]}年至{years[-1]}年"
    return (f"{named}的放假安排还没有录入，暂按周一至周五上班计算，这个日期是暂定的，录入通知后要重新计算。",)


def _period(data: dict[str, Any]) -> Period:
    return Period(data["label"], data["n"], data["unit"], Ref(*data["ref"]))


PERIODS: dict[str, Period] = {
    slug: _period(data)
    for slug, data in tomllib.loads(
        files("gongkai.statute").joinpath("periods.toml").read_text(encoding="utf-8")
    ).items()
}
"""The periods of procedure by slug, from `periods.toml`."""


def opinion_ended_on(delivered_on: date, opinion_on: date | None, calendar: WorkCalendar) -> date:
    """When a consultation ends for the clock: the opinion's day or the 15th working day after the letter was
    received, whichever is first (our reading: the law only says that the time needed is not counted)."""
    last = calendar.add(delivered_on, PERIODS["third_party_opinion"].n)
    return last if opinion_on is None else min(opinion_on, last)
