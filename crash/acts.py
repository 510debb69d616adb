"""The stream of acts that is cut off: real acts of real people, each with its entry in the trail and its messages."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from gongkai.agencies.actions.agencies import edit_agency
from gongkai.agencies.actions.persons import create_person
from gongkai.agencies.actions.seats import give_seat, seat_person
from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Deputy, Kind, Person, Seat, Section, Tenure
from gongkai.audit.models import Entry
from gongkai.files.actions.adding import Examined
from gongkai.reports.actions.prepare import enter_figure
from gongkai.reports.models import ReportVersion, ReportYear
from gongkai.sample.loading import PUBLISHED_AT, load
from gongkai.sample.publishing import publish_signed
from gongkai.tasks.actions.tasks import do_task, give_task, withdraw_task
from gongkai.tasks.models import Task

from .intake import Counter, examined

CELL = "t2.licences"
"""A figure that changes before each publication, so that each gives a new version."""
SYSTEM = "中断测试"


@dataclass(frozen=True)
class Stage:
    """What stood before the first act: nothing of it counts."""

    agency: int
    work: int
    seat: int
    told: tuple[int, ...]
    entries: int
    people: int
    tenures: int
    versions: int
    figure: int


def set_the_stage() -> Stage:
    """The sample agency, with a seat to be given tasks, its holder and a deputy who can be reached every way."""
    loaded = load()
    _bring_out(loaded.work, PUBLISHED_AT)
    system = Actor.system(timezone.localdate(), SYSTEM)
    place: dict[str, Any] = {
        "agency": loaded.agency,
        "section": Section.objects.create(agency=loaded.agency, name="法治股"),
    }
    holder, _ = seat_person(
        by=system, username="drafter", name="甲某", kind=Kind.DRAFTER, sample=True, **place
    )
    deputy = Person.objects.get(username="reviewer")
    for n, person in enumerate((holder, deputy)):
        person.email, person.phone = f"{person.username}@example.cn", f"1380000000{n}"
        person.save()
    seat = Seat.objects.get(person=holder)
    today = timezone.localdate()
    Deputy.objects.create(
        seat=seat, person=deputy, since=today, until=today + timedelta(days=2), given_by=SYSTEM
    )
    Agency.objects.filter(pk=loaded.agency.pk).update(address="0号")
    return Stage(
        agency=loaded.agency.pk,
        work=loaded.work.pk,
        seat=seat.pk,
        told=(holder.pk, deputy.pk),
        entries=Entry.objects.latest("number").number,
        people=Person.objects.latest("pk").pk,
        tenures=Tenure.objects.latest("pk").pk,
        versions=ReportVersion.objects.latest("pk").pk,
        figure=int(loaded.work.entered.get(cell=CELL).value),
    )


def paper_of(stage: Stage) -> Examined:
    """The file that goes with the requests, looked into."""
    return examined(Agency.objects.get(pk=stage.agency), _actor("clerk"))


def counter_of(stage: Stage, paper: Examined, seed: str) -> Counter:
    """A process at the counter."""
    return Counter(Agency.objects.get(pk=stage.agency), _actor("clerk"), paper, seed)


def _actor(username: str, day: date | None = None) -> Actor:
    person = Person.objects.get(username=username)
    return Actor.of(person, day or timezone.localdate(), "192.0.2.1")


def _bring_out(work: ReportYear, at: datetime, note: str = "") -> ReportVersion:
    """The report handed in, signed and published."""
    people = {person.username: person for person in Person.objects.filter(username__in=("clerk", "head"))}
    return publish_signed(work, clerk=people["clerk"], signers=[people["head"]], at=at, note=note)


class Stream:
    """One process's acts. `publishes`: this one edits the agency and the report, which have one writer at a time."""

    def __init__(self, stage: Stage, seed: str, *, publishes: bool, paper: Examined | None = None) -> None:
        self.stage, self.seed = stage, seed
        self.chance = random.Random(seed)
        self.agency = Agency.objects.get(pk=stage.agency)
        self.seat = Seat.objects.select_related("section", "agency").get(pk=stage.seat)
        self.actors = {name: _actor(name) for name in ("clerk", "head", "drafter", "sysadmin", "secadmin")}
        self.names = (f"p{seed}x{n}" for n in itertools.count())
        clerk = self.actors["clerk"]
        self.counter = Counter(self.agency, clerk, paper or examined(self.agency, clerk), seed)
        acts: list[Callable[[], Iterator[tuple[str, Any]]]] = [self.task, self.task, self.person]
        acts += [self.counter.paper, self.counter.paper, self.counter.online, self.counter.online]
        self.acts = [*acts, self.edit, self.report] if publishes else acts

    def run(self, say: Callable[[str], None], rounds: int | None = None) -> None:
        """Act until killed; before each act say `begin`, after it `ack` with what it is known by."""
        for _ in itertools.count() if rounds is None else range(rounds):
            for kind, act in self.chance.choice(self.acts)():
                say(f"begin {kind}")
                say(f"ack {kind} {act()}")

    def task(self) -> Iterator[tuple[str, Any]]:
        """A task is given; then done, taken back, or left."""
        given: list[Task] = []

        def give() -> int:
            given.append(give_task(by=self.actors["clerk"], seat=self.seat, title="核对数据"))
            return given[0].pk

        yield "give", give
        how = self.chance.random()
        if how < 0.4:
            yield "do", lambda: do_task(given[0], by=self.actors["drafter"], result="已核对").pk
        elif how < 0.6:
            yield (
                "withdraw",
                lambda: withdraw_task(given[0], by=self.actors["clerk"], reason="不用了").pk,
            )

    def person(self) -> Iterator[tuple[str, Any]]:
        """Somebody gets an account, and a seat."""
        made: list[Person] = []

        def create() -> int:
            made.append(create_person(by=self.actors["sysadmin"], username=next(self.names), name="乙某")[0])
            return made[0].pk

        def seat() -> int:
            found = give_seat(
                by=self.actors["secadmin"],
                person=made[0],
                kind=Kind.DRAFTER,
                agency=self.agency,
                section=self.seat.section,
            )
            return Tenure.objects.get(seat=found).pk

        yield "person", create
        yield "seat", seat

    def edit(self) -> Iterator[tuple[str, Any]]:
        """The agency's address counts how often it was edited."""

        def change() -> int:
            self.agency.refresh_from_db()
            n = int(self.agency.address.removesuffix("号")) + 1
            edit_agency(self.agency, by=self.actors["clerk"], address=f"{n}号")
            return n

        yield "edit", change

    def report(self) -> Iterator[tuple[str, Any]]:
        """A figure changes, and the report is published in a new version."""
        work = ReportYear.objects.select_related("agency").get(pk=self.stage.work)
        now = timezone.now()

        def figure() -> int:
            n = int(work.entered.get(cell=CELL).value) + 1
            enter_figure(work, cell=CELL, value=n, source="台账", by=self.actors["clerk"], at=now)
            return n

        yield "figure", figure
        yield "publish", lambda: _bring_out(work, now, "改了一个数。").pk
