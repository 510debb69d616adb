"""Duties: what must be published and within which time, the yearly dates, review stages and access classes."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any, Literal

from .periods import Period, PeriodEnd, Unit
from .refs import Ref, parse_ref, rests_on
from .workdays import WorkCalendar

_UNITS: dict[str, Unit] = {"working": "workdays", "calendar": "days"}


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """One entry of the statutory catalogue (法定主动公开内容): article 20 by number, article 21 by scope.

    `scope` is all, county (县级政府及其部门) or township; `number` counts from 1 within article and scope.
    """

    slug: str
    number: int
    label: str
    scope: Literal["all", "county", "township"]
    ref: Ref


@dataclass(frozen=True, slots=True)
class PublishingLimit:
    """Within how many days something must be published (公开期限), counted from the day after `event`.

    `kind` is working (工作日) or calendar (日历日); `act` is what must have happened by then.
    """

    slug: str
    label: str
    event: str
    n: int
    kind: Literal["working", "calendar"]
    act: str
    refs: tuple[Ref, ...]

    @property
    def ref(self) -> Ref:
        """The article that sets the limit."""
        return self.refs[0]

    @property
    def period(self) -> Period:
        """The limit as a period, which knows how to end (民法典 201, 203)."""
        return Period(self.label, self.n, _UNITS[self.kind], self.ref)


@dataclass(frozen=True, slots=True)
class YearlyDuty:
    """A duty with a fixed date each year; the date is not moved when it falls on a day off (条例 49)."""

    slug: str
    label: str
    who: str
    month: int
    day: int
    refs: tuple[Ref, ...]

    @property
    def ref(self) -> Ref:
        """The article that sets the date."""
        return self.refs[0]

    def due(self, year: int) -> date:
        """The date in `year`, which is the year after the one reported on."""
        return date(year, self.month, self.day)

    def aim(self, year: int, calendar: WorkCalendar) -> date:
        """The last working day on or before the date: the day to aim at (our own rule, the law moves nothing)."""
        return calendar.last_workday_on_or_before(self.due(year))


@dataclass(frozen=True, slots=True)
class CalendarDuty:
    """A duty that comes round every year or quarter (年度工作日历).

    `yearly` names the dates of `YEARLY` where the law sets the day; else `days` are month and day, set by us, each of
    them a part counted from 1 where there is more than one.
    """

    slug: str
    label: str
    does: str
    yearly: tuple[str, ...]
    days: tuple[tuple[int, int], ...]
    refs: tuple[Ref, ...]

    @property
    def ref(self) -> Ref:
        """The article the duty rests on."""
        return self.refs[0]

    @property
    def by_law(self) -> bool:
        """Whether the law sets the day itself."""
        return bool(self.yearly)

    def due(self, year: int, *, government: bool = False) -> tuple[tuple[int, date], ...]:
        """Each part with its day in the calendar year; part 0 where there is one only."""
        if self.yearly:
            return ((0, YEARLY[self.yearly[int(government)]].due(year)),)
        if len(self.days) == 1:
            return ((0, date(year, *self.days[0])),)
        return tuple((n, date(year, *day)) for n, day in enumerate(self.days, 1))


@dataclass(frozen=True, slots=True)
class ReviewStage:
    """One level of review before publication; nobody signs two levels of the same item."""

    slug: str
    label: str
    who: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class ReviewCheck:
    """One of the four checks (四关) and what it looks at."""

    slug: str
    label: str
    looks_at: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class AccessClass:
    """An access class (公开属性): fixed while drafting, printed on the document, with a reason where required."""

    slug: str
    label: str
    printed: str
    reason_required: bool
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The evaluation of what is not disclosed: every so many months, with one of the named results."""

    label: str
    months: int
    results: tuple[str, ...]
    refs: tuple[Ref, ...]


def _refs(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "refs": tuple(parse_ref(one) for one in row["refs"])}


def _month_day(written: str) -> tuple[int, int]:
    month, _, day = written.partition("-")
    return int(month), int(day)


def _calendar(row: dict[str, Any]) -> dict[str, Any]:
    days = tuple(_month_day(day) for day in row["days"])
    return {**_refs(row), "yearly": tuple(row["yearly"]), "days": days}


def _article_21(
    rows: list[dict[str, Any]], scope: Literal["county", "township"]
) -> tuple[CatalogueItem, ...]:
    mine = [row for row in rows if row["scope"] == scope]
    return tuple(
        CatalogueItem(row["slug"], n, row["label"], scope, Ref("ogi", 21)) for n, row in enumerate(mine, 1)
    )


_DATA = tomllib.loads(files("gongkai.statute").joinpath("duties.toml").read_text(encoding="utf-8"))
ARTICLE_20: tuple[CatalogueItem, ...] = tuple(
    CatalogueItem(r["slug"], r["number"], r["label"], "all", Ref("ogi", 20, None, r["number"]))
    for r in _DATA["article20"]
)
ARTICLE_21_COUNTY: tuple[CatalogueItem, ...] = _article_21(_DATA["article21"], "county")
ARTICLE_21_TOWNSHIP: tuple[CatalogueItem, ...] = _article_21(_DATA["article21"], "township")
LIMITS: dict[str, PublishingLimit] = {r["slug"]: PublishingLimit(**_refs(r)) for r in _DATA["limit"]}
YEARLY: dict[str, YearlyDuty] = {r["slug"]: YearlyDuty(**_refs(r)) for r in _DATA["yearly"]}
CALENDAR: dict[str, CalendarDuty] = {r["slug"]: CalendarDuty(**_calendar(r)) for r in _DATA["calendar"]}
STAGES: tuple[ReviewStage, ...] = tuple(ReviewStage(**_refs(r)) for r in _DATA["stage"])
CHECKS: tuple[ReviewCheck, ...] = tuple(ReviewCheck(**_refs(r)) for r in _DATA["check"])
ACCESS_CLASSES: dict[str, AccessClass] = {r["slug"]: AccessClass(**_refs(r)) for r in _DATA["access"]}
EVALUATION = Evaluation(**{**_refs(_DATA["evaluation"]), "results": tuple(_DATA["evaluation"]["results"])})


def statutory_catalogue(*, township: bool = False) -> tuple[CatalogueItem, ...]:
    """The catalogue an agency starts from: the fifteen items of article 20 and its own of article 21."""
    return ARTICLE_20 + (ARTICLE_21_TOWNSHIP if township else ARTICLE_21_COUNTY)


@rests_on(Ref("ogi", 26), Ref("civil_code", 201), Ref("civil_code", 203))
def publish_due(kind: str, day: date, calendar: WorkCalendar) -> PeriodEnd:
    """The last day for publishing something of a kind (a slug of `LIMITS`) whose event fell on `day` (day 0).

    Returns the day, whether it is provisional (暂定), and the steps in Chinese. Calendar-day limits that end
    on a day off move to the first working day after it. Raises ValueError, in Chinese, for an unknown kind.
    """
    limit = LIMITS.get(kind)
    if limit is None:
        raise ValueError(f"没有“{kind}”这种公开期限，可以选：{'、'.join(LIMITS)}。")
    return limit.period.end(day, calendar)


@rests_on(Ref("ogi", 49), Ref("design"))
def working_aim(day: date, calendar: WorkCalendar, ahead: int = 0) -> date:
    """The day to aim at for a duty due on `day`: the last working day until then, or so many working days before it.

    Raises ValueError for a negative number.
    """
    if ahead < 0:
        raise ValueError(f"提前的工作日天数不能是负数：{ahead}")
    aim = calendar.last_workday_on_or_before(day)
    for _ in range(ahead):
        aim = calendar.last_workday_on_or_before(aim - timedelta(days=1))
    return aim


@rests_on(Ref("ogi", 18), Ref("civil_code", 202), Ref("design"))
def next_evaluation(day: date) -> date:
    """When what is not disclosed is to be looked at again: 12 months after `day`, at most that month's end."""
    years, month = divmod(day.month - 1 + EVALUATION.months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
