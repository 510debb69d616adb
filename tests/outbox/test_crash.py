"""The crash run in small, and that it finds what it looks for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from crash.acts import Stage, Stream, set_the_stage
from crash.checking import problems
from gongkai.agencies.models import Agency, Tenure
from gongkai.audit.models import Entry
from gongkai.audit.triggers import aside
from gongkai.outbox.models import Message
from gongkai.reports.models import ReportVersion
from gongkai.tasks.models import Task

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="processes are forked and killed")
@pytest.mark.once
def test_four_kills_leave_everything_whole() -> None:
    env = {**os.environ, "CRASHES": "4", "CRASH_SEED": "test"}
    done = subprocess.run(
        [sys.executable, "-m", "crash"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert told[0]["database"] == "sqlite"
    for one in told:
        assert one["kills"] == 4
        assert one["acts"] >= one["acknowledged"] > 0
        assert one["mails_lost"] == 0


@pytest.fixture
def done(db: None, settings: Any) -> tuple[Stage, dict[str, set[int]]]:
    """A stage on which sixty things were done, and what was acknowledged."""
    settings.EMAIL_HOST, settings.SMS_URL = "127.0.0.1", "http://127.0.0.1:1/"
    stage = set_the_stage()
    acks: dict[str, set[int]] = {}

    def hear(line: str) -> None:
        word, kind, *number = line.split()
        if word == "ack":
            acks.setdefault(kind, set()).add(int(number[0]))

    Stream(stage, "test", publishes=True).run(hear, rounds=60)
    return stage, acks


def test_what_ran_undisturbed_is_whole(done: tuple[Stage, dict[str, set[int]]]) -> None:
    stage, acks = done
    assert set(acks) == {
        "give",
        "do",
        "withdraw",
        "person",
        "seat",
        "edit",
        "figure",
        "publish",
        "paper",
        "online",
        "file",
    }
    assert problems(stage, acks) == []


def _without_guard(statement: str) -> None:
    """Do to the trail what its guard refuses, as somebody at the database would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(statement)
            cursor.execute("SET session_replication_role = DEFAULT")
        else:
            names = cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for (name,) in names:
                cursor.execute(f'DROP TRIGGER "{name}"')
            cursor.execute(statement)


def _version_lost() -> None:
    with aside(connection):
        ReportVersion.objects.latest("pk").delete()


HURTS: dict[str, tuple[Callable[[Stage], Any], str]] = {
    "a message lost": (
        lambda stage: Message.objects.filter(key__contains=":given:").earliest("pk").delete(),
        "messages lost",
    ),
    "a message of nothing": (
        lambda stage: Message.objects.create(
            key="task:0:given:1:desk",
            channel="desk",
            subject="x",
            body="x",
            made_at=Entry.objects.latest("number").at,
            not_before=Entry.objects.latest("number").at,
        ),
        "acts that are not there",
    ),
    "a task without its entry": (
        lambda stage: Task.objects.create(
            agency_id=stage.agency,
            seat_id=stage.seat,
            key="x",
            title="x",
            given_at=Entry.objects.latest("number").at,
        ),
        "without an entry",
    ),
    "an entry without its act": (
        lambda stage: Task.objects.filter(done_at__isnull=False).update(done_at=None),
        "not done",
    ),
    "an edit lost": (lambda stage: Agency.objects.filter(pk=stage.agency).update(address="0号"), "not there"),
    "a version lost": (lambda stage: _version_lost(), "not there"),
    "a tenure lost": (lambda stage: Tenure.objects.latest("pk").delete(), "not there"),
    "an entry changed": (
        lambda stage: _without_guard("UPDATE audit_entry SET person_name = 'x' WHERE number = 5"),
        "chain is broken at entry 5",
    ),
    "an entry gone": (lambda stage: _without_guard("DELETE FROM audit_entry WHERE number = 7"), "gap"),
}


@pytest.mark.parametrize("hurt", HURTS)
def test_every_kind_of_damage_is_found(done: tuple[Stage, dict[str, set[int]]], hurt: str) -> None:
    stage, acks = done
    act, words = HURTS[hurt]
    act(stage)
    assert any(words in sentence for sentence in problems(stage, acks)), problems(stage, acks)
