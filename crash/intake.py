"""Requests that come in while processes are killed: at the desk and online, each with a file; and fifty at once."""

from __future__ import annotations

import itertools
import os
import select
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.utils import timezone

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.files.actions.adding import Examined, add_file, examine
from gongkai.inforequests.actions.drafts import Draft, begin, draft_of, system_actor
from gongkai.inforequests.actions.online import submit_online
from gongkai.inforequests.actions.register import Intake, register
from gongkai.inforequests.models import InfoRequest

from .killing import Process, start

AT_ONCE = 50
"""Registrations by as many processes at the same time."""
FILE = "材料.txt"
PAPER = "申请材料\n".encode() * 4000
"""What a file of these requests holds."""


def examined(agency: Agency, by: Actor) -> Examined:
    """The file, looked into. Done once before processes are forked: it writes nothing, and the moments of killing
    should fall into writes."""
    return examine(by=by, agency=agency, upload=SimpleUploadedFile(FILE, PAPER), confirmed=True)


class Counter:
    """One process at the counter and at the form: what it takes in is registered with a file each."""

    def __init__(self, agency: Agency, clerk: Actor, paper: Examined, seed: str) -> None:
        self.agency, self.clerk, self.judged = agency, clerk, paper
        self.now = timezone.now()
        self.visitor = system_actor(self.now)
        self.names = (f"第{seed}批第{n}件" for n in itertools.count())

    def paper(self) -> Iterator[tuple[str, Callable[[], int]]]:
        """Handed in at the counter, then its file."""
        made: list[InfoRequest] = []

        def take() -> int:
            day = self.clerk.day
            intake = Intake("in_person", "natural", "甲某", next(self.names), day)
            made.append(register(self.agency, intake, by=self.clerk))
            return made[0].pk

        yield "paper", take
        yield "file", lambda: self._file(self.clerk, made[0])

    def online(self) -> Iterator[tuple[str, Callable[[], int]]]:
        """A form begun, a file given with it, the form submitted: a number and its file, or neither."""
        drafts: list[Draft] = []

        def attach() -> int:
            found = draft_of(self.agency, begin(self.agency, self.now), self.now)
            assert found is not None
            drafts.append(found)
            return self._file(self.visitor, found.row)

        yield "file", attach
        yield "online", lambda: self._submit(drafts[0])

    def _file(self, by: Actor, owner: Any) -> int:
        return add_file(by=by, agency=self.agency, upload=self.judged, owner=owner).pk.int

    def _submit(self, draft: Draft) -> int:
        request = submit_online(
            draft,
            requester_kind="natural",
            applicant="乙某",
            content=next(self.names),
            form_wanted="电子",
            obtain="网上",
            requester={"phone": "13800000000"},
            now=self.now,
        )
        return request.pk


def all_at_once(work: Callable[[int], Counter]) -> dict[str, list[int]]:
    """As many processes as `AT_ONCE`, half at the counter, half at the form, each registering one at the same moment;
    what each acknowledged, by kind."""
    gate = os.pipe()
    processes = [start(_one(work, n, gate)) for n in range(AT_ONCE)]
    os.close(gate[0])
    _hear(processes, "ready")
    os.close(gate[1])
    _hear(processes, "done")
    acks: dict[str, list[int]] = {}
    for process in processes:
        process.end()
        for line in process.lines:
            if line.startswith("ack "):
                _, kind, number = line.split()
                acks.setdefault(kind, []).append(int(number))
    return acks


def _one(
    work: Callable[[int], Counter], n: int, gate: tuple[int, int]
) -> Callable[[Callable[[str], None]], None]:
    def act(say: Callable[[str], None]) -> None:
        os.close(gate[1])
        counter = work(n)
        steps = counter.paper() if n % 2 else counter.online()
        if n % 2 == 0:
            kind, do = next(steps)
            _persist(say, kind, do)
        kind, do = next(steps)
        say("ready")
        os.read(gate[0], 1)  # nothing is ever written: all wake when the other end is closed
        _persist(say, kind, do)
        say("done")

    return act


def _persist(say: Callable[[str], None], kind: str, do: Callable[[], int]) -> None:
    """Do it, and again where the site would have answered that it is busy (operations/busy.py): nothing was done then."""
    while True:
        try:
            say(f"ack {kind} {do()}")
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            say("busy")
        else:
            return


def _hear(processes: list[Process], word: str) -> None:
    """Listen until every process has said the word."""
    waiting = list(processes)
    while waiting:
        ready = select.select([one.pipe for one in waiting], [], [], 300)[0]
        if not ready:
            raise RuntimeError(f"{len(waiting)} processes have not come to “{word}”")
        for one in [p for p in waiting if p.pipe in ready]:
            alive = one.listen(0)
            if word in one.lines:
                waiting.remove(one)
            elif not alive:
                raise RuntimeError(f"a process ended before “{word}”: {one.lines[-3:]}")
