"""The simulation: people in their seats, requests on random days, lives lived, judges asked."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.agencies.actions.seats import seat_person
from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Kind, Person
from simulate.judging import DueDays, judge_tables
from simulate.life import Diary, Life

YEARS = (2023, 2024, 2025)
SEATS = {
    "clerk": Kind.CLERK,
    "ogi_head": Kind.OGI_HEAD,
    "reviewer": Kind.SECRECY_REVIEWER,
    "leader": Kind.LEADER,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was simulated and found equal."""

    requests: int
    acts: int
    due_days: int
    still_open: int
    totals: dict[int, int]


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


def simulate(
    agency: Agency, count: int, seed: int, tell: Callable[[int], None] = lambda done: None
) -> Outcome:
    """Live `count` requests over the three years and judge them. Raises `judging.Wrong` with what disagrees."""
    draw = random.Random(seed)
    people = People(agency)
    first, last = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)
    days = sorted(first + timedelta(days=draw.randrange((last - first).days + 1)) for _ in range(count))
    judge = DueDays()
    diaries: list[Diary] = []
    for done, day in enumerate(days, start=1):
        diaries.append(Life(agency, people, draw, day, last).live(judge))
        if done % 500 == 0:
            tell(done)
    tallies = judge_tables(agency, diaries, YEARS)
    return Outcome(
        requests=count,
        acts=sum(one.acts for one in diaries) + count,
        due_days=judge.judged,
        still_open=sum(one.closed is None for one in diaries),
        totals={year: int(made.cells["t3.result_total.total"].value or 0) for year, made in tallies.items()},
    )
