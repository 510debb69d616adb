"""One database: `python -m crash.run KILLS SEED FOLDER`, with GONGKAI_DATABASE_URL; one line of JSON on standard output."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from crash import sending  # noqa: E402
from crash.acts import Stage, Stream, counter_of, paper_of, set_the_stage  # noqa: E402
from crash.checking import Acks, counts, problems  # noqa: E402
from crash.intake import AT_ONCE, all_at_once  # noqa: E402
from crash.killing import fresh, kill_at, start  # noqa: E402
from gongkai.files.actions.adding import Examined  # noqa: E402
from gongkai.inforequests.models import RegisterNumber  # noqa: E402

WRITERS = 2
"""Processes at work at the same time, each killed at a moment of its own."""


def main() -> int:
    """Kill and look, round after round; 1 when anything was found to be wrong."""
    kills, seed, folder = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    began = time.monotonic()
    # Hashing a password is no write: the moments of killing should fall into writes.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_HOST, settings.SMS_URL = "127.0.0.1", "http://127.0.0.1:1/"
    call_command("migrate", verbosity=0)
    told = fresh(lambda: asdict(set_the_stage()))
    stage = Stage(**{**told, "told": tuple(told["told"])})
    chance = random.Random(seed)
    paper = paper_of(stage)
    together = register_at_once(stage, paper)
    killed = kill_writers(stage, kills, chance, paper, together["acks"])
    sent = sending.run(max(1, kills // 4), chance, folder)
    found = (
        together["problems"]
        + killed.pop("problems")
        + sent.pop("problems")
        + fresh(lambda: problems(stage, {}))
    )
    result = {
        "database": connection.vendor,
        "seed": seed,
        "registered_at_once": together["count"],
        **killed,
        **sent,
        "seconds": round(time.monotonic() - began, 1),
        "problems": found,
    }
    print(json.dumps(result, ensure_ascii=False), flush=True)
    return 1 if found else 0


def register_at_once(stage: Stage, paper: Examined) -> dict[str, Any]:
    """Fifty processes register one request each at the same moment: fifty consecutive numbers, none lost, none twice."""
    acks = all_at_once(lambda n: counter_of(stage, paper, f"a{n}"))
    given = acks.get("paper", []) + acks.get("online", [])
    serials = fresh(
        lambda: list(RegisterNumber.objects.filter(request__in=given).values_list("serial", flat=True))
    )
    found = []
    if sorted(serials) != list(range(1, AT_ONCE + 1)):
        found.append(f"{AT_ONCE} registered at once have the numbers {sorted(serials)}")
    return {"acks": acks, "count": len(set(given)), "problems": found}


def kill_writers(
    stage: Stage, kills: int, chance: random.Random, paper: Examined, before: Mapping[str, Iterable[int]]
) -> dict[str, Any]:
    """Kill so many writers at random moments, and look after each round; stops at the first round with a problem.
    `before` are the acknowledgements that there were already."""
    acks: Acks = defaultdict(set, {kind: set(numbers) for kind, numbers in before.items()})
    found: list[str] = []
    done = cut = entries = 0
    while done < kills and not found:
        number = min(WRITERS, kills - done)
        writers = [start(_writing(stage, paper, f"{done + n}", publishes=n == 0)) for n in range(number)]
        kill_at(list(writers), [chance.uniform(0, 0.4) for _ in writers])
        for writer in writers:
            done += 1
            cut += writer.lines[-1].startswith("begin")
            for line in writer.lines:
                if line.startswith("ack "):
                    _, kind, pk = line.split()
                    acks[kind].add(int(pk))
        _wait_for_the_server()
        found = fresh(lambda: problems(stage, acks))
    there = fresh(lambda: counts(stage))
    entries = fresh(_entries)
    acknowledged = sum(len(numbers) for numbers in acks.values())
    return {
        "kills": done,
        "acts": sum(there.values()),
        "by_kind": there,
        "acknowledged": acknowledged,
        "killed_within_an_act": cut,
        "of_these_whole": sum(there.values()) - acknowledged,
        "entries": entries,
        "problems": found,
    }


def _writing(
    stage: Stage, paper: Examined, seed: str, *, publishes: bool
) -> Callable[[Callable[[str], None]], None]:
    def work(say: Callable[[str], None]) -> None:
        stream = Stream(stage, seed, publishes=publishes, paper=paper)
        say("ready")
        stream.run(say)

    return work


def _entries() -> int:
    from gongkai.audit.models import Entry

    return Entry.objects.count()


def _wait_for_the_server() -> None:
    """PostgreSQL may be finishing the commit of one who is dead: wait until it has noticed."""
    if connection.vendor == "postgresql":
        while fresh(_others):
            time.sleep(0.02)


def _others() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    sys.exit(main())
