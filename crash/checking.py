"""Is everything whole? Each act's row, its entry in the trail and its messages, one to one; the chain; what was
acknowledged."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from gongkai.agencies.models import Agency, Person, Tenure
from gongkai.audit.chain import FIRST, digest_of
from gongkai.audit.models import Entry
from gongkai.files.models import StoredFile
from gongkai.inforequests.models import InfoRequest
from gongkai.outbox.models import Message
from gongkai.reports.models import EnteredFigure, ReportVersion
from gongkai.tasks.models import Task

from .acts import CELL, Stage
from .intake import FILE
from .whole_requests import requests_not_whole

Acks = dict[str, set[int]]
WAYS = ("desk", "mail", "sms")


def problems(stage: Stage, acks: Acks) -> list[str]:
    """What is wrong, in plain sentences; nothing when all is well."""
    entries = list(Entry.objects.order_by("number"))
    rows = _rows(stage)
    found = _chain(entries)
    found += _one_to_one(rows, _told(stage, entries))
    found += _messages(stage)
    found += requests_not_whole(stage.agency)
    for kind, numbers in acks.items():
        lost = numbers - rows[kind]
        if lost:
            found.append(f"acknowledged but not there: {kind} {sorted(lost)[:5]}")
    return found


def counts(stage: Stage) -> dict[str, int]:
    """How many acts there are by kind."""
    return {kind: len(numbers) for kind, numbers in _rows(stage).items()}


def _rows(stage: Stage) -> Acks:
    """What the acts left behind, by kind: the numbers that acknowledgements name."""
    tasks = list(Task.objects.values_list("pk", "done_at", "withdrawn"))
    edited = int(Agency.objects.get(pk=stage.agency).address.removesuffix("号"))
    figure = EnteredFigure.objects.get(report=stage.work, cell=CELL)
    published = ReportVersion.objects.filter(pk__gt=stage.versions)
    return {
        "give": {pk for pk, _, _ in tasks},
        "do": {pk for pk, done, withdrawn in tasks if done and not withdrawn},
        "withdraw": {pk for pk, done, withdrawn in tasks if done and withdrawn},
        "person": set(Person.objects.filter(pk__gt=stage.people).values_list("pk", flat=True)),
        "seat": set(Tenure.objects.filter(pk__gt=stage.tenures).values_list("pk", flat=True)),
        "edit": set(range(1, edited + 1)),
        "figure": set(range(stage.figure + 1, int(figure.value) + 1)),
        "publish": set(published.values_list("pk", flat=True)),
        "paper": set(InfoRequest.objects.filter(channel="in_person").values_list("pk", flat=True)),
        "online": set(InfoRequest.objects.filter(channel="online").values_list("pk", flat=True)),
        "file": {pk.int for pk in StoredFile.objects.filter(name=FILE).values_list("pk", flat=True)},
    }


def _told(stage: Stage, entries: Iterable[Entry]) -> dict[str, list[int]]:
    """What the trail says was done, by kind, in the same numbers."""
    tenure_of = dict(Tenure.objects.filter(pk__gt=stage.tenures).values_list("seat_id", "pk"))
    version_of = {
        (number, digest): pk
        for pk, number, digest in ReportVersion.objects.values_list("pk", "number", "digest")
    }
    told: dict[str, list[int]] = {kind: [] for kind in (*_KINDS.values(), "paper", "online")}
    edits = 0
    for entry in entries:
        if entry.number <= stage.entries or entry.act not in _KINDS:
            continue
        kind, detail = _KINDS[entry.act], json.loads(entry.detail)
        if kind == "edit":
            edits += 1
            told[kind].append(edits)
        elif kind == "figure":
            # Handing the report in and explaining what was found are acts of preparing it too.
            told[kind] += [int(detail["value"])] if "value" in detail else []
        elif kind == "publish":
            told[kind].append(version_of.get((detail["version"], detail["digest"]), -entry.number))
        elif kind == "register":
            told["online" if detail["channel"] == "online" else "paper"].append(int(entry.object_id))
        elif kind == "file":
            # Passing a file on to the request it came with is part of that request's act.
            told[kind] += [] if detail.get("passed_on") else [UUID(entry.object_id).int]
        elif kind == "seat":
            told[kind].append(tenure_of.get(int(entry.object_id), -entry.number))
        else:
            told[kind].append(int(entry.object_id))
    return told


_KINDS = {
    "task.give": "give",
    "task.do": "do",
    "task.withdraw": "withdraw",
    "person.create": "person",
    "seat.give": "seat",
    "agency.edit": "edit",
    "report.prepare": "figure",
    "report.publish": "publish",
    "requests.register": "register",
    "file.add": "file",
}


def _one_to_one(rows: Acks, told: dict[str, list[int]]) -> list[str]:
    found = []
    for kind, numbers in rows.items():
        twice = [n for n, times in Counter(told[kind]).items() if times > 1]
        if twice:
            found.append(f"in the trail twice: {kind} {twice[:5]}")
        if bare := numbers - set(told[kind]):
            found.append(f"done without an entry in the trail: {kind} {sorted(bare)[:5]}")
        if empty := set(told[kind]) - numbers:
            found.append(f"in the trail but not done: {kind} {sorted(empty)[:5]}")
    return found


def _chain(entries: list[Entry]) -> list[str]:
    before = FIRST
    for n, entry in enumerate(entries, start=1):
        if entry.number != n:
            return [f"the trail has a gap: {entry.number} stands where {n} should"]
        if entry.previous != before or entry.digest != digest_of(entry):
            return [f"the chain is broken at entry {n}"]
        before = entry.digest
    return []


def _messages(stage: Stage) -> list[str]:
    tasks = Task.objects.values_list("pk", "done_at", "withdrawn")
    wanted = {f"task:{pk}:given:{who}:{way}" for pk, _, _ in tasks for who in stage.told for way in WAYS}
    wanted |= {
        f"task:{pk}:withdrawn:{who}:{way}"
        for pk, done, withdrawn in tasks
        if done and withdrawn
        for who in stage.told
        for way in WAYS
    }
    tenures = Tenure.objects.filter(pk__gt=stage.tenures)
    wanted |= {f"seat.received:{pk}" for pk in tenures.values_list("pk", flat=True)}
    there = set(Message.objects.filter(key__startswith="task:").values_list("key", flat=True))
    seats = Message.objects.filter(key__startswith="seat.received:").values_list("key", flat=True)
    there |= {key for key in seats if int(key.rpartition(":")[2]) > stage.tenures}
    found = []
    if lost := wanted - there:
        found.append(f"messages lost: {sorted(lost)[:5]}")
    if stray := there - wanted:
        found.append(f"messages of acts that are not there: {sorted(stray)[:5]}")
    return found
