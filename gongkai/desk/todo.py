"""What somebody has to do: gathered from providers, timed in working days, most urgent first.

A face or a room's pages say what is owed by a function in `PROVIDERS` (agency desks) or `SITE_PROVIDERS` (the
administrators'): each is given the desk (who asks, of which agency, on which day) and tells only what that actor can
do. What several of them ask, the desk finds once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from gongkai.agencies.actor import Actor
from gongkai.agencies.queries import Agency
from gongkai.agencies.readiness import Readiness, readiness_of
from gongkai.dictionaries.queries import calendar
from gongkai.outbox.queries import unread_count
from gongkai.reports import queries as annual
from gongkai.statute.workdays import WorkCalendar

if TYPE_CHECKING:
    from gongkai.reports.queries import ReportState, YearWithVersion

SOON = 3
"""Working days left from which a thing is marked as due soon."""
WEEK = 5
"""Working days that make the week ahead."""


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do, as a sentence with its reason and its one button.

    `due_on` is the last day on which it can be done in time; `late_from` the legal day where that is another one.
    `pressing` puts it among today's even without a day. `waits_for` names who has to act: then it is only waited for. `first` is what nobody goes on
    without: a review, a signature. It stands among today's, before all else.
    """

    title: str
    why: str
    url: str = ""
    button: str = ""
    due_on: date | None = None
    late_from: date | None = None
    pressing: bool = False
    waits_for: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Timed:
    """A thing to do with its time: working days left, calendar days late, 暂定 where holidays are not yet known."""

    todo: Todo
    left: int | None
    late_by: int
    provisional: bool

    @property
    def mark(self) -> str:
        """late, due, doing or plain: the kind of mark the screens show."""
        if self.late_by:
            return "late"
        if self.todo.pressing or self.todo.first or (self.left is not None and self.left <= SOON):
            return "due"
        return "plain" if self.left is None else "doing"

    @property
    def words(self) -> str:
        """How long there is, as one says it; nothing where there is no day."""
        if self.late_by:
            return f"逾期 {self.late_by} 天"
        if self.left is None:
            return "请尽快办" if self.todo.pressing or self.todo.first else ""
        sure = "（暂定）" if self.provisional else ""
        return f"还剩 {self.left} 个工作日{sure}" if self.left else f"今天办完{sure}"

    @property
    def group(self) -> str:
        """today, week, later or waiting: the list it stands in."""
        if self.todo.waits_for:
            return "waiting"
        if self.late_by or self.todo.pressing or self.todo.first or self.left == 0:
            return "today"
        return "week" if self.left is not None and self.left <= WEEK else "later"

    @property
    def order(self) -> tuple[int, date]:
        """What others wait for first, then the latest, then the nearest day, then what presses without a day, then what
        has none."""
        day = self.todo.late_from or self.todo.due_on
        if self.todo.first:
            return 0, day or date.max
        if day is not None:
            return 1, day
        return (2 if self.todo.pressing else 3), date.max


@dataclass(frozen=True)
class Desk:
    """Who asks, at which agency's desk, on which day; and what more than one of the providers asks, found once."""

    actor: Actor
    agency: Agency
    day: date

    @cached_property
    def works(self) -> list[YearWithVersion]:
        """The agency's years of work on reports, newest first."""
        works = list(annual.reports_of(self.agency))
        for work in works:
            work.agency = self.agency
        return works

    @cached_property
    def newest(self) -> ReportState | None:
        """The newest report as it stands and what the checks find; None before the first."""
        return annual.state_of(self.works[0]) if self.works else None

    @cached_property
    def readiness(self) -> Readiness:
        """How far the agency is set up."""
        return readiness_of(self.agency, self.day)

    @cached_property
    def unread(self) -> int:
        """How many notices the actor has not opened."""
        return unread_count(self.actor, self.agency)


Provider = Callable[[Desk], Iterable[Todo]]
SiteProvider = Callable[[Actor, date], Iterable[Todo]]
PROVIDERS: list[Provider] = []
"""What is owed at an agency's desk, in the order in which equals stand."""
SITE_PROVIDERS: list[SiteProvider] = []
"""What is owed by the administrators."""


def owed_at(provider: Provider) -> Provider:
    """Add a provider for the agencies' desks."""
    PROVIDERS.append(provider)
    return provider


def owed_by_site(provider: SiteProvider) -> SiteProvider:
    """Add a provider for the administrators' desk."""
    SITE_PROVIDERS.append(provider)
    return provider


def timed(todo: Todo, day: date, days: WorkCalendar | None = None) -> Timed:
    """The thing with its time as of `day`."""
    due, days = todo.due_on, days or calendar()
    if due is None:
        return Timed(todo, None, 0, False)
    late_by = max(0, (day - (todo.late_from or due)).days)
    return Timed(todo, days.between(day, due), late_by, due >= day and days.provisional(due))


@dataclass(frozen=True, slots=True)
class Lists:
    """The things to do in their lists, each most urgent first."""

    today: list[Timed] = field(default_factory=list)
    week: list[Timed] = field(default_factory=list)
    later: list[Timed] = field(default_factory=list)
    waiting: list[Timed] = field(default_factory=list)

    @property
    def first(self) -> Timed | None:
        """The one thing to begin with: its button is the page's primary one."""
        return next((one for one in chain(self.today, self.week, self.later) if one.todo.url), None)

    @property
    def own(self) -> int:
        """How many things there are for this actor to do."""
        return len(self.today) + len(self.week) + len(self.later)


def sorted_out(todos: Iterable[Todo], day: date) -> Lists:
    """The things in their lists; what is equal stays in the order in which it was told."""
    lists = Lists()
    days = calendar()
    for one in sorted((timed(todo, day, days) for todo in todos), key=lambda t: t.order):
        getattr(lists, one.group).append(one)
    return lists


def at_desk(desk: Desk) -> Lists:
    """All that is to be done at this desk by who asks."""
    return sorted_out(chain.from_iterable(tell(desk) for tell in PROVIDERS), desk.day)


def of_site_desk(actor: Actor, day: date) -> Lists:
    """All that this administrator has to do."""
    return sorted_out(chain.from_iterable(tell(actor, day) for tell in SITE_PROVIDERS), day)
