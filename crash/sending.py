"""The worker killed while it sends: nothing is lost, and twice goes only what was in its hand."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from gongkai.outbox.mail import message_id
from gongkai.outbox.models import Message
from gongkai.outbox.posting import post
from gongkai.outbox.sending import send_due
from gongkai.tasks.worker import Worker

from .killing import fresh, kill_at, start

CLAIM = timedelta(milliseconds=300)
"""Shorter than in earnest, so that what a killed worker held is taken up within the run."""
PER_KILL = 40
"""Mails at least for each worker that is killed, so that each finds some to send."""


def run(kills: int, chance: random.Random, folder: Path) -> dict[str, Any]:
    """Kill so many workers while they send to a real mail server; numbers, and problems in plain sentences."""
    taken = folder / "taken.txt"
    sink = subprocess.Popen(
        [sys.executable, "-m", "crash.sink", str(taken)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parent.parent,
    )
    assert sink.stdin
    assert sink.stdout
    try:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sink.stdout.readline())
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.SMS_URL = ""
        fresh(lambda: _top_up(kills * PER_KILL))
        in_flight: set[str] = set()
        for _ in range(kills):
            worker = start(_work)
            kill_at([worker], [chance.uniform(0.02, 0.25)])
            in_flight |= set(fresh(_held))
        fresh(_finish)
    finally:
        sink.stdin.close()
        sink.wait(30)
    return fresh(lambda: _judge(taken, in_flight, kills))


def _work(say: Callable[[str], None]) -> None:
    say("begun")
    Worker(claim_for=CLAIM, look_every=0.05, tick_every=3600).run()


def _top_up(wanted: int) -> int:
    waiting = Message.objects.filter(channel="mail", state="waiting").count()
    with transaction.atomic():
        for n in range(waiting, wanted):
            post(key=f"more:{n}", channel="mail", to=f"a{n}@example.cn", subject="提醒", body="请办理。")
    return max(waiting, wanted)


def _held() -> list[str]:
    return list(Message.objects.filter(state="waiting", claim__gt="").values_list("key", flat=True))


def _finish() -> int:
    sent = 0
    while Message.objects.filter(channel="mail", state="waiting").exists():
        sent += send_due(claim_for=CLAIM).sent
    return sent


def _judge(taken: Path, in_flight: set[str], kills: int) -> dict[str, Any]:
    key_of = {
        message_id(key): key for key in Message.objects.filter(channel="mail").values_list("key", flat=True)
    }
    times = Counter(taken.read_text(encoding="ascii").split())
    lost = [key for number, key in key_of.items() if number not in times]
    twice = {key_of.get(number, number): n for number, n in times.items() if n > 1}
    found = []
    if lost:
        found.append(f"mails lost: {lost[:5]}")
    if strange := set(times) - set(key_of):
        found.append(f"mails that nobody posted: {sorted(strange)[:5]}")
    if wrong := set(twice) - in_flight:
        found.append(f"sent twice without having been in flight: {sorted(wrong)[:5]}")
    if sum(n - 1 for n in twice.values()) > kills:
        found.append("more mails sent twice than workers killed")
    return {
        "worker_kills": kills,
        "mails": len(key_of),
        "in_flight": len(in_flight),
        "sent_twice": sum(n - 1 for n in twice.values()),
        "mails_lost": len(lost),
        "problems": found,
    }
