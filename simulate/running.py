"""The simulation: people in their seats, requests on random days, all lives side by side day after day, judges asked."""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.agencies.actions.seats import seat_person
from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Kind, Person
from gongkai.inforequests.models import InfoRequest, RequestEvent
from gongkai.statute.report.tally import Tally
from gongkai.statute.states import MOVES
from simulate.judging import DueDays, cell, judge_register, judge_turn, judge_unchanged, judge_year
from simulate.judging_report import Report, judge_report, judge_stands
from simulate.life import Life, come_in
from simulate.office import Office

YEARS = (2023, 2024, 2025)
SEATS = {
    "clerk": Kind.CLERK,
    "ogi_head": Kind.OGI_HEAD,
    "reviewer": Kind.SECRECY_REVIEWER,
    "leader": Kind.LEADER,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was simulated and found equal. `never` names the acts of the law's table that did not happen once."""

    requests: int
    numbers: int
    cancelled: int
    splits: int
    corrections: int
    reopened_in_a_later_year: int
    acts: int
    by_act: dict[str, int]
    never: list[str]
    due_days: int
    still_open: int
    cells: int
    totals: dict[int, int]
    carried_out: dict[int, int]
    reports: int
    report_cells: int
    register_entries: int
    remedies: int
    items: int


class People:
    """The four people of the simulated office; their seats are read once and carried to any day."""

    def __init__(self, agency: Agency) -> None:
        system = Actor.system(date(2023, 1, 1), "模拟")
        self.actors: dict[str, Actor] = {}
        for name, kind in SEATS.items():
            person, _ = seat_person(
                by=system, username=f"sim-{name}", name=name, kind=kind, agency=agency, sample=True
            )
            self.actors[name] = Actor.of(Person.objects.get(pk=person.pk), date(2026, 1, 1))

    def __call__(self, who: str, day: date) -> Actor:
        """This person on this day."""
        actor = self.actors[who]
        return Actor(actor.person, actor.seats, day)


class Simulation:
    """All lives of one agency over the three years, in the order of the days."""

    def __init__(self, agency: Agency, count: int, seed: int) -> None:
        self.agency, self.draw, self.people = agency, random.Random(seed), People(agency)
        self.first, self.last = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)
        span = (self.last - self.first).days + 1
        self.days = sorted(self.first + timedelta(days=self.draw.randrange(span)) for _ in range(count))
        self.judge, self.lives = DueDays(), list[Life]()
        self.reported: list[Tally] = []
        self.office, self.reports = Office(agency, self.people, seed, YEARS[0]), list[Report]()
        self._next: list[tuple[date, int]] = []

    def run(self, tell: Callable[[int], None]) -> None:
        """Day after day; a year is counted when it is over, as the report on it is, and all of them again at the end."""
        for came, day in enumerate(self.days, start=1):
            self._live_until(day)
            self._turn_years(day.year)
            self._begin(come_in(self.agency, self.people, self.draw, day))
            if came % 500 == 0:
                tell(came)
        self._live_until(self.last + timedelta(days=1))
        self._turn_years(YEARS[-1] + 1)
        for made in self.reported:
            judge_unchanged(made, judge_year(self.agency, self._diaries(), made.year))
        for before, after in zip(self.reported, self.reported[1:], strict=False):
            judge_turn(before, after)
        again: Report | None = None
        for report in self.reports:
            again = self._composed(report.year, again)
            judge_stands(report, again)

    def _live_until(self, day: date) -> None:
        while self._next and self._next[0][0] < day:
            on, number = heapq.heappop(self._next)
            self._turn_years(on.year)
            life = self.lives[number]
            life.act()
            self._after(life, number)

    def _begin(self, life: Life) -> None:
        life.begin()
        for one in (life, *life.parts):
            self.lives.append(one)
            self._after(one, len(self.lives) - 1)

    def _after(self, life: Life, number: int) -> None:
        self.judge(life.case, life.diary)
        if life.day is not None:
            heapq.heappush(self._next, (life.day, number))

    def _turn_years(self, year: int) -> None:
        for over in YEARS:
            if over < year and len(self.reported) == YEARS.index(over):
                self._report(over)

    def _report(self, over: int) -> None:
        """The year is over: what else the office did in it is written down, and its report is composed and judged."""
        self.office.live(over)
        self.reported.append(judge_year(self.agency, self._diaries(), over))
        before = self.reports[-1] if self.reports else None
        self.reports.append(self._composed(over, before))

    def _composed(self, year: int, before: Report | None) -> Report:
        return judge_report(self.office.prepare(year), self.office.openings, self._diaries(), before)

    def _diaries(self) -> Iterator:  # type: ignore[type-arg]
        return (life.diary for life in self.lives)

    def outcome(self) -> Outcome:
        """What there was."""
        diaries = list(self._diaries())
        acts = Counter(RequestEvent.objects.filter(request__agency=self.agency).values_list("act", flat=True))
        years = {made.year: made for made in self.reported}
        again = sum(
            any(a.year > c.year for (c, _), a in zip(d.closed, d.reopened, strict=False)) for d in diaries
        )
        return Outcome(
            requests=len(self.days),
            numbers=judge_register(self.agency, diaries),
            cancelled=sum(one.cancelled for one in diaries),
            splits=sum(bool(life.parts) for life in self.lives),
            corrections=InfoRequest.objects.filter(agency=self.agency, matter="correction").count(),
            reopened_in_a_later_year=again,
            acts=acts.total(),
            by_act=dict(sorted(acts.items())),
            never=sorted({move.act for move in MOVES} - set(acts)),
            due_days=self.judge.judged,
            still_open=sum(one.is_open and not one.cancelled for one in diaries),
            cells=sum(len(made.cells) for made in self.reported),
            totals={year: cell(made, "result_total", "total") for year, made in years.items()},
            reports=len(self.reports),
            report_cells=sum(len(report.cells) for report in self.reports),
            **self.office.written,
            carried_out={year: cell(made, "carried_out", "total") for year, made in years.items()},
        )


def simulate(
    agency: Agency, count: int, seed: int, tell: Callable[[int], None] = lambda done: None
) -> Outcome:
    """Live `count` requests over the three years and judge them. Raises `judging.Wrong` with what disagrees."""
    whole = Simulation(agency, count, seed)
    whole.run(tell)
    return whole.outcome()
