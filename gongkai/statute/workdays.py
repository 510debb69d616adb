"""Working days (工作日): Monday to Friday less the days off of the yearly notice, plus its make-up days."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from chinese_calendar import constants as base

from .notices import Notice, NoticeError, SpecialDay, shipped

__all__ = ["CalendarRangeError", "Notice", "NoticeError", "SpecialDay", "WorkCalendar"]

_LAST = date.max.toordinal()
_BASE_SOURCE = "chinesecalendar"


class CalendarRangeError(ValueError):
    """A counted day would lie outside the years 1 to 9999; the message says so in Chinese."""


class WorkCalendar:
    """The working days of mainland China, over the years 1 to 9999; immutable, safe to share and to pickle.

    Years known from chinesecalendar or from a notice are counted day by day as announced; in any other year
    Monday to Friday count and every result that touches it is provisional (暂定): ask `provisional`.
    A notice wins over chinesecalendar for its whole year.
    """

    __slots__ = ("_notices", "_ordinals", "_rank_before", "_special", "_special_days", "_years")

    def __init__(self, notices: Iterable[Notice] = ()) -> None:
        self._notices = {notice.year: notice for notice in notices}
        self._years = frozenset(_base_days()) | frozenset(self._notices)
        self._special = _laid_over(_base_days(), self._notices)
        self._special_days = tuple(sorted(self._special))
        first = date(min(self._years) - 1, 1, 1).toordinal()
        last = date(max(self._years) + 1, 12, 31).toordinal()
        self._rank_before = _weekdays_up_to(first - 1)
        self._ordinals = tuple(o for o in range(first, last + 1) if self._works(o))

    @classmethod
    def official(cls) -> WorkCalendar:
        """The calendar of all notices that come with the software (cached)."""
        return _official()

    def with_notice(self, notice: Notice) -> WorkCalendar:
        """A new calendar in which this notice rules its year; an earlier one for the same year is dropped."""
        return WorkCalendar([*self._notices.values(), notice])

    @property
    def notices(self) -> Mapping[int, Notice]:
        """The notices laid over the base data, by year."""
        return dict(self._notices)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day, make-up days included (law of the yearly notice)."""
        return self._works(day.toordinal())

    def special(self, day: date) -> SpecialDay | None:
        """What a notice says of this day; None for an ordinary day."""
        return self._special.get(day.toordinal())

    def specials(self, after: date, until: date) -> tuple[SpecialDay, ...]:
        """The days named by notices with after < day <= until that change the ordinary week.

        Days off that fall on a weekend change nothing and are left out.
        """
        low = bisect_right(self._special_days, after.toordinal())
        high = bisect_right(self._special_days, until.toordinal())
        days = (self._special[o] for o in self._special_days[low:high])
        return tuple(d for d in days if d.kind == "work" or d.date.weekday() < 5)

    def add(self, day: date, n: int) -> date:
        """The date `n` working days after `day`, which is day 0 and not counted (民法典 201); n = 0 gives `day`.

        Raises `ValueError` for a negative n and `CalendarRangeError` past the year 9999.
        """
        if n < 0:
            raise ValueError(f"工作日天数不能是负数：{n}")
        return self._day_of(self._rank(day.toordinal()) + n) if n else _plain(day)

    def between(self, after: date, until: date) -> int:
        """How many working days x there are with after < x <= until; 0 when until is not later."""
        return max(0, self._rank(until.toordinal()) - self._rank(after.toordinal()))

    def last_workday_on_or_before(self, day: date) -> date:
        """The day itself if it is a working day, else the last one before it."""
        return self._day_of(self._rank(day.toordinal()))

    def first_workday_on_or_after(self, day: date) -> date:
        """The day itself if it is a working day, else the first one after it (民法典 203)."""
        return self._day_of(self._rank(day.toordinal() - 1) + 1)

    def covers(self, when: date | int) -> bool:
        """Whether the official days off of this day's year (or of this year) are known."""
        return (when if isinstance(when, int) else when.year) in self._years

    def provisional(self, day: date) -> bool:
        """Whether the day lies in a year without a notice, so that it is only assumed (暂定)."""
        return day.year not in self._years

    def unknown_years(self, after: date, until: date) -> tuple[int, ...]:
        """The years without a notice that hold a day x with after < x <= until."""
        if until <= after:
            return ()
        first = after.year + ((after.month, after.day) == (12, 31))
        return tuple(year for year in range(first, until.year + 1) if year not in self._years)

    def _works(self, ordinal: int) -> bool:
        special = self._special.get(ordinal)
        return special.kind == "work" if special else ordinal % 7 not in (6, 0)

    def _rank(self, ordinal: int) -> int:
        """How many working days there are from the first Monday of the calendar up to this day."""
        ordinals = self._ordinals
        if ordinal < ordinals[0]:
            return _weekdays_up_to(ordinal)
        rank = self._rank_before + bisect_right(ordinals, ordinal)
        if ordinal > ordinals[-1]:
            rank += _weekdays_up_to(ordinal) - _weekdays_up_to(ordinals[-1])
        return rank

    def _day_of(self, rank: int) -> date:
        """The working day with this rank: the inverse of `_rank`."""
        ordinals = self._ordinals
        index = rank - self._rank_before - 1
        if index < 0:
            ordinal = _weekday_of(rank)
        elif index < len(ordinals):
            ordinal = ordinals[index]
        else:
            ordinal = _weekday_of(_weekdays_up_to(ordinals[-1]) + index - len(ordinals) + 1)
        if not 1 <= ordinal <= _LAST:
            raise CalendarRangeError("算出的日期超出了公元1年至9999年，请检查输入的日期和天数")
        return date.fromordinal(ordinal)


def _plain(day: date) -> date:
    return date.fromordinal(day.toordinal())


def _weekdays_up_to(ordinal: int) -> int:
    """Mondays to Fridays from ordinal 1 (a Monday) up to this ordinal."""
    weeks, rest = divmod(ordinal, 7)
    return weeks * 5 + min(rest, 5)


def _weekday_of(rank: int) -> int:
    weeks, rest = divmod(rank - 1, 5)
    return weeks * 7 + rest + 1


def _laid_over(
    known: Mapping[int, tuple[SpecialDay, ...]], notices: Mapping[int, Notice]
) -> dict[int, SpecialDay]:
    """Year by year the notice if there is one, else the base data; on a shared day the later year's wins."""
    special: dict[int, SpecialDay] = {}
    for year in sorted(known.keys() | notices.keys()):
        days = notices[year].days if year in notices else known[year]
        special.update((day.date.toordinal(), day) for day in days)
    return special


@cache
def _base_days() -> dict[int, tuple[SpecialDay, ...]]:
    """chinesecalendar's days by the year of the notice: days of a December belong to the next year's."""
    names = {holiday.value: holiday.chinese for holiday in base.Holiday}
    years: dict[int, list[SpecialDay]] = defaultdict(list)
    for day, name in base.holidays.items():
        years[day.year + (day.month == 12)].append(SpecialDay(day, "off", names[name], _BASE_SOURCE))
    for day, name in base.workdays.items():
        years[day.year + (day.month == 12)].append(SpecialDay(day, "work", names[name], _BASE_SOURCE))
    return {year: tuple(sorted(days)) for year, days in years.items()}


@cache
def _official() -> WorkCalendar:
    return WorkCalendar(shipped())
